//! Sheets: pickers, dialogs and texts that lie over the deck.

use ratatui::layout::Position;

use crate::app::Sheet;
use crate::app::layout::Rect;
use crate::app::prose::{Piece, Tone};

use super::canvas::Canvas;

/// Draws a sheet; gives the cursor's place where one is typed in.
pub(super) fn sheet(sheet: &Sheet, canvas: &mut Canvas<'_>) -> Option<Position> {
    canvas.clear(sheet.area);
    let style = canvas.look.palette.focus();
    canvas.border(sheet.area, style, &[Piece::new(Tone::Strong, &sheet.title)], &sheet.foot);
    let inner = sheet.area.inner();
    for (n, line) in (0u16..).zip(&sheet.lines).take(usize::from(inner.height)) {
        canvas.line(inner.x, inner.y + n, inner.width, line);
        if sheet.at == Some(usize::from(n)) {
            canvas.ground(Rect::new(inner.x, inner.y + n, inner.width, 1), canvas.look.palette.cursor());
        }
    }
    let entry = sheet.entry.as_ref()?;
    let clamp = |n: usize, most: u16| u16::try_from(n).unwrap_or(most).min(most);
    let x = inner.x + clamp(entry.column, inner.width.saturating_sub(1));
    let y = inner.y + clamp(entry.line, inner.height.saturating_sub(1));
    Some(Position::new(x, y))
}
