//! Sentences laid out to a width: lines are broken between words, longer words anywhere; nothing is cut off.

use crate::domain::Cells as _;
use unicode_width::UnicodeWidthChar as _;

/// The width of a report that goes to no terminal.
pub(super) const PIPED: usize = 80;

/// No line is made narrower than this, however narrow the terminal is.
const NARROWEST: usize = 20;

/// The lines of a text, each behind its indent, none wider than `width`.
pub(super) fn wrap(text: &str, indent: usize, width: usize) -> Vec<String> {
    let room = width.saturating_sub(indent).max(NARROWEST);
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let line = lines.last_mut().expect("BUG: there is a line from the start");
        if line.is_empty() || line.cells() + 1 + word.cells() <= room {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        break_long(&mut lines, room);
    }
    let indent = " ".repeat(indent);
    lines.into_iter().map(|line| format!("{indent}{line}")).collect()
}

/// Breaks the last line where one word is wider than there is room.
fn break_long(lines: &mut Vec<String>, room: usize) {
    while let Some(at) = lines.last().and_then(|line| cut(line, room)) {
        let rest = lines.last_mut().map(|line| line.split_off(at)).unwrap_or_default();
        lines.push(rest);
    }
}

/// Where a line has to be broken to fit; `None` when it fits.
fn cut(line: &str, room: usize) -> Option<usize> {
    let mut used = 0;
    line.char_indices().find_map(|(at, c)| {
        used += c.width().unwrap_or(0);
        (used > room).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_behind_their_indent() {
        assert_eq!(
            wrap("The copy needs a key of that region.", 2, 22),
            ["  The copy needs a key", "  of that region."]
        );
        assert_eq!(wrap("", 2, 80), ["  "]);
    }

    #[test]
    fn a_long_word_is_broken_and_nothing_is_lost() {
        let arn = "arn:aws:kms:us-east-1:111111111111:key/12345678-1234-1234-1234-123456789012";
        let text = format!("use {arn} there");
        let lines = wrap(&text, 4, 40);
        assert!(lines.iter().all(|line| line.cells() <= 40), "{lines:#?}");
        let joined: String = lines.iter().map(|line| line.trim_start()).collect();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn wide_letters_take_two_cells() {
        assert!(wrap(&"注文".repeat(30), 0, 30).iter().all(|line| line.cells() <= 30));
    }
}
