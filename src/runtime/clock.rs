//! Tells the application the time when a minute has passed: ages are shown in minutes at the finest.

use std::time::Duration;

use tokio::time::sleep;

use super::Clock;
use super::desk::Outbox;
use crate::app::Msg;

/// Sends the time at the turn of each minute, for as long as the loop runs.
pub(super) fn tick(clock: Clock, outbox: Outbox) {
    tokio::spawn(async move {
        loop {
            let into_minute = clock().as_millisecond().rem_euclid(60_000).unsigned_abs();
            sleep(Duration::from_millis(60_000 - into_minute)).await;
            if !outbox.world(Msg::Clock(clock())) {
                break;
            }
        }
    });
}
