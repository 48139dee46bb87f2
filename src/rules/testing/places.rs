//! The words of the language that stand for an account or a region.

use crate::domain::{AccountId, Region};

/// An account by three equal digits: `222` is 222222222222; or by its whole id.
#[track_caller]
pub(in crate::rules) fn account(word: &str) -> AccountId {
    let id = if word.len() == 12 { word.to_owned() } else { word.repeat(4) };
    id.parse().unwrap_or_else(|_| panic!("`{word}` is no account of the language"))
}

/// A region by its short form: `euw1`; any other word is taken for the name.
pub(in crate::rules) fn region(word: &str) -> Region {
    let regions = crate::domain::catalogue().iter().map(|place| Region::new(place.name));
    regions.into_iter().find(|region| region.short() == word).unwrap_or_else(|| Region::new(word))
}
