//! What was concluded of each row, by its index, so that hundreds of thousands need not be looked at again.
//!
//! Times lie apart from the rest, each kind by itself: an order by one of them reads nothing else.

use crate::domain::{Inventory, Row};

use super::instant::{UNKNOWN, freshness, instant};
use super::term::Facts;

/// What was concluded of all rows that were ever seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    facts: Vec<Option<Facts>>,
    freshness: Vec<u64>,
    created: Vec<u64>,
}

impl Known {
    /// Of how many rows something was concluded, those included that are gone.
    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Concludes what can be of the next row; nothing of one that is gone.
    pub(super) fn push(&mut self, row: Option<&Row>, inventory: &Inventory) {
        let (facts, freshness, created) = concluded(row, inventory);
        self.facts.push(facts);
        self.freshness.push(freshness);
        self.created.push(created);
    }

    /// The same for a row that is another one by now.
    pub(super) fn set(&mut self, index: usize, row: Option<&Row>, inventory: &Inventory) {
        (self.facts[index], self.freshness[index], self.created[index]) = concluded(row, inventory);
    }

    /// What is not a time; `None` of a row that is gone.
    pub(super) fn facts(&self, index: usize) -> Option<Facts> {
        self.facts[index]
    }

    /// How new its data is: the smaller, the newer; the largest when that is not known.
    pub(super) fn freshness(&self, index: usize) -> u64 {
        self.freshness[index]
    }

    /// When it was made, as a number that grows with it; the largest when that is not known.
    pub(super) fn created(&self, index: usize) -> u64 {
        self.created[index]
    }
}

fn concluded(row: Option<&Row>, inventory: &Inventory) -> (Option<Facts>, u64, u64) {
    let Some(row) = row else { return (None, UNKNOWN, UNKNOWN) };
    let created = row.snapshot.created_at.get().map_or(UNKNOWN, instant);
    (Some(Facts::of(row, inventory)), freshness(inventory.data_at(&row.snapshot)), created)
}
