//! Whether a screen is one that a terminal shows as it is meant; for tests.

#![cfg(test)]

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr as _;

use crate::domain::is_hidden;

/// The cells of a screen as a terminal takes them: each line ends where the screen does, and nothing in it acts.
pub(crate) fn is_sound(buffer: &Buffer) -> Result<(), String> {
    let area = buffer.area;
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            if symbol.chars().any(is_hidden) || symbol.width() == 0 {
                return Err(format!("{symbol:?} at {x},{y}"));
            }
            let next = x + u16::try_from(symbol.width()).unwrap_or(u16::MAX);
            // Half of a wide character covers what is written there.
            if let Some(covered) = (x + 1..next.min(area.width)).find(|at| buffer[(*at, y)].symbol() != " ") {
                return Err(format!("{symbol:?} at {x},{y} covers {:?}", buffer[(covered, y)].symbol()));
            }
            x = next;
        }
        if x != area.width {
            return Err(format!("line {y} is {x} wide"));
        }
    }
    Ok(())
}
