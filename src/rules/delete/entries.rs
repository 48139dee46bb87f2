//! Entries of section F: deletions that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: snapdeck does not upgrade snapshots.
pub(super) const DEL_07: Rule = Rule {
    id: "DEL-07",
    says: "Only an own manual snapshot that is not shared can be upgraded.",
    way_out: "Stop sharing it, or copy it first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshot",
    actions: &[Action::Delete],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: snapdeck does not upgrade snapshots.
pub(super) const DEL_08: Rule = Rule {
    id: "DEL-08",
    says: "Snapshots of MySQL, MariaDB, PostgreSQL and Oracle instances can be upgraded, no others.",
    way_out: "Restore it, and upgrade the database.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshot",
    actions: &[Action::Delete],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: snapdeck does not upgrade snapshots.
pub(super) const DEL_09: Rule = Rule {
    id: "DEL-09",
    says: "Upgrading an encrypted snapshot needs its key.",
    way_out: "Enable the key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshot: KMSKeyNotAccessibleFault",
    actions: &[Action::Delete],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: snapdeck tags what it makes, which is manual and its own.
pub(super) const DEL_10: Rule = Rule {
    id: "DEL-10",
    says: "Snapshots are tagged by their ARN; whether automated and foreign ones take tags is not documented.",
    way_out: "Tag a copy.",
    severity: Severity::Warning,
    confidence: Confidence::Unconfirmed,
    source: "AddTagsToResource",
    actions: &[Action::Delete],
    yields_to: &[],
    check: says_nothing,
};
