//! Words that occur again and again, kept once.
//!
//! A hundred thousand snapshots name a few dozen engines, versions and tags, and a few thousand databases.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::Shown;

/// The words seen so far.
#[derive(Debug, Default)]
pub(super) struct Words(Mutex<HashSet<Arc<str>>>);

impl Words {
    /// The word, in one allocation however often it occurs.
    pub(super) fn word(&self, text: &str) -> Shown {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(word) = words.get(text) {
            return Shown::new(Arc::clone(word));
        }
        let word: Arc<str> = text.into();
        words.insert(Arc::clone(&word));
        Shown::new(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_once() {
        let words = Words::default();
        let (one, two) = (words.word("postgres"), words.word("postgres"));
        assert!(std::ptr::eq(one.exact(), two.exact()));
        assert_eq!(words.word("mysql").exact(), "mysql");
    }
}
