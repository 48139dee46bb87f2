//! Patterns of the filter language: a whole text, or one with `*` and `?`; upper and lower case are alike.

use memchr::memmem::Finder;

/// A pattern that a whole text has to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// This text, folded.
    Whole(String),
    /// With wildcards.
    Glob(Glob),
}

/// A pattern that has to occur somewhere in one of the folded lines of a row's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Needle {
    /// This text, folded.
    Part(Part),
    /// With wildcards, and with `*` at either end.
    Glob(Glob),
}

/// A pattern with wildcards: `*` is any text, `?` any one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    /// Its characters, folded.
    chars: Vec<char>,
    /// What stands between its stars, first to last; `None` where there is a `?`.
    pieces: Option<Vec<Part>>,
}

/// A text to be looked for in a hundred thousand others, made ready for that once.
#[derive(Debug, Clone)]
pub(super) struct Part(Box<Finder<'static>>);

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.0.needle() == other.0.needle()
    }
}

impl Eq for Part {}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        if has_wildcard(text) { Self::Glob(Glob::new(&folded)) } else { Self::Whole(folded) }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        match self {
            Self::Whole(whole) => {
                text.eq_ignore_ascii_case(whole)
                    || (!text.is_ascii() && text.chars().map(fold_char).eq(whole.chars()))
            }
            Self::Glob(glob) => glob.fits(text),
        }
    }
}

impl Pattern {
    /// Whether it can fit an account id, which is worth writing out then.
    pub(super) fn may_be_digits(&self) -> bool {
        match self {
            Self::Whole(whole) => whole.bytes().all(|b| b.is_ascii_digit()),
            Self::Glob(glob) => glob.chars.iter().all(|c| c.is_ascii_digit() || matches!(c, '*' | '?')),
        }
    }
}

impl Needle {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        if has_wildcard(text) {
            Self::Glob(Glob::new(&format!("*{folded}*")))
        } else {
            Self::Part(Part::new(&folded))
        }
    }

    /// Whether a folded text holds it within one of its lines.
    pub(super) fn occurs_in(&self, folded: &str) -> bool {
        match self {
            Self::Part(part) => part.find(folded.as_bytes()).is_some(),
            Self::Glob(glob) => folded.split('\n').any(|line| glob.fits(line)),
        }
    }
}

/// Whether a text holds a wildcard.
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// A text with upper and lower case made alike.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(fold_char).collect() }
}

/// One character stays one, so that `?` counts as the eye does.
fn fold_char(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

impl Part {
    fn new(folded: &str) -> Self {
        Self(Box::new(Finder::new(folded).into_owned()))
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        self.0.find(text)
    }

    fn text(&self) -> &[u8] {
        self.0.needle()
    }
}

impl Glob {
    fn new(folded: &str) -> Self {
        let pieces = (!folded.contains('?')).then(|| folded.split('*').map(Part::new).collect());
        Self { chars: folded.chars().collect(), pieces }
    }

    fn fits(&self, text: &str) -> bool {
        let is_folded = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        match self.pieces.as_deref() {
            Some([first, between @ .., last]) if is_folded => fits(text.as_bytes(), first, between, last),
            _ if text.is_ascii() => {
                let bytes = text.as_bytes();
                walk(&self.chars, bytes.len(), |at| char::from(bytes[at].to_ascii_lowercase()))
            }
            _ => {
                let chars: Vec<char> = text.chars().map(fold_char).collect();
                walk(&self.chars, chars.len(), |at| chars[at])
            }
        }
    }
}

/// Whether a text begins and ends with these pieces and has the others between them, one after the other.
fn fits(text: &[u8], first: &Part, between: &[Part], last: &Part) -> bool {
    let Some(rest) = text.strip_prefix(first.text()) else { return false };
    let Some(mut rest) = rest.strip_suffix(last.text()) else { return false };
    for piece in between {
        let Some(at) = piece.find(rest) else { return false };
        rest = &rest[at + piece.text().len()..];
    }
    true
}

/// Walks text and pattern together; where they part, goes back to the last star and lets it take one character more.
fn walk(pattern: &[char], length: usize, char_at: impl Fn(usize) -> char) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut star = None;
    loop {
        match pattern.get(at) {
            Some('*') => {
                at += 1;
                if at == pattern.len() {
                    return true;
                }
                star = Some((at, read));
                continue;
            }
            Some(&want) if read < length && (want == '?' || char_at(read) == want) => {
                (at, read) = (at + 1, read + 1);
                continue;
            }
            None if read == length => return true,
            Some(_) | None => {}
        }
        let Some((after, taken)) = star.filter(|(_, taken)| *taken < length) else { return false };
        let mut next = taken + 1;
        if let Some(&want) = pattern.get(after).filter(|c| !matches!(c, '*' | '?')) {
            // The star ends where what follows it can begin.
            while next < length && char_at(next) != want {
                next += 1;
            }
        }
        star = Some((after, next));
        (at, read) = (after, next);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pattern_fits_the_whole_text_in_any_case() {
        let fits = |pattern, text| Pattern::new(pattern).fits(text);
        assert!(fits("Orders", "oRDERS") && !fits("orders", "orders2"));
        assert!(fits("aurora*", "aurora-mysql") && fits("*test*", "a-test") && fits("a*b*c", "aXbYbZc"));
        assert!(!fits("a*b*c", "aXbYbZ") && !fits("*test", "testx"));
        assert!(fits("db.?5", "db.r5") && !fits("db.?5", "db.5"));
        assert!(fits("*", "") && fits("**", "x") && !fits("?", ""));
        assert!(fits("ÄRGER*", "ärger-prod") && fits("注?タ", "注文タ"));
        assert!(!fits("ab*ba", "aba") && fits("ab*ba", "abba") && !fits("*ab*ab*", "xabx"));
    }

    #[test]
    fn a_needle_does_not_reach_across_lines() {
        assert!(Needle::new("b*c").occurs_in("ab\nbxc") && !Needle::new("a*c").occurs_in("ab\nbxc"));
        assert!(Needle::new("BX").occurs_in("ab\nbxc"));
    }

    proptest! {
        #[test]
        fn pieces_are_found_as_one_finds_them_walking(pattern in "[ab*]{0,6}", text in "[abAB]{0,8}") {
            prop_assume!(has_wildcard(&pattern));
            let Pattern::Glob(glob) = Pattern::new(&pattern) else { panic!("it has wildcards") };
            let lower = text.to_ascii_lowercase();
            let bytes = lower.as_bytes();
            let walked = walk(&glob.chars, bytes.len(), |at| char::from(bytes[at]));
            prop_assert_eq!((glob.fits(&text), glob.fits(&lower)), (walked, walked));
        }

        #[test]
        fn a_text_fits_itself_and_stars_around_any_part_of_it(text in "[a-zA-Z0-9äÖ-]{0,12}", cut in 0usize..12) {
            prop_assert!(Pattern::new(&text).fits(&text));
            let part: String = text.chars().skip(cut).take(3).collect();
            let around = format!("*{part}*");
            prop_assert!(Pattern::new(&around).fits(&text));
        }
    }
}
