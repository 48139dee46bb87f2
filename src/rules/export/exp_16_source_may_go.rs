//! EXP-16: the snapshot may go while it is exported.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-16",
    says: "A snapshot may be deleted while it is exported; it is charged until the task ends.",
    way_out: "Nothing.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "aurora-export-snapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type == SnapshotType::Automated {
        case.info(Field::Snapshot, "If its retention ends meanwhile, the export goes on.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_export_survives_its_snapshot() {
        check("export postgres automated", "EXP-16 info snapshot");
        check("export postgres", "no EXP-16");
    }
}
