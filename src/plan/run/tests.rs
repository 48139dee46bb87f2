//! Every event in every state: what is legal, what it makes, and what comes next.

#![cfg(test)]

use super::*;
use crate::domain::{Access, FaultClass, fixture};
use crate::plan::{Purpose, Shut, compile};
use crate::rules::testing::cleared;

fn orders(line: &str) -> Orders {
    let (request, facts) = cleared(line);
    Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
}

fn fault(class: FaultClass) -> Fault {
    fixture::fault(class, "no")
}

fn sight(percent: u8) -> Happening {
    Happening::Seen(Sight { status: "creating".into(), percent: Some(percent) })
}

fn every_happening() -> Vec<Happening> {
    vec![
        Happening::Sending,
        Happening::Held("full".into()),
        Happening::Changed("gone".into()),
        Happening::Taken(Receipt::default()),
        Happening::Refused(fault(FaultClass::AccessDenied)),
        Happening::Shut(fault(FaultClass::ExpiredCredentials)),
        Happening::Unsure(fault(FaultClass::Unreachable)),
        Happening::Found(Receipt::default()),
        Happening::NotFound,
        Happening::Unclear("another".into()),
        Happening::Paused,
        Happening::Resumed,
        Happening::Cancelled,
        Happening::Retried,
        sight(10),
        Happening::Missed,
        Happening::Blind(fault(FaultClass::Throttled)),
        Happening::Reached,
        Happening::Lost("failed".into()),
    ]
}

fn after(orders: &Orders, events: &[Happening]) -> Run {
    let mut run = Run::new(orders);
    for (n, what) in events.iter().enumerate() {
        let seconds = i64::try_from(n).expect("few");
        run.apply(Event { step: 0, at: at(seconds), what: what.clone() }).expect("a legal event");
    }
    run
}

fn name(what: &Happening) -> String {
    let text = format!("{what:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_owned()
}

/// The happenings that a run takes as it stands.
fn legal(run: &Run) -> Vec<String> {
    let is_legal =
        |what: &Happening| run.clone().apply(Event { step: 0, at: at(99), what: what.clone() }).is_ok();
    every_happening().iter().filter(|what| is_legal(what)).map(name).collect()
}

#[test]
fn a_step_that_is_followed_takes_what_can_happen_and_nothing_else() {
    let orders = orders("copy none name=x");
    let taken = || vec![Happening::Sending, Happening::Taken(Receipt::default())];
    let and = |what| [taken(), vec![what]].concat();
    let waiting = ["Sending", "Held", "Changed", "Shut", "Paused", "Cancelled", "Blind"];
    let looking = ["Shut", "Paused", "Cancelled", "Seen", "Missed", "Blind", "Reached", "Lost"];
    assert_eq!(legal(&after(&orders, &[])), waiting);
    assert_eq!(legal(&after(&orders, &[Happening::Held("full".into())])), waiting);
    assert_eq!(
        legal(&after(&orders, &[Happening::Sending])),
        ["Held", "Taken", "Refused", "Shut", "Unsure", "Found", "NotFound", "Unclear", "Blind"]
    );
    let unsure = [Happening::Sending, Happening::Unsure(fault(FaultClass::Unreachable))];
    assert_eq!(
        legal(&after(&orders, &unsure)),
        ["Shut", "Found", "NotFound", "Unclear", "Paused", "Cancelled", "Blind"]
    );
    for events in
        [taken(), and(sight(3)), and(Happening::Missed), and(Happening::Blind(fault(FaultClass::Other)))]
    {
        assert_eq!(legal(&after(&orders, &events)), looking, "{events:?}");
    }
    for pause in [Happening::Paused, Happening::Shut(fault(FaultClass::ExpiredCredentials))] {
        for before in [vec![], taken(), unsure.to_vec()] {
            assert_eq!(
                legal(&after(&orders, &[before, vec![pause.clone()]].concat())),
                ["Resumed", "Cancelled"]
            );
        }
    }
    for last in [Happening::Reached, Happening::Lost("failed".into()), Happening::Cancelled] {
        assert_eq!(legal(&after(&orders, &and(last))), [""; 0]);
    }
    for nothing in [
        vec![Happening::Changed("gone".into())],
        vec![Happening::Sending, Happening::Refused(fault(FaultClass::AccessDenied))],
    ] {
        assert_eq!(legal(&after(&orders, &nothing)), ["Retried"], "that can be tried again");
    }
}

#[test]
fn what_comes_next_follows_from_what_happened() {
    let orders = orders("share automated aws/rds with=222");
    assert!(orders.steps().len() >= 2);
    let mut run = Run::new(&orders);
    assert_eq!(run.next(), Next::Send(0));
    let mut say = |step, what| run.apply(Event { step, at: at(1), what }).map(|()| run.next());
    assert_eq!(say(0, Happening::Sending), Ok(Next::Settle(0)), "for whoever finds it so after a crash");
    assert_eq!(say(0, Happening::Taken(Receipt::default())), Ok(Next::Look(0)));
    assert_eq!(say(0, Happening::Reached), Ok(Next::Send(1)));
    assert_eq!(say(1, Happening::Sending), Ok(Next::Settle(1)));
    assert_eq!(say(1, Happening::Refused(fault(FaultClass::AccessDenied))), Ok(Next::Nothing));
    assert_eq!(run.standing(), Standing::Stopped(1));
}

#[test]
fn nothing_is_sent_after_a_step_that_nobody_is_sure_of() {
    let orders = orders("share automated aws/rds with=222");
    let run = after(&orders, &[Happening::Sending, Happening::Unsure(fault(FaultClass::Unreachable))]);
    assert_eq!((run.standing(), run.next()), (Standing::UnderWay(0), Next::Settle(0)));
    let lost = after(
        &orders,
        &[
            Happening::Sending,
            Happening::Unsure(fault(FaultClass::Unreachable)),
            Happening::Unclear("another".into()),
        ],
    );
    assert_eq!((lost.standing(), lost.next()), (Standing::Stopped(0), Next::Nothing));
}

#[test]
fn what_was_looked_for_and_is_not_there_is_sent_again_and_counted() {
    let orders = orders("copy none name=x");
    let events = [
        Happening::Sending,
        Happening::Unsure(fault(FaultClass::Unreachable)),
        Happening::NotFound,
        Happening::Sending,
    ];
    let run = after(&orders, &events);
    assert_eq!(run.steps()[0].attempts, 2);
    let run = after(&orders, &[&events[..2], &[Happening::Found(Receipt::default())]].concat());
    assert_eq!(run.next(), Next::Look(0));
}

#[test]
fn a_step_counts_from_the_first_time_that_may_have_had_an_effect() {
    let orders = orders("copy none name=x");
    let unsure = || Happening::Unsure(fault(FaultClass::Unreachable));
    let shut = Happening::Shut(fault(FaultClass::ExpiredCredentials));
    let sent = |events: &[Happening]| after(&orders, events).steps()[0].sent;
    assert_eq!(sent(&[Happening::Sending, unsure(), Happening::NotFound, Happening::Sending]), Some(at(0)));
    let then_full = [Happening::NotFound, Happening::Sending, Happening::Held("full".into())];
    let again = [&[Happening::Sending, unsure()], &then_full[..], &[Happening::Sending]].concat();
    assert_eq!(sent(&again), Some(at(0)), "the first time may still show, whatever became of the second");
    for nothing in [
        vec![Happening::Held("full".into())],
        vec![shut, Happening::Resumed],
        vec![Happening::Refused(fault(FaultClass::AccessDenied)), Happening::Retried],
    ] {
        let events = [vec![Happening::Sending], nothing, vec![Happening::Sending]].concat();
        let last = i64::try_from(events.len()).expect("few") - 1;
        assert_eq!(sent(&events), Some(at(last)), "what changed nothing does not count: {events:?}");
    }
}

#[test]
fn what_may_have_been_carried_out_late_is_taken_back_too() {
    let orders = orders("share with=222");
    let looked_for =
        [Happening::Sending, Happening::Unsure(fault(FaultClass::Unreachable)), Happening::NotFound];
    let back = |events: &[Happening]| after(&orders, events).taken_back(None).map(|plan| plan.steps.len());
    assert_eq!(back(&[]), None);
    assert_eq!(back(&[Happening::Sending, Happening::Refused(fault(FaultClass::AccessDenied))]), None);
    assert_eq!(back(&looked_for), Some(1), "AWS may show it late");
    let refused = [Happening::Sending, Happening::Refused(fault(FaultClass::AccessDenied))];
    assert_eq!(
        back(&[&looked_for[..], &refused].concat()),
        Some(1),
        "the second time says nothing of the first"
    );
}

#[test]
fn what_a_step_may_not_have_taken_back_is_taken_back_once_more() {
    let (request, facts) = cleared("copy cmk to-account=222 use1->euw1 name=x");
    let plan = compile(&request, &facts).cleaning_up();
    let n = plan.steps.iter().position(|step| step.purpose == Purpose::CleanUp).expect("a clean-up");
    let mut run = Run::of(&plan);
    for (step, progress) in plan.steps[..n].iter().enumerate() {
        let end = (progress.follows != Follow::Nothing).then_some(Happening::Reached);
        for what in [Happening::Sending, Happening::Taken(Receipt::default())].into_iter().chain(end) {
            run.apply(Event { step, at: at(1), what }).expect("legal");
        }
    }
    let before = run.taken_back(None).expect("a way back").steps.len();
    for what in [Happening::Sending, Happening::Unsure(fault(FaultClass::Unreachable)), Happening::Cancelled]
    {
        run.apply(Event { step: n, at: at(1), what }).expect("legal");
    }
    assert_eq!(run.taken_back(None).expect("a way back").steps.len(), before);
}

#[test]
fn a_run_that_nobody_is_signed_in_for_pauses_and_goes_on() {
    let orders = orders("copy none name=x");
    let shut = [Happening::Sending, Happening::Shut(fault(FaultClass::ExpiredCredentials))];
    let paused = after(&orders, &shut);
    assert_eq!((paused.standing(), paused.next()), (Standing::Paused(0), Next::Nothing));
    let resumed = after(&orders, &[&shut[..], &[Happening::Resumed]].concat());
    assert_eq!((resumed.standing(), resumed.next()), (Standing::UnderWay(0), Next::Send(0)));
}

#[test]
fn what_was_seen_and_is_gone_is_lost_and_what_comes_late_is_waited_for() {
    let orders = orders("copy none name=x");
    let taken = [Happening::Sending, Happening::Taken(Receipt::default())];
    let once = after(&orders, &[&taken[..], &[sight(5), Happening::Missed]].concat());
    assert_eq!(once.standing(), Standing::UnderWay(0), "AWS may not show it once");
    let missed = vec![Happening::Missed; 3];
    let gone = after(&orders, &[&taken[..], &[sight(5)], &missed].concat());
    assert_eq!(gone.standing(), Standing::Stopped(0));
    let late = after(&orders, &[&taken[..], &[Happening::Missed, Happening::Missed, sight(5)]].concat());
    assert_eq!(late.standing(), Standing::UnderWay(0));
    let mut never = after(&orders, &taken);
    for _ in 0..LOOKS {
        assert_eq!(never.standing(), Standing::UnderWay(0));
        never.apply(Event { step: 0, at: at(9), what: Happening::Missed }).expect("legal");
    }
    assert_eq!(never.standing(), Standing::Stopped(0));
}

#[test]
fn a_step_that_cannot_be_looked_at_is_not_a_step_that_failed() {
    let orders = orders("copy none name=x");
    let blind = Happening::Blind(fault(FaultClass::Throttled));
    let run = after(&orders, &[Happening::Sending, Happening::Taken(Receipt::default()), blind]);
    assert_eq!(run.next(), Next::Look(0));
    assert!(run.steps()[0].blind.is_some());
}

#[test]
fn looks_that_fail_in_a_row_are_counted_from_the_first_until_one_does_not() {
    let mut run =
        after(&orders("copy none name=x"), &[Happening::Sending, Happening::Taken(Receipt::default())]);
    let mut look = |seconds, what| {
        run.apply(Event { step: 0, at: at(seconds), what }).expect("legal");
        run.steps()[0].blind.clone()
    };
    let blind = |class| Happening::Blind(fault(class));
    look(10, blind(FaultClass::Throttled));
    let twice = look(20, blind(FaultClass::Throttled)).expect("blind");
    assert!(!twice.lasts());
    let lasting = look(30, blind(FaultClass::AccessDenied)).expect("blind");
    assert_eq!((lasting.since, lasting.looks, lasting.lasts()), (at(10), 3, true));
    assert_eq!(lasting.fault.class, FaultClass::AccessDenied, "what was said last");
    assert_eq!(look(40, sight(5)), None);
    let again = look(50, blind(FaultClass::Throttled)).expect("blind");
    assert_eq!((again.since, again.looks), (at(50), 1));
}

#[test]
fn a_read_only_account_gives_no_orders() {
    let (request, facts) = cleared("copy none name=x");
    let plan: Plan = compile(&request, &facts);
    let account = plan.steps[0].call.scope.account;
    assert_eq!(Orders::of(plan, |_| Access::ReadOnly), Err(Shut(account)));
}
