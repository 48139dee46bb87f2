//! A run as the tables hold it, and what it tells if it is whole.

use std::fmt::Display;
use std::path::Path;

use super::fault;
use super::seal::Seal;
use crate::domain::Shown;
use crate::plan::{BadRecord, BadShape, Entry, Event, History, Holder, Plan, Record, RunId};
use crate::ports::JournalError;

/// A run of which nothing has happened yet.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) begun: String,
    pub(super) author: String,
    pub(super) goal: String,
    pub(super) steps: i64,
    pub(super) plan: String,
}

/// A run with its events, each by its number, and its tally: how many there are, and the seal over all.
pub(super) struct Told {
    pub(super) row: Row,
    pub(super) events: Vec<(i64, String)>,
    pub(super) tally: Option<(i64, Seal)>,
}

impl Row {
    /// Reads what a query for `id, begun, author, goal, steps, plan` found.
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            begun: row.get(1)?,
            author: row.get(2)?,
            goal: row.get(3)?,
            steps: row.get(4)?,
            plan: row.get(5)?,
        })
    }

    /// The seal of it alone.
    pub(super) fn seal(&self) -> Seal {
        Seal::of(&[&self.id, &self.begun, &self.author, &self.goal, &self.steps.to_string(), &self.plan])
    }
}

impl Told {
    /// All that is told of the run, if it is whole.
    pub(super) fn history(&self, file: &Path) -> Result<History, JournalError> {
        let row = &self.row;
        self.check().map_err(|what| self.broken(file, what))?;
        let event = |(n, text): &(i64, String)| self.record::<Event>(file, format_args!("event {n}"), text);
        Ok(History {
            id: row.id.parse().map_err(|bad| self.broken(file, bad))?,
            author: self.record(file, "author", &row.author)?,
            begun: row.begun.parse().map_err(|bad| self.broken(file, bad))?,
            plan: self.record::<Plan>(file, "plan", &row.plan)?,
            events: self.events.iter().map(event).collect::<Result<_, _>>()?,
        })
    }

    /// The line of a list that it becomes: as much of it as can be understood.
    pub(super) fn entry(
        &self,
        file: &Path,
        holder: impl FnOnce(RunId) -> Option<Holder>,
    ) -> Result<Entry, JournalError> {
        let id = self.row.id.parse().map_err(|bad| self.broken(file, bad))?;
        let begun = self.row.begun.parse().map_err(|bad| self.broken(file, bad))?;
        let holder = holder(id);
        Ok(match self.history(file) {
            Ok(history) => history.entry(holder),
            Err(_) => Entry {
                id,
                goal: self.row.goal.as_str().into(),
                begun,
                last: None,
                steps: usize::try_from(self.row.steps).unwrap_or(0),
                standing: None,
                holder,
            },
        })
    }

    fn check(&self) -> Result<(), &'static str> {
        let (events, seal) = self.tally.ok_or("its events are not counted")?;
        let is_whole = self.events.iter().zip(0..).all(|((own, _), n)| *own == n);
        if !is_whole || usize::try_from(events) != Ok(self.events.len()) {
            return Err("events are missing");
        }
        let found = self.events.iter().fold(self.row.seal(), |seal, (_, text)| seal.and(text));
        if found == seal { Ok(()) } else { Err("its seal is broken") }
    }

    fn record<T: Record>(&self, file: &Path, part: impl Display, text: &str) -> Result<T, JournalError> {
        T::from_record(text).map_err(|bad| match bad {
            BadRecord { why: BadShape::Version(_), .. } => JournalError::Newer(fault::place(file)),
            bad => self.broken(file, format_args!("{part}: {bad}")),
        })
    }

    fn broken(&self, file: &Path, what: impl Display) -> JournalError {
        damaged(file, &format!("run {}: {what}", Shown::from(&*self.row.id)))
    }
}

/// That the file does not hold what was written into it.
pub(super) fn damaged(file: &Path, what: &str) -> JournalError {
    JournalError::Corrupted { file: fault::place(file), what: what.into() }
}
