//! Journeys through the dialogs in chords: the application over the demo cloud through the real SDK, without a terminal.

mod desk;
mod flags;
mod jobs;
mod many;
mod one;
mod requests;
mod stages;
mod still;

use desk::Desk;
use snapdeck::domain::{Region, Scope};

/// An account in a region.
fn scope(account: &str, region: &str) -> Scope {
    Scope { account: account.parse().expect("an account"), region: Region::new(region) }
}
