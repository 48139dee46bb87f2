//! The application on a screen: a function of [`App`] and [`Look`], drawn cell by cell.
//!
//! Nothing is decided here but where cells go and how they look. Styles are in the palette only;
//! what is drawn is built for the rows on the screen only.

mod look;

use ratatui::Frame;
use ratatui::text::Line;

pub use look::{Depth, Glyphs, Look, Palette, Theme};

use crate::app::App;

/// Draws the application.
pub fn draw(app: &App, look: &Look, frame: &mut Frame<'_>) {
    let coverage = app.inventory().coverage();
    let line = Line::styled(format!(" snapdeck  {} snapshots", coverage.snapshots), look.palette.header);
    frame.render_widget(line, frame.area());
}
