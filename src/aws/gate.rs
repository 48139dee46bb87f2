//! How many pages are on their way at once, whatever their scopes, and which of those that wait goes next.
//!
//! Every page takes some milliseconds of a processor to read. Asked for all at once, thousands of pages would lie in
//! memory until it is their turn. So no more are asked for in a second than the processors read, and as many are on their
//! way as they read in the time that an answer takes: few where AWS is near, many where it is far. The list that is least
//! known goes first, so that those that turn out to be long, which decide when all is read, begin early. What hangs holds
//! up nobody: after a while it does not count.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until};

/// Pages that one processor reads in a second: some 300 of 100 rows, and most lists end before.
const READ: u32 = 300;

/// The fewest and the most that are on their way at once: the most take some 30 MB when they come all together.
const LIMITS: (usize, usize) = (24, 96);

/// How many are before the first answer has come.
const FIRST: usize = 32;

/// How many pages are on their way at once that are mostly empty; while others wait, none is asked for.
const EMPTY: usize = 96;

/// How many long lists are few.
const FEW: usize = 8;

/// How many may be asked for at once after a rest.
const BURST: u32 = 16;

/// Answers that count in how long an answer takes, the later ones for more.
const COUNTED: u32 = 32;

/// How long a page counts: much longer than any region takes that answers.
const TURN: Duration = Duration::from_secs(1);

/// How urgent a page is; the greater goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Of a list that is mostly empty.
    Aside,
    /// Read ahead of its list.
    Ahead,
    /// The next one of a list that has had so many.
    Next(Reverse<usize>),
    /// Somebody asked for this one: it waits for nobody.
    Now,
}

/// Lets pages through.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// How many are on their way, and how many may be.
    out: usize,
    limit: usize,
    /// How many are on their way that are mostly empty: those take next to nothing to read.
    aside: usize,
    /// How many lists of several pages are read.
    long: usize,
    /// How long an answer takes to begin.
    latency: Option<Duration>,
    /// When all that were let through will have been read.
    read_at: Instant,
    waiting: BinaryHeap<Waiting>,
    /// How many have come.
    came: u64,
}

/// Somebody who waits; the greatest is let through next.
#[derive(Debug)]
struct Waiting {
    place: (Rank, Reverse<u64>),
    tell: oneshot::Sender<Pass>,
}

/// Lets somebody else through when it is dropped.
#[derive(Debug)]
struct Pass(Option<(Gate, Rank)>);

tokio::task_local! {
    /// The gate through which this task asks for a page, and how urgent that is.
    static THROUGH: (Gate, Rank);
}

/// Takes note of how long the answer that this task waited for took to begin.
pub(super) fn note(latency: Duration) {
    // Only pages are counted.
    let _ = THROUGH.try_with(|(gate, _)| gate.state().note(latency));
}

/// Whether what this task asks for is a page that is mostly full.
pub(super) fn is_for_a_page() -> bool {
    THROUGH.try_with(|(_, rank)| *rank > Rank::Aside).unwrap_or(false)
}

impl Default for State {
    fn default() -> Self {
        let (waiting, read_at) = (BinaryHeap::new(), Instant::now());
        Self { out: 0, limit: FIRST, aside: 0, long: 0, latency: None, read_at, waiting, came: 0 }
    }
}

impl Gate {
    /// Does this once it is let through.
    pub(super) async fn through<F: Future>(&self, rank: Rank, call: impl FnOnce() -> F) -> F::Output {
        if rank == Rank::Now {
            return call().await;
        }
        let pass = self.pass(rank).await;
        let due = self.state().slot(rank, Instant::now());
        if let Some(due) = due {
            sleep_until(due).await;
        }
        // Made only now: thousands may wait, and the SDK's futures are large.
        let mut call = pin!(THROUGH.scope((self.clone(), rank), Box::pin(call())));
        tokio::select! {
            answer = &mut call => answer,
            () = sleep(TURN) => {
                drop(pass);
                call.await
            }
        }
    }

    /// Counts a list of several pages among those that are read, until this is dropped.
    pub(super) fn long(&self) -> Long {
        self.state().long += 1;
        Long(self.clone())
    }

    /// Whether so few long lists are read that reading ahead of them holds up nobody.
    pub(super) fn is_quiet(&self) -> bool {
        self.state().long <= FEW
    }

    async fn pass(&self, rank: Rank) -> Pass {
        let told = {
            let mut state = self.state();
            if state.waiting.peek().is_none_or(|first| first.place.0 < rank) && state.admit(rank) {
                return Pass(Some((self.clone(), rank)));
            }
            let (tell, told) = oneshot::channel();
            state.came += 1;
            let place = (rank, Reverse(state.came));
            state.waiting.push(Waiting { place, tell });
            told
        };
        told.await.expect("BUG: whoever waits is forgotten")
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Whole after every change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn note(&mut self, took: Duration) {
        let latency = self.latency.map_or(took, |before| (before * (COUNTED - 1) + took) / COUNTED);
        self.latency = Some(latency);
        let (least, most) = LIMITS;
        self.limit = usize::try_from(latency.as_millis() * u128::from(rate()) / 1_000)
            .map_or(most, |read| read.clamp(least, most));
    }

    /// When the next page may be asked for; `None` for now.
    fn slot(&mut self, rank: Rank, now: Instant) -> Option<Instant> {
        if rank == Rank::Aside {
            return None;
        }
        let reading = Duration::from_secs(1) / rate();
        let slot = self.read_at.checked_sub(reading * BURST).filter(|slot| *slot > now);
        self.read_at = now.max(self.read_at) + reading;
        slot
    }

    /// How many of a rank are on their way.
    fn out(&mut self, rank: Rank) -> &mut usize {
        if rank == Rank::Aside { &mut self.aside } else { &mut self.out }
    }

    /// Lets one of a rank through, if there is room.
    fn admit(&mut self, rank: Rank) -> bool {
        let most = if rank == Rank::Aside { EMPTY } else { self.limit };
        let out = self.out(rank);
        let has_room = *out < most;
        *out += usize::from(has_room);
        has_room
    }

    /// Whoever may go now: the most urgent one, and nobody else before it.
    fn next(&mut self) -> Option<Waiting> {
        let (rank, _) = self.waiting.peek()?.place;
        if self.admit(rank) { self.waiting.pop() } else { None }
    }
}

/// Pages that are read in a second.
fn rate() -> u32 {
    READ * available_parallelism().ok().and_then(|count| u32::try_from(count.get()).ok()).unwrap_or(1)
}

/// A list of several pages that is read.
#[derive(Debug)]
pub(super) struct Long(Gate);

impl Drop for Long {
    fn drop(&mut self) {
        self.0.state().long -= 1;
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let Some((gate, rank)) = self.0.take() else { return };
        *gate.state().out(rank) -= 1;
        loop {
            let Some(next) = gate.state().next() else { return };
            let rank = next.place.0;
            if let Err(mut unused) = next.tell.send(Self(Some((gate.clone(), rank)))) {
                // Whoever waited has given up.
                unused.0 = None;
                *gate.state().out(rank) -= 1;
            }
        }
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place.cmp(&other.place)
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::task::{JoinSet, yield_now};
    use tokio::time::timeout;

    use super::*;

    async fn until_waiting(gate: &Gate, count: usize) {
        while gate.state().waiting.len() < count {
            yield_now().await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_least_known_list_goes_first_and_what_somebody_asked_for_at_once() {
        let (gate, order) = (Gate::default(), Arc::new(Mutex::new(Vec::new())));
        let mut held = Vec::new();
        for _ in 0..FIRST {
            held.push(gate.pass(Rank::Ahead).await);
        }
        let mut waiting = JoinSet::new();
        let next = |pages| Rank::Next(Reverse(pages));
        let ranks = [
            ("ahead", Rank::Ahead),
            ("aside", Rank::Aside),
            ("long", next(7)),
            ("a", next(0)),
            ("b", next(0)),
        ];
        for (n, (name, rank)) in ranks.into_iter().enumerate() {
            let (gate, order) = (gate.clone(), Arc::clone(&order));
            waiting.spawn({
                let gate = gate.clone();
                async move { gate.through(rank, async || order.lock().expect("a lock").push(name)).await }
            });
            until_waiting(&gate, n + 1).await;
        }
        gate.through(Rank::Now, async || order.lock().expect("a lock").push("now")).await;
        held.pop();
        waiting.join_all().await;
        assert_eq!(*order.lock().expect("a lock"), ["now", "a", "b", "long", "ahead", "aside"]);
        drop(held);
        assert_eq!(gate.state().out, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn what_hangs_holds_up_nobody_and_whoever_gives_up_leaves_no_trace() {
        let (gate, begun) = (Gate::default(), Instant::now());
        let mut hung = JoinSet::new();
        for _ in 0..FIRST + 5 {
            let gate = gate.clone();
            hung.spawn(async move { gate.through(Rank::Next(Reverse(9)), pending::<()>).await });
        }
        until_waiting(&gate, 5).await;
        assert!(timeout(TURN / 2, gate.through(Rank::Ahead, async || ())).await.is_err());
        gate.through(Rank::Next(Reverse(0)), async || ()).await;
        assert!((TURN..TURN * 2).contains(&begun.elapsed()), "{:?}", begun.elapsed());
        hung.shutdown().await;
        let state = gate.state();
        assert_eq!((state.out, state.waiting.len()), (0, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_is_asked_for_in_a_second_than_is_read() {
        let (gate, begun) = (Gate::default(), Instant::now());
        for _ in 0..=BURST {
            gate.through(Rank::Ahead, async || ()).await;
        }
        assert!(begun.elapsed() < Duration::from_millis(5), "{:?}", begun.elapsed());
        for _ in 0..rate() * 2 {
            gate.through(Rank::Ahead, async || ()).await;
        }
        let took = begun.elapsed().as_secs_f64();
        assert!((1.9..2.2).contains(&took), "{took} s");
    }

    #[tokio::test(start_paused = true)]
    async fn the_farther_aws_is_the_more_are_on_their_way() {
        let gate = Gate::default();
        let limit = async |latency: u64| {
            for _ in 0..200 {
                gate.through(Rank::Ahead, async || note(Duration::from_millis(latency))).await;
            }
            gate.state().limit
        };
        let (near, far) = (limit(1).await, limit(10_000).await);
        assert_eq!((near, far), LIMITS);
        note(Duration::from_millis(1));
        assert_eq!(gate.state().limit, far, "what is no page does not count");
    }
}
