//! Names that RDS takes: letters, digits and hyphens, a letter first, no hyphen last or doubled.
//!
//! A derived name is legal whatever it was derived from; a free one is legal and not in use.

use std::fmt;

/// The longest name of an instance snapshot (COPY-04).
pub(super) const INSTANCE_SNAPSHOT: usize = 255;
/// The longest name of a cluster snapshot, an instance or a cluster (COPY-05, REST-06).
pub(super) const SHORT: usize = 63;

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameFault {
    /// There is none.
    Empty,
    /// It is longer than this.
    TooLong(usize),
    /// It does not begin with a letter.
    FirstIsNoLetter,
    /// A character that is not a letter, a digit or a hyphen.
    Character,
    /// It ends with a hyphen.
    HyphenLast,
    /// Two hyphens in a row.
    HyphensTogether,
}

/// What is wrong with a name, if anything.
pub(super) fn fault(name: &str, longest: usize) -> Option<NameFault> {
    let Some(first) = name.bytes().next() else { return Some(NameFault::Empty) };
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        Some(NameFault::Character)
    } else if !first.is_ascii_alphabetic() {
        Some(NameFault::FirstIsNoLetter)
    } else if name.ends_with('-') {
        Some(NameFault::HyphenLast)
    } else if name.contains("--") {
        Some(NameFault::HyphensTogether)
    } else if name.len() > longest {
        Some(NameFault::TooLong(longest))
    } else {
        None
    }
}

/// A legal name that looks like another one: prefixes of AWS go, and what is not allowed becomes a hyphen.
pub(super) fn derived(from: &str, longest: usize) -> String {
    let bare = from.strip_prefix("rds:").or_else(|| from.strip_prefix("awsbackup:")).unwrap_or(from);
    let mut name = String::with_capacity(bare.len());
    for c in bare.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "s-");
    }
    cut(&name, longest)
}

/// A name that is not in use: the base, else with a suffix, else with a suffix and a number.
pub(super) fn free(base: &str, suffix: &str, longest: usize, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&base.to_ascii_lowercase()) {
        return base.to_owned();
    }
    let tails = std::iter::once(format!("-{suffix}")).chain((2..).map(|n| format!("-{suffix}-{n}")));
    let mut names = tails.map(|tail| cut(base, longest.saturating_sub(tail.len())) + &tail);
    names.find(|name| !taken(&name.to_ascii_lowercase())).expect("BUG: the numbers ran out")
}

/// The first characters of a legal name, legal again.
fn cut(name: &str, longest: usize) -> String {
    name.chars().take(longest).collect::<String>().trim_end_matches('-').to_owned()
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is missing"),
            Self::TooLong(longest) => write!(f, "is longer than {longest} characters"),
            Self::FirstIsNoLetter => f.write_str("does not begin with a letter"),
            Self::Character => f.write_str("has a character that is not a letter, a digit or a hyphen"),
            Self::HyphenLast => f.write_str("ends with a hyphen"),
            Self::HyphensTogether => f.write_str("has two hyphens in a row"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_fault_is_told_apart() {
        for (name, wrong) in [
            ("orders-1", None),
            ("", Some(NameFault::Empty)),
            ("1orders", Some(NameFault::FirstIsNoLetter)),
            ("rds:orders", Some(NameFault::Character)),
            ("my_copy", Some(NameFault::Character)),
            ("copy-", Some(NameFault::HyphenLast)),
            ("my--copy", Some(NameFault::HyphensTogether)),
        ] {
            assert_eq!(fault(name, SHORT), wrong, "{name}");
        }
        assert_eq!(fault(&"a".repeat(63), SHORT), None);
        assert_eq!(fault(&"a".repeat(64), SHORT), Some(NameFault::TooLong(63)));
    }

    #[test]
    fn a_free_name_counts_on_until_nobody_has_it() {
        let taken = |name: &str| ["orders", "orders-copy"].contains(&name);
        assert_eq!(free("Orders", "copy", SHORT, taken), "Orders-copy-2");
        assert_eq!(free("ledger", "copy", SHORT, taken), "ledger");
        assert_eq!(derived("awsbackup:job-7f3a", SHORT), "job-7f3a");
    }

    proptest! {
        #[test]
        fn a_derived_and_freed_name_is_always_legal(from in any::<String>(), longest in 20_usize..255) {
            let name = derived(&from, longest);
            prop_assert_eq!(fault(&name, longest), None);
            let base = name.to_ascii_lowercase();
            let other = free(&name, "copy", longest, |taken| taken == base);
            prop_assert_eq!(fault(&other, longest), None);
        }
    }
}
