//! How many pages are on their way at once, whatever their scopes, and which of those that wait goes next.
//!
//! Every page takes some milliseconds of a processor to read. Asked for all at once, thousands of pages would lie in
//! memory until it is their turn. So no more are asked for in a second than the processors read, and as many are on their
//! way as they read in the time that an answer takes: few where AWS is near, many where it is far.
//!
//! The longest list decides when all is read, and which one that is nobody knows: the longer a list was already, the
//! longer it is likely to be. So half of what is on its way belongs to the lists that have had the most pages, each of
//! which has one page on its way at most; the other half to those that are least known, so that none begins late. What
//! hangs holds up nobody: after a while it does not count.

use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until};

/// Pages that one processor reads in a second: some 200 of 100 rows.
const READ: u32 = 200;

/// The fewest and the most that are on their way at once: the most take some 30 MB when they come all together.
const LIMITS: (usize, usize) = (16, 96);

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

/// How urgent a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// Of a list that is mostly empty: it waits for all others.
    Aside,
    /// Read ahead of its list: it waits for those that are next.
    Ahead,
    /// The next one of a list that has had so many.
    Next(usize),
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
    /// How many of them are not the first of their list.
    further: usize,
    /// How many are on their way that are mostly empty: those take next to nothing to read.
    aside: usize,
    /// How many lists of several pages are read.
    long: usize,
    /// How long an answer takes to begin.
    latency: Option<Duration>,
    /// When all that were let through will have been read.
    read_at: Instant,
    /// Who waits for the next page of a list, by how many it has had, and in the order in which they came.
    next: BTreeMap<(usize, u64), Waiting>,
    ahead: VecDeque<Waiting>,
    asides: VecDeque<Waiting>,
    /// How many have come.
    came: u64,
}

/// Somebody who waits.
type Waiting = oneshot::Sender<Pass>;

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
    THROUGH.try_with(|(_, rank)| *rank != Rank::Aside).unwrap_or(false)
}

impl Default for State {
    fn default() -> Self {
        Self {
            out: 0,
            limit: FIRST,
            further: 0,
            aside: 0,
            long: 0,
            latency: None,
            read_at: Instant::now(),
            next: BTreeMap::new(),
            ahead: VecDeque::new(),
            asides: VecDeque::new(),
            came: 0,
        }
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
        let (tell, told) = oneshot::channel();
        self.state().wait(rank, tell);
        self.let_through();
        told.await.expect("BUG: whoever waits is forgotten")
    }

    /// Lets everybody through for whom there is room.
    fn let_through(&self) {
        loop {
            let Some((rank, tell)) = self.state().leave() else { return };
            if let Err(mut unused) = tell.send(Pass(Some((self.clone(), rank)))) {
                // Whoever waited has given up.
                unused.0 = None;
                self.state().count(rank, false);
            }
        }
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

    fn wait(&mut self, rank: Rank, tell: Waiting) {
        self.came += 1;
        match rank {
            Rank::Next(pages) => _ = self.next.insert((pages, self.came), tell),
            Rank::Ahead => self.ahead.push_back(tell),
            Rank::Aside | Rank::Now => self.asides.push_back(tell),
        }
    }

    /// Whoever may go now, if there is room.
    fn leave(&mut self) -> Option<(Rank, Waiting)> {
        let pages_wait = !(self.next.is_empty() && self.ahead.is_empty());
        let (rank, tell) = if !pages_wait {
            (Rank::Aside, self.asides.pop_front_if(|_| self.aside < EMPTY)?)
        } else if self.out >= self.limit {
            return None;
        } else if let Some(place) = self.most_urgent() {
            (Rank::Next(place.0), self.next.remove(&place)?)
        } else {
            (Rank::Ahead, self.ahead.pop_front()?)
        };
        self.count(rank, true);
        Some((rank, tell))
    }

    /// Which list's next page is the most urgent.
    fn most_urgent(&self) -> Option<(usize, u64)> {
        let (&(most, _), _) = self.next.last_key_value()?;
        let is_for_long = most > 0 && self.further < self.limit / 2;
        let (place, _) =
            if is_for_long { self.next.range((most, 0)..).next()? } else { self.next.first_key_value()? };
        Some(*place)
    }

    /// Counts one more or one less that is on its way.
    fn count(&mut self, rank: Rank, more: bool) {
        let step = |count: &mut usize| if more { *count += 1 } else { *count -= 1 };
        match rank {
            Rank::Aside | Rank::Now => step(&mut self.aside),
            Rank::Ahead | Rank::Next(0) => step(&mut self.out),
            Rank::Next(_) => {
                step(&mut self.out);
                step(&mut self.further);
            }
        }
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
        gate.state().count(rank, false);
        gate.let_through();
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::task::{JoinSet, yield_now};
    use tokio::time::timeout;

    use super::*;

    async fn until_waiting(gate: &Gate, count: usize) {
        let waiting = |state: &State| state.next.len() + state.ahead.len() + state.asides.len();
        while waiting(&gate.state()) < count {
            yield_now().await;
        }
    }

    /// In which order these go through, of whom one is let through after the other.
    async fn order(gate: &Gate, ranks: &[(&'static str, Rank)]) -> Vec<&'static str> {
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut held = Vec::new();
        for _ in 0..FIRST {
            held.push(gate.pass(Rank::Ahead).await);
        }
        let mut waiting = JoinSet::new();
        for (n, &(name, rank)) in ranks.iter().enumerate() {
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
        drop(held);
        assert_eq!(gate.state().out, 0);
        Arc::into_inner(order).expect("nobody waits").into_inner().expect("a lock")
    }

    #[tokio::test(start_paused = true)]
    async fn what_somebody_asked_for_goes_at_once_then_lists_then_what_is_read_ahead_of_them() {
        let ranks =
            [("ahead", Rank::Ahead), ("aside", Rank::Aside), ("a", Rank::Next(0)), ("b", Rank::Next(0))];
        assert_eq!(order(&Gate::default(), &ranks).await, ["now", "a", "b", "ahead", "aside"]);
    }

    #[tokio::test(start_paused = true)]
    async fn half_belongs_to_the_longest_lists_and_half_to_the_least_known() {
        let ranks = [("first", Rank::Next(0)), ("second", Rank::Next(1)), ("long", Rank::Next(7))];
        assert_eq!(order(&Gate::default(), &ranks).await, ["now", "long", "second", "first"]);
        let gate = Gate::default();
        let mut held = Vec::new();
        for _ in 0..FIRST / 2 {
            held.push(gate.pass(Rank::Next(9)).await);
        }
        let mut further = JoinSet::new();
        for rank in [Rank::Next(9), Rank::Next(0)] {
            let gate = gate.clone();
            further.spawn(async move { (gate.pass(rank).await, rank) });
        }
        // There is room for both; of what is left nothing belongs to the long ones before others.
        assert_eq!(further.join_all().await.len(), 2);
        for _ in held.len()..FIRST {
            held.push(gate.pass(Rank::Ahead).await);
        }
        let mut waiting = JoinSet::new();
        for (n, rank) in [Rank::Next(9), Rank::Next(0)].into_iter().enumerate() {
            let own = gate.clone();
            waiting.spawn(async move { (own.pass(rank).await, rank) });
            until_waiting(&gate, n + 1).await;
        }
        held.pop();
        let (_pass, rank) = waiting.join_next().await.expect("one").expect("no panic");
        assert_eq!(rank, Rank::Next(0));
    }

    #[tokio::test(start_paused = true)]
    async fn what_hangs_holds_up_nobody_and_whoever_gives_up_leaves_no_trace() {
        let (gate, begun) = (Gate::default(), Instant::now());
        let mut hung = JoinSet::new();
        for _ in 0..FIRST + 5 {
            let gate = gate.clone();
            hung.spawn(async move { gate.through(Rank::Next(9), pending::<()>).await });
        }
        until_waiting(&gate, 5).await;
        assert!(timeout(TURN / 2, gate.through(Rank::Ahead, async || ())).await.is_err());
        gate.through(Rank::Next(0), async || ()).await;
        assert!((TURN..TURN * 2).contains(&begun.elapsed()), "{:?}", begun.elapsed());
        hung.shutdown().await;
        let state = gate.state();
        assert_eq!((state.out, state.further, state.next.len()), (0, 0, 0));
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
