//! Patterns of the filter language: a whole text, or one with `*` and `?`; upper and lower case are alike.

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
    Part(String),
    /// Characters, folded, that begin and end with `*`.
    Glob(Vec<char>),
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        if has_wildcard(text) { Self::Glob(folded.chars().collect()) } else { Self::Whole(folded) }
    }

    pub(super) fn fits(&self, text: &str) -> bool {
        match self {
            Self::Whole(whole) if text.is_ascii() => text.eq_ignore_ascii_case(whole),
            Self::Whole(whole) => text.chars().map(fold_char).eq(whole.chars()),
            Self::Glob(pattern) => glob(pattern, text),
        }
    }
}

impl Needle {
    pub(super) fn new(text: &str) -> Self {
        let folded = fold(text);
        if has_wildcard(text) {
            Self::Glob(format!("*{folded}*").chars().collect())
        } else {
            Self::Part(folded)
        }
    }

    /// Whether a folded text holds it within one of its lines.
    pub(super) fn occurs_in(&self, folded: &str) -> bool {
        match self {
            Self::Part(part) => folded.contains(part.as_str()),
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

/// Walks text and pattern together; where they part, goes back to the last star and lets it take one character more.
fn glob(pattern: &[char], text: &str) -> bool {
    let (mut at, mut rest) = (0, text.chars());
    let mut star = None;
    loop {
        match pattern.get(at) {
            Some('*') => {
                at += 1;
                star = Some((at, rest.clone()));
                continue;
            }
            Some(&want) => {
                let mut ahead = rest.clone();
                if ahead.next().is_some_and(|c| want == '?' || fold_char(c) == want) {
                    (at, rest) = (at + 1, ahead);
                    continue;
                }
            }
            None if rest.as_str().is_empty() => return true,
            None => {}
        }
        let Some((after, taken)) = &mut star else { return false };
        if taken.next().is_none() {
            return false;
        }
        (at, rest) = (*after, taken.clone());
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
