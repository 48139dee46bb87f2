//! What the inquiry promises, over a scripted cloud and a paused clock.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::*;
use crate::domain::{
    Action, Code, Device, Fact, FaultClass, Field, Key, KeyArn, Kind, Region, Scope, Share, SnapshotArn,
    Value, fixture,
};
use crate::plan::{Order, Receipt};
use crate::ports::{Arrival, Pending, Sink};

/// Accounts by name and, where it is known, by id; every answer takes a second.
struct Script {
    accounts: Vec<Account>,
    asked: Mutex<Vec<String>>,
}

const PROD: &str = "111111111111";
const DR: &str = "222222222222";

impl Script {
    fn new(accounts: &[(&str, Option<&str>)]) -> Arc<Self> {
        let account = |(name, id): &(&str, Option<&str>)| Account {
            id: id.map(|id| id.parse().expect("an id")),
            ..fixture::account(name)
        };
        Arc::new(Self { accounts: accounts.iter().map(account).collect(), asked: Mutex::default() })
    }

    fn note(&self, what: String) {
        self.asked.lock().expect("a lock").push(what);
    }

    fn count(&self, what: &str) -> usize {
        self.asked.lock().expect("a lock").iter().filter(|asked| asked.starts_with(what)).count()
    }
}

fn no() -> Fault {
    fixture::fault(FaultClass::AccessDenied, "no")
}

impl Cloud for Script {
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>> {
        Box::pin(async { Ok(Accounts { accounts: self.accounts.clone(), known: vec![] }) })
    }

    fn take_code<'a>(&'a self, _: &'a Device, _: Code) -> Pending<'a, ()> {
        Box::pin(std::future::ready(()))
    }

    fn sign_in<'a>(&'a self, name: &'a Shown) -> Pending<'a, Result<Identity, Fault>> {
        Box::pin(async move {
            self.note(format!("sign in {name}"));
            sleep(Duration::from_secs(1)).await;
            let id = match name.exact() {
                "broken" => return Err(no()),
                "dr" => DR,
                _ => PROD,
            };
            let account = id.parse().expect("an id");
            Ok(Identity { name: name.clone(), account, caller: "arn".into(), regions: vec![] })
        })
    }

    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        Box::pin(async move {
            self.note(format!("ask {question:?}"));
            sleep(Duration::from_secs(1)).await;
            match question {
                Question::Attributes(..) => Ok(Answer::Attributes(Share::Private)),
                _ => Err(no()),
            }
        })
    }

    fn read<'a>(&'a self, _: &'a Scope, _: Sink<'a, Arrival>) -> Pending<'a, Result<(), Fault>> {
        Box::pin(async { Err(no()) })
    }

    fn keys<'a>(&'a self, _: &'a Scope, _: Vec<KeyArn>, _: Sink<'a, Vec<Key>>) -> Pending<'a, ()> {
        Box::pin(async {})
    }

    fn share<'a>(&'a self, _: &'a Scope, _: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>> {
        Box::pin(async { Err(no()) })
    }

    fn document<'a>(&'a self, _: &'a Scope, _: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>> {
        Box::pin(async { Err(no()) })
    }

    fn probe<'a>(&'a self, _: &'a Scope) -> Pending<'a, Vec<(&'static str, Result<(), Fault>)>> {
        Box::pin(async { vec![] })
    }

    fn send<'a>(&'a self, _: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(async { Err(no()) })
    }
}

fn share_with_dr() -> Draft {
    let arn =
        SnapshotArn::new(&Region::new("us-east-1"), PROD.parse().expect("an id"), Kind::Instance, "orders");
    let by = arn.account();
    Draft::new(Action::Share, arn, by).with(Field::With, Value::List(vec![DR.to_owned()]))
}

async fn open(script: &Arc<Script>) -> Inquiry {
    let cloud: Arc<dyn Cloud> = Arc::clone(script) as _;
    Inquiry::open(cloud, Arc::new(|| Timestamp::UNIX_EPOCH)).await.expect("accounts")
}

#[tokio::test(start_paused = true)]
async fn each_fact_is_asked_once_and_all_of_them_at_the_same_time() {
    let script = Script::new(&[("prod", Some(PROD)), ("dr", Some(DR))]);
    let mut inquiry = open(&script).await;
    let start = Instant::now();
    let first = inquiry.judge(&share_with_dr()).await;
    let asked = script.count("ask");
    assert!(asked >= 2 && start.elapsed() <= Duration::from_secs(4), "{asked} in {:?}", start.elapsed());
    assert_eq!((script.count("sign in prod"), script.count("sign in dr")), (1, 0));
    assert!(first.request.is_none() || !first.findings.is_empty(), "what could not be learned is said");
    assert_eq!(inquiry.judge(&share_with_dr()).await, first);
    assert_eq!(script.count("ask"), asked);
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_locked_stands_for_its_answers() {
    let script = Script::new(&[("broken", Some(PROD)), ("dr", None), ("broken", None)]);
    let mut inquiry = open(&script).await;
    assert_eq!(inquiry.locked_out().len(), 1);
    let scope = fixture::scope();
    let question = Question::Attributes(scope, share_with_dr().snapshot);
    inquiry.learn(vec![question.clone()]).await;
    assert_eq!(inquiry.facts().get(&question), Fact::Failed(no()));
    assert_eq!(script.count("ask"), 0);
}

#[tokio::test(start_paused = true)]
async fn of_two_names_of_one_account_the_first_is_it() {
    let script = Script::new(&[("prod", None), ("again", None)]);
    let inquiry = open(&script).await;
    let names: Vec<String> = inquiry.accounts().iter().map(|(_, account)| account.name.to_string()).collect();
    assert_eq!(names, ["prod"]);
}
