//! Screens as they are, and what no screen may ever do.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::{Depth, Glyphs, Look, Palette, Theme, draw};
use crate::app::App;
use crate::app::sample::{self, press, type_in};

mod dialogs;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (150, 45), (200, 50)];

fn look(theme: Theme, glyphs: Glyphs) -> Look {
    Look { palette: Palette::new(theme, Depth::Sixteen), glyphs }
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

/// One letter a cell: what it looks like, not what stands there.
fn styles(buffer: &Buffer) -> Vec<String> {
    let letter = |x, y| {
        let cell = &buffer[(x, y)];
        let ground = cell.modifier.contains(Modifier::REVERSED) || cell.bg != Color::Reset;
        let blank = cell.symbol() == " ";
        let letter = match cell.fg {
            _ if blank && !ground => ' ',
            Color::Reset if cell.modifier.contains(Modifier::DIM) => 'd',
            Color::Reset if cell.modifier.contains(Modifier::BOLD) => 'b',
            Color::Reset if cell.modifier.contains(Modifier::UNDERLINED) => 'u',
            Color::Reset => '.',
            Color::DarkGray | Color::Gray => 'd',
            Color::Red | Color::LightRed => 'r',
            Color::Yellow => 'y',
            Color::Green => 'g',
            Color::Cyan | Color::Blue => 'a',
            Color::Magenta => 'm',
            other => panic!("a colour that the palette does not have: {other:?}"),
        };
        if ground { letter.to_ascii_uppercase() } else { letter }
    };
    let area = buffer.area;
    let row = |y| (0..area.width).map(|x| letter(x, y)).collect::<String>();
    (0..area.height).map(row).map(|line| line.trim_end().to_owned()).collect()
}

fn screen(app: &App) -> String {
    text(&drawn(app, &look(Theme::Dark, Glyphs::Unicode))).join("\n")
}

#[test]
fn the_deck_at_every_size() {
    for (width, height) in SIZES {
        insta::assert_snapshot!(format!("deck_{width}x{height}"), screen(&sample::app(width, height)));
    }
}

#[test]
fn the_deck_in_ascii_at_every_size() {
    for (width, height) in SIZES {
        let buffer = drawn(&sample::app(width, height), &look(Theme::Colourless, Glyphs::Ascii));
        let lines = text(&buffer);
        assert!(lines.iter().all(|line| line.is_ascii()), "{lines:#?}");
        insta::assert_snapshot!(format!("deck_ascii_{width}x{height}"), lines.join("\n"));
    }
}

#[test]
fn the_deck_in_every_theme_at_every_size() {
    for (width, height) in SIZES {
        for (name, theme) in
            [("dark", Theme::Dark), ("light", Theme::Light), ("colourless", Theme::Colourless)]
        {
            let buffer = drawn(&sample::app(width, height), &look(theme, Glyphs::Unicode));
            insta::assert_snapshot!(format!("styles_{name}_{width}x{height}"), styles(&buffer).join("\n"));
        }
    }
}

#[test]
fn other_panes_and_layers() {
    let mut shown: Vec<(&str, App)> = Vec::new();
    let mut at = |name, width, height, chords: &str, typed: &str| {
        let mut app = sample::app(width, height);
        if !chords.is_empty() {
            press(&mut app, chords);
        }
        type_in(&mut app, typed);
        shown.push((name, app));
    };
    at("details_80x24", 80, 24, "Enter", "");
    at("details_of_a_copy_80x24", 80, 24, "j j j Enter", "");
    at("tree_80x24", 80, 24, "h", "");
    at("wide_80x24", 80, 24, "w Right Right", "");
    at("marks_80x24", 80, 24, "Space Space j", "");
    at("filter_80x24", 80, 24, "/", "enc:none ");
    at("filter_mistake_80x24", 80, 24, "/", "enc:nonee");
    at("nothing_left_80x24", 80, 24, "/", "nowhere");
    at("command_80x24", 80, 24, ":", "s");
    at("sort_80x24", 80, 24, "o", "");
    at("accounts_80x24", 80, 24, "A Space", "");
    at("regions_80x24", 80, 24, "R", "");
    at("save_80x24", 80, 24, "ctrl-s", "");
    at("help_80x24", 80, 24, "?", "");
    at("json_80x24", 80, 24, "J", "");
    at("failure_120x40", 120, 40, "h j j j Enter", "");
    for (name, app) in shown {
        insta::assert_snapshot!(name, screen(&app));
    }
}

#[test]
fn no_two_rows_look_alike() {
    for (width, height) in [(80, 24), (60, 24), (120, 40)] {
        let app = sample::twins(width, height);
        let lines = text(&drawn(&app, &look(Theme::Dark, Glyphs::Unicode)));
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
            let lines = text(&drawn(&app, &look(Theme::Light, Glyphs::Unicode)));
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
    let lines = text(&drawn(&app, &look(Theme::Dark, Glyphs::Unicode)));
    assert_eq!(
        lines.iter().filter(|line| line.contains("orders-")).count(),
        46,
        "45 rows, and the details of one"
    );
    assert!(lines[1].contains("100,000 of 100,000"), "{}", lines[1]);
}
