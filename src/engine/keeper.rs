//! Drives runs that are written down: begun in the journal before anything is sent, held while they are driven, each
//! event on disk before what comes next.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::brake::Brake;
use super::drive::{Driver, Road, Tell};
use super::inquiry::Clock;
use super::limits::Limits;
use super::turn::cut_short;
use super::turnstile::Turnstile;
use crate::domain::{AccountId, Shown};
use crate::plan::{Author, Event, Experience, Happening, History, Holder, Orders, Run, RunId, Standing};
use crate::ports::{Cloud, Hold, Journal, JournalError};

/// How many of the newest runs are looked through for those that were cut short.
const RECENT: usize = 50;

/// Sees what happens, after it was written down; it is called from a task and must not block.
pub type Watch = Arc<dyn Fn(Event) + Send + Sync>;

/// Begins runs, takes them up again, and drives them.
#[derive(Clone)]
pub struct Keeper {
    road: Road,
    /// `None` where nothing outlives the program: the demo cloud.
    journal: Option<Arc<dyn Journal>>,
    user: Shown,
    host: Shown,
}

/// A run that this program drives, and nobody else.
pub struct Kept {
    run: RunId,
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
        let road = Road { cloud, clock, turnstile: Turnstile::default(), limits: Limits::default() };
        Self { road, journal, user, host }
    }

    /// Begins a run; `callers` is who we are for AWS, by account.
    pub async fn begin(
        &self,
        orders: &Orders,
        callers: Vec<(AccountId, Shown)>,
    ) -> Result<Arc<Kept>, JournalError> {
        let Some(journal) = &self.journal else {
            let now = (self.road.clock)();
            // It names what is made for as long as the program runs: the clock is chance enough.
            let chance = u64::from(now.subsec_nanosecond().unsigned_abs());
            let run = RunId::new(now, chance);
            return Ok(Arc::new(Kept { run, hold: None, written: AtomicUsize::new(0) }));
        };
        let author = Author { user: self.user.clone(), host: self.host.clone(), callers };
        let run = journal.begin(&orders.plan(), &author, (self.road.clock)()).await?;
        let hold = journal.hold(run, (self.road.clock)()).await?;
        Ok(Arc::new(Kept { run, hold: Some(hold), written: AtomicUsize::new(0) }))
    }

    /// Takes in a run that another machine has exported, to be taken up here.
    pub async fn adopt(&self, history: &History) -> Result<(), JournalError> {
        match &self.journal {
            Some(journal) => journal.adopt(history).await,
            None => Ok(()),
        }
    }

    /// All that is written of a run, and who drives it now; `None` where there is no journal.
    pub async fn look(&self, id: RunId) -> Result<Option<(History, Option<Holder>)>, JournalError> {
        let Some(journal) = &self.journal else { return Ok(None) };
        let history = journal.load(id).await?;
        Ok(Some((history, journal.holder(id).await?)))
    }

    /// Takes a run up again; tells all that is written of it. `None` inside: there is no journal to take it from.
    pub async fn take(&self, id: RunId) -> Result<Option<(Arc<Kept>, History)>, JournalError> {
        let Some(journal) = &self.journal else { return Ok(None) };
        let hold = journal.hold(id, (self.road.clock)()).await?;
        // Loaded when it is held: nobody else writes of it any more.
        let history = journal.load(id).await?;
        let written = AtomicUsize::new(history.events.len());
        Ok(Some((Arc::new(Kept { run: id, hold: Some(hold), written }), history)))
    }

    /// The runs that have not come to their end, the newest first, each with who drives it; nobody drives one that was
    /// cut short.
    pub async fn open_runs(&self) -> Result<Vec<(History, Option<Holder>)>, JournalError> {
        let Some(journal) = &self.journal else { return Ok(Vec::new()) };
        let mut open = Vec::new();
        for entry in journal.list(RECENT).await? {
            if entry.standing.is_some_and(Standing::is_open) {
                open.push((journal.load(entry.id).await?, entry.holder));
            }
        }
        Ok(open)
    }

    /// The runs that have not come to their end and that nobody drives, the newest first.
    pub async fn cut_short(&self) -> Result<Vec<History>, JournalError> {
        let open = self.open_runs().await?.into_iter();
        Ok(open.filter(|(_, holder)| holder.is_none()).map(|(history, _)| history).collect())
    }

    /// How long steps took in the newest runs.
    pub async fn experience(&self) -> Result<Experience, JournalError> {
        let mut experience = Experience::default();
        let Some(journal) = &self.journal else { return Ok(experience) };
        let entries = journal.list(RECENT).await?;
        // The oldest first, so that the newest are remembered.
        for entry in entries.iter().rev().filter(|entry| entry.standing.is_some()) {
            if let Ok(run) = journal.load(entry.id).await?.run() {
                experience.learn(&run);
            }
        }
        Ok(experience)
    }

    /// Drives a run on to its end, or to where it pauses. The accounts must have signed in.
    pub async fn go(
        &self,
        kept: Arc<Kept>,
        run: Run,
        orders: Orders,
        brake: Brake,
        watch: Watch,
    ) -> Result<Run, Shown> {
        let orders = orders.stamped(kept.run);
        let driver = Driver { road: self.road.clone(), brake, tell: self.tell(kept, watch) };
        driver.drive(run, &orders).await
    }

    /// Gives up a run that nobody drives now: nothing more of it is ever sent.
    pub async fn cancel(&self, kept: Arc<Kept>, run: &Run, watch: Watch) -> Result<(), Shown> {
        let (Standing::UnderWay(step) | Standing::Paused(step)) = run.standing() else { return Ok(()) };
        let tell = self.tell(kept, watch);
        let at = (self.road.clock)();
        // What was on its way when its program ended stays open: it is said, and not looked for any more.
        let mut run = run.clone();
        let cancelled = Event { step, at, what: Happening::Cancelled };
        if run.apply(cancelled.clone()).is_err() {
            tell(Event { step, at, what: Happening::Unsure(cut_short()) }).await?;
        }
        tell(cancelled).await
    }

    /// Writes what happens down, and only then lets it be seen.
    fn tell(&self, kept: Arc<Kept>, watch: Watch) -> Tell {
        let journal = self.journal.clone();
        Arc::new(move |event| {
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
        })
    }
}

#[cfg(test)]
mod tests;
