//! The application as a value: messages in, effects out.
//!
//! [`App::update`] only routes: the deck and the layers over it are machines of their own. Nothing
//! here names a terminal, a clock, a file or a runtime: time arrives as [`Msg::Clock`], and what is to
//! be done outside leaves as [`Effect`]s. What is on the screen is read off [`App`] by its
//! `screen` methods.

mod answers;
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
mod signing;
#[cfg(test)]
mod tests;
mod together;
mod tree;
mod why;
mod words;

use std::collections::BTreeSet;

pub use header::Header;
pub use jobs::JobId;
pub use layer::{Entry, Prompt, Sheet};
pub use line::Line;
pub use message::{Answer, Effect, Mishap, Msg, Notice, Question, Ticket, Which};
pub use options::{Badges, Mouse, Opening, Options, World};
pub use page::{Edge, Head, Page, Shown};
pub use screen::Hint;
pub use tree::{Branch, Fold, Node};

/// Which way rows are sorted.
pub use crate::query::Direction;

use crate::domain::{Device, Report, Scope, SnapshotArn};
use crate::input::{Action, Chord, Context, Event, Keymap};
use crate::plan::Profiles;
use deck::Deck;
use layer::{
    CommandLine, Failure, FilterLine, Help, Layer, Press, Reply, ScopePicker, SortPicker, Subject, press_of,
};
use layout::{Border, Foot, Pane, Size, Strip};
use message::Tickets;
use orders::Purpose;
use signing::code_wanted;
use why::{meaningless, why_not};

/// The application.
#[derive(Debug, Clone)]
pub struct App {
    deck: Deck,
    layers: Vec<Layer>,
    keymap: Keymap,
    badges: Badges,
    mouse: Mouse,
    /// The border that the mouse has hold of.
    grip: Option<Border>,
    profiles: Profiles,
    notice: Option<Notice>,
    tickets: Tickets<Purpose>,
    filters: Vec<String>,
    commands: Vec<String>,
    /// What was last asked to be looked at first.
    looked: Vec<(Scope, SnapshotArn)>,
    /// The scopes that were changed while they were being read.
    again: BTreeSet<Scope>,
    /// The devices whose questions for a code were left.
    left_shut: BTreeSet<Device>,
    dirty: bool,
}

impl App {
    /// An application that knows nothing of AWS yet.
    pub fn new(options: Options) -> Self {
        let Options { now, zone, badges, profiles, keymap, filter, opening, size } = options;
        Self {
            deck: Deck::new(filter, opening, now, zone, size),
            layers: Vec::new(),
            keymap,
            badges,
            mouse: opening.mouse,
            grip: None,
            profiles,
            notice: None,
            tickets: Tickets::default(),
            filters: Vec::new(),
            commands: Vec::new(),
            looked: Vec::new(),
            again: BTreeSet::new(),
            left_shut: BTreeSet::new(),
            dirty: true,
        }
    }

    /// Takes in one message and tells what is to be done outside.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = match msg {
            Msg::Input(event) => self.take_event(event),
            Msg::Reports(reports) => self.take_reports(reports),
            Msg::Answer(ticket, answer) => self.take_answer(ticket, answer),
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
            Event::Drag { col } => {
                self.drag(col);
                Vec::new()
            }
            Event::Release => {
                self.grip = None;
                Vec::new()
            }
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
            let Some(press) = press_of(&self.keymap, context, chord, &mut typed) else {
                self.tell(meaningless(&self.keymap, context, chord));
                return Vec::new();
            };
            let idle = match press {
                Press::Action(action) if !layer.can(action, &self.deck) => Some(action),
                Press::Action(_) | Press::Text(_) => None,
            };
            let reply = layer.press(press, &self.deck, &self.keymap);
            if let (Some(action), Reply::Stay) = (idle, &reply) {
                self.notice = why_not(action);
            }
            return self.reply(reply);
        }
        match self.keymap.action(context, chord) {
            Some(action) if self.deck.can(action) => return self.act(action),
            Some(action) => self.notice = why_not(action),
            None => self.tell(meaningless(&self.keymap, context, chord)),
        }
        Vec::new()
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
                | Layer::Code(_)
                | Layer::Help(_)
                | Layer::Link(_)
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

    fn take_reports(&mut self, reports: Vec<Report>) -> Vec<Effect> {
        let (mut signed_in, mut over) = (Vec::new(), Vec::new());
        for report in &reports {
            match report {
                Report::SignedIn(identity) => signed_in.push(identity.account),
                Report::Complete { scope, .. } | Report::Failed { scope, .. } => over.push(scope.clone()),
                _ => {}
            }
        }
        let codes: Vec<_> = reports.iter().filter_map(code_wanted).collect();
        self.learn(reports);
        for (device, why) in codes {
            self.offer(device, why);
        }
        self.close_what_is_answered();
        let mut effects: Vec<Effect> =
            signed_in.into_iter().flat_map(|account| self.resume_jobs_of(account)).collect();
        effects.extend(over.iter().filter_map(|scope| self.read_once_more(scope)));
        effects
    }

    fn learn(&mut self, reports: Vec<Report>) {
        // Share states arrive by the thousand for rows that are not on the screen.
        let quiet = reports.iter().all(|report| matches!(report, Report::Shared { .. }));
        let before = quiet.then(|| self.picture());
        self.deck.learn(reports);
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
