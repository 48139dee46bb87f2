//! Text from outside, made harmless where it enters.
//!
//! A [`Shown`] keeps the exact text for AWS and for JSON, and can be displayed in one way only:
//! with every character that a terminal or an eye could be fooled by written out. There is no
//! `Deref` to `str`, so that nothing prints the exact text by accident.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use arcstr::ArcStr;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthChar as _;

/// How many zero-width marks may stand on one character before the rest is written out.
const MARKS_ON_ONE: usize = 2;

/// Text from outside: exact for AWS, harmless for eyes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shown(ArcStr);

impl Shown {
    /// Takes text as it came.
    pub fn new(text: impl Into<ArcStr>) -> Self {
        Self(text.into())
    }

    /// The text to the letter: for AWS, for comparisons and for JSON (see [`write_json_text`]), never for a screen.
    pub fn exact(&self) -> &str {
        &self.0
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the display differs from the exact text.
    pub fn is_altered(&self) -> bool {
        self.to_string() != *self.0
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.bytes().all(|b| (0x20..0x7f).contains(&b) && b != b'\\') {
            return f.pad(&self.0);
        }
        // A backslash that could be taken for the beginning of what is written out here is doubled: two texts are
        // never shown alike.
        f.pad(&written_out(&self.0, |rest| {
            let is_written_out = |c: char| is_hidden(c) || c.width() == Some(0);
            rest.starts_with(['\\', 'n', 'r', 't'])
                || rest.starts_with("u{")
                || rest.starts_with(is_written_out)
        }))
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// Text that is put together from what is harmless already, for a sink that has no other guard: what hides in it all
/// the same is written out. What was written out before stays as it is.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(written_out(text, |_| false))
}

/// Text with everything that hides written out; a backslash is doubled before a rest that asks for it.
fn written_out(text: &str, doubled_before: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    // Where the character begins that a mark would stand on, and how many stand on it.
    let mut base = 0;
    let mut marks = 0;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let is_mark = c.width() == Some(0) && !is_hidden(c);
        if is_mark && marks < MARKS_ON_ONE && joins(&out[base..], c) {
            marks += 1;
            out.push(c);
            continue;
        }
        marks = 0;
        base = out.len();
        match c {
            '\\' if doubled_before(rest) => out.push_str("\\\\"),
            c if is_mark || is_hidden(c) => {
                match c {
                    '\n' => out.push_str("\\n"),
                    '\r' => out.push_str("\\r"),
                    '\t' => out.push_str("\\t"),
                    // Writing to a String cannot fail.
                    c => _ = write!(out, "\\u{{{:x}}}", u32::from(c)),
                }
                // Nothing stands on what is written out.
                base = out.len();
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a mark stands on what is before it. With nothing to stand on it would change something else, or not be
/// shown at all.
fn joins(base: &str, mark: char) -> bool {
    let mut both = String::from(base);
    both.push(mark);
    !base.is_empty() && both.graphemes(true).count() == 1
}

/// Whether a character steers, hides or reorders what is shown, or changes the character before it: C0, C1, DEL, bidi
/// and zero-width controls, separators U+2028/9, blanks that are not the usual one, fillers, variation selectors, skin
/// tones, tag characters, noncharacters.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0x2800 | 0x3164
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0x13430..=0x1345F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A
            | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE0FFF)
        || u32::from(c) & 0xFFFE == 0xFFFE
        || (0xFDD0..=0xFDEF).contains(&u32::from(c))
}

/// Writes exact text as a JSON string, every hidden character as a `\u` escape.
pub fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    if text.bytes().all(|b| (0x20..0x7f).contains(&b) && b != b'"' && b != b'\\') {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::domain::fixture::hostile;

    #[test]
    fn plain_text_is_shown_as_it_is() {
        assert_eq!(Shown::from("rds:orders-prod-2026").to_string(), "rds:orders-prod-2026");
        assert_eq!(Shown::from("注文データ é").to_string(), "注文データ é");
    }

    #[test]
    fn what_steers_a_terminal_or_an_eye_is_written_out() {
        assert_eq!(Shown::from("a\x1b[31mb").to_string(), "a\\u{1b}[31mb");
        assert_eq!(Shown::from("x\u{202e}y\u{200b}z").to_string(), "x\\u{202e}y\\u{200b}z");
        assert_eq!(Shown::from("line\u{2028}two\nthree").to_string(), "line\\u{2028}two\\nthree");
        assert_eq!(Shown::from("\u{e0041}").to_string(), "\\u{e0041}");
    }

    #[test]
    fn what_hides_behind_a_letter_is_written_out_too() {
        for hidden in [
            '\u{9b}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{180e}',
            '\u{200b}',
            '\u{200e}',
            '\u{2029}',
            '\u{202e}',
            '\u{2066}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fff9}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e007f}',
            '\u{e0100}',
            '\u{fdd0}',
            '\u{1fffe}',
        ] {
            let shown = Shown::from(format!("a{hidden}b")).to_string();
            assert_eq!(shown, format!("a\\u{{{:x}}}b", u32::from(hidden)));
        }
    }

    #[test]
    fn accents_pile_up_no_higher_than_two() {
        let pile = Shown::from("e\u{301}\u{302}\u{303}\u{304}").to_string();
        assert_eq!(pile, "e\u{301}\u{302}\\u{303}\\u{304}");
        assert_eq!(Shown::from("\u{301}x").to_string(), "\\u{301}x", "a mark needs something to stand on");
    }

    #[test]
    fn width_and_alignment_count_what_is_shown() {
        assert_eq!(format!("{:>8}|", Shown::from("ab")), "      ab|");
    }

    #[test]
    fn what_changes_its_neighbour_or_is_no_usual_blank_is_written_out() {
        assert_eq!(Shown::from("👍\u{1f3fd}").to_string(), "👍\\u{1f3fd}", "some terminals show two");
        assert_eq!(Shown::from("a\u{a0}b\u{3000}").to_string(), "a\\u{a0}b\\u{3000}");
        assert_eq!(Shown::from("a\u{d7b0}").to_string(), "a\\u{d7b0}", "it would not be shown at all");
    }

    #[test]
    fn what_is_written_out_is_never_taken_for_what_was_meant() {
        let shown = |text: &str| Shown::from(text).to_string();
        assert_eq!(shown("\\u{1b}"), "\\\\u{1b}");
        assert_eq!((shown("a\\nb"), shown("DOMAIN\\dba")), ("a\\\\nb".to_owned(), "DOMAIN\\dba".to_owned()));
        assert_eq!(harmless(&shown("\u{1b}[2J")), "\\u{1b}[2J", "once is enough");
    }

    proptest! {
        #[test]
        fn two_texts_are_never_shown_alike(a in hostile(), b in hostile()) {
            let shown = |text: &str| Shown::from(text).to_string();
            prop_assert_eq!(shown(&a) == shown(&b), a == b);
            // A text that spells out how another one is shown is the likeliest to be taken for it.
            prop_assert_eq!(shown(&shown(&a)) == shown(&a), shown(&a) == a);
        }

        #[test]
        fn every_character_that_is_shown_takes_room(text in hostile()) {
            for shown in [Shown::from(text.as_str()).to_string(), harmless(&text).into_owned()] {
                prop_assert!(!shown.chars().any(is_hidden), "{:?}", shown);
                prop_assert!(shown.graphemes(true).all(|grapheme| grapheme.width() > 0), "{:?}", shown);
                prop_assert!(!shown.starts_with(|c: char| c.width() == Some(0)), "{:?}", shown);
                prop_assert_eq!(harmless(&shown), shown.as_str());
            }
        }

        #[test]
        fn nothing_hidden_is_ever_displayed(text in any::<String>()) {
            let shown = Shown::from(text.as_str()).to_string();
            prop_assert!(!shown.chars().any(is_hidden), "{shown:?}");
        }

        #[test]
        fn json_holds_the_exact_text_and_nothing_hidden(text in any::<String>()) {
            let mut json = String::new();
            write_json_text(&text, &mut json);
            prop_assert!(!json.chars().any(is_hidden));
            prop_assert_eq!(serde_json::from_str::<String>(&json).expect("valid JSON"), text);
        }
    }
}
