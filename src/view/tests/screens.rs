//! Every screen as it is: a file holds one of them at every size, in every theme and in ASCII.
//!
//! Beside the text stands one letter a cell for what it looks like; what is the same in a light terminal as in a
//! dark one stands there once.

#![cfg(test)]

use super::states::STATES;
use super::*;
use crate::app::prose::{Tone, line_width};
use crate::domain::Tint;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

const LEGEND: &str = ". text  b bold  d dim  u underlined  f frame  a accent  r danger  y doubt  g good  \
                      1-6 an account's colour; a capital letter or #: on a ground, or reversed";

/// One letter a cell: what it looks like, not what stands there.
fn styles(buffer: &Buffer, palette: &Palette) -> Vec<String> {
    let tints = [Tint::Red, Tint::Green, Tint::Yellow, Tint::Blue, Tint::Magenta, Tint::Cyan];
    let tones =
        [('d', Tone::Dim), ('r', Tone::Danger), ('y', Tone::Doubt), ('g', Tone::Good), ('a', Tone::Accent)];
    let tints = ('1'..='6').zip(tints.map(Tone::Tint));
    let mut letters: Vec<(char, Option<Color>)> =
        tones.into_iter().chain(tints).map(|(letter, tone)| (letter, palette.tone(tone).fg)).collect();
    letters.insert(1, ('f', palette.border().lines.fg));
    let letter = |x, y| {
        let cell = &buffer[(x, y)];
        let ground = cell.modifier.contains(Modifier::REVERSED) || cell.bg != Color::Reset;
        let letter = match cell.fg {
            _ if cell.symbol() == " " && !ground => ' ',
            fg if fg == Color::Reset || Some(fg) == palette.text() => {
                let bold = [(Modifier::DIM, 'd'), (Modifier::BOLD, 'b'), (Modifier::UNDERLINED, 'u')];
                let modifier = bold.into_iter().find(|(modifier, _)| cell.modifier.contains(*modifier));
                modifier.map_or('.', |(_, letter)| letter)
            }
            fg => {
                let known = letters.iter().find(|(_, colour)| *colour == Some(fg));
                known.unwrap_or_else(|| panic!("a colour that the palette does not have: {fg:?}")).0
            }
        };
        match letter {
            '.' if ground => '#',
            letter if ground => letter.to_ascii_uppercase(),
            letter => letter,
        }
    };
    let area = buffer.area;
    let row = |y| (0..area.width).map(|x| letter(x, y)).collect::<String>();
    (0..area.height).map(row).map(|line| line.trim_end().to_owned()).collect()
}

fn section(title: &str, lines: &[String]) -> String {
    format!("== {title} ==\n{}\n", lines.join("\n"))
}

#[test]
fn every_screen_at_every_size_in_every_theme_and_in_ascii() {
    let dark = dark();
    let light = Look { palette: Palette::new(Theme::AUTO, Ground::Light, Depth::True), ..dark };
    for (name, state) in STATES {
        let mut parts = vec![format!("{LEGEND}\n")];
        for (width, height) in SIZES {
            let app = state(width, height);
            let size = format!("{width}x{height}");
            let shown = drawn(&app, &dark);
            parts.push(section(&size, &text(&shown)));
            let in_ascii = text(&drawn(&app, &ascii()));
            let other: Vec<&String> = in_ascii.iter().filter(|line| !line.is_ascii()).collect();
            assert!(other.is_empty(), "{name} {size}: {other:#?}");
            parts.push(section(&format!("{size}, ASCII"), &in_ascii));
            let in_dark = styles(&shown, &dark.palette);
            let in_light = styles(&drawn(&app, &light), &light.palette);
            if in_light == in_dark {
                parts.push(section(&format!("{size}, dark and light"), &in_dark));
            } else {
                parts.push(section(&format!("{size}, dark"), &in_dark));
                parts.push(section(&format!("{size}, light"), &in_light));
            }
            let colourless = colourless();
            let without = styles(&drawn(&app, &colourless), &colourless.palette);
            parts.push(section(&format!("{size}, without colours"), &without));
        }
        insta::assert_snapshot!(name, parts.join("\n"));
    }
}

#[test]
fn without_colours_no_cell_has_one_and_sixteen_are_those_of_the_terminal() {
    for (name, state) in STATES {
        let app = state(120, 40);
        for cell in &drawn(&app, &colourless()).content {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
        }
        for theme in Theme::names().map(|name| name.parse().expect("a theme")) {
            let palette = Palette::new(theme, Ground::Light, Depth::Sixteen);
            for cell in &drawn(&app, &Look { palette, glyphs: Glyphs::Unicode }).content {
                let own = [cell.fg, cell.bg].iter().any(|c| matches!(c, Color::Rgb(..) | Color::Indexed(_)));
                assert!(!own, "{name} {theme:?}: {cell:?}");
            }
        }
    }
}

#[test]
fn no_line_of_a_sheet_is_wider_than_its_place() {
    for (name, state) in STATES {
        for (width, height) in SIZES.into_iter().chain([(60, 20), (40, 8), (109, 30), (110, 30)]) {
            for sheet in state(width, height).sheets() {
                let room = usize::from(sheet.area.inner().width);
                let rows = usize::from(sheet.area.inner().height);
                assert!(sheet.lines.len() <= rows, "{name} {width}x{height}: {} lines", sheet.lines.len());
                for line in &sheet.lines {
                    let words: String = line.iter().map(|piece| piece.text.as_str()).collect();
                    assert!(line_width(line) <= room, "{name} {width}x{height}: {words:?} in {room}");
                }
            }
        }
    }
}
