//! Where cells are written: text with its tones, borders, and the ground under a row.
//!
//! Nothing is written outside the buffer, whatever is asked for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect as Cells;
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr as _;

use crate::app::layout::Rect;
use crate::app::prose::{Piece, Tone};
use crate::domain::Cells as _;

use super::look::{Edge, Look};

/// A buffer with a look.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    pub(super) look: &'a Look,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, look: &'a Look) -> Self {
        Self { buffer, look }
    }

    /// Writes pieces from a cell on, at most `width` cells; gives the column after the last.
    pub(super) fn line(&mut self, x: u16, y: u16, width: u16, pieces: &[Piece]) -> u16 {
        let end = x.saturating_add(width);
        let mut at = x;
        for piece in pieces {
            let style = self.look.palette.tone(piece.tone);
            at = self.text(at, y, end.saturating_sub(at), &piece.text, style);
        }
        at
    }

    /// Writes pieces so that they end before a cell.
    pub(super) fn line_before(&mut self, end: u16, y: u16, width: u16, pieces: &[Piece]) {
        let wide =
            u16::try_from(pieces.iter().map(Piece::width).sum::<usize>()).unwrap_or(u16::MAX).min(width);
        let x = end.saturating_sub(wide);
        self.uncover(x, y);
        self.line(x, y, wide, pieces);
    }

    /// Writes text in one style; gives the column after the last.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() || width == 0 {
            return x;
        }
        // Almost all that is shown is ASCII, a cell a character, which need not be parted into graphemes.
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            let room = usize::from(width.min(area.right() - x)).min(text.len());
            let start = self.buffer.index_of(x, y);
            for (cell, c) in self.buffer.content[start..start + room].iter_mut().zip(text.chars()) {
                cell.set_char(c).set_style(style);
            }
            return x + u16::try_from(room).unwrap_or(u16::MAX);
        }
        let text = self.look.glyphs.text(text);
        self.buffer.set_stringn(x, y, text, usize::from(width), style).0
    }

    /// Puts a style under what is written already.
    pub(super) fn ground(&mut self, rect: Rect, style: Style) {
        self.buffer.set_style(cells(rect).intersection(self.buffer.area), style);
    }

    /// Lays the paper under everything, and gives text a colour that can be read on a ground of ours.
    pub(super) fn finish(&mut self) {
        let (paper, Some(text)) = (self.look.palette.paper(), self.look.palette.text()) else { return };
        for cell in &mut self.buffer.content {
            if cell.bg == Color::Reset {
                let Some(paper) = paper else { continue };
                cell.bg = paper;
            }
            if cell.fg == Color::Reset {
                cell.fg = text;
            }
        }
    }

    /// Takes away a wide character of which a part lies on a cell: it would cover what is written there.
    fn uncover(&mut self, x: u16, y: u16) {
        let area = self.buffer.area;
        if y >= area.bottom() || x > area.right() {
            return;
        }
        // What a wide character covers are blanks.
        let before = (area.left()..x).rev().find(|at| self.buffer[(*at, y)].symbol() != " ");
        if let Some(at) = before.filter(|at| self.buffer[(*at, y)].symbol().width() > usize::from(x - at)) {
            self.buffer[(at, y)].set_symbol(" ");
        }
    }

    /// Empties a part of the screen.
    pub(super) fn clear(&mut self, rect: Rect) {
        let area = cells(rect).intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            self.uncover(area.left(), y);
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }

    /// Draws a border with a title above and a word at the lower right.
    pub(super) fn border(&mut self, rect: Rect, edge: Edge, title: &[Piece], foot: &str) {
        let Rect { x, y, width, height } = rect;
        if width < 2 || height < 2 {
            return;
        }
        let (right, bottom) = (x + width - 1, y + height - 1);
        let bar = "─".repeat(usize::from(width - 2));
        self.text(x, y, width, &format!("┌{bar}┐"), edge.lines);
        for row in y + 1..bottom {
            self.text(x, row, 1, "│", edge.lines);
            self.text(right, row, 1, "│", edge.lines);
        }
        self.text(x, bottom, width, &format!("└{bar}┘"), edge.lines);
        let room = width.saturating_sub(4);
        if !title.is_empty() {
            let wide =
                u16::try_from(title.iter().map(Piece::width).sum::<usize>()).unwrap_or(u16::MAX).min(room);
            self.text(x + 1, y, 1, " ", edge.lines);
            self.ground(Rect::new(x + 2, y, wide, 1), edge.words);
            let end = self.line(x + 2, y, room, title);
            self.text(end, y, right.saturating_sub(end), " ", edge.lines);
        }
        let wide = u16::try_from(foot.cells()).unwrap_or(u16::MAX);
        if !foot.is_empty() && wide + 2 <= room {
            let dim = self.look.palette.tone(Tone::Dim);
            self.text(right - wide - 2, bottom, wide + 2, &format!(" {foot} "), dim);
        }
    }
}

fn cells(rect: Rect) -> Cells {
    Cells::new(rect.x, rect.y, rect.width, rect.height)
}
