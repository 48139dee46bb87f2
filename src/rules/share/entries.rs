//! Entries of section B: sharing that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: what another account must not do with a snapshot is refused by SHARE-03 and DEL-04.
pub(super) const SHARE_20: Rule = Rule {
    id: "SHARE-20",
    says: "Another account cannot delete, change, share on or upgrade what was shared with it.",
    way_out: "Copy it first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_DeleteSnapshot; ModifyDBSnapshot",
    actions: &[Action::Share],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: it is an extra of IAM Access Analyzer, which snapdeck does not call.
pub(super) const SHARE_25: Rule = Rule {
    id: "SHARE-25",
    says: "IAM Access Analyzer can preview what sharing would open.",
    way_out: "Use CreateAccessPreview where an analyzer runs.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "Access Analyzer: CreateAccessPreview",
    actions: &[Action::Share],
    yields_to: &[],
    check: says_nothing,
};
