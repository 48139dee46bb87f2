//! What the driver promises, over a scripted cloud and a paused clock.

use std::sync::Mutex;

use tokio::time::Instant;

use super::*;
use crate::domain::{
    Access, Identity, Key, KeyArn, Scope, Share, Snapshot, SnapshotArn, SnapshotFacts, fixture,
};
use crate::plan::{Order, Receipt, Standing, State, compile};
use crate::ports::{Accounts, Sink};
use crate::rules::testing::cleared;

/// What a look shows: a status and a percent, nothing, or a fault.
pub(in crate::engine) type Look = Result<Option<(&'static str, u8)>, Fault>;

/// Answers to orders and to looks, in the order in which they are given out; the last look repeats itself.
#[derive(Default)]
pub(in crate::engine) struct Script {
    pub(in crate::engine) orders: Mutex<Vec<Result<Receipt, Fault>>>,
    looks: Mutex<Vec<Look>>,
    pub(in crate::engine) sent: Mutex<Vec<&'static str>>,
    pub(in crate::engine) told: Arc<Mutex<Vec<Event>>>,
}

impl Script {
    pub(in crate::engine) fn new(looks: Vec<Look>) -> Self {
        Self { looks: Mutex::new(looks), ..Self::default() }
    }

    fn next_look(&self) -> Look {
        let mut looks = self.looks.lock().expect("a lock");
        if looks.len() > 1 { looks.remove(0) } else { looks[0].clone() }
    }
}

impl Cloud for Script {
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>> {
        unreachable!("a driver lists no accounts")
    }

    fn sign_in<'a>(&'a self, _: &'a Shown) -> Pending<'a, Result<Identity, Fault>> {
        unreachable!("a driver signs in to nothing")
    }

    fn read<'a>(&'a self, _: &'a Scope, _: Sink<'a, Vec<Snapshot>>) -> Pending<'a, Result<(), Fault>> {
        unreachable!("a driver reads no scope")
    }

    fn keys<'a>(&'a self, _: &'a Scope, _: Vec<KeyArn>, _: Sink<'a, Vec<Key>>) -> Pending<'a, ()> {
        unreachable!("a driver describes no keys")
    }

    fn share<'a>(&'a self, _: &'a Scope, _: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>> {
        unreachable!("a driver asks for no share state")
    }

    fn document<'a>(&'a self, _: &'a Scope, _: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>> {
        unreachable!("a driver shows no documents")
    }

    fn probe<'a>(&'a self, _: &'a Scope) -> Pending<'a, Vec<(&'static str, Result<(), Fault>)>> {
        unreachable!("a driver probes nothing")
    }

    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        Box::pin(async move {
            let Question::Snapshot(scope, arn) = question else { panic!("{question:?}") };
            let found = self.next_look()?.map(|(status, percent)| {
                let row = Snapshot {
                    status: Status::of(status),
                    progress: Some(percent),
                    ..fixture::snapshot(scope, arn.exact_name())
                };
                Box::new(SnapshotFacts {
                    row,
                    tde_credential: None,
                    snapshot_target: None,
                    engine_mode: None,
                    license_model: None,
                    iops: None,
                })
            });
            Ok(Answer::Snapshot(found))
        })
    }

    fn send<'a>(&'a self, order: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(async move {
            let told = self.told.lock().expect("a lock").last().map(|event| event.what.clone());
            assert_eq!(told, Some(Happening::Sending), "nothing leaves before that was told");
            self.sent.lock().expect("a lock").push(order.call().operation.name());
            let mut answers = self.orders.lock().expect("a lock");
            if answers.is_empty() { Ok(Receipt::default()) } else { answers.remove(0) }
        })
    }
}

/// Drives the plan of a line over a script; gives the run, what was sent, and how long it took.
async fn driven(line: &str, script: Script) -> (Run, Vec<&'static str>, Duration) {
    let (request, facts) = cleared(line);
    let orders = Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders");
    let script = Arc::new(script);
    let told = Arc::clone(&script.told);
    let tell: Tell = Arc::new(move |event| {
        told.lock().expect("a lock").push(event);
        Box::pin(std::future::ready(Ok(())))
    });
    let clock: Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let begun = Instant::now();
    let run = Run::new(&orders);
    let run =
        drive(Arc::clone(&script) as Arc<dyn Cloud>, clock, run, orders, tell).await.expect("all is heard");
    let sent = script.sent.lock().expect("a lock").clone();
    (run, sent, begun.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_copy_is_followed_until_it_is_there() {
    let looks =
        vec![Ok(None), Ok(Some(("creating", 0))), Ok(Some(("creating", 60))), Ok(Some(("available", 100)))];
    let (run, sent, took) = driven("copy none name=x", Script::new(looks)).await;
    assert_eq!(run.standing(), Standing::Done);
    assert_eq!(sent, ["CopyDBSnapshot"]);
    assert_eq!(took, Duration::from_millis(2000 + 3000 + 4500 + 6750), "each wait is half as long again");
}

#[tokio::test(start_paused = true)]
async fn steps_follow_each_other_and_each_is_sent_once() {
    let looks = vec![Ok(Some(("creating", 10))), Ok(Some(("available", 100)))];
    let (run, sent, _) = driven("share automated aws/rds with=222", Script::new(looks)).await;
    assert_eq!(run.standing(), Standing::Done);
    assert_eq!(sent, ["CopyDBSnapshot", "PutKeyPolicy", "ModifyDBSnapshotAttribute"]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_ends_the_run_and_nothing_after_it_is_sent() {
    let script = Script::new(vec![Ok(None)]);
    script.orders.lock().expect("a lock").push(Err(fixture::fault(FaultClass::AccessDenied, "no")));
    let (run, sent, _) = driven("share automated aws/rds with=222", script).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Stopped(0), 1));
    assert!(matches!(run.steps()[0].state, State::Refused(_)));
}

#[tokio::test(start_paused = true)]
async fn an_order_without_an_answer_is_looked_for_unless_it_never_left() {
    for (code, unsure) in [(None, true), (Some("NotSent"), false)] {
        let script = Script::new(vec![Ok(Some(("available", 100)))]);
        let fault =
            Fault { code: code.map(Shown::from), ..fixture::fault(FaultClass::Unreachable, "no answer") };
        script.orders.lock().expect("a lock").push(Err(fault));
        let (run, sent, _) = driven("copy none name=x", script).await;
        assert_eq!(sent.len(), 1, "it is looked for before it is sent again");
        assert_eq!(matches!(run.steps()[0].state, State::Done), unsure, "{code:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn looks_that_fail_do_not_end_what_aws_is_doing() {
    let blind = || Err(fixture::fault(FaultClass::Throttled, "slow down"));
    let looks = vec![blind(), blind(), blind(), Ok(Some(("available", 100)))];
    let (run, _, _) = driven("copy none name=x", Script::new(looks)).await;
    assert_eq!(run.standing(), Standing::Done);
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_fails_or_vanishes_is_lost() {
    for end in [Ok(Some(("failed", 0))), Ok(None)] {
        let (run, _, _) = driven("copy none name=x", Script::new(vec![Ok(Some(("creating", 5))), end])).await;
        assert!(matches!(run.steps()[0].state, State::Lost(_)), "{run:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_after_a_lost_answer_is_sent_again() {
    let script = Script::new(vec![Ok(None), Ok(Some(("available", 100)))]);
    script.orders.lock().expect("a lock").push(Err(fixture::fault(FaultClass::Unreachable, "no answer")));
    let (run, sent, _) = driven("copy none name=x", script).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 2));
}

#[tokio::test(start_paused = true)]
async fn the_first_time_that_came_through_late_is_no_refusal_of_the_second() {
    let script = Script::new(vec![Ok(None), Ok(Some(("available", 100)))]);
    let lost = fixture::fault(FaultClass::Unreachable, "no answer");
    let there = Fault {
        code: Some("DBSnapshotAlreadyExists".into()),
        ..fixture::fault(FaultClass::Other, "there already")
    };
    script.orders.lock().expect("a lock").extend([Err(lost), Err(there)]);
    let (run, sent, _) = driven("copy none name=x", script).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 2), "adopted, and not made twice");
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_pause_a_run_and_it_goes_on_where_it_was() {
    let script = Script::new(vec![Ok(Some(("available", 100)))]);
    let expired = fixture::fault(FaultClass::ExpiredCredentials, "expired");
    script.orders.lock().expect("a lock").push(Err(expired));
    let (request, facts) = cleared("copy none name=x");
    let orders = Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders");
    let script = Arc::new(script);
    let told = Arc::clone(&script.told);
    let tell: Tell = Arc::new(move |event| {
        told.lock().expect("a lock").push(event);
        Box::pin(std::future::ready(Ok(())))
    });
    let clock: Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let on = |run| {
        drive(
            Arc::clone(&script) as Arc<dyn Cloud>,
            Arc::clone(&clock),
            run,
            orders.clone(),
            Arc::clone(&tell),
        )
    };
    let paused = on(Run::new(&orders)).await.expect("heard");
    assert_eq!(paused.standing(), Standing::Paused(0));
    let done = on(paused).await.expect("heard");
    assert_eq!(done.standing(), Standing::Done);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_heard_is_not_sent() {
    let (request, facts) = cleared("copy none name=x");
    let orders = Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders");
    let script = Arc::new(Script::new(vec![Ok(None)]));
    let tell: Tell = Arc::new(|_| Box::pin(std::future::ready(Err("the disk is full".into()))));
    let clock: Clock = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let end = drive(Arc::clone(&script) as Arc<dyn Cloud>, clock, Run::new(&orders), orders, tell).await;
    assert_eq!(end, Err("the disk is full".into()));
    assert!(script.sent.lock().expect("a lock").is_empty());
}
