//! Every run that events make, once: the states of the model name them by number.
//!
//! What is applied is the fold itself, and what comes next is the driver's own decision; what either made of a run once
//! is remembered.

#![cfg(test)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use crate::engine::brake::Wish;
use crate::engine::turn::{Turn, opening, turn};
use crate::plan::{Event, Happening, Run};

/// A run, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Fold(u16);

/// Something that happens, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Word(u16);

/// A run, and what is decided for it.
pub(super) struct Known {
    pub(super) run: Run,
    /// What its driver does next when it goes on, pauses, and is given up.
    pub(super) on: Turn,
    pub(super) pause: Turn,
    pub(super) cancel: Turn,
    /// What is said when it is taken up.
    pub(super) opening: Option<(usize, Happening)>,
}

/// The runs, and what happens to them.
#[derive(Default)]
pub(super) struct Folds(Mutex<Book>);

#[derive(Default)]
struct Book {
    known: Vec<Arc<Known>>,
    /// The runs that look the same from outside, by that look.
    alike: HashMap<String, Vec<Fold>>,
    /// Everything that happened, once.
    words: Vec<Happening>,
    /// What comes of a word that is said of a step; `None` where it cannot happen.
    after: HashMap<(Fold, usize, Word), Option<Fold>>,
}

impl Folds {
    /// A run as it stands.
    pub(super) fn known(&self, fold: Fold) -> Arc<Known> {
        Arc::clone(&self.0.lock().expect("a lock").known[usize::from(fold.0)])
    }

    /// The number of a run.
    pub(super) fn number(&self, run: Run) -> Fold {
        self.0.lock().expect("a lock").number(run)
    }

    /// The number of something that happens.
    pub(super) fn word(&self, what: &Happening) -> Word {
        let words = &mut self.0.lock().expect("a lock").words;
        let number = words.iter().position(|own| own == what).unwrap_or_else(|| {
            words.push(what.clone());
            words.len() - 1
        });
        Word(u16::try_from(number).expect("few words"))
    }

    /// What a word says.
    pub(super) fn happening(&self, word: Word) -> Happening {
        self.0.lock().expect("a lock").words[usize::from(word.0)].clone()
    }

    /// What comes of a word that is said of a step, if it can happen.
    pub(super) fn apply(&self, fold: Fold, step: usize, word: Word) -> Option<Fold> {
        let mut book = self.0.lock().expect("a lock");
        if let Some(after) = book.after.get(&(fold, step, word)) {
            return *after;
        }
        let mut run = book.known[usize::from(fold.0)].run.clone();
        // One time for all: when something was is no part of the model.
        let what = book.words[usize::from(word.0)].clone();
        let event = Event { step, at: Timestamp::UNIX_EPOCH, what };
        let after = run.apply(event).is_ok().then(|| book.number(run));
        book.after.insert((fold, step, word), after);
        after
    }
}

impl Book {
    fn number(&mut self, run: Run) -> Fold {
        let steps = run.steps().iter().map(|progress| {
            let counted = (progress.attempts, progress.sent, progress.ended);
            (&progress.state, counted, &progress.receipt, &progress.sight, &progress.blind)
        });
        let look = format!("{:?} {:?} {:?}", run.standing(), run.pause(), steps.collect::<Vec<_>>());
        let alike = self.alike.entry(look).or_default();
        if let Some(known) = alike.iter().find(|fold| self.known[usize::from(fold.0)].run == run) {
            return *known;
        }
        let fold = Fold(u16::try_from(self.known.len()).expect("few runs"));
        alike.push(fold);
        self.known.push(Arc::new(Known {
            on: turn(&run, Wish::GoOn),
            pause: turn(&run, Wish::Pause),
            cancel: turn(&run, Wish::Cancel),
            opening: opening(&run),
            run,
        }));
        fold
    }
}
