//! The lines at the top and at the bottom: header, prompt, notice and hints.

use ratatui::layout::Position;

use crate::app::App;
use crate::app::layout::Rect;
use crate::app::prose::{Piece, Tone, line_width};

use super::canvas::Canvas;

/// Draws how much has been read, the badges, and who we are.
pub(super) fn header(app: &App, canvas: &mut Canvas<'_>, rect: Rect) {
    let header = app.header();
    let end = rect.x + rect.width;
    canvas.line(rect.x + 1, rect.y, rect.width.saturating_sub(2), &header.left);
    canvas.line_before(end.saturating_sub(1), rect.y, rect.width.saturating_sub(2), &header.right);
}

/// Draws the line that is typed in and what is beneath it; gives the cursor's place.
pub(super) fn prompt(app: &App, canvas: &mut Canvas<'_>, rect: Rect) -> Option<Position> {
    let prompt = app.prompt()?;
    let room = rect.width.saturating_sub(4);
    let sign = Piece::new(Tone::Accent, format!("{} ", prompt.sign));
    let at = canvas.line(rect.x + 1, rect.y, 2, &[sign]);
    let (text, column) = prompt.line.window(usize::from(room));
    canvas.line(at, rect.y, room, &[Piece::plain(text)]);
    beneath(canvas, (at, rect.y + 1), room, &prompt.below);
    Some(Position::new(at + u16::try_from(column).unwrap_or(room).min(room), rect.y))
}

/// Draws as many pieces as there is room for, none of them in part but a first that is too long, and that there are more.
fn beneath(canvas: &mut Canvas<'_>, (x, y): (u16, u16), room: u16, pieces: &[Piece]) {
    if line_width(pieces) <= usize::from(room) {
        canvas.line(x, y, room, pieces);
        return;
    }
    let room = room.saturating_sub(1);
    let fits = |count: &usize| line_width(&pieces[..*count]) <= usize::from(room);
    let whole = (1..=pieces.len()).take_while(fits).last().unwrap_or(1);
    let at = canvas.line(x, y, room, &pieces[..whole]);
    canvas.line(at, y, 1, &[Piece::new(Tone::Dim, "…")]);
}

/// Draws what the user is told, then as many hints as there is room for.
pub(super) fn hints(app: &App, canvas: &mut Canvas<'_>, rect: Rect) {
    let mut at = rect.x + 1;
    let end = rect.x + rect.width;
    if let Some(notice) = app.notice() {
        let piece = Piece::new(notice.tone, &notice.text);
        at = canvas.line(at, rect.y, end.saturating_sub(at + 1), &[piece]) + 3;
    }
    for hint in app.hints() {
        let pieces =
            [Piece::new(Tone::Accent, hint.chord), Piece::new(Tone::Dim, format!(" {}", hint.label))];
        let wide = u16::try_from(line_width(&pieces)).unwrap_or(u16::MAX);
        if at.saturating_add(wide) >= end {
            // A shorter one further on may still fit, but the order is the order of use.
            break;
        }
        at = canvas.line(at, rect.y, wide, &pieces) + 2;
    }
}
