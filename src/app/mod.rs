//! The application as a value: messages in, effects out.
//!
//! [`App::update`] only routes: the deck and the layers over it are machines of their own. Nothing
//! here names a terminal, a clock, a file or a runtime: time arrives as [`Msg::Clock`], and what is to
//! be done outside leaves as [`Effect`]s. What is on the screen is read off [`App`] by its
//! `screen` methods.

mod asking;
mod columns;
mod command;
mod cursor;
mod cuts;
mod deck;
mod details;
mod empty;
mod failure;
mod header;
mod jobs;
mod layer;
pub mod layout;
mod line;
mod links;
mod message;
mod mouse;
mod options;
mod orders;
mod page;
pub mod prose;
#[cfg(test)]
pub(crate) mod sample;
mod screen;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use std::collections::BTreeSet;

pub use header::Header;
pub use jobs::JobId;
pub use layer::{Entry, Prompt, Sheet};
pub use line::Line;
pub use message::{Answer, Effect, Mishap, Msg, Notice, Question, Ticket, Which};
pub use options::{Badges, Options, World};
pub use page::{Edge, Head, Page, Shown};
pub use screen::Hint;
pub use tree::{Branch, Fold, Node};

/// Which way rows are sorted.
pub use crate::query::Direction;

use crate::domain::{Report, Scope, SnapshotArn};
use crate::input::{Action, Chord, Context, Event, Keymap};
use crate::plan::Profiles;
use deck::Deck;
use layer::{
    CommandLine, Failure, FilterLine, Help, Layer, Reply, ScopePicker, SortPicker, State, Subject, press_of,
};
use layout::{Foot, Pane, Size, Strip};
use message::Tickets;
use orders::Purpose;

/// The application.
#[derive(Debug, Clone)]
pub struct App {
    deck: Deck,
    layers: Vec<Layer>,
    keymap: Keymap,
    badges: Badges,
    profiles: Profiles,
    notice: Option<Notice>,
    tickets: Tickets<Purpose>,
    filters: Vec<String>,
    commands: Vec<String>,
    /// What was last asked to be looked at first.
    looked: Vec<(Scope, SnapshotArn)>,
    /// The scopes that were changed while they were being read.
    again: BTreeSet<Scope>,
    dirty: bool,
}

impl App {
    /// An application that knows nothing of AWS yet.
    pub fn new(options: Options) -> Self {
        let Options { now, zone, badges, profiles, keymap, filter, size } = options;
        Self {
            deck: Deck::new(filter, now, zone, size),
            layers: Vec::new(),
            keymap,
            badges,
            profiles,
            notice: None,
            tickets: Tickets::default(),
            filters: Vec::new(),
            commands: Vec::new(),
            looked: Vec::new(),
            again: BTreeSet::new(),
            dirty: true,
        }
    }

    /// Takes in one message and tells what is to be done outside.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = match msg {
            Msg::Input(event) => self.take_event(event),
            Msg::Report(report) => self.take_report(report),
            Msg::Answer(ticket, answer) => {
                self.take_answer(ticket, answer);
                Vec::new()
            }
            Msg::Clock(now) => {
                self.tick(now);
                Vec::new()
            }
            Msg::Job(job, event) => self.learn_of_a_job(job, event),
            Msg::Kept(job, run) => {
                self.deck.jobs.name(job, run);
                self.dirty = true;
                Vec::new()
            }
            Msg::Experience(experience) => {
                self.deck.jobs.remember(experience);
                Vec::new()
            }
            Msg::Written(history, holder) => {
                self.deck.jobs.take_written(*history, holder);
                self.settle_layers();
                self.dirty = true;
                Vec::new()
            }
            Msg::Halted(job, why) => {
                self.deck.jobs.halt(job, why);
                self.dirty = true;
                Vec::new()
            }
            Msg::Notice(notice) => {
                self.tell(notice);
                Vec::new()
            }
        };
        effects.extend(self.look());
        effects.extend(self.inquire());
        effects
    }

    /// Whether what is on the screen is not what should be there; asking takes note that it is drawn now.
    pub fn needs_frame(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// Where chords go.
    pub fn context(&self) -> Context {
        match (self.layers.last(), self.deck.focus) {
            (Some(layer), _) => layer.context(),
            (None, Pane::Table) => Context::Table,
            (None, Pane::Tree) => Context::Tree,
            (None, Pane::Details) => Context::Details,
        }
    }

    fn take_event(&mut self, event: Event) -> Vec<Effect> {
        self.dirty = true;
        match event {
            Event::Chord(chord) => {
                self.notice = None;
                self.press(chord)
            }
            Event::Paste(text) => {
                let Some(layer) = self.layers.last_mut() else { return Vec::new() };
                let reply = layer.paste(&text, &self.deck, &self.keymap);
                self.reply(reply)
            }
            Event::Click { col, row } => self.click(col, row),
            Event::Wheel { col, row, turn } => {
                self.wheel(col, row, turn);
                Vec::new()
            }
            Event::Resize { width, height } => {
                self.deck.size = Size { width, height };
                self.deck.fit();
                Vec::new()
            }
            Event::FocusIn => Vec::new(),
        }
    }

    fn press(&mut self, chord: Chord) -> Vec<Effect> {
        let context = self.context();
        match self.keymap.action(context, chord) {
            Some(Action::QuitNow) => return self.leave(),
            Some(Action::Suspend) => return vec![Effect::Suspend],
            _ => {}
        }
        if let Some(layer) = self.layers.last_mut() {
            let mut typed = String::new();
            let Some(press) = press_of(&self.keymap, context, chord, &mut typed) else { return Vec::new() };
            let reply = layer.press(press, &self.deck, &self.keymap);
            return self.reply(reply);
        }
        self.keymap.action(context, chord).map_or_else(Vec::new, |action| self.act(action))
    }

    /// Carries out an action on the deck.
    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Filter => self.open(Layer::Filter(FilterLine::new(&self.deck, &self.filters))),
            Action::Command => self.open(Layer::Command(CommandLine::new(&self.deck, &self.commands))),
            Action::Help => self.open(Layer::Help(Help::new(self.context()))),
            Action::Sort => self.open(Layer::Sort(SortPicker::new(&self.deck))),
            Action::Accounts => self.open(Layer::Pick(ScopePicker::new(Subject::Accounts, &self.deck))),
            Action::Regions => self.open(Layer::Pick(ScopePicker::new(Subject::Regions, &self.deck))),
            Action::Open if self.deck.failed_here() => {
                self.open(Layer::Failure(Failure::new(self.deck.node().clone())));
            }
            action => match self.order(action) {
                Some(command) => return self.carry_out(command),
                None => self.deck.press(action),
            },
        }
        Vec::new()
    }

    fn open(&mut self, layer: Layer) {
        self.layers.push(layer);
        self.settle_layers();
    }

    fn close(&mut self) {
        match self.layers.pop() {
            Some(Layer::Filter(line)) => remember(&mut self.filters, line.text()),
            Some(Layer::Command(line)) => remember(&mut self.commands, line.text()),
            Some(Layer::Document(_)) => self.tickets.forget(|purpose| *purpose == Purpose::Document),
            Some(Layer::Dialog(_) | Layer::Menu(_)) => {
                self.tickets.forget(|purpose| matches!(purpose, Purpose::Fact(_)));
            }
            Some(
                Layer::Sort(_)
                | Layer::Pick(_)
                | Layer::Save(_)
                | Layer::Help(_)
                | Layer::Failure(_)
                | Layer::Jobs(_)
                | Layer::Leave(_)
                | Layer::GiveUp(_)
                | Layer::TakeBack(_),
            )
            | None => {}
        }
        self.settle_layers();
    }

    /// A prompt takes two lines from the panes.
    fn settle_layers(&mut self) {
        let prompt = self.layers.last().is_some_and(|layer| layer.prompt().is_some());
        self.deck.foot = if prompt { Foot::Prompt } else { Foot::Closed };
        self.deck.strip = if self.deck.jobs.is_empty() { Strip::Hidden } else { Strip::Shown };
        self.deck.fit();
    }

    fn reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Stay => Vec::new(),
            Reply::Close => {
                self.close();
                Vec::new()
            }
            Reply::Do(command) => self.carry_out(command),
            Reply::CloseAnd(command) => {
                self.close();
                self.carry_out(command)
            }
        }
    }

    fn take_report(&mut self, report: Report) -> Vec<Effect> {
        let (signed_in, over) = match &report {
            Report::SignedIn(identity) => (Some(identity.account), None),
            Report::Complete { scope, .. } | Report::Failed { scope, .. } => (None, Some(scope.clone())),
            _ => (None, None),
        };
        self.learn(report);
        let mut effects = signed_in.map_or_else(Vec::new, |account| self.resume_jobs_of(account));
        effects.extend(over.and_then(|scope| self.read_once_more(&scope)));
        effects
    }

    fn learn(&mut self, report: Report) {
        // Share states arrive by the thousand for rows that are not on the screen.
        let quiet = matches!(report, Report::Shared { .. });
        let before = quiet.then(|| self.picture());
        self.deck.learn(report);
        self.dirty |= before.is_none_or(|before| before != self.picture());
    }

    fn tick(&mut self, now: jiff::Timestamp) {
        let before = self.picture();
        self.deck.tick(now);
        self.dirty |= before != self.picture();
    }

    fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
        self.dirty = true;
    }

    fn take_answer(&mut self, ticket: Ticket, answer: Answer) {
        let Some(purpose) = self.tickets.redeem(ticket) else { return };
        self.dirty = true;
        match (purpose, answer) {
            (Purpose::Document, Answer::Document(result)) => {
                if let Some(Layer::Document(document)) = self.layers.last_mut() {
                    document.state = result.map_or_else(State::Failed, State::Here);
                }
            }
            (Purpose::Copy(what), Answer::Copied(Ok(()))) => {
                self.tell(Notice::good(format!("copied {what}")));
            }
            (Purpose::Copy(_), Answer::Copied(Err(Mishap(why)))) => {
                self.tell(Notice::bad(format!("nothing was copied: {why}")));
            }
            (Purpose::Save(what), Answer::Saved(Ok(path))) => {
                self.tell(Notice::good(format!("saved {what} to {path}")));
            }
            (Purpose::Save(_), Answer::Saved(Err(Mishap(why)))) => {
                self.tell(Notice::bad(format!("nothing was saved: {why}")));
            }
            (Purpose::Open, Answer::Opened(Ok(()))) => self.tell(Notice::good("opened in the browser")),
            (Purpose::Open, Answer::Opened(Err(Mishap(why)))) => {
                self.tell(Notice::bad(format!("the console could not be opened: {why}")));
            }
            // An answer to another question than was asked answers nothing.
            (Purpose::Fact(question), Answer::Fact(answer)) => self.learn_fact(&question, &answer),
            (
                _,
                Answer::Fact(_)
                | Answer::Document(_)
                | Answer::Saved(_)
                | Answer::Copied(_)
                | Answer::Opened(_),
            ) => {}
        }
    }

    /// Asks for the share states of what came onto the screen.
    fn look(&mut self) -> Option<Effect> {
        let unasked = self.deck.unasked();
        if unasked == self.looked {
            return None;
        }
        let fresh = unasked.iter().any(|one| !self.looked.contains(one));
        self.looked = unasked;
        fresh.then(|| Effect::Look(self.looked.clone()))
    }
}

/// Keeps a line for the history: once, and last.
fn remember(lines: &mut Vec<String>, text: &str) {
    if !text.trim().is_empty() {
        lines.retain(|line| line != text);
        lines.push(text.to_owned());
    }
}
