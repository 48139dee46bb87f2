//! A state of the model: what is written, who drives what, and what the cloud has made.

#![cfg(test)]

use super::folds::Fold;
use super::heard::{Reply, View};

/// How many steps the longest run has.
pub(super) const STEPS: usize = 3;

/// All there is at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct World {
    /// The two runs.
    pub(super) jobs: [Job; 2],
    /// Who drives them: by run and by process.
    pub(super) hands: [[Option<Hand>; 2]; 2],
    /// Whether the accounts are signed in.
    pub(super) is_signed_in: bool,
    /// How much may still go wrong.
    pub(super) mishaps: u8,
}

/// A run in the journal and in the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Job {
    /// What is written of it.
    pub(super) written: Fold,
    /// Whether something is written that cannot have happened.
    pub(super) is_garbled: bool,
    /// What the cloud has made of its steps.
    pub(super) things: [Thing; STEPS],
}

/// What the orders of a step have made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Thing {
    /// How far it is.
    pub(super) there: There,
    /// Whether reads show it already.
    pub(super) is_shown: bool,
    /// How many orders have left.
    pub(super) left: u8,
    /// How many orders were carried out.
    pub(super) effects: u8,
    /// How many orders are on their way for whose answer nobody waits any more.
    pub(super) orphans: u8,
}

/// How far a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum There {
    Nothing,
    Working,
    Ready,
    Failed,
}

impl There {
    /// How a read shows it.
    pub(super) fn view(self) -> View {
        match self {
            Self::Nothing => View::Absent,
            Self::Working => View::Working,
            Self::Ready => View::Ready,
            Self::Failed => View::Failed,
        }
    }
}

/// A process that drives a run: it has the lock, and its own idea of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Hand {
    /// The run in its memory.
    pub(super) run: Fold,
    /// Whether another process has written of the run since: the journal takes none of its events then.
    pub(super) is_overtaken: bool,
    /// Where it is.
    pub(super) at: At,
}

/// Where a driver is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum At {
    /// It is its turn.
    Turn,
    /// It is about to send a step.
    Leaving(u8),
    /// It waits for the answer to the order of a step.
    Out(u8),
    /// The cloud has carried that out, or says that it had; the answer is on its way.
    Answered(u8, Reply),
    /// It waits until somebody signs in.
    Resting,
    /// It is dead, and its lock is still there: a mistake.
    Dead,
}

impl World {
    /// Two runs that nobody has begun to drive.
    pub(super) fn new(runs: [Fold; 2], mishaps: u8) -> Self {
        let nothing = Thing { there: There::Nothing, is_shown: false, left: 0, effects: 0, orphans: 0 };
        let job = |written| Job { written, is_garbled: false, things: [nothing; STEPS] };
        Self { jobs: runs.map(job), hands: [[None; 2]; 2], is_signed_in: true, mishaps }
    }

    /// What the cloud has made of a step.
    pub(super) fn thing(&mut self, run: usize, step: u8) -> &mut Thing {
        &mut self.jobs[run].things[usize::from(step)]
    }

    /// The same with the processes in one order: neither is better than the other.
    pub(super) fn sorted(mut self) -> Self {
        let by_process = |n: usize| self.hands.map(|run| run[n]);
        if by_process(1) > by_process(0) {
            self.hands.iter_mut().for_each(|run| run.swap(0, 1));
        }
        self
    }

    /// How many processes drive a run.
    pub(super) fn drivers(&self, run: usize) -> usize {
        self.hands[run].iter().flatten().count()
    }
}
