//! Drives runs that are written down: begun in the journal before anything is sent, held while they are driven, each
//! event on disk before what comes next.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::drive::{Tell, drive};
use super::inquiry::Clock;
use crate::domain::{AccountId, Shown};
use crate::plan::{Author, Event, History, Orders, Run, RunId, Standing};
use crate::ports::{Cloud, Hold, Journal, JournalError};

/// How many of the newest runs are looked through for those that were cut short.
const RECENT: usize = 50;

/// Sees what happens, after it was written down; it is called from a task and must not block.
pub type Watch = Arc<dyn Fn(Event) + Send + Sync>;

/// Begins runs, takes them up again, and drives them.
#[derive(Clone)]
pub struct Keeper {
    cloud: Arc<dyn Cloud>,
    clock: Clock,
    /// `None` where nothing outlives the program: the demo cloud.
    journal: Option<Arc<dyn Journal>>,
    user: Shown,
    host: Shown,
}

/// A run that this program drives, and nobody else.
pub struct Kept {
    hold: Option<Hold>,
    /// How many of its events are written down.
    written: AtomicUsize,
}

impl Kept {
    /// Its name in the journal, where there is one.
    pub fn id(&self) -> Option<RunId> {
        self.hold.as_ref().map(Hold::run)
    }
}

impl Keeper {
    /// Drives over this cloud; without a journal nothing is written down. User and host go into the journal.
    pub fn new(
        cloud: Arc<dyn Cloud>,
        clock: Clock,
        journal: Option<Arc<dyn Journal>>,
        (user, host): (Shown, Shown),
    ) -> Self {
        Self { cloud, clock, journal, user, host }
    }

    /// Begins a run; `callers` is who we are for AWS, by account.
    pub async fn begin(
        &self,
        orders: &Orders,
        callers: Vec<(AccountId, Shown)>,
    ) -> Result<Arc<Kept>, JournalError> {
        let Some(journal) = &self.journal else {
            return Ok(Arc::new(Kept { hold: None, written: AtomicUsize::new(0) }));
        };
        let author = Author { user: self.user.clone(), host: self.host.clone(), callers };
        let id = journal.begin(&orders.plan(), &author, (self.clock)()).await?;
        let hold = journal.hold(id, (self.clock)()).await?;
        Ok(Arc::new(Kept { hold: Some(hold), written: AtomicUsize::new(0) }))
    }

    /// Takes a run up again; tells all that is written of it. `None` inside: there is no journal to take it from.
    pub async fn take(&self, id: RunId) -> Result<Option<(Arc<Kept>, History)>, JournalError> {
        let Some(journal) = &self.journal else { return Ok(None) };
        let hold = journal.hold(id, (self.clock)()).await?;
        // Loaded when it is held: nobody else writes of it any more.
        let history = journal.load(id).await?;
        let written = AtomicUsize::new(history.events.len());
        Ok(Some((Arc::new(Kept { hold: Some(hold), written }), history)))
    }

    /// The runs that have not come to their end and that nobody drives, the newest first.
    pub async fn cut_short(&self) -> Result<Vec<History>, JournalError> {
        let Some(journal) = &self.journal else { return Ok(Vec::new()) };
        let mut cut = Vec::new();
        for entry in journal.list(RECENT).await? {
            let is_open = matches!(entry.standing, Some(Standing::UnderWay(_) | Standing::Paused(_)));
            if is_open && entry.holder.is_none() {
                cut.push(journal.load(entry.id).await?);
            }
        }
        Ok(cut)
    }

    /// Drives a run on to its end, or to where it pauses. The accounts must have signed in.
    pub async fn go(&self, kept: Arc<Kept>, run: Run, orders: Orders, watch: Watch) -> Result<Run, Shown> {
        let journal = self.journal.clone();
        let tell: Tell = Arc::new(move |event| {
            let (journal, kept, watch) = (journal.clone(), Arc::clone(&kept), Arc::clone(&watch));
            Box::pin(async move {
                if let (Some(journal), Some(hold)) = (journal, &kept.hold) {
                    let n = kept.written.load(Ordering::Acquire);
                    journal.record(hold, n, &event).await.map_err(|error| Shown::from(error.to_string()))?;
                    kept.written.store(n + 1, Ordering::Release);
                }
                watch(event);
                Ok(())
            })
        });
        drive(Arc::clone(&self.cloud), Arc::clone(&self.clock), run, orders, tell).await
    }
}

#[cfg(test)]
mod tests;
