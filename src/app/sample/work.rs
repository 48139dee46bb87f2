//! The sample application at work: dialogs that are answered at once, and jobs in every state that there is.

#![cfg(test)]

use std::collections::VecDeque;

use crate::domain::{Access, Fault, FaultClass};
use crate::input::{Chord, Event};
use crate::plan::{self, Happening, Receipt, Sight};

use super::{answer, empty, fault, fuller, now, press, reports, type_in};
use crate::app::{Answer, App, Effect, JobId, Msg, Question};

/// Answers every question of the rules among these effects and those that come of the answers; gives the others.
pub(crate) fn deliver(app: &mut App, effects: Vec<Effect>) -> Vec<Effect> {
    let mut open: VecDeque<Effect> = effects.into();
    let mut others = Vec::new();
    while let Some(effect) = open.pop_front() {
        match effect {
            Effect::Ask(ticket, Question::Fact(question)) => {
                let said = Answer::Fact(answer(&question).map(Box::new));
                open.extend(app.update(Msg::Answer(ticket, said)));
            }
            other => others.push(other),
        }
    }
    others
}

/// Presses chords, answering whatever is asked after each; gives what else is to be done after the last.
pub(crate) fn ask(app: &mut App, chords: &str) -> Vec<Effect> {
    let mut others = Vec::new();
    for chord in chords.split(' ') {
        let chord: Chord = chord.parse().expect("a chord");
        let effects = app.update(Msg::Input(Event::Chord(chord)));
        others = deliver(app, effects);
    }
    others
}

/// Puts the cursor on the snapshot of this name.
fn go_to(app: &mut App, name: &str) {
    press(app, "/ ctrl-u");
    type_in(app, name);
    press(app, "Enter");
}

/// A chord pressed on the snapshot of this name, everything that it asks answered.
pub(crate) fn at(width: u16, height: u16, name: &str, chord: &str) -> App {
    let mut app = fuller(width, height);
    go_to(&mut app, name);
    ask(&mut app, chord);
    app
}

/// A chord pressed on twelve marked snapshots of all sorts.
pub(crate) fn many(width: u16, height: u16, chord: &str) -> App {
    let mut app = fuller(width, height);
    press(&mut app, "g");
    for _ in 0..12 {
        press(&mut app, "Space");
    }
    ask(&mut app, chord);
    app
}

/// A program in which nothing may be changed, with a chord pressed on the snapshot of this name.
pub(crate) fn read_only(width: u16, height: u16, name: &str, chord: &str) -> App {
    let mut app = empty(width, height);
    app.badges.access = Access::ReadOnly;
    for report in reports().into_iter().chain(super::fresh()) {
        app.update(Msg::Reports(vec![report]));
    }
    go_to(&mut app, name);
    ask(&mut app, chord);
    app
}

/// Four jobs: one done, one refused, one of which nobody knows, and one that AWS is at.
pub(crate) fn at_work(width: u16, height: u16) -> App {
    let mut app = fuller(width, height);
    let ends: [&[Happening]; 4] = [
        &[Happening::Sending, taken(), Happening::Reached],
        &[Happening::Sending, Happening::Refused(refusal())],
        &[Happening::Sending, Happening::Unsure(silence())],
        &[Happening::Sending, taken(), seen(41)],
    ];
    for (n, end) in ends.iter().enumerate() {
        go_to(&mut app, &format!("orders-nightly-{}", n + 1));
        ask(&mut app, "c");
        let effects = ask(&mut app, "Enter Enter");
        let [Effect::Run { job, .. }] = &effects[..] else { panic!("{effects:?}") };
        happen(&mut app, *job, end);
    }
    press(&mut app, "Esc");
    app
}

/// What happens to the only step of a job.
fn happen(app: &mut App, job: JobId, all: &[Happening]) {
    for (what, n) in all.iter().zip(0..) {
        let at = now() - jiff::SignedDuration::from_mins(20 - n);
        app.update(Msg::Job(job, plan::Event { step: 0, at, what: what.clone() }));
    }
}

fn refusal() -> Fault {
    let denied = fault(FaultClass::ExplicitDeny);
    let message = denied.message.exact().replace("DescribeDBSnapshots", "CopyDBSnapshot");
    Fault { message: message.into(), action: Some("rds:CopyDBSnapshot".into()), ..denied }
}

fn silence() -> Fault {
    Fault {
        class: FaultClass::Unreachable,
        code: None,
        message: "no answer within 30 s".into(),
        action: Some("rds:CopyDBSnapshot".into()),
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "Look at the network between here and AWS.".into(),
    }
}

fn taken() -> Happening {
    Happening::Taken(Receipt { request_id: Some("9d1b6f0e-5a0c-4d0f-8a52-6f1d2a9e0c11".into()), made: None })
}

fn seen(percent: u8) -> Happening {
    Happening::Seen(Sight { status: "copying".into(), percent: Some(percent) })
}
