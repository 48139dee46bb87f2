//! What the reader promises, over a scripted cloud and a paused clock.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::*;
use crate::domain::fixture;
use crate::domain::{
    Answer, Code, Device, Encryption, Fault, FaultClass, Key, KeyManager, Question, Region, Snapshot,
};
use crate::plan::{Order, Receipt};
use crate::ports::{Pending, Sink};

/// Accounts by name; what each does is in its name and in its regions' names.
struct Script {
    names: Vec<&'static str>,
    asked: Mutex<Vec<String>>,
}

impl Script {
    fn new(names: &[&'static str]) -> Arc<Self> {
        Arc::new(Self { names: names.to_vec(), asked: Mutex::default() })
    }

    fn note(&self, what: String) {
        self.asked.lock().expect("a lock").push(what);
    }

    fn asked(&self, prefix: &str) -> Vec<String> {
        let asked = self.asked.lock().expect("a lock");
        asked.iter().filter_map(|a| a.strip_prefix(prefix)).map(str::to_owned).collect()
    }
}

fn fault() -> Fault {
    Fault {
        class: FaultClass::NoCredentials,
        code: None,
        message: "no".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "".into(),
    }
}

fn row(scope: &Scope, name: &str) -> Snapshot {
    let key = format!("arn:aws:kms:{}:{}:key/1", scope.region, scope.account);
    Snapshot {
        encryption: Encryption::Kms(key.parse().expect("a key ARN")),
        ..fixture::snapshot(scope, name)
    }
}

impl Cloud for Script {
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>> {
        let account = |name: &&'static str| fixture::account(name);
        let accounts = self.names.iter().map(account).collect();
        Box::pin(async move { Ok(Accounts { accounts, known: vec![] }) })
    }

    fn take_code<'a>(&'a self, _: &'a Device, _: Code) -> Pending<'a, ()> {
        Box::pin(std::future::ready(()))
    }

    fn sign_in<'a>(&'a self, name: &'a Shown) -> Pending<'a, Result<Identity, Fault>> {
        Box::pin(async move {
            let id = match name.exact() {
                "broken" => return Err(fault()),
                "dr" => "222222222222",
                _ => "111111111111",
            };
            Ok(Identity {
                name: name.clone(),
                account: id.parse().expect("an id"),
                caller: "arn".into(),
                regions: vec![Region::new("fast-1"), Region::new("slow-1")],
            })
        })
    }

    fn read<'a>(&'a self, scope: &'a Scope, arrive: Sink<'a, Arrival>) -> Pending<'a, Result<(), Fault>> {
        Box::pin(async move {
            self.note(format!("read {scope}"));
            if scope.region.name() == "slow-1" {
                sleep(Duration::from_secs(30)).await;
            }
            arrive(Arrival::Rows((0..8).map(|n| row(scope, &format!("s{n}"))).collect()));
            Ok(())
        })
    }

    fn keys<'a>(
        &'a self,
        scope: &'a Scope,
        keys: Vec<KeyArn>,
        learned: Sink<'a, Vec<Key>>,
    ) -> Pending<'a, ()> {
        Box::pin(async move {
            sleep(Duration::from_secs(10)).await;
            let key = |arn| {
                self.note(format!("key {scope}"));
                Key { arn, manager: Some(KeyManager::Customer), state: None, aliases: vec![] }
            };
            learned(keys.into_iter().map(key).collect());
        })
    }

    fn share<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>> {
        Box::pin(async move {
            self.note(format!("share {scope} {}", arn.name()));
            sleep(Duration::from_secs(1)).await;
            Ok(Share::Private)
        })
    }

    fn document<'a>(&'a self, _: &'a Scope, _: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>> {
        Box::pin(async { Err(fault()) })
    }

    fn probe<'a>(&'a self, _: &'a Scope) -> Pending<'a, Vec<(&'static str, Result<(), Fault>)>> {
        Box::pin(async { vec![] })
    }

    fn ask<'a>(&'a self, _: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        Box::pin(async { Err(fault()) })
    }

    fn send<'a>(&'a self, _: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(async { Err(fault()) })
    }
}

type Log = Arc<Mutex<Vec<(Duration, Report)>>>;

fn log() -> (Log, Say) {
    let log: Log = Arc::default();
    let (into, start) = (Arc::clone(&log), Instant::now());
    (log, Arc::new(move |report| into.lock().expect("a lock").push((start.elapsed(), report))))
}

fn said(log: &Log, pick: impl Fn(&Report) -> bool) -> Vec<(Duration, Report)> {
    log.lock().expect("a lock").iter().filter(|(_, report)| pick(report)).cloned().collect()
}

#[tokio::test(start_paused = true)]
async fn an_account_that_fails_and_a_scope_that_hangs_delay_nobody() {
    let (log, say) = log();
    survey(Script::new(&["broken", "prod", "dr"]), Shares::Never, say).await;
    assert_eq!(said(&log, |r| matches!(r, Report::SignInFailed { .. })).len(), 1);
    let complete = said(&log, |r| matches!(r, Report::Complete { .. }));
    let at: Vec<_> = complete.iter().map(|(at, _)| at.as_secs()).collect();
    assert_eq!(at, [0, 0, 30, 30]);
}

#[tokio::test(start_paused = true)]
async fn two_names_of_one_account_are_read_once() {
    let (log, say) = log();
    let cloud = Script::new(&["prod", "prod-again"]);
    survey(cloud.clone(), Shares::Never, say).await;
    assert_eq!(cloud.asked("read ").len(), 2);
    assert_eq!(said(&log, |r| matches!(r, Report::SameAccount { .. })).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_slow_key_holds_back_no_row_and_is_asked_once_an_account() {
    let (log, say) = log();
    let cloud = Script::new(&["prod"]);
    let reader = Reader::new(cloud.clone(), Shares::Never, say);
    reader.open().await;
    reader.open().await;
    assert_eq!(cloud.asked("key ").len(), 2, "one a region's key");
    assert_eq!(said(&log, |r| matches!(r, Report::Page { .. }))[0].0.as_secs(), 0);
    assert_eq!(said(&log, |r| matches!(r, Report::Keys(_)))[0].0.as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn share_states_come_after_the_rows_and_those_on_screen_first() {
    let (log, say) = log();
    let cloud = Script::new(&["prod"]);
    let reader = Reader::new(cloud.clone(), Shares::All, say);
    let opening = tokio::spawn({
        let reader = reader.clone();
        async move { reader.open().await }
    });
    sleep(Duration::from_millis(10_500)).await;
    let scope = Scope { account: "111111111111".parse().expect("an id"), region: Region::new("fast-1") };
    assert_eq!(cloud.asked("share ").len(), SHARES_AT_ONCE);
    reader.look(&[(scope.clone(), row(&scope, "s5").arn)]);
    reader.look(&[(scope.clone(), row(&scope, "s7").arn)]);
    sleep(Duration::from_millis(400)).await;
    let hurried = &cloud.asked("share ")[SHARES_AT_ONCE..];
    assert!(matches!(hurried, [one] if one.ends_with("s7")), "what passed by was not looked at: {hurried:?}");
    opening.await.expect("no panic");
    assert_eq!(said(&log, |r| matches!(r, Report::Shared { .. })).len(), 16, "each once");
}

#[tokio::test(start_paused = true)]
async fn a_refresh_gives_up_the_reading_under_way() {
    let (log, say) = log();
    let cloud = Script::new(&["prod"]);
    let reader = Reader::new(cloud.clone(), Shares::Never, say);
    reader.refresh(Which::Everything);
    sleep(Duration::from_secs(5)).await;
    let scope = Scope { account: "111111111111".parse().expect("an id"), region: Region::new("slow-1") };
    reader.refresh(Which::Scope(scope.clone()));
    sleep(Duration::from_mins(1)).await;
    let complete = said(&log, |r| matches!(r, Report::Complete { scope: of, .. } if *of == scope));
    assert_eq!(complete.len(), 1);
    assert!(matches!(complete[0], (at, Report::Complete { round: Round(2), .. }) if at.as_secs() == 35));
}
