//! What became of plans: who began them, all that happened in it, and who drives it.

use std::fmt;

use jiff::Timestamp;

use super::{Event, Illegal, Plan, Run, RunId, Standing};
use crate::domain::{AccountId, Shown};

/// Who began a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The user of the machine.
    pub user: Shown,
    /// The machine's name.
    pub host: Shown,
    /// Who that was for AWS, by account (STS GetCallerIdentity).
    pub callers: Vec<(AccountId, Shown)>,
}

/// A program that drives a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The number of its process.
    pub pid: u32,
    /// The machine that it runs on.
    pub host: Shown,
    /// Since when it drives the run.
    pub since: Timestamp,
}

/// A run as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: RunId,
    /// What it reaches, in a sentence.
    pub goal: Shown,
    /// When it was begun.
    pub begun: Timestamp,
    /// When something happened in it the last time.
    pub last: Option<Timestamp>,
    /// How many steps it has.
    pub steps: usize,
    /// How far it is; `None` when what is written of it cannot be understood: loading it says why.
    pub standing: Option<Standing>,
    /// Who drives it now. A run that is under way and that nobody drives was cut short.
    pub holder: Option<Holder>,
}

/// A run as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Its id.
    pub id: RunId,
    /// Who began it.
    pub author: Author,
    /// When.
    pub begun: Timestamp,
    /// The plan.
    pub plan: Plan,
    /// What happened, in order.
    pub events: Vec<Event>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {} on {} since {:.0}", self.pid, self.host, self.since)
    }
}

impl History {
    /// The run as it stands after all that happened.
    ///
    /// # Errors
    /// With the first event that cannot have happened.
    pub fn run(&self) -> Result<Run, Illegal> {
        let mut run = Run::of(&self.plan);
        for event in &self.events {
            run.apply(event.clone())?;
        }
        Ok(run)
    }

    /// The line of a list that it becomes.
    pub fn entry(&self, holder: Option<Holder>) -> Entry {
        Entry {
            id: self.id,
            goal: self.plan.goal.as_str().into(),
            begun: self.begun,
            last: self.events.last().map(|event| event.at),
            steps: self.plan.steps.len(),
            standing: self.run().ok().map(|run| run.standing()),
            holder,
        }
    }
}
