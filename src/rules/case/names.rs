//! Identifiers of snapshots and databases: what AWS takes, and the nearest that it takes.

use crate::domain::{Kind, Scope};

use super::Case;

/// The longest name of a snapshot (COPY-04, COPY-05).
pub(crate) fn longest_snapshot(kind: Kind) -> usize {
    match kind {
        Kind::Instance => 255,
        Kind::Cluster => 63,
    }
}

/// What AWS refuses in an identifier, as the end of "The name ..."; `None` when it is fine.
pub(crate) fn flaw(name: &str, longest: usize) -> Option<String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let flaw = if name.is_empty() {
        "is empty"
    } else if let Some(wrong) = name.chars().find(|c| !legal(*c)) {
        let wrong = crate::domain::Shown::from(wrong.to_string());
        return Some(format!("holds \"{wrong}\"; only letters, digits and hyphens are taken"));
    } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        "does not begin with a letter"
    } else if name.ends_with('-') {
        "ends with a hyphen"
    } else if name.contains("--") {
        "holds two hyphens in a row"
    } else if name.len() > longest {
        return Some(format!("has {} characters; {longest} is the most", name.len()));
    } else {
        return None;
    };
    Some(flaw.to_owned())
}

/// The nearest identifier that AWS takes: without `rds:` or `awsbackup:`, and hyphens for what is illegal.
pub(crate) fn legal(text: &str, longest: usize) -> String {
    let text = text.strip_prefix("rds:").or_else(|| text.strip_prefix("awsbackup:")).unwrap_or(text);
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => name.push(c),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "copy-");
    }
    name.truncate(longest);
    name.truncate(name.trim_end_matches('-').len());
    name
}

impl Case<'_> {
    /// The first of `NAME`, `NAME-2`, `NAME-3` ... that no snapshot of a scope has; `None` while that is not known.
    pub fn free_name(&mut self, scope: Scope, kind: Kind, name: &str) -> Option<String> {
        let taken = &self.snapshots(scope, kind)?.names;
        Some(free(name, longest_snapshot(kind), |name| taken.contains(name)))
    }
}

/// The first of `NAME`, `NAME-2`, `NAME-3` ... that is not taken; that is asked in lower case.
pub(crate) fn free(name: &str, longest: usize, is_taken: impl Fn(&str) -> bool) -> String {
    let name = legal(name, longest);
    let numbered = (2..).map(|n| format!("-{n}")).map(|end| legal(&name, longest - end.len()) + &end);
    let mut names = [name.clone()].into_iter().chain(numbered);
    names.find(|name| !is_taken(&name.to_ascii_lowercase())).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_flaw_is_named() {
        for (name, said) in [
            ("", "empty"),
            ("rds:a", "holds \":\""),
            ("my_copy", "holds \"_\""),
            ("a\u{202e}", "\\u{202e}"),
            ("1copy", "letter"),
            ("copy-", "ends with"),
            ("my--copy", "two hyphens"),
            (&"a".repeat(64), "64 characters; 63 is the most"),
        ] {
            assert!(flaw(name, 63).is_some_and(|flaw| flaw.contains(said)), "{name}: {:?}", flaw(name, 63));
        }
        assert_eq!(flaw(&"a".repeat(63), 63), None);
    }

    #[test]
    fn the_nearest_legal_name_keeps_what_it_can() {
        assert_eq!(legal("rds:orders-2026-11-24", 255), "orders-2026-11-24");
        assert_eq!(legal("my__copy-", 255), "my-copy");
        assert_eq!(legal("1copy", 255), "copy-1copy");
        assert_eq!(legal("", 255), "copy");
    }

    proptest! {
        #[test]
        fn a_proposed_name_is_always_legal(text in any::<String>(), longest in 5_usize..256) {
            let name = legal(&text, longest);
            prop_assert_eq!(flaw(&name, longest), None, "{}", name);
        }
    }
}
