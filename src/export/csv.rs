//! Snapshots as CSV (RFC 4180), for spreadsheets: values made visible, and none of them a formula.

use crate::domain::{Inventory, Row};

/// The columns, without a line end (RFC 4180 wants CRLF).
pub fn csv_header() -> String {
    String::from("arn")
}

/// A snapshot, without a line end (RFC 4180 wants CRLF).
pub fn csv_line(row: &Row, _inventory: &Inventory) -> String {
    row.snapshot.arn.to_string()
}
