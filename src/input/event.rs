//! What arrives from a terminal, in our own words.
//!
//! Columns and rows count from 0 at the top left; pasted text is exact and may hold anything.

use super::Chord;

/// One thing that the user did, or that happened to the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A chord was pressed.
    Chord(Chord),
    /// The left button was pressed.
    Click {
        /// The column.
        col: u16,
        /// The row.
        row: u16,
    },
    /// The mouse was moved with the left button held.
    Drag {
        /// The column.
        col: u16,
    },
    /// The left button was let go.
    Release,
    /// The wheel was turned by one notch.
    Wheel {
        /// The column.
        col: u16,
        /// The row.
        row: u16,
        /// Which way.
        turn: Turn,
    },
    /// Text was pasted (bracketed paste).
    Paste(String),
    /// The terminal has another size now, in cells.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The terminal came to the front; what is on it may be stale.
    FocusIn,
}

/// Which way the wheel was turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
}
