//! The jobs: which there are, and each step by step.

use crate::domain::Cells as _;

use crate::input::Action;
use crate::plan::{Pause, Progress, State};

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::details;
use super::super::failure;
use super::super::jobs::{Driver, Job, JobId, guess, progress, tally};
use super::super::layout::Rect;
use super::super::prose::{Block, Line, Piece, Tone, lay_out, line_width, wrap};
use super::super::words::count;
use super::{Press, Reply, Scroll, Sheet, whole};

/// The jobs, or one of them.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct JobsView {
    at: usize,
    /// The one that is looked at step by step.
    open: Option<JobId>,
    page: Page,
    scroll: Scroll,
}

/// What is looked at of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Steps,
    Events,
}

impl JobsView {
    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        let Press::Action(action) = press else { return Reply::Stay };
        if let Some(reply) = self.here(deck).and_then(|job| asked_of(job, action)) {
            if let Reply::Do(Command::PutAway(_)) = reply {
                self.open = None;
            }
            return reply;
        }
        if let Some(job) = self.open.and_then(|id| deck.jobs.get(id)) {
            match action {
                Action::Back => (self.open, self.scroll) = (None, Scroll::default()),
                Action::Events => {
                    self.scroll = Scroll::default();
                    self.page = match self.page {
                        Page::Steps => Page::Events,
                        Page::Events => Page::Steps,
                    };
                }
                action => {
                    let Some(layout) = deck.layout() else { return Reply::Stay };
                    let inner = whole(layout.body).inner();
                    let lines = self.page(job, usize::from(inner.width), deck).len();
                    self.scroll.press(action, lines, usize::from(inner.height));
                }
            }
            return Reply::Stay;
        }
        let all = deck.jobs.by_urgency();
        let last = all.len().saturating_sub(1);
        let at = self.at.min(last);
        match action {
            Action::Back => return Reply::Close,
            Action::Up => self.at = at.saturating_sub(1),
            Action::Down => self.at = (at + 1).min(last),
            Action::Top => self.at = 0,
            Action::Bottom => self.at = last,
            Action::Accept | Action::Events => {
                self.open = all.get(at).map(|job| job.id);
                self.page = if action == Action::Events { Page::Events } else { Page::Steps };
            }
            _ => {}
        }
        Reply::Stay
    }

    /// The job that is looked at, or that the cursor is on.
    fn here<'d>(&self, deck: &'d Deck) -> Option<&'d Job> {
        if let Some(job) = self.open.and_then(|id| deck.jobs.get(id)) {
            return Some(job);
        }
        let all = deck.jobs.by_urgency();
        all.get(self.at.min(all.len().saturating_sub(1))).copied()
    }

    fn page(&self, job: &Job, width: usize, deck: &Deck) -> Vec<Line> {
        match self.page {
            Page::Steps => steps(job, width, deck),
            Page::Events => events(job, width, deck),
        }
    }

    /// What an action does here, where that is not what it does elsewhere among the jobs.
    pub(in super::super) fn label(&self, action: Action) -> Option<&'static str> {
        let leads_back = self.open.is_some() && self.page == Page::Events;
        (action == Action::Events && leads_back).then_some("steps")
    }

    pub(super) fn can(&self, action: Action, deck: &Deck) -> bool {
        let here = self.here(deck);
        match action {
            Action::Accept => self.open.is_none() && here.is_some(),
            Action::Events => here.is_some(),
            Action::Resume
            | Action::Pause
            | Action::GiveUp
            | Action::TakeBack
            | Action::Reveal
            | Action::PutAway => here.is_some_and(|job| asked_of(job, action).is_some()),
            _ => true,
        }
    }

    /// Puts the cursor on a line of the sheet.
    pub(in super::super) fn point(&mut self, line: usize, deck: &Deck) {
        let all = deck.jobs.by_urgency().len();
        if self.open.is_none() && line < all {
            self.at = line;
        }
    }

    pub(super) fn sheet(&self, body: Rect, deck: &Deck) -> Sheet {
        let area = whole(body);
        let inner = area.inner();
        let (width, height) = (usize::from(inner.width), usize::from(inner.height));
        if let Some(job) = self.open.and_then(|id| deck.jobs.get(id)) {
            let (lines, foot) = self.scroll.window(self.page(job, width, deck), height);
            return Sheet { title: "Job".to_owned(), foot, area, lines, at: None, entry: None };
        }
        let all = deck.jobs.by_urgency();
        let at = self.at.min(all.len().saturating_sub(1));
        let start = at.saturating_sub(height.saturating_sub(1));
        let shown = || all.iter().skip(start).take(height);
        // How far each is stands in one column; what it is to reach is cut before that is.
        let longest = shown().map(|job| job.run.goal().cells()).max().unwrap_or(0);
        let ends = shown().map(|job| line_width(&deck.jobs.standing(job, deck.now))).max().unwrap_or(0);
        let column = longest.min(width.saturating_sub(ends + 4));
        let line = |job: &Job| {
            let goal = crate::domain::middle_cut(job.run.goal(), column);
            let gap = " ".repeat(column.saturating_sub(goal.cells()) + 2);
            [vec![Piece::plain(format!(" {goal}{gap}"))], deck.jobs.standing(job, deck.now)].concat()
        };
        let mut lines: Vec<Line> = shown().map(|job| line(job)).collect();
        let at = (!all.is_empty()).then(|| at - start);
        if all.is_empty() {
            lines.extend(wrap(&[Piece::new(Tone::Dim, " No job was started yet.")], width));
        }
        let title = format!("Jobs · {}", tally(&deck.jobs));
        Sheet { title, foot: String::new(), area, lines, at, entry: None }
    }
}

/// What an action does with a job; `None` where it does nothing.
fn asked_of(job: &Job, action: Action) -> Option<Reply> {
    match action {
        Action::Resume if job.can_go_on() => Some(Reply::Do(Command::Resume(job.id))),
        Action::Pause if job.can_pause() => Some(Reply::Do(Command::Pause(job.id))),
        Action::GiveUp if job.can_be_given_up() => Some(Reply::Do(Command::OpenGiveUp(job.id))),
        Action::TakeBack if job.way_back().is_some() => Some(Reply::Do(Command::OpenTakeBack(job.id))),
        Action::Reveal => job.makes().map(|arn| Reply::CloseAnd(Command::Reveal(arn.clone()))),
        Action::PutAway if !job.is_open() => Some(Reply::Do(Command::PutAway(job.id))),
        _ => None,
    }
}

/// A job event by event.
fn events(job: &Job, width: usize, deck: &Deck) -> Vec<Line> {
    let mut blocks = vec![Block::Paragraph(vec![Piece::new(Tone::Strong, job.run.goal())]), Block::Blank];
    for event in &job.events {
        let at = deck.zone.to_datetime(event.at).strftime("%m-%d %H:%M:%S").to_string();
        let mut line =
            vec![Piece::new(Tone::Dim, at), Piece::new(Tone::Accent, format!("  {}", event.step + 1))];
        line.push(Piece::plain(format!("  {}", event.what.words())));
        blocks.push(Block::Paragraph(line));
    }
    lay_out(&blocks, width.saturating_sub(2)).into_iter().map(indented).collect()
}

/// A job step by step.
fn steps(job: &Job, width: usize, deck: &Deck) -> Vec<Line> {
    let run = &job.run;
    let mut blocks = vec![Block::Paragraph(vec![Piece::new(Tone::Strong, run.goal())]), Block::Blank];
    if let Some(id) = job.kept {
        blocks.insert(1, Block::field("Run", id));
    }
    let driver = match &job.driver {
        Driver::Here => None,
        Driver::Elsewhere(holder) => {
            let words = format!("Another program drives it: {holder}. It is watched from here.");
            Some(Piece::new(Tone::Doubt, words))
        }
        Driver::Nobody(why) => {
            let words = format!("Nobody follows it, and nothing more is sent: {why}.");
            Some(Piece::new(Tone::Danger, words))
        }
    };
    if let Some(words) = driver {
        blocks.extend([Block::Paragraph(vec![words]), Block::Blank]);
    }
    if run.pause() == Some(&Pause::ByHand) {
        let words = "It pauses: nothing more is sent until it goes on.";
        blocks.extend([Block::Paragraph(vec![Piece::new(Tone::Doubt, words)]), Block::Blank]);
    }
    if let Some(Pause::SignIn(fault)) = run.pause() {
        let words =
            "It waits until somebody signs in again: r on the deck reads again, and it goes on by itself.";
        blocks.push(Block::Paragraph(vec![Piece::new(Tone::Doubt, words)]));
        blocks.extend(failure::fault(fault));
        blocks.push(Block::Blank);
    }
    let all = run.steps().len();
    for (step, n) in run.steps().iter().zip(1..) {
        put_step(&mut blocks, (n, all), step, deck);
        blocks.push(Block::Blank);
    }
    lay_out(&blocks, width.saturating_sub(2)).into_iter().map(indented).collect()
}

fn indented(line: Line) -> Line {
    [vec![Piece::plain(" ")], line].concat()
}

fn put_step(blocks: &mut Vec<Block>, (n, all): (usize, usize), step: &Progress, deck: &Deck) {
    let (inventory, now, zone) = (&deck.inventory, deck.now, &deck.zone);
    let call = &step.step.call;
    let name = inventory.account_name(call.scope.account);
    let account = name.map_or_else(|| call.scope.account.to_string(), ToString::to_string);
    let mut head = vec![Piece::new(Tone::Accent, format!("{n} of {all}  "))];
    head.push(Piece::new(Tone::Strong, call.operation.action()));
    head.push(Piece::plain(format!("  {account} {}  {}", call.scope.region, step.step.essentials)));
    blocks.push(Block::Paragraph(head));
    let mut state = progress(step, now);
    if let State::Lost(why) | State::Changed(why) | State::Held(why) = &step.state {
        state.push(Piece::plain(format!(": {why}")));
    }
    blocks.push(Block::Field { label: "State".to_owned(), value: state });
    if let Some(estimate) = deck.jobs.estimate(step, now) {
        blocks.push(Block::field("Estimate", guess(estimate)));
    }
    if step.attempts > 1 {
        blocks.push(Block::field("Attempts", step.attempts));
    }
    if let Some(at) = step.sent {
        blocks.push(Block::Field { label: "Sent".to_owned(), value: details::time(Some(at), now, zone) });
    }
    if let Some(at) = step.ended {
        blocks.push(Block::Field { label: "Ended".to_owned(), value: details::time(Some(at), now, zone) });
    }
    if let Some(id) = step.receipt.as_ref().and_then(|receipt| receipt.request_id.as_ref()) {
        blocks.push(Block::field("Request", id));
    }
    if let State::Unsure(_) = &step.state {
        let words = "No answer came: it is looked for before anything more is sent.";
        blocks.push(Block::Paragraph(vec![Piece::new(Tone::Doubt, words)]));
    }
    if let Some(blind) = step.blind.as_ref().filter(|blind| blind.lasts()) {
        let looks = format!(
            "{} in a row failed; it is looked at on and on",
            count(usize::try_from(blind.looks).unwrap_or(usize::MAX), "look")
        );
        let since = details::time(Some(blind.since), now, zone);
        blocks.push(Block::Field { label: "Not seen".to_owned(), value: since });
        blocks.push(Block::Paragraph(vec![Piece::new(Tone::Danger, looks)]));
    }
    let fault = match &step.state {
        State::Refused(fault) | State::Unsure(fault) => Some(fault),
        _ => step.blind.as_ref().map(|blind| &blind.fault),
    };
    blocks.extend(fault.into_iter().flat_map(failure::fault));
}
