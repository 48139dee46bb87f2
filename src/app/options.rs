//! What the application is told when it begins.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::Access;
use crate::input::Keymap;
use crate::plan::Profiles;
use crate::query::{Filter, Order, View};

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
    /// What else the first screen is to be like.
    pub opening: Opening,
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

/// What the first screen is to be like, beside its filter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opening {
    /// The fixed view.
    pub view: View,
    /// The order.
    pub order: Order,
    /// Who has the mouse.
    pub mouse: Mouse,
}

/// Who has the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mouse {
    /// The deck: clicks and the wheel are its own.
    #[default]
    Deck,
    /// The terminal, whose own selection works then.
    Terminal,
}

/// What stands behind the deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// AWS, or what the endpoint leads to.
    Real,
    /// The demo cloud.
    Demo,
}
