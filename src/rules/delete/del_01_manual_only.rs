//! DEL-01: only a manual snapshot is deleted by hand.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-01",
    says: "Only manual snapshots can be deleted.",
    way_out: "Shorten the retention, or delete the retained automated backup.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_DeleteSnapshot; DeleteDBSnapshot",
    actions: &[Action::Delete],
    yields_to: &["DEL-04"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type == SnapshotType::Automated {
        let label = "change the retention, or delete the automated backups of a deleted database";
        let message = "An automated snapshot cannot be deleted; it goes at the end of its retention.";
        case.error(Field::Snapshot, message, Some(Fix::outside(label, Detour::Retention)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_automated_snapshot_goes_by_itself() {
        check("delete automated", "DEL-01 error snapshot");
        check("delete manual", "no DEL-01; allowed");
        check("delete automated of:999 by:111", "no DEL-01");
    }
}
