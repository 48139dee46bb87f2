//! COPY-41: the source must outlast the copy.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-41",
    says: "A copy can fail when its source is deleted before it is available.",
    way_out: "Keep the source until the copy is done.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type == SnapshotType::Automated {
        let message = "The snapshot goes at the end of its retention; a copy that still runs then can fail.";
        case.info(Field::Snapshot, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_automated_source_may_go_too_soon() {
        check("copy automated", "COPY-41 info snapshot; allowed");
        check("copy manual", "no COPY-41");
        check("copy awsbackup", "no COPY-41");
    }
}
