//! The application on a screen: a function of [`App`] and [`Look`], drawn cell by cell.
//!
//! Nothing is decided here but how things look: what there is, and where, the application says. Styles
//! are in the palette only; only the rows on the screen are built.

mod bars;
mod canvas;
mod look;
mod panes;
mod sheet;
#[cfg(test)]
pub(crate) mod sound;
#[cfg(test)]
mod tests;
mod theme;

use ratatui::Frame;

pub use look::{Glyphs, Look, Palette};
pub use theme::Depth;

use crate::app::App;
use crate::app::layout::SMALLEST;
use crate::app::prose::{Piece, Tone};
use canvas::Canvas;

/// Draws the application.
pub fn draw(app: &App, look: &Look, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut canvas = Canvas::new(frame.buffer_mut(), look);
    let Some(layout) = app.layout() else {
        let needs = format!("too small, {}x{} min", SMALLEST.width, SMALLEST.height);
        canvas.line(area.x, area.y, area.width, &[Piece::new(Tone::Doubt, needs)]);
        canvas.finish();
        return;
    };
    bars::header(app, &mut canvas, layout.header);
    if let Some(rect) = layout.tree {
        panes::tree(app, &mut canvas, rect);
    }
    if let Some(rect) = layout.table {
        panes::table(app, &mut canvas, rect);
    }
    if let Some(rect) = layout.details {
        panes::details(app, &mut canvas, rect);
    }
    if let Some(rect) = layout.strip {
        canvas.line(rect.x, rect.y, rect.width, &app.strip(rect.width));
    }
    bars::hints(app, &mut canvas, layout.hints);
    let mut cursor = layout.prompt.and_then(|rect| bars::prompt(app, &mut canvas, rect));
    for sheet in app.sheets() {
        cursor = sheet::sheet(&sheet, &mut canvas);
    }
    canvas.finish();
    if let Some(position) = cursor {
        frame.set_cursor_position(position);
    }
}
