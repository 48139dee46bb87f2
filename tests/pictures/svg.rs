//! A terminal's screen as an SVG picture: text as text, lines and blocks as shapes.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// The size of a cell in the picture.
const WIDTH: f32 = 8.4;
const HEIGHT: f32 = 18.0;

/// The frame around the screen.
const EDGE: f32 = 14.0;

/// The colours of a terminal that has chosen none of its own: a ground, a text, and the sixteen.
pub(crate) struct Colours {
    pub(crate) ground: &'static str,
    pub(crate) text: &'static str,
    pub(crate) sixteen: [&'static str; 16],
}

pub(crate) const DARK: Colours = Colours {
    ground: "#0d1117",
    text: "#d7dde4",
    sixteen: [
        "#0d1117", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#b1bac4", "#6e7681",
        "#ffa198", "#a5f3b0", "#f2cc60", "#a5d6ff", "#e2c5ff", "#b3f0ff", "#f0f6fc",
    ],
};

pub(crate) const LIGHT: Colours = Colours {
    ground: "#ffffff",
    text: "#1f2328",
    sixteen: [
        "#1f2328", "#cf222e", "#116329", "#9a6700", "#0969da", "#8250df", "#1b7c83", "#6e7781", "#57606a",
        "#a40e26", "#1a7f37", "#633c01", "#218bff", "#a475f9", "#3192aa", "#8c959f",
    ],
};

/// Draws a screen.
pub(crate) fn draw(screen: &Screen, colours: &Colours) -> String {
    let (rows, cols) = screen.size();
    let (width, height) =
        (f32::from(cols.get()) * WIDTH + 2.0 * EDGE, f32::from(rows.get()) * HEIGHT + 2.0 * EDGE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\" xml:space=\"preserve\">\n",
        colours.ground
    );
    for row in 0..rows.get() {
        draw_row(screen, row, cols.get(), colours, &mut svg);
    }
    svg + "</g>\n</svg>\n"
}

fn draw_row(screen: &Screen, row: u16, cols: u16, colours: &Colours, svg: &mut String) {
    let mut shapes = String::new();
    let mut texts = String::new();
    let mut col = 0;
    while col < cols {
        let Some(cell) = screen.cell(row, col) else { break };
        let style = Style::of(cell, colours);
        let start = col;
        let mut run = String::new();
        while col < cols {
            let Some(next) = screen.cell(row, col).filter(|next| Style::of(next, colours) == style) else {
                break;
            };
            if !next.is_wide_continuation() {
                run.push_str(if next.has_contents() { next.contents() } else { " " });
            }
            col += 1;
        }
        let (x, y) = (EDGE + f32::from(start) * WIDTH, EDGE + f32::from(row) * HEIGHT);
        let width = f32::from(col - start) * WIDTH;
        if style.back != colours.ground {
            let _ = writeln!(
                shapes,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{HEIGHT}\" fill=\"{}\"/>",
                style.back
            );
        }
        let letters: String = run.chars().map(|c| if shape(c).is_some() { ' ' } else { c }).collect();
        if !letters.trim().is_empty() {
            let _ = writeln!(
                texts,
                "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{}{}>{}</text>",
                y + 13.5,
                style.fore,
                if style.bold { " font-weight=\"bold\"" } else { "" },
                if style.underline { " text-decoration=\"underline\"" } else { "" },
                escaped(&letters)
            );
        }
        for (n, lines) in run.chars().enumerate().filter_map(|(n, c)| shape(c).map(|lines| (n, lines))) {
            #[expect(clippy::cast_precision_loss, reason = "a column of a screen is far below 2^24")]
            let left = x + n as f32 * WIDTH;
            draw_shape(left, y, lines, &style.fore, &mut shapes);
        }
    }
    svg.push_str(&shapes);
    svg.push_str(&texts);
}

/// Which arms a line drawing character has: up, right, down, left; or the part of the cell that a block fills.
#[derive(Clone, Copy)]
enum Shape {
    Arms(bool, bool, bool, bool),
    Left(f32),
}

fn shape(c: char) -> Option<Shape> {
    Some(match c {
        '─' => Shape::Arms(false, true, false, true),
        '│' => Shape::Arms(true, false, true, false),
        '┌' | '╭' => Shape::Arms(false, true, true, false),
        '┐' | '╮' => Shape::Arms(false, false, true, true),
        '└' | '╰' => Shape::Arms(true, true, false, false),
        '┘' | '╯' => Shape::Arms(true, false, false, true),
        '├' => Shape::Arms(true, true, true, false),
        '┤' => Shape::Arms(true, false, true, true),
        '┬' => Shape::Arms(false, true, true, true),
        '┴' => Shape::Arms(true, true, false, true),
        '┼' => Shape::Arms(true, true, true, true),
        '█' => Shape::Left(1.0),
        '▌' => Shape::Left(0.5),
        '▎' => Shape::Left(0.25),
        _ => return None,
    })
}

fn draw_shape(x: f32, y: f32, shape: Shape, fill: &str, out: &mut String) {
    let mut rect = |x: f32, y: f32, width: f32, height: f32| {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
    };
    let (middle, centre) = (x + WIDTH / 2.0, y + HEIGHT / 2.0);
    match shape {
        Shape::Left(part) => rect(x, y, WIDTH * part, HEIGHT),
        Shape::Arms(up, right, down, left) => {
            if up || down {
                let (top, end) = (if up { y } else { centre }, if down { y + HEIGHT } else { centre });
                rect(middle - 0.5, top, 1.0, end - top);
            }
            if left || right {
                let (from, to) = (if left { x } else { middle }, if right { x + WIDTH } else { middle });
                rect(from, centre - 0.5, to - from, 1.0);
            }
        }
    }
}

#[derive(PartialEq)]
struct Style {
    fore: String,
    back: String,
    bold: bool,
    underline: bool,
}

impl Style {
    fn of(cell: &Cell, colours: &Colours) -> Self {
        let (mut fore, mut back) =
            (colour(cell.fgcolor(), colours, colours.text), colour(cell.bgcolor(), colours, colours.ground));
        if cell.inverse() {
            std::mem::swap(&mut fore, &mut back);
        }
        Self { fore, back, bold: cell.bold(), underline: cell.underline() }
    }
}

fn colour(colour: Color, colours: &Colours, default: &str) -> String {
    match colour {
        Color::Default => default.to_owned(),
        Color::Idx(n @ 0..16) => colours.sixteen[usize::from(n)].to_owned(),
        Color::Idx(n @ 16..232) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
            let n = n - 16;
            format!("#{:02x}{:02x}{:02x}", level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        Color::Idx(n) => {
            let grey = 8 + 10 * (n - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
