//! What the driver promises, over a scripted cloud and a paused clock.

use std::sync::atomic::Ordering;

use tokio::time::Instant;

use super::*;
use crate::domain::{
    Database, ExportTask, KeyPolicies, Policy, Quotas, Scope, SnapshotArn, SnapshotsThere, Tag, fixture,
};
use crate::engine::brake::Wish;
use crate::engine::script::{Look, Script};
use crate::plan::{Ground, Next, Pause, STAMP, Standing};

mod made;

/// A driver over a script that has heard of everything.
fn driver(script: &Arc<Script>, tell: Tell) -> Driver {
    let road = Road {
        cloud: Arc::clone(script) as Arc<dyn Cloud>,
        clock: Arc::new(|| jiff::Timestamp::UNIX_EPOCH),
        turnstile: Turnstile::default(),
        limits: Limits::default(),
    };
    Driver { road, brake: Brake::default(), tell }
}

fn hearing(script: &Script) -> Tell {
    let told = Arc::clone(&script.told);
    Arc::new(move |event| {
        told.lock().expect("a lock").push(event);
        Box::pin(std::future::ready(Ok(())))
    })
}

/// Drives the orders of a line over a script; gives the run, what was sent, and how long it took.
async fn driven((script, orders): (Script, Orders)) -> (Run, Vec<&'static str>, Duration) {
    let script = Arc::new(script);
    let begun = Instant::now();
    let driver = driver(&script, hearing(&script));
    let run = driver.drive(Run::new(&orders), &orders).await.expect("all is heard");
    let sent = script.sent.lock().expect("a lock").clone();
    (run, sent, begun.elapsed())
}

/// The orders of a line over a script whose first orders are answered so.
fn answering(line: &str, looks: Vec<Look>, answers: Vec<Result<Receipt, Fault>>) -> (Script, Orders) {
    let (script, orders) = Script::of(line, looks);
    script.orders.lock().expect("a lock").extend(answers);
    (script, orders)
}

fn there() -> Vec<Look> {
    vec![Ok(Some(("available", 100)))]
}

#[tokio::test(start_paused = true)]
async fn a_copy_is_followed_until_it_is_there() {
    let looks =
        vec![Ok(None), Ok(Some(("creating", 0))), Ok(Some(("creating", 60))), Ok(Some(("available", 100)))];
    let (run, sent, took) = driven(Script::of("copy none name=x", looks)).await;
    assert_eq!(run.standing(), Standing::Done);
    assert_eq!(sent, ["CopyDBSnapshot"]);
    assert_eq!(took, Duration::from_millis(2000 + 3000 + 4500 + 6750), "each wait is half as long again");
}

#[tokio::test(start_paused = true)]
async fn steps_follow_each_other_and_each_is_sent_once() {
    let looks = vec![Ok(Some(("creating", 10))), Ok(Some(("available", 100)))];
    let (run, sent, _) = driven(Script::of("share automated aws/rds with=222", looks)).await;
    assert_eq!(run.standing(), Standing::Done);
    assert_eq!(sent, ["CopyDBSnapshot", "PutKeyPolicy", "ModifyDBSnapshotAttribute"]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_ends_the_run_and_nothing_after_it_is_sent() {
    let refusal = Err(fixture::fault(FaultClass::AccessDenied, "no"));
    let (run, sent, _) =
        driven(answering("share automated aws/rds with=222", vec![Ok(None)], vec![refusal])).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Stopped(0), 1));
    assert!(matches!(run.steps()[0].state, State::Refused(_)));
}

#[tokio::test(start_paused = true)]
async fn a_step_that_changed_nothing_is_tried_again_when_the_run_is_taken_up() {
    let refusal = Err(fixture::fault(FaultClass::AccessDenied, "no"));
    let (script, orders) = answering("copy none name=x", there(), vec![refusal]);
    let script = Arc::new(script);
    let driver = driver(&script, hearing(&script));
    let stopped = driver.drive(Run::new(&orders), &orders).await.expect("heard");
    assert_eq!(stopped.standing(), Standing::Stopped(0));
    let done = driver.drive(stopped, &orders).await.expect("heard");
    assert_eq!((done.standing(), done.steps()[0].attempts), (Standing::Done, 2));
}

#[tokio::test(start_paused = true)]
async fn an_order_without_an_answer_is_looked_for() {
    let lost = Err(fixture::fault(FaultClass::Unreachable, "no answer"));
    let (run, sent, _) = driven(answering("copy none name=x", there(), vec![lost])).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 1), "it is looked for before it is sent again");
}

#[tokio::test(start_paused = true)]
async fn a_mistake_of_ours_never_leaves_and_ends_the_run() {
    let mistake = Fault {
        code: Some("NotSent".into()),
        ..fixture::fault(FaultClass::InvalidResponse, "no such parameter")
    };
    let (run, sent, _) = driven(answering("copy none name=x", there(), vec![Err(mistake)])).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Stopped(0), 1));
}

#[tokio::test(start_paused = true)]
async fn what_aws_has_no_room_for_waits_and_is_no_failure() {
    let full = Fault {
        code: Some("SnapshotQuotaExceeded".into()),
        ..fixture::fault(FaultClass::Other, "Cannot copy more than 20 snapshots")
    };
    let throttled = fixture::fault(FaultClass::Throttled, "slow down");
    let script = answering("copy none name=x", there(), vec![Err(full.clone()), Err(full), Err(throttled)]);
    let (run, sent, took) = driven(script).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 4));
    assert!(took > HELD * 3, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_copy_waits_here_while_a_limit_is_full() {
    let (script, orders) = Script::of("copy none name=x", there());
    let scope = orders.steps().next().expect("a step").call.scope.clone();
    let copying = |copying| SnapshotsThere { copying, ..SnapshotsThere::default() };
    let question = Question::Snapshots(scope.clone(), Kind::Instance);
    for full in [20, 21] {
        script.doubt(question.clone(), Ok(Answer::Snapshots(copying(full))));
    }
    let quota = Quotas { manual_snapshots: Some((100, 100)), ..Quotas::default() };
    script.doubt(Question::Quotas(scope.clone()), Ok(Answer::Quotas(Quotas::default())));
    script.doubt(Question::Quotas(scope.clone()), Ok(Answer::Quotas(Quotas::default())));
    script.doubt(Question::Quotas(scope), Ok(Answer::Quotas(quota)));
    let told = Arc::clone(&script.told);
    let (run, sent, _) = driven((script, orders)).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 1), "nothing was sent to be refused");
    let why = |event: &Event| match &event.what {
        Happening::Held(why) => Some(why.to_string()),
        _ => None,
    };
    let held: Vec<String> = told.lock().expect("a lock").iter().filter_map(why).collect();
    assert_eq!(held.len(), 3, "each reason is said once: {held:?}");
    assert!(held[0].contains("20 is the most") && held[2].contains("100 of 100"), "{held:?}");
}

#[tokio::test(start_paused = true)]
async fn what_changed_since_the_plan_stops_the_run_and_nothing_is_sent() {
    let line = "copy cmk name=x kms-key=alias/team";
    let orders = Script::of(line, there()).1;
    let grounds = orders.steps().next().expect("a step").grounds.clone();
    assert_eq!(grounds.len(), 3, "{grounds:?}");
    for ground in &grounds {
        let (script, orders) = Script::of(line, there());
        let expected = match ground {
            Ground::Snapshot { seen_by, arn, .. } => {
                script.doubt(Question::Snapshot(seen_by.clone(), arn.clone()), Ok(Answer::Snapshot(None)));
                "is not there any more"
            }
            Ground::FreeSnapshot(arn) => {
                script.made.lock().expect("a lock").push((arn.clone(), Vec::new()));
                "was made there meanwhile"
            }
            Ground::Key(scope, key) => {
                let question = Question::Key(scope.clone(), key.exact().to_owned());
                script.doubt(question, Ok(Answer::Key(None)));
                "is not there any more"
            }
            other => panic!("{other:?}"),
        };
        let (run, sent, _) = driven((script, orders)).await;
        assert_eq!(sent, [""; 0]);
        let State::Changed(difference) = &run.steps()[0].state else { panic!("{run:?}") };
        assert!(difference.exact().contains(expected), "{difference}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_policy_that_somebody_else_changed_is_not_overwritten() {
    let (script, orders) = Script::of("share cmk with=222", there());
    let ground = orders.steps().next().expect("a step").grounds.last().cloned();
    let Some(Ground::Policy(key, before)) = ground else { panic!("{ground:?}") };
    let other = before.replace("Allow", "Deny");
    let scope = orders.steps().next().expect("a step").call.scope.clone();
    let default = Policy::parse(&other);
    assert!(default.is_ok(), "{other}");
    let policies = KeyPolicies { default, aws_ram: None, grants: Ok(vec![]) };
    script.doubt(Question::KeyPolicy(scope, key), Ok(Answer::KeyPolicy(policies)));
    let (run, sent, _) = driven((script, orders)).await;
    assert_eq!(sent, [""; 0]);
    assert!(matches!(run.steps()[0].state, State::Changed(_)), "{run:?}");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_read_just_now_is_read_again_before_anything_is_sent() {
    let (script, orders) = Script::of("copy none name=x", there());
    let Some(Ground::Snapshot { seen_by, arn, .. }) =
        orders.steps().next().expect("a step").grounds.first().cloned()
    else {
        panic!("no source")
    };
    let question = Question::Snapshot(seen_by, arn);
    for class in [FaultClass::Unreachable, FaultClass::Throttled, FaultClass::InvalidResponse] {
        script.doubt(question.clone(), Err(fixture::fault(class, "no")));
    }
    let (run, sent, _) = driven((script, orders)).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 1));
}

/// A driver whose brake is pulled as soon as what it makes is seen at work.
fn braking(script: &Arc<Script>, wish: Wish) -> Driver {
    let mut driver = driver(script, hearing(script));
    let (brake, hear) = (driver.brake.clone(), hearing(script));
    driver.tell = Arc::new(move |event| {
        if matches!(event.what, Happening::Seen(_)) {
            brake.wish(wish);
        }
        hear(event)
    });
    driver
}

#[tokio::test(start_paused = true)]
async fn a_pause_by_hand_comes_between_two_looks_and_ends_when_it_is_driven_again() {
    let (script, orders) =
        Script::of("copy none name=x", vec![Ok(Some(("creating", 5))), Ok(Some(("available", 100)))]);
    let mut driver = braking(&Arc::new(script), Wish::Pause);
    let paused = driver.drive(Run::new(&orders), &orders).await.expect("heard");
    assert_eq!((paused.standing(), paused.pause()), (Standing::Paused(0), Some(&Pause::ByHand)));
    driver.brake = Brake::default();
    let done = driver.drive(paused, &orders).await.expect("heard");
    assert_eq!((done.standing(), done.steps()[0].attempts), (Standing::Done, 1));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_given_up_sends_nothing_more_and_can_be_taken_back() {
    let (script, orders) = Script::of("share automated aws/rds with=222", vec![Ok(Some(("creating", 5)))]);
    let driver = braking(&Arc::new(script), Wish::Cancel);
    let run = driver.drive(Run::new(&orders), &orders).await.expect("heard");
    assert_eq!((run.standing(), run.next()), (Standing::Cancelled(0), Next::Nothing));
    let back = run.taken_back(None).expect("a way back");
    let calls: Vec<_> = back.steps.iter().map(|step| step.call.operation.name()).collect();
    assert_eq!(calls, ["DeleteDBSnapshot"], "the copy that is being made is cancelled (COPY-49)");
}

#[tokio::test(start_paused = true)]
async fn many_runs_are_followed_within_the_share_of_the_bucket() {
    let (script, orders) = Script::of("copy none name=x", vec![Ok(Some(("creating", 5)))]);
    let script = Arc::new(script);
    let driver = driver(&script, hearing(&script));
    let mut runs = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let (road, orders) = (driver.road.clone(), orders.clone());
        let tell: Tell = Arc::new(|_| Box::pin(std::future::ready(Ok(()))));
        let follow = Driver { road, brake: Brake::default(), tell };
        let mut run = Run::new(&orders);
        for what in [Happening::Sending, Happening::Taken(Receipt::default())] {
            run.apply(Event { step: 0, at: jiff::Timestamp::UNIX_EPOCH, what }).expect("legal");
        }
        runs.spawn(async move { follow.drive(run, &orders).await });
    }
    script.made.lock().expect("a lock").push((
        match &orders.steps().next().expect("a step").follows {
            Follow::Snapshot(arn) => arn.clone(),
            other => panic!("{other:?}"),
        },
        Vec::new(),
    ));
    let (mut before, mut worst) = (0, 0);
    for _ in 0..300 {
        sleep(Duration::from_secs(1)).await;
        let asked = script.asked.load(Ordering::Relaxed);
        worst = worst.max(asked - before);
        before = asked;
    }
    assert!(before > 600, "they are followed: {before}");
    assert!(worst <= 5, "{worst} requests in one second");
}

#[tokio::test(start_paused = true)]
async fn looks_that_fail_do_not_end_what_aws_is_doing() {
    let blind = || Err(fixture::fault(FaultClass::Throttled, "slow down"));
    let looks = vec![blind(), blind(), blind(), Ok(Some(("available", 100)))];
    let (run, _, _) = driven(Script::of("copy none name=x", looks)).await;
    assert_eq!(run.standing(), Standing::Done);
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_fails_or_vanishes_is_lost() {
    for end in [Ok(Some(("failed", 0))), Ok(None)] {
        let (run, _, _) = driven(Script::of("copy none name=x", vec![Ok(Some(("creating", 5))), end])).await;
        assert!(matches!(run.steps()[0].state, State::Lost(_)), "{run:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_there_after_a_lost_answer_is_sent_again() {
    let lost = Err(fixture::fault(FaultClass::Unreachable, "no answer"));
    let looks = vec![Ok(None), Ok(Some(("available", 100)))];
    let (run, sent, _) = driven(answering("copy none name=x", looks, vec![lost])).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 2));
}

#[tokio::test(start_paused = true)]
async fn the_first_time_that_came_through_late_is_no_refusal_of_the_second() {
    let lost = fixture::fault(FaultClass::Unreachable, "no answer");
    let there = Fault {
        code: Some("DBSnapshotAlreadyExists".into()),
        ..fixture::fault(FaultClass::Other, "there already")
    };
    let looks = vec![Ok(None), Ok(Some(("available", 100)))];
    let (run, sent, _) = driven(answering("copy none name=x", looks, vec![Err(lost), Err(there)])).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 2), "adopted, and not made twice");
}

/// A copy whose first order got no answer and did not show, whatever answers and looks follow.
fn sent_in_vain(then: Option<Fault>, looks: &[Look]) -> (Script, Orders) {
    let lost = fixture::fault(FaultClass::Unreachable, "no answer");
    let answers = [Some(lost), then].into_iter().flatten().map(Err).collect();
    answering("copy none name=x", [&[Ok(None)], looks].concat(), answers)
}

#[tokio::test(start_paused = true)]
async fn a_second_time_that_is_refused_is_no_refusal_of_the_first() {
    let refusal = || Some(fixture::fault(FaultClass::AccessDenied, "no"));
    let unread = Err(fixture::fault(FaultClass::Throttled, "slow down"));
    for looks in [vec![Ok(Some(("available", 100)))], vec![unread, Ok(Some(("available", 100)))]] {
        let (run, sent, _) = driven(sent_in_vain(refusal(), &looks)).await;
        assert_eq!((run.standing(), sent.len()), (Standing::Done, 2), "{looks:?}");
    }
    let (run, sent, _) = driven(sent_in_vain(refusal(), &[Ok(None)])).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Stopped(0), 2));
    assert!(matches!(run.steps()[0].state, State::Refused(_)), "it is not there: {run:?}");
}

#[tokio::test(start_paused = true)]
async fn what_changed_after_the_first_time_does_not_hide_what_that_has_made() {
    let (script, orders) = sent_in_vain(None, &[Ok(Some(("available", 100)))]);
    let grounds = &orders.steps().next().expect("a step").grounds;
    let Some(Ground::Snapshot { seen_by, arn, .. }) = grounds.first() else { panic!("no source") };
    let source = Question::Snapshot(seen_by.clone(), arn.clone());
    let as_planned = script.ask(&source).await;
    script.doubt(source.clone(), as_planned);
    script.doubt(source, Ok(Answer::Snapshot(None)));
    let (run, sent, _) = driven((script, orders)).await;
    assert_eq!((run.standing(), sent.len()), (Standing::Done, 1));
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_pause_a_run_and_it_goes_on_where_it_was() {
    let expired = || fixture::fault(FaultClass::ExpiredCredentials, "expired");
    let looks = vec![Err(expired()), Ok(Some(("available", 100)))];
    let (script, orders) = answering("copy none name=x", looks, vec![Err(expired())]);
    let script = Arc::new(script);
    let driver = driver(&script, hearing(&script));
    let paused = driver.drive(Run::new(&orders), &orders).await.expect("heard");
    assert_eq!(paused.standing(), Standing::Paused(0));
    let again = driver.drive(paused, &orders).await.expect("heard");
    assert_eq!((again.standing(), &again.steps()[0].state), (Standing::Paused(0), &State::Following));
    let done = driver.drive(again, &orders).await.expect("heard");
    assert_eq!((done.standing(), done.steps()[0].attempts), (Standing::Done, 2));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_heard_is_not_sent() {
    let (script, orders) = Script::of("copy none name=x", vec![Ok(None)]);
    let script = Arc::new(script);
    let tell: Tell = Arc::new(|_| Box::pin(std::future::ready(Err("the disk is full".into()))));
    let end = driver(&script, tell).drive(Run::new(&orders), &orders).await;
    assert_eq!(end, Err("the disk is full".into()));
    assert!(script.sent.lock().expect("a lock").is_empty());
}
