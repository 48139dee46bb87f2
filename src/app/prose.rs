//! Text with a meaning to every piece, laid out to a width; colours are somebody else's.
//!
//! Lines are broken between words, long words anywhere; nothing is cut off.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::{Cells as _, Tint};

/// What a piece of text means to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Text.
    Plain,
    /// Less than text: labels, ids beside names.
    Dim,
    /// More than text.
    Strong,
    /// A heading.
    Heading,
    /// Dangerous: public, foreign, failed.
    Danger,
    /// Worth a second look: unknown, unencrypted, stale.
    Doubt,
    /// As it should be.
    Good,
    /// A chord, a choice, the place that matters now.
    Accent,
    /// The colour that an account was given.
    Tint(Tint),
}

/// Some text of one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text; harmless.
    pub text: String,
    /// What it means.
    pub tone: Tone,
}

impl Piece {
    /// A piece of some tone.
    #[expect(clippy::needless_pass_by_value, reason = "takes what is at hand, a value or a reference")]
    pub fn new(tone: Tone, text: impl ToString) -> Self {
        Self { text: text.to_string(), tone }
    }

    /// Plain text.
    pub fn plain(text: impl ToString) -> Self {
        Self::new(Tone::Plain, text)
    }

    /// Its width in cells.
    pub fn width(&self) -> usize {
        self.text.cells()
    }
}

/// One line of pieces.
pub type Line = Vec<Piece>;

/// The width of a line in cells.
pub fn line_width(line: &[Piece]) -> usize {
    line.iter().map(Piece::width).sum()
}

/// One part of a text, before it has a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// An empty line.
    Blank,
    /// A paragraph that begins at the left edge.
    Paragraph(Line),
    /// A paragraph behind a label.
    Field {
        /// The label.
        label: String,
        /// What stands behind it.
        value: Line,
    },
    /// Lines that keep their own breaks, such as JSON; broken only where they are too long.
    Verbatim(String),
}

impl Block {
    /// A field with a plain value.
    pub fn field(label: impl Into<String>, value: impl ToString) -> Self {
        Self::Field { label: label.into(), value: vec![Piece::plain(value)] }
    }

    /// A heading.
    pub fn heading(text: impl ToString) -> Self {
        Self::Paragraph(vec![Piece::new(Tone::Heading, text)])
    }

    /// A plain paragraph.
    pub fn text(text: impl ToString) -> Self {
        Self::Paragraph(vec![Piece::plain(text)])
    }
}

/// Lays blocks out to a width; labels get a column of their own.
pub fn lay_out(blocks: &[Block], width: usize) -> Vec<Line> {
    let labels = blocks.iter().filter_map(|block| match block {
        Block::Field { label, .. } => Some(label.cells()),
        Block::Blank | Block::Paragraph(_) | Block::Verbatim(_) => None,
    });
    let column = labels.max().map_or(0, |label| if label + 2 <= width / 2 { label + 2 } else { label + 1 });
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Blank => lines.push(Line::new()),
            Block::Paragraph(pieces) => lines.extend(wrap(pieces, width)),
            Block::Field { label, value } => {
                for (n, mut line) in wrap(value, width.saturating_sub(column).max(1)).into_iter().enumerate()
                {
                    let head = if n == 0 { label.as_str() } else { "" };
                    line.insert(0, Piece::new(Tone::Dim, format!("{head:<column$}")));
                    lines.push(line);
                }
            }
            Block::Verbatim(text) => {
                lines.extend(
                    text.lines().flat_map(|line| break_anywhere(line, width)).map(|t| vec![Piece::plain(t)]),
                );
            }
        }
    }
    lines
}

/// Breaks pieces into lines of at most `width` cells, between words where that is possible.
pub fn wrap(pieces: &[Piece], width: usize) -> Vec<Line> {
    let width = width.max(1);
    let mut lines: Vec<Line> = vec![Line::new()];
    let mut used = 0;
    for piece in pieces {
        for word in piece.text.split_word_bounds_keeping_names() {
            let wide = word.cells();
            let blank = word.trim().is_empty();
            if used + wide > width && used > 0 {
                lines.push(Line::new());
                used = 0;
            }
            if blank && used == 0 && lines.len() > 1 {
                continue;
            }
            if used + wide <= width {
                used += wide;
                append(&mut lines, word, piece.tone);
                continue;
            }
            for part in break_anywhere(word, width) {
                if used + part.cells() > width && used > 0 {
                    lines.push(Line::new());
                    used = 0;
                }
                used += part.cells();
                append(&mut lines, &part, piece.tone);
            }
        }
    }
    lines
}

fn append(lines: &mut [Line], text: &str, tone: Tone) {
    let line = lines.last_mut().expect("BUG: wrap begins with a line");
    match line.last_mut().filter(|piece| piece.tone == tone) {
        Some(piece) => piece.text.push_str(text),
        None => line.push(Piece::new(tone, text)),
    }
}

/// Breaks a text into parts of at most `width` cells.
fn break_anywhere(text: &str, width: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = grapheme.cells();
        if used + wide > width && used > 0 {
            parts.push(String::new());
            used = 0;
        }
        used += wide;
        parts.last_mut().expect("BUG: breaking begins with a part").push_str(grapheme);
    }
    parts
}

/// Splitting at blanks only: names such as `rds:orders-prod` stay whole.
trait Words {
    fn split_word_bounds_keeping_names(&self) -> impl Iterator<Item = &str>;
}

impl Words for str {
    fn split_word_bounds_keeping_names(&self) -> impl Iterator<Item = &str> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let blank = first == ' ';
            let end = rest.find(|c| (c == ' ') != blank).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            rest = tail;
            Some(word)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|p| p.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_break_between_words_and_long_words_anywhere() {
        let lines = wrap(&[Piece::plain("share rds:orders-prod-2026 with dr")], 12);
        assert_eq!(texts(&lines), ["share ", "rds:orders-p", "rod-2026 ", "with dr"]);
    }

    #[test]
    fn values_stand_behind_the_widest_label() {
        let blocks = [Block::field("Data", "3h"), Block::field("Encryption", "none at all")];
        assert_eq!(texts(&lay_out(&blocks, 24)), ["Data        3h", "Encryption  none at all"]);
        assert_eq!(texts(&lay_out(&blocks, 20)), ["Data       3h", "Encryption none at ", "           all"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_it_may_be_and_nothing_is_lost(text in "[a-z é注 ]{0,80}", width in 2usize..40) {
            let lines = wrap(&[Piece::plain(&text)], width);
            for line in &lines {
                prop_assert!(line_width(line) <= width, "{line:?}");
            }
            let kept: String = texts(&lines).concat().replace(' ', "");
            prop_assert_eq!(kept, text.replace(' ', ""));
        }
    }
}
