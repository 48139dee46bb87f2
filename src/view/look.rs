//! How things look: the palette of a theme, and the glyphs of Unicode and of ASCII.
//!
//! The only place where a meaning gets its colour. Without colours every meaning is still told by words, and
//! the cursor by its bar and by reverse video.

use std::borrow::Cow;

use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthChar as _;

use super::theme::{Depth, Ink, Inks, inks};
use crate::app::prose::Tone;
use crate::domain::{Ground, Theme};

/// How things look on this terminal.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The colours.
    pub palette: Palette,
    /// The characters that are ours.
    pub glyphs: Glyphs,
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
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// `None` without colours (`NO_COLOR`).
    inks: Option<&'static Inks>,
    depth: Depth,
}

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
                // A letter with a mark on it is another letter.
                c if c.width() == Some(0) => {
                    out.pop();
                    out.push('?');
                }
                c => out.extend(std::iter::repeat_n('?', c.width().unwrap_or(0))),
            }
        }
        Cow::Owned(out)
    }
}

/// How a frame is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) lines: Style,
    /// Under the title, for whatever has no tone of its own there.
    pub(super) words: Style,
}

impl Palette {
    /// The palette of a theme on a ground, at a depth; one that names its ground stays on that.
    pub fn new(theme: Theme, on: Ground, depth: Depth) -> Self {
        let inks = match theme {
            Theme::Coloured { colours, ground } => Some(inks(colours, ground.unwrap_or(on))),
            Theme::Colourless => None,
        };
        Self { inks, depth }
    }

    /// The frames of panes without the focus: their lines may be fainter than words.
    pub(super) fn border(&self) -> Edge {
        Edge { lines: self.inks.map_or(DIM, |inks| self.fg(inks.border)), words: self.tone(Tone::Dim) }
    }

    /// The frame of the pane with the focus, and of what lies over the deck.
    pub(super) fn focus(&self) -> Edge {
        let style = self.inks.map_or(BOLD, |inks| self.fg(inks.accent));
        Edge { lines: style, words: style }
    }

    /// The row under the cursor, where its pane has the focus.
    pub(super) fn cursor(&self) -> Style {
        match (self.inks, self.depth) {
            // Sixteen colours have no quiet grounds: the cursor is reverse video there.
            (None, _) | (_, Depth::Sixteen) => Style::new().add_modifier(Modifier::REVERSED),
            (Some(inks), depth) => BOLD.bg(inks.cursor.at(depth)),
        }
    }

    /// The row under the cursor, where another pane has the focus.
    pub(super) fn rest(&self) -> Style {
        match (self.inks, self.depth) {
            (None, _) => UNDERLINED,
            (_, Depth::Sixteen) => BOLD,
            (Some(inks), depth) => Style::new().bg(inks.rest.at(depth)),
        }
    }

    /// The ground of the whole screen, where it is not the terminal's own.
    pub(super) fn paper(&self) -> Option<Color> {
        Some(self.inks?.paper?.at(self.depth))
    }

    /// The text that stands on a ground of ours: what the terminal takes for text need not be legible there.
    pub(super) fn text(&self) -> Option<Color> {
        Some(self.inks?.text.at(self.depth))
    }

    /// The style of a meaning.
    pub fn tone(&self, tone: Tone) -> Style {
        let Some(inks) = self.inks else {
            return match tone {
                Tone::Plain | Tone::Good | Tone::Tint(_) => Style::new(),
                Tone::Dim => DIM,
                Tone::Strong | Tone::Heading | Tone::Danger | Tone::Accent => BOLD,
                Tone::Doubt => UNDERLINED,
            };
        };
        match tone {
            Tone::Plain => Style::new(),
            Tone::Dim => self.fg(inks.dim),
            Tone::Strong | Tone::Heading => BOLD,
            Tone::Danger => self.fg(inks.danger).add_modifier(Modifier::BOLD),
            Tone::Doubt => self.fg(inks.doubt),
            Tone::Good => self.fg(inks.good),
            Tone::Accent => self.fg(inks.accent),
            Tone::Tint(tint) => self.fg(inks.account(tint)),
        }
    }

    fn fg(&self, ink: Ink) -> Style {
        Style::new().fg(ink.at(self.depth))
    }
}

const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);
const DIM: Style = Style::new().add_modifier(Modifier::DIM);
const UNDERLINED: Style = Style::new().add_modifier(Modifier::UNDERLINED);
