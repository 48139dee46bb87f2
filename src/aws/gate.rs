//! How many pages are on their way at once, whatever their scopes, and which of those that wait goes next.
//!
//! Every page takes some milliseconds of a processor to read. Asked for all at once, thousands of pages would lie in
//! memory until it is their turn. So no more are asked for in a second than the processors read, and as many are on their
//! way as they read in the time that an answer takes: few where AWS is near, many where it is far.
//!
//! The longest list decides when all is read, and which one that is nobody knows. So first pages have room of their own,
//! that none begins late, and of all others those go first whose lists have had the most pages: the longer a list was
//! already, the longer it is likely to be. Of lists that have had as many, the one is likely to be the longest that has
//! got least far in the alphabet. What hangs holds up nobody: after a while it does not count.
//!
//! How full a first page is nobody knows before either, and a fleet of many small scopes has next to nothing else. So what
//! a page turns out not to hold is given back, and the emptier first pages were of late, the more are on their way.

use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until};

use crate::domain::{Region, catalogue};

/// Pages that one processor reads in a second: some 150 of 100 rows.
const READ: u32 = 150;

/// The fewest and the most that are on their way at once: the most take some 10 MB when they come all together.
const LIMITS: (usize, usize) = (16, 32);

/// What share it takes of the time of a full page to ask for one and find it empty.
const ASKING: u32 = 4;

/// How many are before the first answer has come.
const FIRST: usize = 32;

/// How many pages are on their way at once that are mostly empty; while others wait or lists begin, half as many as of
/// those that begin: what has been read to its end takes no more memory.
const EMPTY: usize = 96;

/// What a full page counts.
const FULL: u32 = 1 << 16;

/// Pages are mostly empty that hold less than a page by this.
const MOSTLY_EMPTY: u32 = 4;

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
    /// Of a list that is mostly empty: it does not count among the others.
    Aside,
    /// Read ahead of its list: it waits for those that are next.
    Ahead,
    /// The next one of a list that has had so many, and has got so far.
    Next(usize, Reached),
    /// Somebody asked for this one: it waits for nobody.
    Now,
}

/// How far a list has got in the alphabet, by the name of its last row; before the first page, whose turn it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reached([u8; 8]);

impl Reached {
    pub(super) fn by(name: &str) -> Self {
        let mut begin = [0; 8];
        begin.iter_mut().zip(name.bytes()).for_each(|(to, byte)| *to = byte.to_ascii_lowercase());
        Self(begin)
    }

    /// Nowhere yet: the lists of the regions in which most things are go first, which are the oldest ones.
    pub(super) fn nowhere(region: &Region) -> Self {
        let place = catalogue().iter().position(|place| place.name == region.name());
        let place = place.and_then(|place| u8::try_from(place).ok()).unwrap_or(u8::MAX);
        Self([place, 0, 0, 0, 0, 0, 0, 0])
    }
}

/// Lets pages through.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// How many are on their way, and how many may be.
    out: usize,
    limit: usize,
    /// How many of them are the first of their list.
    first: usize,
    /// How many are on their way that are mostly empty: those take next to nothing to read.
    aside: usize,
    /// How many lists of several pages are read.
    long: usize,
    /// How full first pages were of late, of [`FULL`].
    full: u32,
    /// How long an answer takes to begin.
    latency: Option<Duration>,
    /// When all that were let through will have been read.
    read_at: Instant,
    /// Who waits for the next page of a list.
    next: BTreeMap<Place, Waiting>,
    ahead: VecDeque<Waiting>,
    asides: VecDeque<Waiting>,
    /// How many have come.
    came: u64,
}

/// How many pages a list has had, how far it has got, and when it came to wait.
type Place = (usize, Reached, u64);

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
            first: 0,
            aside: 0,
            long: 0,
            full: FULL,
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

    /// Takes note of how many rows a page turned out to have, of so many that it could have.
    pub(super) fn learn(&self, rank: Rank, rows: usize, most: usize) {
        let share = (rows.min(most) * FULL as usize).checked_div(most);
        self.state().learn(rank, share.and_then(|share| u32::try_from(share).ok()).unwrap_or(FULL));
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

    fn learn(&mut self, rank: Rank, full: u32) {
        match rank {
            Rank::Aside | Rank::Now => return,
            Rank::Next(0, _) => self.full = (self.full * (COUNTED - 1) + full) / COUNTED,
            Rank::Next(1.., _) | Rank::Ahead => {}
        }
        let spared = reading() / ASKING * (ASKING - 1) * (FULL - full) / FULL;
        self.read_at = self.read_at.checked_sub(spared).unwrap_or(self.read_at);
    }

    /// How many may begin at once instead of so many full pages: more of them where first pages are mostly empty.
    fn instead_of(&self, full: usize) -> usize {
        let mostly_empty = (FULL / MOSTLY_EMPTY) as usize;
        (full * mostly_empty / self.full.max(1) as usize).clamp(full, EMPTY.max(full))
    }

    /// When the next page may be asked for; `None` for now.
    fn slot(&mut self, rank: Rank, now: Instant) -> Option<Instant> {
        if rank == Rank::Aside {
            return None;
        }
        let slot = self.read_at.checked_sub(reading() * BURST).filter(|slot| *slot > now);
        self.read_at = now.max(self.read_at) + reading();
        // A long list has one page on its way at a time: it keeps others waiting, and waits for none.
        let is_of_long = matches!(rank, Rank::Next(1.., _));
        slot.filter(|_| !is_of_long)
    }

    fn wait(&mut self, rank: Rank, tell: Waiting) {
        self.came += 1;
        match rank {
            Rank::Next(pages, reached) => _ = self.next.insert((pages, reached, self.came), tell),
            Rank::Ahead => self.ahead.push_back(tell),
            Rank::Aside | Rank::Now => self.asides.push_back(tell),
        }
    }

    /// Whoever may go now, if there is room.
    fn leave(&mut self) -> Option<(Rank, Waiting)> {
        let (rank, tell) = if let Some(place) = self.next_place() {
            (Rank::Next(place.0, place.1), self.next.remove(&place)?)
        } else if self.next.is_empty() && self.out < self.limit && !self.ahead.is_empty() {
            (Rank::Ahead, self.ahead.pop_front()?)
        } else {
            let is_busy = self.first > 0 || !(self.next.is_empty() && self.ahead.is_empty());
            let most = if is_busy { self.instead_of(self.limit / 2) } else { EMPTY };
            (Rank::Aside, self.asides.pop_front_if(|_| self.aside < most)?)
        };
        self.count(rank, true);
        Some((rank, tell))
    }

    /// Which list's next page may go.
    fn next_place(&self) -> Option<Place> {
        let (longest, _) = self.next.last_key_value()?;
        let room =
            self.limit.saturating_sub(self.out).max((self.limit / 2).saturating_sub(self.out - self.first));
        if longest.0 > 0 && room > 0 {
            return self.next.range((longest.0, Reached::default(), 0)..).next().map(|(place, _)| *place);
        }
        self.next
            .first_key_value()
            .map(|(place, _)| *place)
            .filter(|place| place.0 == 0 && self.first < self.instead_of(self.limit))
    }

    /// Counts one more or one less that is on its way.
    fn count(&mut self, rank: Rank, more: bool) {
        let step = |count: &mut usize| if more { *count += 1 } else { *count -= 1 };
        match rank {
            Rank::Aside | Rank::Now => step(&mut self.aside),
            Rank::Ahead | Rank::Next(1.., _) => step(&mut self.out),
            Rank::Next(0, _) => {
                step(&mut self.out);
                step(&mut self.first);
            }
        }
    }
}

/// Pages that are read in a second.
fn rate() -> u32 {
    // How many processors there are is read from files each time.
    static RATE: LazyLock<u32> = LazyLock::new(|| {
        let processors = available_parallelism().ok().and_then(|count| u32::try_from(count.get()).ok());
        READ * processors.unwrap_or(1)
    });
    *RATE
}

/// How long a full page is read.
fn reading() -> Duration {
    Duration::from_secs(1) / rate()
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
mod tests;
