//! Identifiers of new things: which are well formed (COPY-04, COPY-05, REST-06).
//!
//! AWS stores them in lower case and compares them without it, so they are lowered here, once.

use crate::demo::wire::refusal::Refusal;

/// The longest identifier of a DB instance snapshot.
pub(crate) const INSTANCE_SNAPSHOT: usize = 255;
/// The longest identifier of a DB cluster snapshot.
pub(crate) const CLUSTER_SNAPSHOT: usize = 63;
/// The longest identifier of a DB instance or DB cluster.
pub(crate) const DATABASE: usize = 63;

/// A well-formed identifier in lower case, or AWS's refusal of the parameter.
pub(crate) fn new_identifier(parameter: &str, text: &str, longest: usize) -> Result<String, Refusal> {
    let letters_only = text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    let well_formed = letters_only
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with('-')
        && !text.contains("--");
    if !well_formed {
        return Err(Refusal::invalid(format!(
            "The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; must contain \
             only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens."
        )));
    }
    if text.len() > longest {
        return Err(Refusal::invalid(format!(
            "The parameter {parameter} is not a valid identifier because it is longer than {longest} characters."
        )));
    }
    Ok(text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_letters_digits_and_single_hyphens_between_them() {
        for wrong in ["my--copy", "copy-", "1copy", "-copy", "my_copy", "rds:db-2026", "", "größe"] {
            let refusal =
                new_identifier("TargetDBSnapshotIdentifier", wrong, INSTANCE_SNAPSHOT).expect_err(wrong);
            assert_eq!(refusal.code, "InvalidParameterValue", "{wrong}");
        }
        for right in ["c", "db-copy", "a1-b2-c3"] {
            assert_eq!(new_identifier("X", right, INSTANCE_SNAPSHOT).as_deref(), Ok(right));
        }
        assert_eq!(new_identifier("X", "DB-Copy", INSTANCE_SNAPSHOT).as_deref(), Ok("db-copy"));
    }

    #[test]
    fn the_longest_of_each_kind_is_taken_and_one_more_is_not() {
        for longest in [INSTANCE_SNAPSHOT, CLUSTER_SNAPSHOT, DATABASE] {
            assert!(new_identifier("X", &"a".repeat(longest), longest).is_ok());
            assert!(new_identifier("X", &"a".repeat(longest + 1), longest).is_err());
        }
    }
}
