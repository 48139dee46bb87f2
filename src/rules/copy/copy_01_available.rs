//! COPY-01: only an available snapshot can be copied.

use crate::domain::{Action, Field, Status};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-01",
    says: "The source snapshot must be available.",
    way_out: "Wait until it is, then copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot; CopyDBClusterSnapshot: SourceDBClusterSnapshotIdentifier",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let status = &snapshot.row.status;
    if *status != Status::Available {
        let fix = Fix::outside("wait until it is available", Detour::Wait);
        case.error(
            Field::Snapshot,
            format!("The snapshot is {status}; only an available one can be copied."),
            Some(fix),
        );
    }
}
