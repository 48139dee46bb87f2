//! Entries of section I: what speaks of keys that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: every question about a key is asked of the account that can answer it.
pub(super) const KMS_02: Rule = Rule {
    id: "KMS-02",
    says: "Policies, aliases and keys are listed in the key's own account only; DescribeKey, ListGrants and CreateGrant work from other accounts too.",
    way_out: "Ask the owner of the key.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "KMS: GetKeyPolicy, DescribeKey",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it apart from KMS-03, COPY-21 and ENC-11, which say of such a key that nothing works with it.
pub(super) const KMS_04: Rule = Rule {
    id: "KMS-04",
    says: "A database whose key becomes unusable is inaccessible within hours; what is encrypted under a deleted key is lost.",
    way_out: "Enable the key, or restore from a backup under a key that works.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "Overview.Encryption",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: keys are resolved to their ARN before they are compared.
pub(super) const KMS_14: Rule = Rule {
    id: "KMS-14",
    says: "A key is named by id, ARN, alias or alias ARN; an alias can be pointed elsewhere.",
    way_out: "Compare ARNs.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "KMS: DescribeKey",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check: says_nothing,
};
