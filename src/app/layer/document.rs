//! A snapshot's raw JSON, asked of AWS when it is opened.

use crate::domain::{Fault, SnapshotArn};
use crate::input::Action;

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::failure;
use super::super::layout::Rect;
use super::super::prose::{Block, Line, Piece, Tone, lay_out};
use super::{Press, Reply, Scroll, Sheet, whole};

/// The raw JSON of one snapshot.
#[derive(Debug, Clone)]
pub(in super::super) struct Document {
    arn: SnapshotArn,
    /// How far it is.
    pub(in super::super) state: State,
    scroll: Scroll,
}

/// How far a document is.
#[derive(Debug, Clone)]
pub(in super::super) enum State {
    /// It was asked for.
    Asked,
    /// It is here.
    Here(String),
    /// It could not be had.
    Failed(Fault),
}

impl Document {
    pub(in super::super) fn new(arn: SnapshotArn) -> Self {
        Self { arn, state: State::Asked, scroll: Scroll::default() }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        let Press::Action(action) = press else { return Reply::Stay };
        match (action, &self.state) {
            (Action::Back, _) => return Reply::Close,
            (Action::CopyAll, State::Here(text)) => {
                return Reply::Do(Command::Copy { what: "the JSON".to_owned(), text: text.clone() });
            }
            _ => {}
        }
        if let Some(layout) = deck.layout() {
            let inner = whole(layout.body).inner();
            let lines = self.lines(usize::from(inner.width)).len();
            self.scroll.press(action, lines, usize::from(inner.height));
        }
        Reply::Stay
    }

    pub(super) fn can(&self, action: Action) -> bool {
        action != Action::CopyAll || matches!(self.state, State::Here(_))
    }

    pub(super) fn sheet(&self, body: Rect) -> Sheet {
        let area = whole(body);
        let inner = area.inner();
        let (lines, foot) =
            self.scroll.window(self.lines(usize::from(inner.width)), usize::from(inner.height));
        Sheet { title: format!("JSON · {}", self.arn.name()), foot, area, lines, at: None, entry: None }
    }

    fn lines(&self, width: usize) -> Vec<Line> {
        let blocks = match &self.state {
            State::Asked => vec![Block::Paragraph(vec![Piece::new(Tone::Dim, "asking AWS…")])],
            State::Here(text) => vec![Block::Verbatim(text.clone())],
            State::Failed(fault) => failure::fault(fault),
        };
        lay_out(&blocks, width)
    }
}
