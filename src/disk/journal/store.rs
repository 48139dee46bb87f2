//! What is done with the journal's file, one thing after the other.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior};

use super::fault;
use super::grip::Grips;
use super::row::{Row, Told, damaged};
use super::schema;
use super::seal::Seal;
use crate::plan::{Author, Entry, Event, History, Holder, Plan, Record as _, RunId};
use crate::ports::{Hold, JournalError};

/// How many ids are tried for runs that are begun in the same second.
const TRIES: u32 = 100;

/// The file, and the locks beside it.
pub(super) struct Store {
    file: PathBuf,
    grips: Grips,
    connection: Option<Connection>,
}

impl Store {
    /// The store in a folder; nothing is opened yet.
    pub(super) fn new(folder: &Path) -> Self {
        Self { file: folder.join("journal.sqlite"), grips: Grips::new(folder), connection: None }
    }

    /// Writes a plan down, under an id of its own.
    pub(super) fn begin(
        &mut self,
        plan: &Plan,
        author: &Author,
        begun: Timestamp,
    ) -> Result<RunId, JournalError> {
        let mut row = written(plan, author, begun)?;
        schema::create(&self.file)?;
        let id = self.change(|transaction| {
            let Some(id) = free_id(transaction, begun)? else { return Ok(None) };
            row.id = id.to_string();
            put(transaction, &row, &[])?;
            Ok(Some(id))
        })?;
        let id = id.ok_or_else(|| JournalError::Busy(fault::place(&self.file)))?;
        self.grips.prepare(id)?;
        Ok(id)
    }

    /// Writes down a run of another journal.
    pub(super) fn adopt(&mut self, history: &History) -> Result<(), JournalError> {
        let row = written(&history.plan, &history.author, history.begun)?;
        let row = Row { id: history.id.to_string(), ..row };
        let events: Vec<String> = history.events.iter().map(Event::to_record).collect();
        schema::create(&self.file)?;
        let is_new = self.change(|transaction| {
            let query = "SELECT count(*) = 0 FROM run WHERE id = ?1";
            let is_new: bool = transaction.query_row(query, [&row.id], |row| row.get(0))?;
            if is_new {
                put(transaction, &row, &events)?;
            }
            Ok(is_new)
        })?;
        if !is_new {
            return Err(JournalError::Known(history.id));
        }
        self.grips.prepare(history.id)
    }

    /// Takes a run to drive it.
    pub(super) fn hold(&mut self, run: RunId, now: Timestamp) -> Result<Hold, JournalError> {
        let id = run.to_string();
        let known = self.look(|connection| {
            connection.query_row("SELECT count(*) > 0 FROM run WHERE id = ?1", [&id], |row| row.get(0))
        })?;
        if known != Some(true) {
            return Err(JournalError::Unknown(run));
        }
        let (grip, before) = self.grips.take(run, now)?;
        Ok(Hold::new(run, before, grip))
    }

    /// Writes the n-th event of a run down.
    pub(super) fn record(&mut self, run: RunId, n: usize, text: &str) -> Result<(), JournalError> {
        let (id, n) = (run.to_string(), i64::try_from(n).expect("BUG: more events than can be counted"));
        let there = self.change(|transaction| {
            let Some((events, seal)) = tally(transaction, &id)? else { return Ok(None) };
            if events == n {
                transaction
                    .execute("INSERT INTO event (run, n, text) VALUES (?1, ?2, ?3)", (&id, n, text))?;
                let seal = seal.and(text).number();
                transaction
                    .execute("UPDATE tally SET events = ?2, seal = ?3 WHERE run = ?1", (&id, n + 1, seal))?;
            }
            Ok(Some(events))
        })?;
        match there {
            None => Err(JournalError::Unknown(run)),
            Some(events) if events == n => Ok(()),
            Some(events) => Err(JournalError::Overtaken(usize::try_from(events).unwrap_or(usize::MAX))),
        }
    }

    /// The newest runs, the newest first.
    pub(super) fn list(&mut self, most: usize) -> Result<Vec<Entry>, JournalError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let file = self.file.clone();
        let read = self.look(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let mut query = transaction.prepare(
                "SELECT id, begun, author, goal, steps, plan FROM run ORDER BY place DESC LIMIT ?1",
            )?;
            let rows = query.query_map([most], Row::read)?.collect::<rusqlite::Result<Vec<_>>>()?;
            rows.into_iter().map(|row| told(&transaction, row)).collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let entry = |told: Told| told.entry(&file, |id| self.grips.holder(id));
        read.unwrap_or_default().into_iter().map(entry).collect()
    }

    /// Who has the lock of a run.
    pub(super) fn holder(&self, run: RunId) -> Option<Holder> {
        self.grips.holder(run)
    }

    /// All that is written of a run.
    pub(super) fn load(&mut self, run: RunId) -> Result<History, JournalError> {
        let id = run.to_string();
        let read = self.look(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let query = "SELECT id, begun, author, goal, steps, plan FROM run WHERE id = ?1";
            let row = transaction.query_row(query, [&id], Row::read).optional()?;
            row.map(|row| told(&transaction, row)).transpose()
        })?;
        read.flatten().ok_or(JournalError::Unknown(run))?.history(&self.file)
    }

    /// Changes something, all of it or nothing: it is on the disk when this returns Ok.
    fn change<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        let file = self.file.clone();
        let connection = self.open()?;
        let done =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|transaction| {
                let value = work(&transaction)?;
                transaction.commit()?;
                Ok(value)
            });
        done.map_err(|error| fault::of_sqlite(&file, &error))
    }

    /// Looks something up; `None` while there is no file: looking makes none.
    fn look<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, JournalError> {
        match fs::symlink_metadata(&self.file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault::of_io(&self.file, &error)),
            Ok(_) => {}
        }
        let file = self.file.clone();
        work(self.open()?).map(Some).map_err(|error| fault::of_sqlite(&file, &error))
    }

    fn open(&mut self) -> Result<&mut Connection, JournalError> {
        if self.connection.is_none() {
            // A file that is made is empty for a moment; one that is empty though there were runs was emptied.
            if fs::metadata(&self.file).is_ok_and(|facts| facts.len() == 0) && self.grips.are_there() {
                return Err(damaged(&self.file, "it is empty, and there were runs in it"));
            }
            self.connection = Some(schema::open(&self.file)?);
        }
        Ok(self.connection.as_mut().expect("BUG: opened above"))
    }

    #[cfg(test)]
    pub(super) fn connection(&mut self) -> &mut Connection {
        self.open().expect("opened")
    }
}

/// A run as a row without a name yet, if it would be read back as it is.
fn written(plan: &Plan, author: &Author, begun: Timestamp) -> Result<Row, JournalError> {
    let text = plan.to_record();
    match Plan::from_record(&text) {
        Ok(read) => assert!(read == *plan, "BUG: a plan is read back as another"),
        Err(bad) => return Err(JournalError::Unwritable(bad)),
    }
    Ok(Row {
        id: String::new(),
        begun: begun.to_string(),
        author: author.to_record(),
        goal: plan.goal.clone(),
        steps: i64::try_from(plan.steps.len()).expect("BUG: more steps than can be counted"),
        plan: text,
    })
}

/// Puts a run down with what happened in it.
fn put(transaction: &Transaction<'_>, row: &Row, events: &[String]) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO run (id, begun, author, goal, steps, plan) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (&row.id, &row.begun, &row.author, &row.goal, row.steps, &row.plan),
    )?;
    let mut seal = row.seal();
    for (event, n) in events.iter().zip(0_i64..) {
        transaction.execute("INSERT INTO event (run, n, text) VALUES (?1, ?2, ?3)", (&row.id, n, event))?;
        seal = seal.and(event);
    }
    let count = i64::try_from(events.len()).expect("BUG: more events than can be counted");
    let tally = (&row.id, count, seal.number());
    transaction.execute("INSERT INTO tally (run, events, seal) VALUES (?1, ?2, ?3)", tally)?;
    Ok(())
}

/// A run with its events and its tally, within one transaction: all of the same moment.
fn told(connection: &Connection, row: Row) -> rusqlite::Result<Told> {
    let mut query = connection.prepare("SELECT n, text FROM event WHERE run = ?1 ORDER BY n")?;
    let events = query.query_map([&row.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let events = events.collect::<rusqlite::Result<_>>()?;
    let tally = tally(connection, &row.id)?;
    Ok(Told { row, events, tally })
}

/// How many events a run has, and the seal over it.
fn tally(connection: &Connection, id: &str) -> rusqlite::Result<Option<(i64, Seal)>> {
    let query = "SELECT events, seal FROM tally WHERE run = ?1";
    connection.query_row(query, [id], |row| Ok((row.get(0)?, Seal::from_number(row.get(1)?)))).optional()
}

/// An id that no run has yet.
fn free_id(connection: &Connection, begun: Timestamp) -> rusqlite::Result<Option<RunId>> {
    for _ in 0..TRIES {
        // The keys of hash maps are the randomness that the standard library has.
        let id = RunId::new(begun, RandomState::new().hash_one(0));
        let query = "SELECT count(*) = 0 FROM run WHERE id = ?1";
        if connection.query_row(query, [id.to_string()], |row| row.get(0))? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
