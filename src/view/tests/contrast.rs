//! Whether everything on every screen can be read: the pairs of colours that the screens use, not those of a list.

#![cfg(test)]

use std::collections::BTreeSet;

use super::states::STATES;
use super::*;
use crate::app::prose::Tone;
use crate::domain::Colours;
use crate::view::theme::inks;

/// What text needs (WCAG 2.2, 1.4.3), and what text needs that everybody can read (1.4.6).
const READABLE: f64 = 4.5;
const EASY: f64 = 7.0;
/// What lines need that part things (1.4.11).
const SEEN: f64 = 3.0;

type Rgb = (u8, u8, u8);

const THEMES: [(Colours, Ground); 6] = [
    (Colours::Usual, Ground::Dark),
    (Colours::Usual, Ground::Light),
    (Colours::HighContrast, Ground::Dark),
    (Colours::HighContrast, Ground::Light),
    (Colours::ColourBlind, Ground::Dark),
    (Colours::ColourBlind, Ground::Light),
];

/// A foreground on a background, and whether a line is drawn in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    fg: Color256,
    bg: Color256,
    line: bool,
}

/// A colour that can be put in order; `None` is the terminal's own.
type Color256 = Option<Rgb>;

fn rgb(colour: Color) -> Color256 {
    match colour {
        Color::Reset => None,
        Color::Rgb(red, green, blue) => Some((red, green, blue)),
        Color::Indexed(n @ 232..) => Some((8 + 10 * (n - 232), 8 + 10 * (n - 232), 8 + 10 * (n - 232))),
        Color::Indexed(n @ 16..) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            Some((step((n - 16) / 36), step((n - 16) / 6 % 6), step((n - 16) % 6)))
        }
        other => panic!("what {other:?} looks like only the terminal knows"),
    }
}

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let light =
        |(red, green, blue): Rgb| 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    let (a, b) = (light(a) + 0.05, light(b) + 0.05);
    a.max(b) / a.min(b)
}

/// Every pair that any screen shows.
fn pairs(palette: Palette) -> BTreeSet<Pair> {
    let look = Look { palette, glyphs: Glyphs::Unicode };
    let mut pairs = BTreeSet::new();
    for (_, state) in STATES {
        for (width, height) in [(80, 24), (200, 50)] {
            for cell in &drawn(&state(width, height), &look).content {
                if cell.symbol() != " " {
                    let line = "─│┌┐└┘".contains(cell.symbol());
                    pairs.insert(Pair { fg: rgb(cell.fg), bg: rgb(cell.bg), line });
                }
            }
        }
    }
    pairs
}

#[test]
fn every_pair_of_colours_on_the_screens_can_be_read() {
    let mut faint = Vec::new();
    for (colours, ground) in THEMES {
        let made_for = &inks(colours, ground).made_for;
        let needed = if colours == Colours::HighContrast { EASY } else { READABLE };
        for depth in [Depth::TwoFiftySix, Depth::True] {
            let palette = Palette::new(Theme::Coloured { colours, ground: Some(ground) }, ground, depth);
            let pairs = pairs(palette);
            assert!(pairs.len() > 12, "{colours:?} {ground:?}: {pairs:?}");
            for Pair { fg, bg, line } in pairs {
                let own = made_for.iter().map(|own| (*own, *own == made_for[0]));
                let grounds: Vec<(Rgb, bool)> = bg.map_or_else(|| own.collect(), |bg| vec![(bg, true)]);
                // What a terminal shows as its text on its own background, it answers for itself.
                let Some(fg) = fg else {
                    assert_eq!(bg, None, "{colours:?} {ground:?}: the terminal's text on a ground of ours");
                    continue;
                };
                for (bg, plainest) in grounds {
                    let needed = if line && !plainest { SEEN } else { needed };
                    let found = contrast(fg, bg);
                    if found < needed {
                        faint.push(format!(
                            "{colours:?} {ground:?} {depth:?}: {fg:?} on {bg:?} {found:.2} < {needed}"
                        ));
                    }
                }
            }
        }
    }
    assert!(faint.is_empty(), "{faint:#?}");
}

#[test]
fn an_accounts_colour_can_be_read_whichever_it_is() {
    use crate::domain::Tint;
    for (colours, ground) in THEMES {
        let inks = inks(colours, ground);
        for depth in [Depth::TwoFiftySix, Depth::True] {
            let palette = Palette::new(Theme::Coloured { colours, ground: Some(ground) }, ground, depth);
            let grounds =
                [palette.cursor().bg, palette.rest().bg].map(|bg| bg.and_then(rgb).expect("a ground"));
            for tint in [Tint::Red, Tint::Green, Tint::Yellow, Tint::Blue, Tint::Magenta, Tint::Cyan] {
                let fg = palette.tone(Tone::Tint(tint)).fg.and_then(rgb).expect("a colour");
                for bg in inks.made_for.iter().copied().chain(grounds) {
                    let found = contrast(fg, bg);
                    assert!(found >= READABLE, "{colours:?} {ground:?} {tint:?} on {bg:?}: {found:.2}");
                }
            }
        }
    }
}

/// How three kinds of colour blindness see a colour (Machado, Oliveira, Fernandes 2009), in linear light.
const BLINDNESS: [(&str, [[f64; 3]; 3]); 3] = [
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// A colour as an eye of this kind sees it, in CIE Lab.
fn seen(matrix: &[[f64; 3]; 3], (red, green, blue): Rgb) -> [f64; 3] {
    const TO_XYZ: [[f64; 3]; 3] =
        [[0.433_9, 0.376_2, 0.189_9], [0.212_6, 0.715_2, 0.072_2], [0.017_7, 0.109_5, 0.872_8]];
    let times = |matrix: &[[f64; 3]; 3], light: [f64; 3]| {
        matrix.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
    };
    let light = times(matrix, [linear(red), linear(green), linear(blue)]);
    let root = |part: f64| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 };
    let [x, y, z] = times(&TO_XYZ, light).map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn what_is_told_by_colour_is_told_to_the_colour_blind_too() {
    for ground in [Ground::Dark, Ground::Light] {
        for depth in [Depth::TwoFiftySix, Depth::True] {
            let theme = Theme::Coloured { colours: Colours::ColourBlind, ground: None };
            let palette = Palette::new(theme, ground, depth);
            let colour = |tone| palette.tone(tone).fg.and_then(rgb).expect("a colour");
            for (kind, matrix) in &BLINDNESS {
                for (a, b) in
                    [(Tone::Danger, Tone::Good), (Tone::Danger, Tone::Doubt), (Tone::Doubt, Tone::Good)]
                {
                    let (seen_a, seen_b) = (seen(matrix, colour(a)), seen(matrix, colour(b)));
                    let apart = seen_a.iter().zip(seen_b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(
                        apart >= 20.0,
                        "{ground:?} {depth:?} {kind}: {a:?} and {b:?} are {apart:.1} apart"
                    );
                }
            }
        }
    }
}
