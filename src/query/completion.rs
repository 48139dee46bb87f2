//! What the filter line can go on with: fields, and the values of a field.

use std::ops::Range;

use crate::domain::Inventory;

/// The term that the cursor stands in, from its begin to the cursor: what a completion replaces.
pub fn word_at(text: &str, cursor: usize) -> Range<usize> {
    let cursor = text.floor_char_boundary(cursor);
    let start = text[..cursor].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    start..cursor
}

/// What [`word_at`] the cursor can be completed to: whole terms, best first.
pub fn completions(_text: &str, _cursor: usize, _inventory: &Inventory) -> Vec<String> {
    Vec::new()
}
