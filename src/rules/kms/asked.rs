//! What is asked of a key policy, and how its patterns are matched.

use crate::domain::{AccountId, KeyArn, Partition};

/// What is asked of a key: may this account do this?
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) key: &'a KeyArn,
    /// The partition of the key, where it is one that is known.
    pub(super) partition: Option<Partition>,
    pub(super) account: AccountId,
    /// The operation by its KMS name, without `kms:`.
    pub(super) operation: &'static str,
}

/// Whether a text matches a pattern with `*` and `?`, to the letter otherwise.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    matches_by(pattern, text, |a, b| a == b)
}

/// The same, by another idea of which bytes are the same.
pub(super) fn matches_by(pattern: &str, text: &str, same: impl Fn(u8, u8) -> bool) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where the last star was, and how much of the text it has eaten so far.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(c) if *c == b'?' || same(*c, text[t]) => (p, t) = (p + 1, t + 1),
            _ => match star {
                Some((at, eaten)) => {
                    star = Some((at, eaten + 1));
                    (p, t) = (at + 1, eaten + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_eats_what_it_must_and_no_more() {
        for (pattern, text, matched) in [
            ("*", "", true),
            ("reencrypt*", "reencryptfrom", true),
            ("re*from", "reencryptfrom", true),
            ("*a*a*b", "aaab", true),
            ("generatedatakey?", "generatedatakey", false),
            ("describe", "describekey", false),
            ("arn:*:key/*", "arn:aws:kms:us-east-1:1:key/x", true),
            ("", "x", false),
        ] {
            assert_eq!(matches(pattern, text), matched, "{pattern} {text}");
        }
    }
}
