//! The filter line: the table follows every keystroke, a mistake filters nothing away.
//!
//! What was in force when the line was opened comes back with Esc.

use crate::input::Action;
use crate::query::{Filter, Mistake, completions, word_at};

use super::super::command::Command;
use super::super::deck::{Choice, Deck};
use super::super::line::Line;
use super::super::prose::{Piece, Tone};
use super::{Press, Prompt, Reply};

/// The filter line.
#[derive(Debug, Clone)]
pub(in super::super) struct FilterLine {
    line: Line,
    before: Filter,
    mistake: Option<Mistake>,
    history: History,
    proposals: Proposals,
}

/// Earlier lines, the latest last, and which of them is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    lines: Vec<String>,
    at: usize,
    draft: String,
}

/// What a word can be completed to, and which of it stands in the line.
#[derive(Debug, Clone, Default)]
pub(super) struct Proposals {
    options: Vec<String>,
    taken: Option<usize>,
    start: usize,
}

impl FilterLine {
    /// Opens the line on the filter in force.
    pub(in super::super) fn new(deck: &Deck, history: &[String]) -> Self {
        let before = deck.listing.filter().clone();
        let line = Line::new(before.text());
        let mut opened = Self {
            line,
            before,
            mistake: None,
            history: History::new(history),
            proposals: Proposals::default(),
        };
        opened.propose(deck);
        opened
    }

    /// The text, for the history.
    pub(in super::super) fn text(&self) -> &str {
        self.line.text()
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        match press {
            Press::Text(text) => self.line.insert(text),
            Press::Action(Action::Accept) if self.mistake.is_some() => return Reply::Stay,
            Press::Action(Action::Accept) => return Reply::Close,
            Press::Action(Action::Back) => {
                return Reply::CloseAnd(Command::Choose(Choice::Filter(self.before.clone())));
            }
            Press::Action(Action::Complete) => {
                self.proposals.take(&mut self.line, 1);
                return self.parse();
            }
            Press::Action(Action::CompleteBack) => {
                self.proposals.take(&mut self.line, -1);
                return self.parse();
            }
            Press::Action(Action::Older) => self.history.older(&mut self.line),
            Press::Action(Action::Newer) => self.history.newer(&mut self.line),
            Press::Action(action) => {
                self.line.edit(action);
            }
        }
        self.propose(deck);
        self.parse()
    }

    pub(super) fn can(&self, action: Action) -> bool {
        match action {
            Action::Accept => self.mistake.is_none(),
            Action::Complete => !self.proposals.options.is_empty(),
            Action::Older => self.history.has_older(),
            Action::ClearLine => self.line.cursor() > 0,
            _ => true,
        }
    }

    pub(super) fn prompt(&self) -> Prompt {
        let below = match &self.mistake {
            Some(mistake) => vec![Piece::new(Tone::Danger, mistake.to_string())],
            None if self.line.text().is_empty() && self.proposals.options.is_empty() => {
                vec![Piece::new(
                    Tone::Dim,
                    "words match anywhere · field:value · !not · age:>30d · share:public",
                )]
            }
            None => self.proposals.pieces(),
        };
        Prompt { sign: '/', line: self.line.clone(), below }
    }

    fn propose(&mut self, deck: &Deck) {
        let (text, cursor) = (self.line.text(), self.line.cursor());
        let options = completions(text, cursor, &deck.inventory);
        self.proposals = Proposals { options, taken: None, start: word_at(text, cursor).start };
    }

    /// The table follows what can be read; a term that cannot be read filters nothing away.
    fn parse(&mut self) -> Reply {
        let (filter, mistake) = Filter::readable(self.line.text());
        self.mistake = mistake;
        Reply::Do(Command::Choose(Choice::Filter(filter)))
    }
}

impl History {
    pub(super) fn new(lines: &[String]) -> Self {
        Self { lines: lines.to_vec(), at: lines.len(), draft: String::new() }
    }

    pub(super) fn has_older(&self) -> bool {
        self.at > 0
    }

    pub(super) fn older(&mut self, line: &mut Line) {
        if self.at == self.lines.len() {
            line.text().clone_into(&mut self.draft);
        }
        if self.has_older() {
            self.at -= 1;
            *line = Line::new(self.lines[self.at].clone());
        }
    }

    pub(super) fn newer(&mut self, line: &mut Line) {
        if self.at < self.lines.len() {
            self.at += 1;
            *line = Line::new(self.lines.get(self.at).unwrap_or(&self.draft).clone());
        }
    }
}

impl Proposals {
    pub(super) fn new(options: Vec<String>, start: usize) -> Self {
        Self { options, taken: None, start }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.options.is_empty()
    }

    /// Puts the next proposal into the line, or the one before.
    pub(super) fn take(&mut self, line: &mut Line, step: isize) {
        let count = self.options.len();
        if count == 0 {
            return;
        }
        let next = match self.taken {
            None if step > 0 => 0,
            None => count - 1,
            Some(at) => (at + count).saturating_add_signed(step) % count,
        };
        self.taken = Some(next);
        line.replace(self.start, &self.options[next]);
    }

    pub(super) fn pieces(&self) -> Vec<Piece> {
        // The one that stands in the line is always among those that can be seen.
        let first = self.taken.unwrap_or(0);
        let shown = self.options.iter().enumerate().skip(first).take(12);
        let tone = |n| if Some(n) == self.taken { Tone::Accent } else { Tone::Dim };
        shown.map(|(n, option)| Piece::new(tone(n), format!("{option}  "))).collect()
    }
}
