//! Whose turn it is to read: so many scopes at once, and whether any waits or reads.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit, watch};
use tokio::time::sleep;

/// How many scopes are read at the same time: enough that the longest of a large fleet begins early, few enough for
/// memory.
pub(super) const AT_ONCE: usize = 384;

/// How long a scope of which nothing is heard counts among those that are read: a region that hangs holds up no other.
const TURN: Duration = Duration::from_secs(5);

/// The turns of all scopes.
#[derive(Debug)]
pub(super) struct Turns {
    gate: Semaphore,
    /// How many wait for their turn or have it.
    busy: watch::Sender<usize>,
}

/// Whether something was heard of a scope since somebody asked.
#[derive(Debug, Default)]
pub(super) struct Heard(AtomicBool);

impl Heard {
    /// Takes note that something was heard.
    pub(super) fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The turn of one scope, or its wait for it.
struct Turn<'a> {
    busy: &'a watch::Sender<usize>,
    permit: Option<SemaphorePermit<'a>>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { gate: Semaphore::new(AT_ONCE), busy: watch::Sender::new(0) }
    }
}

impl Turns {
    /// Does this when its turn has come, and lets others have theirs when nothing was heard for as long as a turn takes.
    pub(super) async fn in_turn<T>(&self, heard: &Heard, reading: impl Future<Output = T>) -> T {
        self.busy.send_modify(|busy| *busy += 1);
        let mut turn = Turn { busy: &self.busy, permit: None };
        turn.permit = Some(self.gate.acquire().await.expect("BUG: the gate is never closed"));
        let mut reading = std::pin::pin!(reading);
        loop {
            tokio::select! {
                read = &mut reading => return read,
                () = sleep(TURN) => {
                    if !heard.0.swap(false, Ordering::Relaxed) {
                        break;
                    }
                }
            }
        }
        drop(turn);
        reading.await
    }

    /// Waits until it is nobody's turn.
    pub(super) async fn quiet(&self) {
        let mut busy = self.busy.subscribe();
        // The sender is here for as long as anybody can wait.
        let _ = busy.wait_for(|busy| *busy == 0).await;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.permit = None;
        self.busy.send_modify(|busy| *busy -= 1);
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::Arc;

    use tokio::task::{JoinSet, yield_now};
    use tokio::time::{Instant, timeout};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_takes_too_long_holds_up_nobody() {
        let (turns, begun) = (Arc::new(Turns::default()), Instant::now());
        let mut hung = JoinSet::new();
        for _ in 0..AT_ONCE {
            let turns = Arc::clone(&turns);
            hung.spawn(async move { turns.in_turn(&Heard::default(), pending::<()>()).await });
        }
        while turns.gate.available_permits() > 0 {
            yield_now().await;
        }
        turns.in_turn(&Heard::default(), async {}).await;
        assert_eq!(begun.elapsed(), TURN);
        turns.quiet().await;
        assert_eq!(begun.elapsed(), TURN);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reading_that_is_given_up_is_over() {
        let turns = Turns::default();
        let heard = Heard::default();
        let given_up = timeout(Duration::from_secs(1), turns.in_turn(&heard, pending::<()>())).await;
        assert!(given_up.is_err());
        assert!(timeout(Duration::from_millis(1), turns.quiet()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_heard_keeps_its_turn() {
        let (turns, heard) = (Arc::new(Turns::default()), Arc::new(Heard::default()));
        let (begun, own) = (Instant::now(), (Arc::clone(&turns), Arc::clone(&heard)));
        let long = tokio::spawn(async move { own.0.in_turn(&own.1, pending::<()>()).await });
        for _ in 0..4 {
            sleep(TURN / 2).await;
            heard.note();
        }
        turns.quiet().await;
        assert_eq!(begun.elapsed(), TURN * 3);
        long.abort();
    }
}
