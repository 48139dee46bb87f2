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

/// The candidate that was probably meant: the one fewest letters away, if they are few enough for its length.
pub(super) fn suggestion<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = typed.chars().take(32).flat_map(char::to_lowercase).collect();
    let allowed = (typed.len() / 3).clamp(1, 3);
    let near = candidates.map(|candidate| (distance(&typed, candidate), candidate));
    near.filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters have to be put in, taken out or replaced to get from one word to the other.
fn distance(from: &[char], to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n, a) in from.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = n + 1;
        for (m, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[m + 1];
            row[m + 1] = replaced.min(row[m] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_different_word_is_not() {
        let names = || ["enc", "engine", "share", "region"].into_iter();
        assert_eq!(suggestion("encr", names()), Some("enc"));
        assert_eq!(suggestion("Regoin", names()), Some("region"));
        assert_eq!(suggestion("colour", names()), None);
        assert_eq!(suggestion("", names()), None);
    }
}
