//! The time as a command tells it.

use jiff::tz::TimeZone;

use crate::engine::Clock;

/// The time as the reader has it.
#[derive(Clone)]
pub struct Hour {
    /// What time it is.
    pub clock: Clock,
    /// The reader's zone.
    pub zone: TimeZone,
}
