//! The pace of calls in one account and region: a token bucket in front of the SDK.
//!
//! AWS allows an account and region about 300 requests at once and 12 a second, and everybody's
//! tools share them: we take a third of the burst and half of the rate. A throttling answer
//! voids what was saved and halves the rate; every ten seconds without one double it again.
//! The SDK's adaptive retries do this too, but with one limiter for everything (an account that
//! is throttled would slow all the others).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Calls that may be made at once after a rest.
const BURST: f64 = 100.0;
/// Calls a second in the long run.
const REFILL: f64 = 6.0;
/// The slowest pace, in calls a second.
const SLOWEST: f64 = REFILL / 8.0;
/// How long a pace is kept before it is doubled again.
const RECOVERY: Duration = Duration::from_secs(10);
/// Throttling answers within this time are of one burst and count once.
const ONE_BURST: Duration = Duration::from_secs(1);

/// Lets calls through at the pace of one account and region.
#[derive(Debug)]
pub(super) struct Pace(Mutex<Bucket>);

#[derive(Debug)]
struct Bucket {
    /// Below zero when calls are waiting: each has taken its token in advance.
    tokens: f64,
    rate: f64,
    settled: Instant,
    slowed: Option<Instant>,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Bucket { tokens: BURST, rate: REFILL, settled: Instant::now(), slowed: None }))
    }

    /// Waits for this call's turn; turns come in the order in which they were asked for.
    pub(super) async fn turn(&self) {
        let wait = self.bucket(Bucket::take);
        if !wait.is_zero() {
            sleep(wait).await;
        }
    }

    /// Takes note that AWS asked to slow down.
    pub(super) fn slow_down(&self) {
        self.bucket(Bucket::slow_down);
    }

    fn bucket<T>(&self, change: impl FnOnce(&mut Bucket) -> T) -> T {
        // A bucket is whole after every change, so a panic elsewhere does not spoil it.
        let mut bucket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bucket.settle(Instant::now());
        change(&mut bucket)
    }
}

impl Bucket {
    fn settle(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.settled);
        self.tokens = (self.tokens + passed.as_secs_f64() * self.rate).min(BURST);
        self.settled = now;
        while let Some(slowed) = self.slowed {
            if now.saturating_duration_since(slowed) < RECOVERY {
                break;
            }
            self.rate = (self.rate * 2.0).min(REFILL);
            self.slowed = (self.rate < REFILL).then_some(slowed + RECOVERY);
        }
    }

    fn take(&mut self) -> Duration {
        self.tokens -= 1.0;
        Duration::from_secs_f64((-self.tokens / self.rate).max(0.0))
    }

    fn slow_down(&mut self) {
        if self.slowed.is_some_and(|slowed| self.settled.saturating_duration_since(slowed) < ONE_BURST) {
            return;
        }
        self.tokens = self.tokens.min(0.0);
        self.rate = (self.rate / 2.0).max(SLOWEST);
        self.slowed = Some(self.settled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn seconds_for(pace: &Pace, calls: usize) -> f64 {
        let start = Instant::now();
        for _ in 0..calls {
            pace.turn().await;
        }
        start.elapsed().as_secs_f64()
    }

    fn near(seconds: f64, wanted: f64) {
        assert!((seconds - wanted).abs() < 0.1, "{seconds} s, not {wanted} s");
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_goes_at_once_and_the_rest_at_six_a_second() {
        let pace = Pace::new();
        near(seconds_for(&pace, 100).await, 0.0);
        near(seconds_for(&pace, 60).await, 10.0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_fills_the_burst_again_and_no_more() {
        let pace = Pace::new();
        seconds_for(&pace, 100).await;
        tokio::time::advance(Duration::from_hours(1)).await;
        near(seconds_for(&pace, 106).await, 1.0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_throttling_answer_halves_the_pace_for_a_while() {
        let pace = Pace::new();
        pace.slow_down();
        pace.slow_down();
        near(seconds_for(&pace, 6).await, 2.0);
        tokio::time::advance(Duration::from_secs(10)).await;
        pace.bucket(|bucket| bucket.tokens = 0.0);
        near(seconds_for(&pace, 6).await, 1.0);
    }

    #[tokio::test(start_paused = true)]
    async fn the_pace_never_stops_altogether() {
        let pace = Pace::new();
        for _ in 0..20 {
            pace.slow_down();
            tokio::time::advance(Duration::from_secs(2)).await;
        }
        pace.bucket(|bucket| bucket.tokens = 0.0);
        near(seconds_for(&pace, 3).await, 4.0);
    }
}
