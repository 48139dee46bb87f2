//! The application as a value: messages in, effects out.
//!
//! [`App::update`] only routes. Nothing here names a terminal, a clock, a file or a runtime: time
//! arrives as [`Msg::Clock`], and what is to be done outside leaves as [`Effect`]s.

pub mod layout;
mod message;
mod options;
pub mod prose;

use jiff::Timestamp;

pub use message::{Answer, Effect, Mishap, Msg, Notice, Question, Ticket, Which};
pub use options::{Badges, Options, World};

use crate::domain::Inventory;
use crate::input::Event;
use layout::Size;

/// The application.
#[derive(Debug, Clone)]
pub struct App {
    inventory: Inventory,
    options: Options,
    dirty: bool,
}

impl App {
    /// An application that knows nothing of AWS yet.
    pub fn new(options: Options) -> Self {
        Self { inventory: Inventory::default(), options, dirty: true }
    }

    /// Takes in one message and tells what is to be done outside.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        self.dirty = true;
        match msg {
            Msg::Input(Event::Resize { width, height }) => self.options.size = Size { width, height },
            Msg::Clock(now) => self.options.now = now,
            Msg::Report(report) => {
                self.inventory.apply(report);
            }
            Msg::Input(_) | Msg::Answer(..) | Msg::Notice(_) => {}
        }
        Vec::new()
    }

    /// Whether what is on the screen is not what should be there; asking takes note that it is drawn now.
    pub fn needs_frame(&mut self) -> bool {
        std::mem::take(&mut self.dirty)
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.options.now
    }

    /// Everything that is known of AWS.
    pub fn inventory(&self) -> &Inventory {
        &self.inventory
    }
}
