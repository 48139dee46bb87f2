//! What the application is told when it begins.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::Access;
use crate::input::Keymap;
use crate::plan::Profiles;
use crate::query::Filter;

use super::layout::Size;

/// What the application is told when it begins.
#[derive(Debug, Clone)]
pub struct Options {
    /// What time it is.
    pub now: Timestamp,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// What the header says of the whole program.
    pub badges: Badges,
    /// How the AWS CLI gets to the accounts, for the commands that are handed over.
    pub profiles: Profiles,
    /// The bindings in force.
    pub keymap: Keymap,
    /// The filter to begin with.
    pub filter: Filter,
    /// The size of the screen.
    pub size: Size,
}

/// What the header says of the whole program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badges {
    /// Whether AWS is the demo cloud.
    pub world: World,
    /// The endpoint, where it is not AWS's own.
    pub endpoint: Option<String>,
    /// Whether any change can be made.
    pub access: Access,
}

/// What stands behind the deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// AWS, or what the endpoint leads to.
    Real,
    /// The demo cloud.
    Demo,
}
