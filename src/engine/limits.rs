//! What AWS limits is kept ahead: a copy for which there is no room waits here instead of being refused there.
//!
//! The copies under way and the quota are asked of the destination at most every half minute; what this program has
//! sent since counts besides. Where they cannot be asked nothing is held, and AWS has the last word.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::{Answer, Kind, Question, Quotas, Scope, Shown};
use crate::plan::{Operation, Step};
use crate::ports::Cloud;
use crate::rules::copies_at_once;

/// For how long a count is good.
const GOOD: Duration = Duration::from_secs(30);

/// How long it may take until AWS shows what was sent.
const LATE: Duration = Duration::from_secs(10);

/// The destinations that copies run into; clones are the same.
#[derive(Clone, Default)]
pub(super) struct Limits {
    rooms: Arc<Mutex<Rooms>>,
}

/// Each of them for itself: whoever counts in one holds up nobody elsewhere.
type Rooms = HashMap<(Scope, Kind), Arc<tokio::sync::Mutex<Room>>>;

/// A destination.
#[derive(Default)]
struct Room {
    counted: Option<Count>,
    /// When copies were sent that the count may lack.
    sent: Vec<Instant>,
}

/// What AWS said of it.
struct Count {
    at: Instant,
    copying: Option<usize>,
    quota: Option<(u64, u64)>,
}

impl Limits {
    /// Takes a place for what a step makes; `Err` while there is none, which limit is full in a sentence.
    pub(super) async fn take(&self, cloud: &dyn Cloud, step: &Step) -> Result<(), Shown> {
        let Some(kind) = copied(step) else { return Ok(()) };
        let scope = &step.call.scope;
        let room = self.room(scope, kind);
        // Whoever comes next waits for the count of this one, and counts this one.
        let mut room = room.lock().await;
        let is_good = |count: &Count| count.at.elapsed() < GOOD;
        if !room.counted.as_ref().is_some_and(is_good) {
            room.sent.retain(|at| at.elapsed() < LATE);
            room.counted = Some(count(cloud, scope, kind).await);
        }
        if let Some(why) = room.is_full(scope, kind) {
            return Err(why);
        }
        room.sent.push(Instant::now());
        Ok(())
    }

    /// Takes in that AWS refused something for a limit: what was counted is no longer so.
    pub(super) async fn was_full(&self, step: &Step) {
        let Some(kind) = copied(step) else { return };
        self.room(&step.call.scope, kind).lock().await.counted = None;
    }

    fn room(&self, scope: &Scope, kind: Kind) -> Arc<tokio::sync::Mutex<Room>> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(rooms.entry((scope.clone(), kind)).or_default())
    }
}

impl Room {
    fn is_full(&self, scope: &Scope, kind: Kind) -> Option<Shown> {
        let counted = self.counted.as_ref()?;
        let most = copies_at_once(kind);
        let running = counted.copying.map(|own| own + self.sent.len()).filter(|own| *own >= most);
        if let Some(running) = running {
            let words = format!(
                "{running} copies run into {scope} now, and {most} is the most: it waits for one of them"
            );
            return Some(words.into());
        }
        let (used, most) = counted.quota?;
        let used = used + u64::try_from(self.sent.len()).unwrap_or(u64::MAX);
        (used >= most).then(|| {
            let words =
                format!("{scope} has {used} of {most} manual snapshots: it waits until one is deleted there");
            words.into()
        })
    }
}

/// The kind of snapshot that a step makes; `None` where it makes none.
fn copied(step: &Step) -> Option<Kind> {
    match step.call.operation {
        Operation::CopyDBSnapshot | Operation::CreateDBSnapshot => Some(Kind::Instance),
        Operation::CopyDBClusterSnapshot | Operation::CreateDBClusterSnapshot => Some(Kind::Cluster),
        _ => None,
    }
}

async fn count(cloud: &dyn Cloud, scope: &Scope, kind: Kind) -> Count {
    let there = cloud.ask(&Question::Snapshots(scope.clone(), kind)).await;
    let quotas = cloud.ask(&Question::Quotas(scope.clone())).await;
    let copying = match there {
        Ok(Answer::Snapshots(there)) => Some(there.copying),
        _ => None,
    };
    let quota = |quotas: Quotas| match kind {
        Kind::Instance => quotas.manual_snapshots,
        Kind::Cluster => quotas.manual_cluster_snapshots,
    };
    let quota = match quotas {
        Ok(Answer::Quotas(quotas)) => quota(quotas),
        _ => None,
    };
    Count { at: Instant::now(), copying, quota }
}
