//! What occurs again and again, kept once.
//!
//! A hundred thousand snapshots name a few dozen engines, versions and keys, and a few thousand databases; and those of
//! one database mostly have the same tags.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use arcstr::ArcStr;

use crate::domain::{Shown, Tag};

/// The words and the lists of tags seen so far.
#[derive(Debug, Default)]
pub(super) struct Words {
    words: Mutex<HashSet<ArcStr>>,
    tags: Mutex<HashSet<Arc<[Tag]>>>,
}

impl Words {
    /// The word, in one allocation however often it occurs.
    pub(super) fn word(&self, text: &str) -> Shown {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(word) = words.get(text) {
            return Shown::new(ArcStr::clone(word));
        }
        let word = ArcStr::from(text);
        words.insert(ArcStr::clone(&word));
        Shown::new(word)
    }

    /// The list of tags, likewise.
    pub(super) fn tags(&self, list: Vec<Tag>) -> Arc<[Tag]> {
        let mut lists = self.tags.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = lists.get(list.as_slice()) {
            return Arc::clone(list);
        }
        let list: Arc<[Tag]> = list.into();
        lists.insert(Arc::clone(&list));
        list
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

    #[test]
    fn a_list_of_tags_is_kept_once() {
        let words = Words::default();
        let list = |value: &str| words.tags(vec![Tag { key: words.word("env"), value: words.word(value) }]);
        assert!(Arc::ptr_eq(&list("prod"), &list("prod")));
        assert_eq!(list("lab")[0].value.exact(), "lab");
    }
}
