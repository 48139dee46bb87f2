//! One line that is typed in: text, a cursor, and the usual ways of editing.
//!
//! The cursor stands on a grapheme boundary. Line breaks and controls never enter: pasted ones become
//! blanks.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::domain::{Cells as _, is_hidden};
use crate::input::Action;

/// A line that is typed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    text: String,
    cursor: usize,
}

impl Line {
    /// A line with text in it and the cursor at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the cursor stands, in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The part of the text that fits `width` cells with the cursor in it, and the cursor's column there.
    pub fn window(&self, width: usize) -> (&str, usize) {
        let room = width.saturating_sub(1);
        let mut start = 0;
        while self.text[start..self.cursor].cells() > room {
            start += self.text[start..].graphemes(true).next().map_or(1, str::len);
        }
        let mut end = start;
        for grapheme in self.text[start..].graphemes(true) {
            if self.text[start..end + grapheme.len()].cells() > width {
                break;
            }
            end += grapheme.len();
        }
        (&self.text[start..end], self.text[start..self.cursor].cells())
    }

    /// Types or pastes text at the cursor.
    pub(super) fn insert(&mut self, text: &str) {
        let clean: String = text
            .chars()
            .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
            .filter(|c| !is_hidden(*c))
            .collect();
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
        // What was typed may have joined what follows into one grapheme.
        self.cursor = self.boundary_at_or_after(self.cursor);
    }

    /// Puts other text in place of a part that ends at the cursor.
    pub(super) fn replace(&mut self, start: usize, text: &str) {
        self.text.replace_range(start..self.cursor, text);
        self.cursor = start + text.len();
        self.cursor = self.boundary_at_or_after(self.cursor);
    }

    /// Edits; `false` when the action is not one of editing a line.
    pub(super) fn edit(&mut self, action: Action) -> bool {
        match action {
            Action::CharLeft => self.cursor = self.before(),
            Action::CharRight => self.cursor = self.after(),
            Action::WordLeft => self.cursor = self.word_before(),
            Action::WordRight => self.cursor = self.word_after(),
            Action::LineStart => self.cursor = 0,
            Action::LineEnd => self.cursor = self.text.len(),
            Action::DeleteBack => self.cut(self.before(), self.cursor),
            Action::DeleteForward => self.cut(self.cursor, self.after()),
            Action::DeleteWord => self.cut(self.word_before(), self.cursor),
            Action::ClearLine => self.cut(0, self.cursor),
            Action::DeleteToEnd => self.cut(self.cursor, self.text.len()),
            _ => return false,
        }
        true
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = self.boundary_at_or_after(from);
    }

    fn before(&self) -> usize {
        self.cursor - self.text[..self.cursor].graphemes(true).next_back().map_or(0, str::len)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let head = self.text[..self.cursor].trim_end();
        head.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }

    fn word_after(&self) -> usize {
        let tail = &self.text[self.cursor..];
        let word = tail.len() - tail.trim_start().len();
        self.cursor + tail[word..].find(char::is_whitespace).map_or(tail.len(), |at| word + at)
    }

    fn boundary_at_or_after(&self, at: usize) -> usize {
        let mut starts = self.text.grapheme_indices(true).map(|(start, _)| start);
        starts.find(|start| *start >= at).unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EDITS: [Action; 11] = [
        Action::CharLeft,
        Action::CharRight,
        Action::WordLeft,
        Action::WordRight,
        Action::LineStart,
        Action::LineEnd,
        Action::DeleteBack,
        Action::DeleteForward,
        Action::DeleteWord,
        Action::ClearLine,
        Action::DeleteToEnd,
    ];

    #[test]
    fn words_are_deleted_one_by_one() {
        let mut line = Line::new("engine:aurora*  enc:none ");
        line.edit(Action::DeleteWord);
        assert_eq!((line.text(), line.cursor()), ("engine:aurora*  ", 16));
        line.edit(Action::WordLeft);
        line.edit(Action::DeleteToEnd);
        assert_eq!(line.text(), "");
    }

    #[test]
    fn what_is_pasted_stays_one_harmless_line() {
        let mut line = Line::default();
        line.insert("a\nb\u{1b}[31m\u{202e}c\u{a0}d");
        assert_eq!(line.text(), "a b [31mc d");
    }

    #[test]
    fn the_window_follows_the_cursor() {
        let mut line = Line::new("0123456789");
        assert_eq!(line.window(5), ("6789", 4));
        line.edit(Action::LineStart);
        assert_eq!(line.window(5), ("01234", 0));
    }

    proptest! {
        #[test]
        fn no_edit_leaves_the_cursor_inside_a_character(
            start in any::<String>(),
            edits in prop::collection::vec((0..EDITS.len(), "[é注a \u{301}👩‍👩‍👧]{0,3}"), 0..30),
            width in 0usize..20,
        ) {
            let mut line = Line::default();
            line.insert(&start);
            for (edit, typed) in edits {
                line.edit(EDITS[edit]);
                line.insert(&typed);
                let (shown, column) = line.window(width);
                prop_assert!(shown.cells() <= width && column <= width);
                prop_assert!(line.text().is_char_boundary(line.cursor()));
            }
        }
    }
}
