//! The time in the cloud: it starts where the fleet says and passes as tokio's clock does.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

/// A clock that a paused tokio clock pauses too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Timestamp,
    born: Instant,
    speed: f64,
}

impl Clock {
    /// Starts now at `start`; work is done `speed` times as fast as time passes
    /// (not at all, if that is negative or no number).
    pub(crate) fn new(start: Timestamp, speed: f64) -> Self {
        Self { start, born: Instant::now(), speed: speed.max(0.0) }
    }

    /// The time in the cloud.
    pub(crate) fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.elapsed()).unwrap_or(SignedDuration::MAX);
        self.start.saturating_add(elapsed).expect("BUG: a duration in seconds has no calendar units")
    }

    /// Seconds of work that a copy could have done since the start.
    pub(crate) fn worked(&self) -> f64 {
        self.elapsed().as_secs_f64() * self.speed
    }

    fn elapsed(&self) -> Duration {
        self.born.elapsed()
    }
}
