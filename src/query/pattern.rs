//! Patterns of the filter language: a whole text, or one with `*` and `?`; upper and lower case are alike.

use memchr::memmem::Finder;

/// A pattern that a whole text has to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// This text, folded.
    Whole(String),
    /// Characters, folded; `*` is any text, `?` any one character.
    Glob(Vec<char>),
}

/// A pattern that has to occur somewhere in one of the folded lines of a row's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Needle {
    /// This text, folded.
    Part(Part),
    /// Characters, folded, that begin and end with `*`.
    Glob(Vec<char>),
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
        if has_wildcard(text) { Self::Glob(folded.chars().collect()) } else { Self::Whole(folded) }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        match self {
            Self::Whole(whole) => {
                text.eq_ignore_ascii_case(whole)
                    || (!text.is_ascii() && text.chars().map(fold_char).eq(whole.chars()))
            }
            Self::Glob(pattern) => glob(pattern, text),
        }
    }
}

impl Pattern {
    /// Whether it can fit an account id, which is worth writing out then.
    pub(super) fn may_be_digits(&self) -> bool {
        match self {
            Self::Whole(whole) => whole.bytes().all(|b| b.is_ascii_digit()),
            Self::Glob(pattern) => pattern.iter().all(|c| c.is_ascii_digit() || matches!(c, '*' | '?')),
        }
    }
}

impl Needle {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        if has_wildcard(text) {
            Self::Glob(format!("*{folded}*").chars().collect())
        } else {
            Self::Part(Part(Box::new(Finder::new(&folded).into_owned())))
        }
    }

    /// Whether a folded text holds it within one of its lines.
    pub(super) fn occurs_in(&self, folded: &str) -> bool {
        match self {
            Self::Part(Part(finder)) => finder.find(folded.as_bytes()).is_some(),
            Self::Glob(pattern) => folded.split('\n').any(|line| glob(pattern, line)),
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

fn glob(pattern: &[char], text: &str) -> bool {
    if text.is_ascii() {
        let bytes = text.as_bytes();
        walk(pattern, bytes.len(), |at| char::from(bytes[at].to_ascii_lowercase()))
    } else {
        let chars: Vec<char> = text.chars().map(fold_char).collect();
        walk(pattern, chars.len(), |at| chars[at])
    }
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
    }

    #[test]
    fn a_needle_does_not_reach_across_lines() {
        assert!(Needle::new("b*c").occurs_in("ab\nbxc") && !Needle::new("a*c").occurs_in("ab\nbxc"));
        assert!(Needle::new("BX").occurs_in("ab\nbxc"));
    }

    proptest! {
        #[test]
        fn a_text_fits_itself_and_stars_around_any_part_of_it(text in "[a-zA-Z0-9äÖ-]{0,12}", cut in 0usize..12) {
            prop_assert!(Pattern::new(&text).fits(&text));
            let part: String = text.chars().skip(cut).take(3).collect();
            let around = format!("*{part}*");
            prop_assert!(Pattern::new(&around).fits(&text));
        }
    }
}
