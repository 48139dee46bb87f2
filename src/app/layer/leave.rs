//! The question before leaving while jobs are under way.

use crate::input::Action;

use super::super::command::Command;
use super::super::deck::Deck;
use super::super::layout::{Rect, Size};
use super::super::prose::{Block, Piece, Tone, lay_out};
use super::super::words::count;
use super::{Press, Reply, Sheet};

/// The question.
#[derive(Debug, Clone)]
pub(in super::super) struct Leave {
    /// Whether runs outlive the program.
    pub(in super::super) is_kept: bool,
}

impl Leave {
    pub(super) fn press(press: Press<'_>) -> Reply {
        match press {
            Press::Action(Action::Accept) => Reply::CloseAnd(Command::Leave),
            Press::Action(Action::Back) => Reply::Close,
            Press::Action(_) | Press::Text(_) => Reply::Stay,
        }
    }

    pub(super) fn sheet(&self, body: Rect, deck: &Deck) -> Sheet {
        let width = 64.min(body.width);
        let jobs = count(deck.jobs.under_way(), "job");
        let verb = if deck.jobs.under_way() == 1 { "is" } else { "are" };
        let blocks = [
            Block::Paragraph(vec![Piece::new(Tone::Doubt, format!("{jobs} {verb} under way."))]),
            Block::text("What AWS has taken goes on there by itself."),
            Block::text(if self.is_kept {
                "Steps that were not sent yet wait: the next deck offers the run again, and so does `snapdeck resume`."
            } else {
                "Steps that were not sent yet are not sent: the demo cloud ends with the program."
            }),
            Block::Blank,
            Block::text("Enter leaves all the same, Esc stays."),
        ];
        let lines = lay_out(&blocks, usize::from(width).saturating_sub(4));
        let mut lines: Vec<_> =
            lines.into_iter().map(|line| [vec![Piece::plain(" ")], line].concat()).collect();
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let area = body.centred(Size { width, height });
        // Where there is room for little, the hints tell the chords.
        lines.truncate(usize::from(area.inner().height));
        Sheet { title: "Leave?".to_owned(), foot: String::new(), area, lines, at: None, entry: None }
    }
}
