//! What is said of jobs while they are under way.

use super::super::*;
use super::sample::{self, press};
use crate::domain::{Fault, FaultClass, fixture};
use crate::plan::{Author, Event, Happening, History, Holder, Pause, RunId, Sight, Standing};

#[test]
fn how_long_a_job_takes_is_said_anew_whenever_it_is_looked_at() {
    let mut app = sample::at_work(100, 30);
    let standing = Standing::UnderWay(0);
    let job = app.deck.jobs.by_urgency().into_iter().find(|job| job.run.standing() == standing);
    let job = job.expect("one is under way").id;
    let at = sample::now() + jiff::SignedDuration::from_mins(10);
    let what = Happening::Seen(Sight { status: "copying".into(), percent: Some(80) });
    app.update(Msg::Job(job, Event { step: 0, at, what }));
    let strip = app.deck.jobs.strip("!", app.deck.now, 400);
    let text: String = strip.iter().map(|piece| piece.text.as_str()).collect();
    assert!(text.contains("copying 80 % 30m"), "{text}");
}

#[test]
fn a_scope_that_is_being_read_is_read_once_more_for_all_jobs_that_changed_it() {
    let mut app = sample::at_work(100, 30);
    let standing = Standing::UnderWay(0);
    let job = app.deck.jobs.by_urgency().into_iter().find(|job| job.run.standing() == standing);
    let job = job.expect("one is under way");
    let (id, scope) = (job.id, job.run.steps()[0].step.call.scope.clone());
    let (round, at) = (crate::domain::Round(9), sample::now());
    app.update(Msg::Reports(vec![Report::Started { scope: scope.clone(), round }]));
    let again = |effects: Vec<Effect>| {
        effects.into_iter().filter(|effect| *effect == Effect::Refresh(Which::Scope(scope.clone()))).count()
    };
    assert_eq!(again(app.update(Msg::Job(id, Event { step: 0, at, what: Happening::Reached }))), 0);
    let over = Report::Complete { scope: scope.clone(), round };
    assert_eq!(again(app.update(Msg::Reports(vec![over.clone()]))), 1);
    assert_eq!(again(app.update(Msg::Reports(vec![over]))), 0);
}

/// The job that AWS is at.
fn under_way(app: &App) -> JobId {
    let job = app.deck.jobs.by_urgency().into_iter().find(|job| job.run.standing() == Standing::UnderWay(0));
    job.expect("one is under way").id
}

/// What the open sheet says, line by line.
fn sheet(app: &App) -> String {
    let sheets = app.sheets();
    let lines = sheets.last().expect("a sheet").lines.iter();
    lines.map(|line| line.iter().map(|piece| piece.text.as_str()).collect::<String>() + "\n").collect()
}

#[test]
fn a_step_that_cannot_be_seen_for_long_says_so_with_what_and_since_when() {
    let mut app = sample::at_work(120, 60);
    let (id, blind) =
        (under_way(&app), Happening::Blind(fixture::fault(FaultClass::AccessDenied, "not yours")));
    let mut standings = vec![];
    for n in 0..4 {
        let at = sample::now() - jiff::SignedDuration::from_mins(12 - n);
        app.update(Msg::Job(id, Event { step: 0, at, what: blind.clone() }));
        let strip = app.deck.jobs.strip("!", app.deck.now, 400);
        let text: String = strip.iter().map(|piece| piece.text.as_str()).collect();
        standings.push(text.contains("NOT SEEN for 12m"));
    }
    assert_eq!(standings, [false, false, true, true]);
    press(&mut app, "!");
    let at = app.deck.jobs.by_urgency().iter().position(|job| job.id == id).expect("there");
    press(&mut app, &["j"].repeat(at).into_iter().chain(["Enter"]).collect::<Vec<_>>().join(" "));
    let text = sheet(&app);
    for words in ["Not seen", "12m", "4 looks in a row failed; it is looked at on and on", "not yours"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    press(&mut app, "v");
    assert_eq!(sheet(&app).matches("not seen just now").count(), 1, "{}", sheet(&app));
    let what = Happening::Seen(Sight { status: "copying".into(), percent: Some(80) });
    app.update(Msg::Job(id, Event { step: 0, at: sample::now(), what }));
    press(&mut app, "v");
    assert!(!sheet(&app).contains("Not seen"), "{}", sheet(&app));
}

#[test]
fn the_chord_between_steps_and_events_is_called_after_where_it_leads() {
    let mut app = sample::at_work(200, 30);
    let called = |app: &App| {
        let hints = app.hints();
        hints.into_iter().find(|hint| hint.chord == "v").map(|hint| hint.label)
    };
    press(&mut app, "!");
    assert_eq!(called(&app), Some("events"));
    press(&mut app, "Enter");
    assert_eq!(called(&app), Some("events"));
    press(&mut app, "v");
    assert_eq!(called(&app), Some("steps"));
    press(&mut app, "v");
    assert_eq!(called(&app), Some("events"));
}

#[test]
fn who_signs_in_here_takes_up_no_job_that_another_program_drives() {
    let mut app = sample::at_work(100, 30);
    let id = under_way(&app);
    let job = app.deck.jobs.get(id).expect("there");
    let (plan, mut events) = (job.run.plan(), job.events.clone());
    let account = plan.steps[0].call.scope.account;
    let expired: Fault = fixture::fault(FaultClass::ExpiredCredentials, "expired");
    events.push(Event { step: 0, at: sample::now(), what: Happening::Shut(expired) });
    let shut = events.last().expect("an event").clone();
    let author = Author { user: "ann".into(), host: "desk".into(), callers: vec![] };
    let history = History { id: RunId::new(sample::now(), 1), author, begun: sample::now(), plan, events };
    let holder = Holder { pid: 7, host: "desk".into(), since: sample::now() };
    app.update(Msg::Written(Box::new(history), Some(holder)));
    assert_eq!(app.deck.jobs.waiting_for(account), []);
    app.update(Msg::Job(id, shut));
    assert!(matches!(app.deck.jobs.get(id).and_then(|job| job.run.pause()), Some(Pause::SignIn(_))));
    assert_eq!(app.deck.jobs.waiting_for(account), [id], "its own it does");
}
