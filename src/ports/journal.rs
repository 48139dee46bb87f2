//! Where runs are written down: the plan before anything is sent, and each event when it happens.
//!
//! What was recorded is never changed and never taken out. A run is driven by one program at a time: only who has
//! its [`Hold`] can record, and the n-th event of a run can be written once.

use std::fmt;

use jiff::Timestamp;

use super::Pending;
use crate::domain::Shown;
use crate::plan::{Author, BadRecord, Entry, Event, History, Holder, Plan, RunId};

/// The journal of runs.
///
/// Dropping a future does not undo what it was asked for.
pub trait Journal: Send + Sync {
    /// Writes a plan down before any of it is sent; durable when the answer is there. Nobody holds the run yet.
    fn begin<'a>(
        &'a self,
        plan: &'a Plan,
        author: &'a Author,
        now: Timestamp,
    ) -> Pending<'a, Result<RunId, JournalError>>;

    /// Writes down a run that another machine's journal holds, with all that happened in it so far, under its own
    /// name; [`JournalError::Known`] where it is here already.
    fn adopt<'a>(&'a self, history: &'a History) -> Pending<'a, Result<(), JournalError>>;

    /// Takes a run to drive it, for as long as the hold is kept; [`JournalError::Held`] while another has it. The
    /// hold of a program that ended, however it ended, is free.
    fn hold(&self, run: RunId, now: Timestamp) -> Pending<'_, Result<Hold, JournalError>>;

    /// Writes the n-th event of a run down, counted from 0; durable when the answer is Ok. After an error the event
    /// may be there or not: nothing may be sent on the strength of it, and loading the run tells.
    fn record<'a>(
        &'a self,
        hold: &'a Hold,
        n: usize,
        event: &'a Event,
    ) -> Pending<'a, Result<(), JournalError>>;

    /// The newest runs, so many at most, the newest first.
    fn list(&self, most: usize) -> Pending<'_, Result<Vec<Entry>, JournalError>>;

    /// The program that drives a run now, if any does, whatever its age.
    fn holder(&self, run: RunId) -> Pending<'_, Result<Option<Holder>, JournalError>>;

    /// All that is written of a run.
    fn load(&self, run: RunId) -> Pending<'_, Result<History, JournalError>>;
}

/// A run that is held for driving; dropping it lets go.
pub struct Hold {
    run: RunId,
    after: Option<Holder>,
    _grip: Box<dyn Send + Sync>,
}

impl Hold {
    /// A hold that lets go when its grip is dropped; `after` is who had it before and never let go.
    pub fn new(run: RunId, after: Option<Holder>, grip: impl Send + Sync + 'static) -> Self {
        Self { run, after, _grip: Box::new(grip) }
    }

    /// The run.
    pub fn run(&self) -> RunId {
        self.run
    }

    /// The program that drove it before, if that ended without letting go: it was cut short.
    pub fn after(&self) -> Option<&Holder> {
        self.after.as_ref()
    }
}

impl fmt::Debug for Hold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hold").field("run", &self.run).field("after", &self.after).finish_non_exhaustive()
    }
}

/// Why the journal cannot do what it is asked for. Its text says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalError {
    /// There is no room left where this lies.
    Full(Shown),
    /// This may not be written.
    ReadOnly(Shown),
    /// Another program has been writing there for longer than was waited.
    Busy(Shown),
    /// This program drives the run.
    Held(Holder),
    /// The run has this many events already: another program wrote one meanwhile.
    Overtaken(usize),
    /// There is no such run.
    Unknown(RunId),
    /// There is a run of this name already.
    Known(RunId),
    /// This does not hold what was written into it.
    Corrupted {
        /// The file.
        file: Shown,
        /// What is wrong with it, in words.
        what: Shown,
    },
    /// A newer version of the program made this file.
    Newer(Shown),
    /// The plan would not be read back as it is: a mistake of the program.
    Unwritable(BadRecord),
    /// Anything else that the system said.
    Failed {
        /// The file.
        file: Shown,
        /// What it said.
        what: Shown,
    },
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(place) => write!(f, "no room is left for {place}: make some and try again"),
            Self::ReadOnly(place) => {
                write!(
                    f,
                    "{place} may not be written: make it writable, or give another folder with --data-dir"
                )
            }
            Self::Busy(file) => write!(f, "another program is writing {file}: try again"),
            Self::Held(holder) => {
                write!(f, "{holder} drives this run: follow it there, or end that program and resume here")
            }
            Self::Overtaken(count) => write!(
                f,
                "another program has written of this run meanwhile ({count} events): resume it to see where it is"
            ),
            Self::Unknown(run) => {
                write!(f, "there is no run {run}: `snapdeck jobs` lists those that there are")
            }
            Self::Known(run) => {
                write!(f, "run {run} is in this journal already: `snapdeck resume {run}` takes it up")
            }
            Self::Corrupted { file, what } => write!(
                f,
                "{file} is damaged ({what}): keep a copy, and look in AWS how far its runs came; with the file out of the way a new journal is begun"
            ),
            Self::Newer(file) => write!(f, "a newer snapdeck wrote {file}: use that version"),
            Self::Unwritable(bad) => {
                write!(f, "the plan cannot be written down ({bad}), so nothing was sent: please report this")
            }
            Self::Failed { file, what } => {
                write!(f, "{file} cannot be used ({what}): mend that, or give another folder with --data-dir")
            }
        }
    }
}

impl std::error::Error for JournalError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_used_says_what_to_do() {
        let place = || Shown::from("/data");
        for error in [
            JournalError::ReadOnly(place()),
            JournalError::Failed { file: place(), what: "not a folder".into() },
        ] {
            let text = error.to_string();
            assert!(text.starts_with("/data ") && text.contains("another folder with --data-dir"), "{text}");
        }
    }
}
