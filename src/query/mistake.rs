//! What is wrong in the text of a filter, where, and what was probably meant.

use std::fmt;
use std::ops::Range;

/// A mistake in a filter's text; nothing is filtered by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is, in bytes of the text; on character boundaries.
    pub at: Range<usize>,
    /// What is wrong, in one sentence that is harmless to show.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.message)
    }
}

impl std::error::Error for Mistake {}
