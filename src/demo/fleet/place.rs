//! Where a scope of a fleet lies, in space and time.

use jiff::Timestamp;

/// A region of an account, and the time at which the fleet begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) account: &'a str,
    pub(crate) region: &'a str,
    pub(crate) now: Timestamp,
}
