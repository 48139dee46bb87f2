//! Screens as they are, and what no screen may ever do.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::{Depth, Glyphs, Look, Palette, draw};
use crate::app::App;
use crate::app::sample::{self, press};
use crate::domain::{Ground, Theme};

mod contrast;
mod screens;
mod states;
mod text;

fn dark() -> Look {
    Look { palette: Palette::new(Theme::AUTO, Ground::Dark, Depth::True), glyphs: Glyphs::Unicode }
}

fn colourless() -> Look {
    Look { palette: Palette::new(Theme::Colourless, Ground::Dark, Depth::True), glyphs: Glyphs::Unicode }
}

fn ascii() -> Look {
    Look { glyphs: Glyphs::Ascii, ..colourless() }
}

fn drawn(app: &App, look: &Look) -> Buffer {
    let size = app.size();
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a terminal");
    terminal.draw(|frame| draw(app, look, frame)).expect("a frame");
    terminal.backend().buffer().clone()
}

fn text(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..area.height).map(row).map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn no_two_rows_look_alike() {
    for (width, height) in [(80, 24), (60, 24), (120, 40)] {
        let app = sample::twins(width, height);
        let lines = text(&drawn(&app, &dark()));
        let mut rows: Vec<String> =
            lines.iter().filter(|line| line.contains("twin")).map(|line| line.replace('▌', " ")).collect();
        let all = rows.len();
        assert!(all > 10, "{lines:#?}");
        rows.sort();
        rows.dedup();
        assert_eq!(rows.len(), all, "{lines:#?}");
    }
}

#[test]
fn a_screen_of_any_size_is_drawn() {
    for (width, height) in
        [(1, 1), (20, 5), (39, 8), (40, 7), (40, 8), (79, 24), (220, 60), (400, 100), (3, 100)]
    {
        for chords in ["?", "o", "A", "ctrl-s", "/", "h", "Enter", "J"] {
            let mut app = sample::app(width, height);
            press(&mut app, chords);
            let lines = text(&drawn(&app, &dark()));
            let tiny = width < 40 || height < 8;
            assert_eq!(
                tiny,
                lines[0].starts_with(&"too small"[..9.min(usize::from(width))]),
                "{width}x{height}"
            );
        }
    }
}

#[test]
fn a_frame_over_a_hundred_thousand_rows_builds_those_on_the_screen() {
    let mut app = sample::crowd(200, 50);
    press(&mut app, "G");
    assert_eq!(app.table().rows.len(), 45);
    let lines = text(&drawn(&app, &dark()));
    assert_eq!(
        lines.iter().filter(|line| line.contains("orders-")).count(),
        46,
        "45 rows, and the details of one"
    );
    assert!(lines[1].contains("100,000 of 100,000"), "{}", lines[1]);
}
