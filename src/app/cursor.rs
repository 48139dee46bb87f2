//! The cursor of the table: it stays on its snapshot while rows move.
//!
//! Invariants: it is on a row whenever there is one; it moves to a neighbour only when its snapshot
//! is not shown any more; while nobody has moved it yet, it stays at the top. The line of the screen
//! that it is on changes as little as it can.

use crate::domain::RowId;
use crate::query::Listing;

/// How many rows to either side are remembered, for when the cursor's own vanishes.
const REACH: usize = 64;

/// The cursor, and the first row that is on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cursor {
    row: Option<RowId>,
    index: usize,
    offset: usize,
    hold: Hold,
    /// The snapshot that the user chose last: it is come back to when a filter lets it through again.
    chosen: Option<RowId>,
}

/// What the cursor holds on to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hold {
    /// The top of the table: nobody has moved it.
    #[default]
    Top,
    /// Its snapshot.
    Row,
}

/// Why the rows are others now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// AWS was read; the user did nothing.
    Report,
    /// The user chose another filter, view, order or place.
    Choice,
}

/// The rows around the cursor before they move.
pub(super) struct Around(Vec<RowId>);

impl Cursor {
    /// The row that it is on.
    pub(super) fn row(&self) -> Option<RowId> {
        self.row
    }

    /// Where that row stands in the listing.
    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// The first row on the screen.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// Remembers what is around it, before the rows move.
    pub(super) fn around(&self, listing: &Listing) -> Around {
        let rows = listing.rows();
        let at = self.index.min(rows.len());
        let after = rows.iter().skip(at + 1).take(REACH);
        let before = rows[..at].iter().rev().take(REACH);
        Around(self.row.iter().chain(after).chain(before).copied().collect())
    }

    /// Finds its place again after the rows have moved.
    pub(super) fn settle(&mut self, around: &Around, cause: Cause, listing: &Listing, height: usize) {
        if self.hold == Hold::Top {
            self.put(0, listing, height);
            self.offset = 0;
            return;
        }
        let line = self.index.saturating_sub(self.offset);
        let chosen = self.chosen.filter(|_| cause == Cause::Choice);
        let places = chosen.iter().chain(&around.0).find_map(|id| listing.position(*id));
        let index = places.unwrap_or(self.index);
        self.offset = index.saturating_sub(line);
        self.put(index, listing, height);
    }

    /// Moves to an index because the user says so.
    pub(super) fn move_to(&mut self, index: usize, listing: &Listing, height: usize) {
        self.put(index, listing, height);
        self.pin();
    }

    /// Holds on to the row that it is on: the user has to do with it.
    pub(super) fn pin(&mut self) {
        if self.row.is_some() {
            self.hold = Hold::Row;
            self.chosen = self.row;
        }
    }

    /// Keeps the cursor on the screen after the screen got another height.
    pub(super) fn fit(&mut self, listing: &Listing, height: usize) {
        self.put(self.index, listing, height);
    }

    /// Scrolls without moving more than it must to stay on the screen.
    pub(super) fn scroll(&mut self, lines: isize, listing: &Listing, height: usize) {
        let last = listing.rows().len().saturating_sub(height);
        self.offset = self.offset.saturating_add_signed(lines).min(last);
        let shown = self.offset..(self.offset + height.max(1));
        let index = self.index.clamp(shown.start, shown.end - 1);
        self.move_to(index, listing, height);
    }

    fn put(&mut self, index: usize, listing: &Listing, height: usize) {
        let rows = listing.rows();
        self.index = index.min(rows.len().saturating_sub(1));
        self.row = rows.get(self.index).copied();
        let height = height.max(1);
        let first = (self.index + 1).saturating_sub(height);
        let last = rows.len().saturating_sub(height);
        self.offset = self.offset.clamp(first, self.index).min(last.max(first));
    }
}
