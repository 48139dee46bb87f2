//! The list of columns to sort by; taking the one in force turns its direction round.

use crate::input::Action;
use crate::query::{Column, Direction, Order};

use super::super::command::Command;
use super::super::deck::{Choice, Deck};
use super::super::layout::{Rect, Size};
use super::super::prose::{Piece, Tone};
use super::{Press, Reply, Sheet};

/// The list of columns.
#[derive(Debug, Clone)]
pub(in super::super) struct SortPicker {
    order: Order,
    at: usize,
}

impl SortPicker {
    /// Opens the list on the order in force.
    pub(in super::super) fn new(deck: &Deck) -> Self {
        let order = deck.listing.order();
        let at = Column::ALL.iter().position(|column| *column == order.by).unwrap_or(0);
        Self { order, at }
    }

    pub(super) fn press(&mut self, press: Press<'_>) -> Reply {
        let last = Column::ALL.len() - 1;
        let Press::Action(action) = press else { return Reply::Stay };
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::Top | Action::PageUp => self.at = 0,
            Action::Bottom | Action::PageDown => self.at = last,
            Action::Accept => return self.take(),
            Action::Back => return Reply::Close,
            _ => {}
        }
        Reply::Stay
    }

    /// Sorts by the column under the cursor.
    pub(in super::super) fn take(&self) -> Reply {
        Reply::CloseAnd(Command::Choose(Choice::Order(by(Column::ALL[self.at], self.order))))
    }

    /// Puts the cursor on one of the lines that the sheet shows.
    pub(in super::super) fn point(&mut self, line: usize, shown: usize) {
        let first = (self.at + 1).saturating_sub(shown.max(1));
        self.at = (first + line).min(Column::ALL.len() - 1);
    }

    pub(super) fn sheet(&self, body: Rect) -> Sheet {
        let height = u16::try_from(Column::ALL.len()).unwrap_or(u16::MAX).saturating_add(2);
        let area = body.centred(Size { width: 40, height });
        let room = usize::from(area.inner().height).max(1);
        let first = (self.at + 1).saturating_sub(room);
        let lines = Column::ALL.iter().skip(first).take(room).map(|column| {
            let (word, tone) = match (*column == self.order.by).then_some(self.order.direction) {
                Some(direction) => (direction_word(*column, direction), Tone::Accent),
                None => (direction_word(*column, Direction::Ascending), Tone::Dim),
            };
            vec![Piece::plain(format!(" {:<14}", column.title())), Piece::new(tone, word)]
        });
        Sheet {
            title: "Sort by".to_owned(),
            foot: String::new(),
            area,
            lines: lines.collect(),
            at: Some(self.at - first),
            entry: None,
        }
    }
}

/// The order after a column was chosen while another order, or its own, is in force.
pub(in super::super) fn by(column: Column, now: Order) -> Order {
    let direction = if now.by == column { now.direction.reversed() } else { Direction::Ascending };
    Order { by: column, direction }
}

/// What comes first, in words.
pub(in super::super) fn direction_word(column: Column, direction: Direction) -> &'static str {
    match (column, direction) {
        (Column::DataAge, Direction::Ascending) | (Column::Created, Direction::Descending) => "newest first",
        (Column::DataAge, Direction::Descending) | (Column::Created, Direction::Ascending) => "oldest first",
        (Column::Size, Direction::Ascending) => "smallest first",
        (Column::Size, Direction::Descending) => "largest first",
        (Column::Share, Direction::Ascending) => "private first",
        (Column::Share, Direction::Descending) => "public first",
        (Column::Encryption, Direction::Ascending) => "none first",
        (Column::Encryption, Direction::Descending) => "customer keys first",
        (_, Direction::Ascending) => "a to z",
        (_, Direction::Descending) => "z to a",
    }
}
