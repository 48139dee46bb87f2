//! The command line: one line, completed with Tab, carried out with Enter.

use crate::input::Action;

use super::super::command;
use super::super::deck::Deck;
use super::super::line::Line;
use super::super::prose::{Piece, Tone};
use super::filter_line::{History, Proposals};
use super::{Press, Prompt, Reply};

/// The command line.
#[derive(Debug, Clone)]
pub(in super::super) struct CommandLine {
    line: Line,
    mistake: Option<command::Mistake>,
    history: History,
    proposals: Proposals,
}

impl CommandLine {
    /// Opens an empty line.
    pub(in super::super) fn new(deck: &Deck, history: &[String]) -> Self {
        let mut opened = Self {
            line: Line::default(),
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
        self.mistake = None;
        match press {
            Press::Text(text) => self.line.insert(text),
            Press::Action(Action::Accept) => match command::parse(self.line.text(), &deck.inventory) {
                Ok(command) => return Reply::CloseAnd(command),
                Err(mistake) => {
                    self.mistake = Some(mistake);
                    return Reply::Stay;
                }
            },
            Press::Action(Action::Back) => return Reply::Close,
            // A line that is empty is left the way it was opened.
            Press::Action(Action::DeleteBack) if self.line.text().is_empty() => return Reply::Close,
            Press::Action(Action::Complete) => {
                self.proposals.take(&mut self.line, 1);
                return Reply::Stay;
            }
            Press::Action(Action::CompleteBack) => {
                self.proposals.take(&mut self.line, -1);
                return Reply::Stay;
            }
            Press::Action(Action::Older) => self.history.older(&mut self.line),
            Press::Action(Action::Newer) => self.history.newer(&mut self.line),
            Press::Action(action) => {
                self.line.edit(action);
            }
        }
        self.propose(deck);
        Reply::Stay
    }

    pub(super) fn can(&self, action: Action) -> bool {
        match action {
            Action::Complete => !self.proposals.is_empty(),
            Action::Older => self.history.has_older(),
            Action::ClearLine => self.line.cursor() > 0,
            _ => true,
        }
    }

    pub(super) fn prompt(&self) -> Prompt {
        let below = match &self.mistake {
            Some(mistake) => vec![Piece::new(Tone::Danger, mistake.to_string())],
            None => self.proposals.pieces(),
        };
        Prompt { sign: ':', line: self.line.clone(), below }
    }

    fn propose(&mut self, deck: &Deck) {
        let text = &self.line.text()[..self.line.cursor()];
        let start = text.rfind(' ').map_or(0, |at| at + 1);
        self.proposals = Proposals::new(command::completions(text, &deck.inventory), start);
    }
}
