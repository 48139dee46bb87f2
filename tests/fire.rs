//! Under fire: regions that hang, deny, throttle and garble, credentials that end, accounts that stay shut.
//!
//! The application over the real SDK, which talks HTTP to a demo cloud whose fleet has the faults. Both live in one
//! thread on tokio's paused clock, so that minutes of waiting pass at once and are measured all the same.

mod broken;
mod denied;
mod expired;
mod front;
mod many;
mod pages;
mod slow;

use front::{DR, Front, PROD, snapshots};
