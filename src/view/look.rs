//! How things look: the palettes of the themes, and the glyphs of Unicode and of ASCII.
//!
//! The only place that names a colour. Without colours every meaning is still told by words, and
//! the cursor by its bar and by reverse video.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthChar as _;

use crate::app::prose::Tone;
use crate::domain::Tint;

/// How things look on this terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The colours.
    pub palette: Palette,
    /// The characters that are ours.
    pub glyphs: Glyphs,
}

/// What the terminal's background is like, or that there are to be no colours (`NO_COLOR`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// No colours at all.
    Colourless,
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The sixteen that the user has chosen.
    Sixteen,
    /// 256.
    TwoFiftySix,
    /// Red, green and blue to the bit.
    True,
}

/// The characters that are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Lines, triangles, dots.
    Unicode,
    /// Printable ASCII only.
    Ascii,
}

/// A style for every meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    theme: Theme,
    depth: Depth,
    /// The line at the top.
    pub header: Style,
    /// Borders of panes without the focus.
    pub border: Style,
    /// The border of the pane with the focus.
    pub focus: Style,
    /// The row under the cursor, where its pane has the focus.
    pub cursor: Style,
    /// The row under the cursor, where another pane has the focus.
    pub rest: Style,
}

/// A colour at each depth: of sixteen, of 256, exact.
#[derive(Clone, Copy)]
struct Ink(Color, u8, (u8, u8, u8));

impl Ink {
    fn at(self, depth: Depth) -> Color {
        match depth {
            Depth::Sixteen => self.0,
            Depth::TwoFiftySix => Color::Indexed(self.1),
            Depth::True => Color::Rgb(self.2.0, self.2.1, self.2.2),
        }
    }
}

/// The inks of one theme.
struct Inks {
    dim: Ink,
    border: Ink,
    red: Ink,
    yellow: Ink,
    green: Ink,
    accent: Ink,
    ground: Ink,
    rest: Ink,
}

const DARK: Inks = Inks {
    dim: Ink(Color::DarkGray, 245, (0x8b, 0x94, 0x9e)),
    border: Ink(Color::DarkGray, 239, (0x48, 0x4f, 0x58)),
    red: Ink(Color::LightRed, 203, (0xff, 0x6b, 0x60)),
    yellow: Ink(Color::Yellow, 179, (0xe0, 0xb0, 0x50)),
    green: Ink(Color::Green, 108, (0x7f, 0xb8, 0x84)),
    accent: Ink(Color::Cyan, 80, (0x56, 0xc8, 0xd8)),
    ground: Ink(Color::DarkGray, 237, (0x2b, 0x3a, 0x45)),
    rest: Ink(Color::DarkGray, 235, (0x22, 0x29, 0x31)),
};

const LIGHT: Inks = Inks {
    dim: Ink(Color::DarkGray, 242, (0x65, 0x6d, 0x76)),
    border: Ink(Color::Gray, 250, (0xb8, 0xc0, 0xc8)),
    red: Ink(Color::Red, 160, (0xc4, 0x1e, 0x1e)),
    yellow: Ink(Color::Magenta, 130, (0x95, 0x5a, 0x00)),
    green: Ink(Color::Green, 28, (0x1f, 0x7a, 0x33)),
    accent: Ink(Color::Blue, 25, (0x05, 0x5d, 0xa8)),
    ground: Ink(Color::Gray, 253, (0xd6, 0xe8, 0xf5)),
    rest: Ink(Color::Gray, 255, (0xee, 0xf1, 0xf4)),
};

impl Glyphs {
    /// A text as it can be shown: in ASCII our own signs have stand-ins as wide as themselves, and what
    /// came from outside has question marks.
    pub(super) fn text(self, text: &str) -> Cow<'_, str> {
        if self == Self::Unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                c if c.is_ascii() => out.push(c),
                '▌' | '▸' => out.push('>'),
                '●' => out.push('*'),
                '▲' => out.push('^'),
                '▾' | '▼' => out.push('v'),
                '…' => out.push('~'),
                '·' | '─' => out.push('-'),
                '│' => out.push('|'),
                '┌' | '┐' | '└' | '┘' => out.push('+'),
                c => out.extend(std::iter::repeat_n('?', c.width().unwrap_or(0))),
            }
        }
        Cow::Owned(out)
    }
}

impl Palette {
    /// The palette of a theme at a depth.
    pub fn new(theme: Theme, depth: Depth) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        let inks = match theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
            Theme::Colourless => {
                return Self {
                    theme,
                    depth,
                    header: plain,
                    border: plain.add_modifier(Modifier::DIM),
                    focus: bold,
                    cursor: reversed,
                    rest: plain.add_modifier(Modifier::UNDERLINED),
                };
            }
        };
        // Sixteen colours have no quiet grounds: the cursor is reverse video there.
        let (cursor, rest) = match depth {
            Depth::Sixteen => (reversed, bold),
            Depth::TwoFiftySix | Depth::True => {
                (bold.bg(inks.ground.at(depth)), plain.bg(inks.rest.at(depth)))
            }
        };
        Self {
            theme,
            depth,
            header: plain,
            border: plain.fg(inks.border.at(depth)),
            focus: plain.fg(inks.accent.at(depth)),
            cursor,
            rest,
        }
    }

    /// The style of a meaning.
    pub fn tone(&self, tone: Tone) -> Style {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let inks = match self.theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
            Theme::Colourless => {
                return match tone {
                    Tone::Plain | Tone::Good | Tone::Tint(_) => Style::new(),
                    Tone::Dim => Style::new().add_modifier(Modifier::DIM),
                    Tone::Strong | Tone::Heading | Tone::Danger | Tone::Accent => bold,
                    Tone::Doubt => Style::new().add_modifier(Modifier::UNDERLINED),
                };
            }
        };
        let fg = |ink: Ink| Style::new().fg(ink.at(self.depth));
        match tone {
            Tone::Plain => Style::new(),
            Tone::Dim => fg(inks.dim),
            Tone::Strong | Tone::Heading => bold,
            Tone::Danger => fg(inks.red).add_modifier(Modifier::BOLD),
            Tone::Doubt => fg(inks.yellow),
            Tone::Good => fg(inks.green),
            Tone::Accent => fg(inks.accent),
            Tone::Tint(tint) => Style::new().fg(tint_colour(tint)),
        }
    }
}

/// An account's colour is one of the sixteen: the user's own choice of what red is.
fn tint_colour(tint: Tint) -> Color {
    match tint {
        Tint::Red => Color::Red,
        Tint::Green => Color::Green,
        Tint::Yellow => Color::Yellow,
        Tint::Blue => Color::Blue,
        Tint::Magenta => Color::Magenta,
        Tint::Cyan => Color::Cyan,
    }
}
