//! The runs that this program drives: begun or taken up, paused and given up by the name that the caller has for them.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::brake::{Brake, Wish};
use super::keeper::{Keeper, Kept, Watch};
use crate::domain::{AccountId, Shown};
use crate::plan::{Orders, Pause, Run, RunId, Standing};
use crate::ports::JournalError;

/// Drives runs that the caller calls by a `K`; clones are the same.
#[derive(Clone)]
pub struct Crew<K> {
    keeper: Keeper,
    driven: Arc<Mutex<HashMap<K, Driven>>>,
    /// What is wanted of runs that are about to be driven.
    early: Arc<Mutex<HashMap<K, Wish>>>,
}

/// A run that is held.
#[derive(Clone)]
struct Driven {
    kept: Arc<Kept>,
    brake: Brake,
    is_driving: bool,
}

impl<K: Hash + Eq + Copy> Crew<K> {
    /// Nothing is driven yet.
    pub fn new(keeper: Keeper) -> Self {
        Self { keeper, driven: Arc::default(), early: Arc::default() }
    }

    /// Drives a run on to its end, or to where it pauses: one that is held here already, one of the journal that was
    /// `begun`, or a new one. Its name in the journal is `told`.
    ///
    /// # Errors
    /// Why it is not driven, or not any more; nothing was sent after that.
    pub async fn run(
        &self,
        key: K,
        begun: Option<RunId>,
        callers: Vec<(AccountId, Shown)>,
        (mut run, orders): (Run, Orders),
        told: impl FnOnce(RunId),
        watch: Watch,
    ) -> Result<(), Shown> {
        let held = self.driven().get(&key).cloned();
        let kept = match (held, begun) {
            (Some(held), _) if held.is_driving => return Ok(()),
            (Some(held), _) => held.kept,
            (None, None) => self.keeper.begin(&orders, callers).await.map_err(|error| words(&error))?,
            (None, Some(id)) => {
                let (kept, written) = self.taken(id).await?;
                // What was written meanwhile counts: another program may have driven it on and ended.
                run = written;
                kept
            }
        };
        if let Some(id) = kept.id() {
            told(id);
        }
        let brake = Brake::default();
        if let Some(wish) = self.early().remove(&key) {
            brake.wish(wish);
        }
        self.driven().insert(key, Driven { kept: Arc::clone(&kept), brake: brake.clone(), is_driving: true });
        let end = self.keeper.go(kept, run, orders, brake, watch).await;
        self.let_go(key, end.as_ref().ok());
        end.map(drop)
    }

    /// Whether a run of the journal is held here.
    pub fn drives(&self, id: RunId) -> bool {
        self.driven().values().any(|driven| driven.kept.id() == Some(id))
    }

    /// Has a run pause as soon as nothing is on its way.
    pub fn pause(&self, key: K) {
        match self.driven().get(&key) {
            Some(driven) => driven.brake.wish(Wish::Pause),
            // It is being written down, and then it is heard.
            None => drop(self.early().insert(key, Wish::Pause)),
        }
    }

    /// Gives a run up: one that is driven here as soon as nothing is on its way, another one at once.
    ///
    /// # Errors
    /// Why it cannot be given up: another program drives it, or that cannot be written down.
    pub async fn cancel(&self, key: K, begun: Option<RunId>, run: Run, watch: Watch) -> Result<(), Shown> {
        let held = self.driven().get(&key).cloned();
        let (kept, run) = match (held, begun) {
            (Some(driven), _) if driven.is_driving => {
                driven.brake.wish(Wish::Cancel);
                return Ok(());
            }
            (Some(driven), _) => (driven.kept, run),
            (None, Some(id)) => self.taken(id).await?,
            (None, None) => {
                self.early().insert(key, Wish::Cancel);
                return Ok(());
            }
        };
        self.keeper.cancel(kept, &run, watch).await?;
        self.driven().remove(&key);
        Ok(())
    }

    async fn taken(&self, id: RunId) -> Result<(Arc<Kept>, Run), Shown> {
        let taken = self.keeper.take(id).await.map_err(|error| words(&error))?;
        let (kept, history) = taken.ok_or("there is no journal to take it from")?;
        let run = history.run().map_err(|_| "what is written of it cannot have happened")?;
        Ok((kept, run))
    }

    /// Lets go of a run that has come to its end or waits for the user, so that another program can take it.
    fn let_go(&self, key: K, run: Option<&Run>) {
        let mut driven = self.driven();
        let is_ours = run.is_some_and(|run| {
            let waits = matches!(run.pause(), Some(Pause::SignIn(_)));
            matches!(run.standing(), Standing::Paused(_)) && waits
        });
        match driven.get_mut(&key) {
            // What no journal keeps is held here, or nowhere.
            Some(own) if is_ours || own.kept.id().is_none() => own.is_driving = false,
            _ => drop(driven.remove(&key)),
        }
    }

    fn early(&self) -> MutexGuard<'_, HashMap<K, Wish>> {
        self.early.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn driven(&self) -> MutexGuard<'_, HashMap<K, Driven>> {
        self.driven.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn words(error: &JournalError) -> Shown {
    error.to_string().into()
}
