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
