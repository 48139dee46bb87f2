//! What is said of jobs while they are under way.

use super::super::*;
use super::sample;
use crate::plan::{Event, Happening, Sight, Standing};

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
