//! The rows by their ids and by their ARNs, kept in pieces.
//!
//! A hundred thousand rows that move because one list has no room left take longer than a frame. What is here
//! therefore grows a piece at a time: rows lie in blocks that never move, and ARNs in many small maps, each of which
//! grows when it is full itself.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

use super::{Row, RowId};
use crate::domain::{AccountId, SnapshotArn};

/// Rows of a block.
const BLOCK: usize = 1024;

/// Maps among which the ARNs are spread: of 100,000 each has some 1,600.
const MAPS: usize = 64;

/// Every row that there is; an id is given once.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    blocks: Vec<Vec<Option<Row>>>,
    maps: Vec<HashMap<Seen, RowId>>,
    spread: RandomState,
    live: usize,
}

/// An ARN as an account sees it.
type Seen = (AccountId, SnapshotArn);

impl Default for Rows {
    fn default() -> Self {
        let spread = RandomState::new();
        let maps = vec![HashMap::with_hasher(spread.clone()); MAPS];
        Self { blocks: Vec::new(), maps, spread, live: 0 }
    }
}

impl Rows {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.live
    }

    /// All of them, oldest id first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (RowId, &Row)> {
        (0u32..).zip(self.blocks.iter().flatten()).filter_map(|(n, row)| Some((RowId(n), row.as_ref()?)))
    }

    /// One row, if it is still there.
    pub(super) fn get(&self, id: RowId) -> Option<&Row> {
        self.blocks.get(id.at() / BLOCK)?.get(id.at() % BLOCK)?.as_ref()
    }

    /// The same, to be changed; what names it must stay.
    pub(super) fn get_mut(&mut self, id: RowId) -> Option<&mut Row> {
        self.blocks.get_mut(id.at() / BLOCK)?.get_mut(id.at() % BLOCK)?.as_mut()
    }

    /// The row of an ARN as an account sees it.
    pub(super) fn find(&self, account: AccountId, arn: &SnapshotArn) -> Option<RowId> {
        let seen = (account, arn.clone());
        self.maps[self.map(&seen)].get(&seen).copied()
    }

    /// Adds a row, whose ARN its account does not see yet.
    pub(super) fn add(&mut self, row: Row) -> RowId {
        let seen = seen(&row);
        if self.blocks.last().is_none_or(|block| block.len() == BLOCK) {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        let full = (self.blocks.len() - 1) * BLOCK;
        let block = self.blocks.last_mut().expect("BUG: a block that was pushed is gone");
        let id = RowId(u32::try_from(full + block.len()).expect("BUG: more than four thousand million rows"));
        block.push(Some(row));
        let map = self.map(&seen);
        self.maps[map].insert(seen, id);
        self.live += 1;
        id
    }

    /// Takes out the rows of which this is true, and gives their ids.
    pub(super) fn remove_if(&mut self, mut gone: impl FnMut(&Row) -> bool) -> Vec<RowId> {
        let mut removed = Vec::new();
        for (n, slot) in (0u32..).zip(self.blocks.iter_mut().flatten()) {
            let Some(row) = slot.take_if(|row| gone(row)) else { continue };
            removed.push((RowId(n), seen(&row)));
        }
        for (_, seen) in &removed {
            let map = self.map(seen);
            self.maps[map].remove(seen);
        }
        self.live -= removed.len();
        removed.into_iter().map(|(id, _)| id).collect()
    }

    fn map(&self, seen: &Seen) -> usize {
        // Their own places are chosen by the lower bits; these are others.
        (self.spread.hash_one(seen) >> 32) as usize % MAPS
    }
}

fn seen(row: &Row) -> Seen {
    (row.snapshot.scope.account, row.snapshot.arn.clone())
}

impl RowId {
    fn at(self) -> usize {
        self.0 as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Round;
    use crate::domain::fixture::{scope, snapshot};

    #[test]
    fn every_row_is_found_by_its_id_and_by_its_arn_until_it_is_gone() {
        let mut rows = Rows::default();
        let all: Vec<Row> = (0..=BLOCK * 2)
            .map(|n| Row { snapshot: snapshot(&scope(), &format!("s-{n}")), seen: Round(1) })
            .collect();
        let ids: Vec<RowId> = all.iter().map(|row| rows.add(row.clone())).collect();
        assert_eq!(rows.iter().map(|(id, _)| id).collect::<Vec<_>>(), ids);
        for (id, row) in ids.iter().zip(&all) {
            assert_eq!(rows.get(*id), Some(row));
            assert_eq!(rows.find(row.snapshot.scope.account, &row.snapshot.arn), Some(*id));
        }
        let odd = |row: &Row| row.snapshot.arn.exact_name().ends_with(['1', '3', '5', '7', '9']);
        let gone = rows.remove_if(odd);
        assert_eq!((gone.len(), rows.len()), (BLOCK, BLOCK + 1));
        for (id, row) in ids.iter().zip(&all) {
            assert_eq!(rows.get(*id).is_none(), odd(row));
            assert_eq!(rows.find(row.snapshot.scope.account, &row.snapshot.arn).is_none(), odd(row));
        }
        let anew = rows.add(all[1].clone());
        assert!(anew > *ids.last().expect("an id"), "an id is given once");
    }

    #[test]
    fn a_row_that_is_added_moves_no_other_block() {
        let mut rows = Rows::default();
        let row = |n: usize| Row { snapshot: snapshot(&scope(), &format!("s-{n}")), seen: Round(1) };
        let first = rows.add(row(0));
        let place = std::ptr::from_ref(rows.get(first).expect("a row"));
        for n in 1..BLOCK * 3 {
            rows.add(row(n));
        }
        assert!(std::ptr::eq(place, rows.get(first).expect("a row")));
        let most = rows.maps.iter().map(HashMap::len).max().unwrap_or(0);
        assert!(most < BLOCK * 3 / MAPS * 3, "{most} of {} ARNs are in one map", BLOCK * 3);
    }
}
