//! Entries of section A: what speaks of copies that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: every call names its source by the ARN, which is valid in every case.
pub(super) const COPY_02: Rule = Rule {
    id: "COPY-02",
    says: "A plain name is enough for a source in the same account and region; any other is named by its ARN.",
    way_out: "Name the source by its ARN.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: SourceDBSnapshotIdentifier",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: nothing that can be typed asks for an unencrypted copy of what is encrypted.
pub(super) const COPY_10: Rule = Rule {
    id: "COPY-10",
    says: "What is encrypted stays encrypted in every copy.",
    way_out: "Dump the data and load it into an unencrypted database.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: the conditions of the caller's own policies cannot be seen; it explains an AccessDenied that comes back.
pub(super) const COPY_29: Rule = Rule {
    id: "COPY-29",
    says: "Conditions such as aws:RequestedRegion, aws:ViaAWSService or aws:SourceVpc in the caller's policies can stop a copy between regions.",
    way_out: "Add a statement with aws:CalledVia rds.amazonaws.com.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: it speaks of a copy that runs already; deleting its target cancels it (DEL-02).
pub(super) const COPY_49: Rule = Rule {
    id: "COPY-49",
    says: "A running copy is cancelled by deleting its target.",
    way_out: "Delete the target.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "CopyDBClusterSnapshot; DeleteDBClusterSnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a copy never asks for its option group to be copied, and tags go by Tags.
pub(super) const COPY_50: Rule = Rule {
    id: "COPY-50",
    says: "TagSpecifications tags the copied option group only, and needs CopyOptionGroup.",
    way_out: "Use Tags for the snapshot.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: TagSpecifications",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check: says_nothing,
};
