//! A filter: text that was understood, and the test that it is.

use jiff::Timestamp;

use crate::domain::{Inventory, Row};

use super::Mistake;

/// A filter that was understood; the empty one admits everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    text: String,
}

/// What can change a filter's answer for a row besides the row itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Watched {
    /// What is known of keys.
    Keys,
    /// Who can read a snapshot: asking for share states pays off.
    Shares,
    /// The passing of time.
    Time,
    /// Which reading saw the row last.
    Readings,
}

impl Filter {
    /// Reads a filter; a mistake says where it is and what was probably meant.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        Ok(Self { text: text.to_owned() })
    }

    /// Whether a row passes.
    pub fn matches(&self, row: &Row, _inventory: &Inventory, _now: Timestamp) -> bool {
        row.snapshot.arn.exact_name().contains(&self.text)
    }

    /// Whether it admits everything.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether its answers depend on something besides the rows.
    pub fn watches(&self, _what: Watched) -> bool {
        false
    }
}
