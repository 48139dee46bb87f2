//! The rows by their ids and by their ARNs, kept in pieces.
//!
//! A hundred thousand rows that move because one list has no room left take longer than a frame. What is here
//! therefore grows a piece at a time: rows lie in blocks that never move, and where an ARN lies is told by many small
//! maps, each of which grows when it is full itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

use super::{Row, RowId};
use crate::domain::{AccountId, SnapshotArn};

/// Rows of a block.
const BLOCK: usize = 1024;

/// Maps among which the ARNs are spread: of 100,000 each has some 1,600.
const MAPS: usize = 64;

/// Every row that there is; an id is given once.
#[derive(Debug, Clone)]
pub(super) struct Rows<S = RandomState> {
    blocks: Vec<Vec<Option<Row>>>,
    /// By half the hash of what a row is known by; the other half chooses the map. The ARN itself lies in the row, and
    /// nowhere else.
    maps: Vec<HashMap<u32, RowId>>,
    /// Rows with the hash of another one.
    others: Vec<RowId>,
    hasher: S,
    live: usize,
}

impl<S: BuildHasher + Default> Default for Rows<S> {
    fn default() -> Self {
        let maps = vec![HashMap::new(); MAPS];
        Self { blocks: Vec::new(), maps, others: Vec::new(), hasher: S::default(), live: 0 }
    }
}

impl<S: BuildHasher> Rows<S> {
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
        self.blocks.get(id.index() / BLOCK)?.get(id.index() % BLOCK)?.as_ref()
    }

    /// The same, to be changed; what names it must stay.
    pub(super) fn get_mut(&mut self, id: RowId) -> Option<&mut Row> {
        self.blocks.get_mut(id.index() / BLOCK)?.get_mut(id.index() % BLOCK)?.as_mut()
    }

    /// The row of an ARN as an account sees it.
    pub(super) fn find(&self, account: AccountId, arn: &SnapshotArn) -> Option<RowId> {
        let is_it = |id: &RowId| {
            self.get(*id)
                .is_some_and(|Row { snapshot, .. }| snapshot.scope.account == account && snapshot.arn == *arn)
        };
        let (map, hash) = self.hash(account, arn);
        self.maps[map].get(&hash).into_iter().chain(&self.others).copied().find(is_it)
    }

    /// Adds a row, whose ARN its account does not see yet.
    pub(super) fn add(&mut self, row: Row) -> RowId {
        let (map, hash) = self.hash(row.snapshot.scope.account, &row.snapshot.arn);
        if self.blocks.last().is_none_or(|block| block.len() == BLOCK) {
            self.blocks.push(Vec::with_capacity(BLOCK));
        }
        let full = (self.blocks.len() - 1) * BLOCK;
        let block = self.blocks.last_mut().expect("BUG: a block that was pushed is gone");
        let id = RowId::of_index(full + block.len());
        block.push(Some(row));
        match self.maps[map].entry(hash) {
            Entry::Vacant(place) => _ = place.insert(id),
            Entry::Occupied(_) => self.others.push(id),
        }
        self.live += 1;
        id
    }

    /// Takes out the rows of which this is true, and gives their ids.
    pub(super) fn remove_if(&mut self, mut gone: impl FnMut(&Row) -> bool) -> Vec<RowId> {
        let mut removed = Vec::new();
        for (n, slot) in (0u32..).zip(self.blocks.iter_mut().flatten()) {
            let Some(row) = slot.take_if(|row| gone(row)) else { continue };
            let (map, hash) = hash(&self.hasher, row.snapshot.scope.account, &row.snapshot.arn);
            match self.maps[map].entry(hash) {
                Entry::Occupied(place) if *place.get() == RowId(n) => _ = place.remove(),
                Entry::Occupied(_) | Entry::Vacant(_) => self.others.retain(|other| *other != RowId(n)),
            }
            removed.push(RowId(n));
        }
        self.live -= removed.len();
        removed
    }

    fn hash(&self, account: AccountId, arn: &SnapshotArn) -> (usize, u32) {
        hash(&self.hasher, account, arn)
    }
}

/// The map in which a row is looked for, and what it is known by there.
#[expect(clippy::cast_possible_truncation, reason = "each takes a half")]
fn hash(hasher: &impl BuildHasher, account: AccountId, arn: &SnapshotArn) -> (usize, u32) {
    let hash = hasher.hash_one((account, arn));
    ((hash >> 32) as usize % MAPS, hash as u32)
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasherDefault, Hasher};

    use super::*;
    use crate::domain::Round;
    use crate::domain::fixture::{scope, snapshot};

    /// A hasher to which everything is alike.
    #[derive(Default)]
    struct Blind;

    impl Hasher for Blind {
        fn finish(&self) -> u64 {
            7
        }

        fn write(&mut self, _: &[u8]) {}
    }

    #[test]
    fn every_row_is_found_by_its_id_and_by_its_arn_until_it_is_gone() {
        found_until_gone(Rows::<RandomState>::default());
        found_until_gone(Rows::<BuildHasherDefault<Blind>>::default());
    }

    fn found_until_gone<S: BuildHasher>(mut rows: Rows<S>) {
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
        let mut rows = Rows::<RandomState>::default();
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
