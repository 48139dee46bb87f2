//! Entries of section C: encryption and the keys that are chosen for it that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: nothing that can be typed asks for an unencrypted result of an encrypted snapshot.
pub(super) const ENC_07: Rule = Rule {
    id: "ENC-07",
    says: "Encryption can never be turned off.",
    way_out: "Dump the data and load it into an unencrypted database.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "Overview.Encryption",
    actions: &[Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a key that AWS owns has no name that could be typed.
pub(super) const ENC_08: Rule = Rule {
    id: "ENC-08",
    says: "An Aurora snapshot under a KMS key cannot go to a key that AWS owns.",
    way_out: "Keep it under a customer key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "Overview.Encryption",
    actions: &[Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: snapdeck takes no snapshots by hand, and a plan that does gives no key.
pub(super) const ENC_09: Rule = Rule {
    id: "ENC-09",
    says: "A snapshot is always encrypted as its database is.",
    way_out: "Copy the snapshot under another key.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "CreateDBSnapshot; Overview.Encryption",
    actions: &[Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};
