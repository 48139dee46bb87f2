//! Which cluster snapshots are copies of which: the age of a copy's data is its source's (LIST-11).
//!
//! A source that arrives, changes or vanishes moves its copies, and theirs, though no report names them.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{Inventory, Kind, Row, RowId, SnapshotArn};

/// The copies of each source that a row names; a row that names another one by now may still stand there.
#[derive(Debug, Clone, Default)]
pub(super) struct Lineage {
    copies: HashMap<SnapshotArn, Vec<RowId>>,
}

impl Lineage {
    /// Takes note of what a row is a copy of.
    pub(super) fn learn(&mut self, id: RowId, row: &Row) {
        if row.snapshot.kind() == Kind::Instance {
            return;
        }
        let source = row.snapshot.source_snapshot.as_ref().and_then(|source| source.exact().parse().ok());
        if let Some(source) = source {
            let copies = self.copies.entry(source).or_default();
            if !copies.contains(&id) {
                copies.push(id);
            }
        }
    }

    /// Adds the copies of rows, and the copies of those.
    pub(super) fn add_copies(&self, touched: &mut BTreeSet<RowId>, inventory: &Inventory) {
        if self.copies.is_empty() {
            return;
        }
        // What is gone does not say any more what it was, so it may have been the source of every copy.
        if touched.iter().any(|id| inventory.row(*id).is_none()) {
            touched.extend(self.copies.values().flatten());
            return;
        }
        let mut unseen: Vec<RowId> = touched.iter().copied().collect();
        while let Some(id) = unseen.pop() {
            let Some(row) = inventory.row(id) else { continue };
            let copies = self.copies.get(&row.snapshot.arn).into_iter().flatten();
            unseen.extend(copies.filter(|copy| touched.insert(**copy)));
        }
    }
}
