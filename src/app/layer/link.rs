//! An address that no browser here opens: shown whole, and put on the clipboard.

use crate::domain::Shown;
use crate::input::Action;

use super::super::command::Command;
use super::super::layout::{Rect, Size};
use super::super::message::Mishap;
use super::super::prose::{Block, Line, Piece, Tone, lay_out};
use super::{Press, Reply, Sheet};

/// An address to be opened elsewhere.
#[derive(Debug, Clone)]
pub(in super::super) struct Link {
    url: String,
    why: Shown,
}

impl Link {
    /// For an address, and why it was not opened.
    pub(in super::super) fn new(url: String, Mishap(why): Mishap) -> Self {
        Self { url, why }
    }

    /// What puts the address on the clipboard.
    pub(in super::super) fn copy(&self) -> Command {
        Command::Copy { what: "the address".to_owned(), text: self.url.clone() }
    }

    pub(super) fn press(&self, press: Press<'_>) -> Reply {
        match press {
            Press::Action(Action::CopyAll) => Reply::Do(self.copy()),
            Press::Action(Action::Back) => Reply::Close,
            Press::Action(_) | Press::Text(_) => Reply::Stay,
        }
    }

    pub(super) fn sheet(&self, body: Rect) -> Sheet {
        let width = 76.min(body.width);
        let lines: Vec<Line> = lay_out(&self.blocks(), usize::from(width.saturating_sub(2)));
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let area = body.centred(Size { width, height });
        let lines = lines.into_iter().take(usize::from(area.inner().height)).collect();
        Sheet { title: "Console".to_owned(), foot: String::new(), area, lines, at: None, entry: None }
    }

    fn blocks(&self) -> Vec<Block> {
        vec![
            Block::Verbatim(Shown::from(self.url.as_str()).to_string()),
            Block::Blank,
            Block::Paragraph(vec![
                Piece::plain(
                    "It is on the clipboard, where the terminal allows that: open it where a browser is. ",
                ),
                Piece::new(Tone::Dim, format!("Here {}.", self.why)),
            ]),
        ]
    }
}
