//! What a user can press, and what it means: chords, events, actions, and the table that binds them.
//!
//! Nothing here knows a terminal: who reads one turns what arrives into an [`Event`]. Every binding
//! is declared once, in [`Keymap`]'s table; hints and help are derived from it.

mod action;
mod bindings;
mod chord;
mod context;
mod event;
mod keymap;

pub use action::Action;
pub use chord::{BadChord, Chord, Key, Modifiers};
pub use context::{Context, Group};
pub use event::{Event, Turn};
pub use keymap::{Binding, Keymap, Mistake};
