//! A cloud that answers from a script, and writers that can be looked into; for the tests of the commands.
//!
//! What the script does not mention is answered with nothing: no rows, no keys, "refused" for a share.

use std::collections::HashMap;
use std::future::{pending, ready};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::domain::fixture;
use crate::domain::{
    Account, Answer, Code, Device, Fault, FaultClass, Identity, Key, KeyArn, KeyManager, KeyState, Question,
    Region, Scope, Share, Shown, Snapshot, SnapshotArn,
};
use crate::plan::{Order, Receipt};
use crate::ports::{Accounts, Arrival, Cloud, Pending, Sink};

/// How the reading of a scripted scope ends.
#[derive(Clone)]
pub(super) enum End {
    Complete,
    Fails(Fault),
    Never,
}

/// What a scripted scope answers when it is tried.
type Probe = Vec<(&'static str, Result<(), Fault>)>;

#[derive(Default)]
pub(super) struct FakeCloud {
    accounts: Vec<(Account, Result<Identity, Fault>)>,
    scopes: HashMap<Scope, (Vec<Vec<Snapshot>>, End)>,
    probes: HashMap<Scope, Probe>,
    keys: HashMap<KeyArn, Key>,
    shares: HashMap<SnapshotArn, Share>,
    facts: HashMap<Question, Answer>,
}

impl FakeCloud {
    /// An account that signs in, with regions that are empty until they are scripted.
    pub(super) fn account(mut self, name: &str, id: &str, regions: &[&str]) -> Self {
        let identity = Identity {
            name: name.into(),
            account: id.parse().expect("an account id"),
            caller: format!("arn:aws:sts::{id}:assumed-role/dba/me").into(),
            regions: regions.iter().map(|region| Region::new(*region)).collect(),
        };
        self.accounts.push((fixture::account(name), Ok(identity)));
        self
    }

    pub(super) fn locked_out(mut self, name: &str, fault: Fault) -> Self {
        self.accounts.push((fixture::account(name), Err(fault)));
        self
    }

    /// The pages of a scope and how its reading ends.
    pub(super) fn scope(mut self, id: &str, region: &str, pages: Vec<Vec<Snapshot>>, end: End) -> Self {
        self.scopes.insert(scope(id, region), (pages, end));
        self
    }

    pub(super) fn probe(mut self, id: &str, region: &str, answers: Probe) -> Self {
        self.probes.insert(scope(id, region), answers);
        self
    }

    pub(super) fn key(mut self, arn: &str, manager: KeyManager) -> Self {
        let key = key(arn, Some(manager));
        self.keys.insert(key.arn.clone(), key);
        self
    }

    pub(super) fn share_of(mut self, snapshot: &Snapshot, share: Share) -> Self {
        self.shares.insert(snapshot.arn.clone(), share);
        self
    }

    /// What a question is answered with.
    pub(super) fn fact(mut self, question: Question, answer: Answer) -> Self {
        self.facts.insert(question, answer);
        self
    }

    fn find(&self, name: &Shown) -> &(Account, Result<Identity, Fault>) {
        self.accounts.iter().find(|(account, _)| account.name == *name).expect("a scripted account")
    }
}

impl Cloud for FakeCloud {
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>> {
        let accounts = self.accounts.iter().map(|(account, _)| account.clone()).collect();
        Box::pin(ready(Ok(Accounts { accounts, known: vec![] })))
    }

    fn take_code<'a>(&'a self, _: &'a Device, _: Code) -> Pending<'a, ()> {
        Box::pin(ready(()))
    }

    fn sign_in<'a>(&'a self, name: &'a Shown) -> Pending<'a, Result<Identity, Fault>> {
        Box::pin(ready(self.find(name).1.clone()))
    }

    fn read<'a>(&'a self, scope: &'a Scope, arrive: Sink<'a, Arrival>) -> Pending<'a, Result<(), Fault>> {
        let (pages, end) = self.scopes.get(scope).cloned().unwrap_or((vec![], End::Complete));
        Box::pin(async move {
            pages.into_iter().map(Arrival::Rows).for_each(arrive);
            match end {
                End::Complete => Ok(()),
                End::Fails(fault) => Err(fault),
                End::Never => pending().await,
            }
        })
    }

    fn keys<'a>(&'a self, _: &'a Scope, keys: Vec<KeyArn>, learned: Sink<'a, Vec<Key>>) -> Pending<'a, ()> {
        let of = |arn: KeyArn| self.keys.get(&arn).cloned().unwrap_or_else(|| key(arn.exact(), None));
        learned(keys.into_iter().map(of).collect());
        Box::pin(ready(()))
    }

    fn share<'a>(&'a self, _: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>> {
        let refused = || fault(FaultClass::AccessDenied, "no");
        Box::pin(ready(self.shares.get(arn).cloned().ok_or_else(refused)))
    }

    fn document<'a>(&'a self, _: &'a Scope, _: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>> {
        Box::pin(ready(Err(fault(FaultClass::Other, "the script has no documents"))))
    }

    fn probe<'a>(&'a self, scope: &'a Scope) -> Pending<'a, Probe> {
        let answers = self.probes.get(scope).cloned();
        Box::pin(ready(answers.unwrap_or_else(|| vec![("rds:DescribeDBSnapshots", Ok(()))])))
    }

    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        let silent = || fault(FaultClass::AccessDenied, "the script does not say");
        Box::pin(ready(self.facts.get(question).cloned().ok_or_else(silent)))
    }

    fn send<'a>(&'a self, _: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(ready(Err(fault(FaultClass::Other, "the script changes nothing"))))
    }
}

fn key(arn: &str, manager: Option<KeyManager>) -> Key {
    Key {
        arn: arn.parse().expect("a key's ARN"),
        manager,
        state: manager.map(|_| KeyState::Enabled),
        aliases: manager.map(|_| "alias/dba".into()).into_iter().collect(),
    }
}

pub(super) fn scope(id: &str, region: &str) -> Scope {
    Scope { account: id.parse().expect("an account id"), region: Region::new(region) }
}

/// A manual, unencrypted instance snapshot of an account's own.
pub(super) fn snapshot(id: &str, region: &str, name: &str) -> Snapshot {
    let scope = scope(id, region);
    Snapshot { size_gib: Some(10), ..fixture::snapshot(&scope, name) }
}

pub(super) fn fault(class: FaultClass, message: &str) -> Fault {
    Fault {
        class,
        code: None,
        message: message.into(),
        action: Some("rds:DescribeDBSnapshots".into()),
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "Do this.".into(),
    }
}

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A writer that can be looked into from outside.
#[derive(Clone, Default)]
pub(super) struct Page(Arc<Mutex<Vec<u8>>>);

impl Page {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("unpoisoned").clone()).expect("text")
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("unpoisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A writer that fails at once: a pipe whose reader went away, a full disk.
pub(super) struct Broken(pub(super) io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
