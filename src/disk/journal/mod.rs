//! The journal of runs in a file: SQLite in the data folder, and a lock for each run that is driven.
//!
//! - `journal.sqlite` holds plans and events. Each is in a transaction of its own, and on the disk before it is told
//!   so (write-ahead log, `synchronous=FULL`). Nothing in it is ever changed or taken out.
//! - `holds/ID` is locked by the program that drives the run; the system lets go of it when that program ends, however
//!   it ends. The file says who that is, and stays.
//! - Each run carries a seal over all that was written of it, so that damage is noticed and never read as a run.
//!
//! Files are worked with on two threads of their own, one that writes and one that reads: nobody who waits for a disk
//! holds up the screen, and a long list does not hold up a record.

mod fault;
mod grip;
mod oneshot;
mod row;
mod schema;
mod seal;
mod store;
#[cfg(test)]
mod tests;
mod worker;

use std::path::Path;

use jiff::Timestamp;

use crate::plan::{Author, Entry, Event, History, Holder, Plan, Record as _, RunId};
use crate::ports::{Hold, JournalError, Pending};

use store::Store;
use worker::Worker;

/// The journal of runs in a folder.
pub struct Journal {
    writes: Worker,
    reads: Worker,
}

impl Journal {
    /// The journal in this folder. Nothing is touched until it is used; folder and file are made when the first run
    /// is begun.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn new(folder: &Path) -> Result<Self, JournalError> {
        let worker = || Worker::new(Store::new(folder)).map_err(|error| fault::of_io(folder, &error));
        Ok(Self { writes: worker()?, reads: worker()? })
    }
}

impl crate::ports::Journal for Journal {
    fn begin<'a>(
        &'a self,
        plan: &'a Plan,
        author: &'a Author,
        now: Timestamp,
    ) -> Pending<'a, Result<RunId, JournalError>> {
        let (plan, author) = (plan.clone(), author.clone());
        self.writes.ask(move |store| store.begin(&plan, &author, now))
    }

    fn adopt<'a>(&'a self, history: &'a History) -> Pending<'a, Result<(), JournalError>> {
        let history = history.clone();
        self.writes.ask(move |store| store.adopt(&history))
    }

    fn hold(&self, run: RunId, now: Timestamp) -> Pending<'_, Result<Hold, JournalError>> {
        self.reads.ask(move |store| store.hold(run, now))
    }

    fn record<'a>(
        &'a self,
        hold: &'a Hold,
        n: usize,
        event: &'a Event,
    ) -> Pending<'a, Result<(), JournalError>> {
        let (run, text) = (hold.run(), event.to_record());
        self.writes.ask(move |store| store.record(run, n, &text))
    }

    fn list(&self, most: usize) -> Pending<'_, Result<Vec<Entry>, JournalError>> {
        self.reads.ask(move |store| store.list(most))
    }

    fn holder(&self, run: RunId) -> Pending<'_, Result<Option<Holder>, JournalError>> {
        self.reads.ask(move |store| Ok(store.holder(run)))
    }

    fn load(&self, run: RunId) -> Pending<'_, Result<History, JournalError>> {
        self.reads.ask(move |store| store.load(run))
    }
}
