//! For the tests: a fleet of the demo cloud behind the real SDK, its accounts signed in, its calls counted.
//!
//! Accounts 111111111111 and 222222222222, in us-east-1 unless told otherwise.

#![cfg(test)]

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::script::{Ask, scope};
use super::{Aws, Link, Wire};
use crate::demo;
use crate::domain::{
    Access, Account, AccountSource, Answer, Fault, ListedAccount, Login, Question, Region, RegionChoice,
    Scope, Setup, fixture,
};
use crate::ports::Cloud as _;

/// A cloud under test.
pub(super) struct Trial {
    pub(super) aws: Aws,
    called: Arc<Mutex<Vec<Ask>>>,
}

impl Trial {
    /// Account 111111111111 has this in us-east-1, and 222222222222 that.
    pub(super) async fn of(ours: &Value, theirs: &Value) -> Self {
        Self::with_access(Access::ReadWrite, ours, theirs).await
    }

    /// The same, in accounts of this access.
    pub(super) async fn with_access(access: Access, ours: &Value, theirs: &Value) -> Self {
        let fleet = json!({"now": "2026-11-24T03:00:00Z", "latency_ms": 0, "caller": "111111111111", "accounts": {
            "111111111111": {"name": "ours", "regions": {"us-east-1": ours, "eu-west-1": {}}},
            "222222222222": {"name": "theirs", "regions": {"us-east-1": theirs}}}});
        let cloud = demo::Cloud::new(demo::Fleet::parse(&fleet.to_string()).expect("a sound fleet"), 1.0);
        let (cloud, called) = (Arc::new(cloud), Arc::<Mutex<Vec<Ask>>>::default());
        let log = Arc::clone(&called);
        let wire: Wire = Arc::new(move |request| {
            log.lock().expect("a log").push(Ask::read(&request));
            let cloud = Arc::clone(&cloud);
            Box::pin(async move { cloud.answer(request).await })
        });
        let accounts = [("ours", "111111111111"), ("theirs", "222222222222")];
        let setup = Setup {
            accounts: AccountSource::Listed(accounts.map(|(name, id)| listed(name, id)).to_vec()),
            access,
            regions: RegionChoice::Default,
            endpoint: None,
            known: Vec::new(),
        };
        let aws = Aws::new(setup, Link::InProcess { wire, access_key_id: "AKIA111111111111".into() });
        for (name, _) in accounts {
            aws.sign_in(&name.into()).await.expect("signed in");
        }
        called.lock().expect("a log").clear();
        Self { aws, called }
    }

    /// Asks a question.
    pub(super) async fn ask(&self, question: Question) -> Result<Answer, Fault> {
        self.aws.ask(&question).await
    }

    /// What was called since this was looked at last, in order.
    pub(super) fn calls(&self) -> Vec<Ask> {
        std::mem::take(&mut *self.called.lock().expect("a log"))
    }

    /// The operations that were called since this was looked at last, in order of their names.
    pub(super) fn operations(&self) -> Vec<String> {
        let mut names: Vec<String> = self.calls().into_iter().map(|ask| ask.operation).collect();
        names.sort_unstable();
        names
    }
}

fn listed(name: &str, id: &str) -> ListedAccount {
    ListedAccount {
        account: Account { id: id.parse().ok(), ..fixture::account(name) },
        login: Login::Role {
            arn: format!("arn:aws:iam::{id}:role/snapdeck"),
            source_profile: None,
            external_id: None,
        },
        regions: None,
    }
}

/// Account 111111111111 in us-east-1.
pub(super) fn ours() -> Scope {
    scope("us-east-1")
}

/// Account 222222222222 in us-east-1.
pub(super) fn theirs() -> Scope {
    Scope { account: "222222222222".parse().expect("an id"), region: Region::new("us-east-1") }
}
