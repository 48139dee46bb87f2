//! Entries of section E: exports to S3 that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: it tells how the status of a task is read, and a draft has no task yet.
pub(super) const EXP_15: Rule = Rule {
    id: "EXP-15",
    says: "A task is STARTING, IN_PROGRESS, COMPLETE, CANCELING, CANCELED or FAILED; cancelling leaves the files that were written.",
    way_out: "Delete those files.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "DescribeExportTasks; CancelExportTask",
    actions: &[Action::Export],
    yields_to: &[],
    check: says_nothing,
};
