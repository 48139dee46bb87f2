//! Names of rules and parameters that come back from a record, for as long as the program runs.
//!
//! Plans name them by `&'static str`, as they are written in the source. A table of those that this version knows
//! would make the journals of other versions unreadable, so each name that is read is kept once. Few can be: a
//! name is short and plain, and there is an end to how many there are.

use std::collections::BTreeSet;
use std::sync::Mutex;

/// How many names are kept; rules and parameters are a few hundred.
const MOST: usize = 4096;

/// The longest parameter of the RDS API has 33 letters.
const LONGEST: usize = 64;

static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// The name, kept; `None` when it is not one, or when there are too many.
pub(super) fn kept(name: &str) -> Option<&'static str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    if name.is_empty() || name.len() > LONGEST || !name.bytes().all(plain) {
        return None;
    }
    let mut names = NAMES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return Some(known);
    }
    if names.len() >= MOST {
        return None;
    }
    let new: &'static str = Box::leak(name.into());
    names.insert(new);
    Some(new)
}
