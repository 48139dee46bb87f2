//! The question before a job is given up: what that means for each of its steps.

use crate::domain::Inventory;
use crate::input::Action;
use crate::plan::{Operation, Progress, State};

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::jobs::{Job, JobId};
use super::super::layout::Rect;
use super::super::prose::{Line, Piece, Tone};
use super::lines::{place, put};
use super::{Press, Reply, Scroll, Sheet, whole};

/// The question.
#[derive(Debug, Clone)]
pub(in super::super) struct GiveUp {
    job: JobId,
    scroll: Scroll,
}

impl GiveUp {
    pub(in super::super) fn new(job: JobId) -> Self {
        Self { job, scroll: Scroll::default() }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        match press {
            Press::Action(Action::Accept) => return Reply::CloseAnd(Command::Cancel(self.job)),
            Press::Action(Action::Back) => return Reply::Close,
            Press::Action(action) => {
                if let Some((job, layout)) = deck.jobs.get(self.job).zip(deck.layout()) {
                    let inner = whole(layout.body).inner();
                    let lines = lines(job, usize::from(inner.width), &deck.inventory).len();
                    self.scroll.press(action, lines, usize::from(inner.height));
                }
            }
            Press::Text(_) => {}
        }
        Reply::Stay
    }

    pub(super) fn sheet(&self, body: Rect, deck: &Deck) -> Sheet {
        let area = whole(body);
        let inner = area.inner();
        let (width, height) = (usize::from(inner.width), usize::from(inner.height));
        let lines = deck.jobs.get(self.job).map(|job| lines(job, width, &deck.inventory)).unwrap_or_default();
        let (lines, foot) = self.scroll.window(lines, height);
        Sheet { title: "Give it up?".to_owned(), foot, area, lines, at: None, entry: None }
    }
}

fn lines(job: &Job, width: usize, inventory: &Inventory) -> Vec<Line> {
    let mut lines = Vec::new();
    put(&mut lines, width, 1, &[Piece::new(Tone::Strong, job.run.goal())]);
    put(
        &mut lines,
        width,
        1,
        &[Piece::new(Tone::Doubt, "Given up, nothing more of it is ever sent. Its steps:")],
    );
    let all = job.run.steps().len();
    for (step, n) in job.run.steps().iter().zip(1..) {
        let call = &step.step.call;
        lines.push(Line::new());
        let mut head = vec![Piece::new(Tone::Accent, format!("{n} of {all}  "))];
        head.extend(place(&call.scope, inventory));
        head.push(Piece::new(Tone::Strong, format!("  {}", call.operation.action())));
        put(&mut lines, width, 1, &head);
        put(&mut lines, width, 3, &[Piece::plain(meaning(step))]);
    }
    lines.push(Line::new());
    put(
        &mut lines,
        width,
        1,
        &[Piece::plain("Enter gives it up; what was done can be taken back afterwards.")],
    );
    lines
}

/// What giving up means for a step, in a sentence.
fn meaning(step: &Progress) -> String {
    let way_back = step.step.way_back();
    match &step.state {
        State::Waiting | State::Held(_) => "It is not sent.".to_owned(),
        State::Refused(_) | State::Changed(_) => "It has changed nothing.".to_owned(),
        State::Done | State::Lost(_) => format!("What it did stays. To take it back: {way_back}"),
        State::Sending | State::Unsure(_) => {
            "Whether AWS has carried it out is not known, and is not looked for any more.".to_owned()
        }
        State::Following => match step.step.call.operation {
            // COPY-49.
            Operation::CopyDBSnapshot | Operation::CopyDBClusterSnapshot => {
                "AWS goes on with the copy. To cancel it, delete the copy while it is being made.".to_owned()
            }
            _ => format!("AWS goes on with it. To take it back: {way_back}"),
        },
    }
}
