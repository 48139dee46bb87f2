//! SHARE-01: an automated snapshot cannot be shared, a copy of it can.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-01",
    says: "Only manual snapshots can be shared.",
    way_out: "Copy it to a manual snapshot and share the copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshotAttribute; USER_ShareSnapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-12"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.has_first_copy() {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type == SnapshotType::Automated {
        let name = case.first_copy_name();
        let fix = Fix::set(format!("copy it first, as {name}"), Field::FirstCopy, name).by(Detour::CopyFirst);
        case.error(
            Field::Snapshot,
            "An automated snapshot cannot be shared; a manual copy of it can.",
            Some(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn an_automated_snapshot_is_copied_before_it_is_shared() {
        check("share automated with=222", "SHARE-01 error snapshot -> first-copy=orders-2026-11-24");
        check(
            "share automated with=222 +taken:orders-2026-11-24",
            "SHARE-01 error -> first-copy=orders-2026-11-24-2",
        );
        check("share automated with=222 first-copy=orders-x", "no SHARE-01");
        check("share manual with=222", "no SHARE-01");
        check("share automated of:999 by:111 with=222", "no SHARE-01; SHARE-03 error");
        check_fixes("share automated with=222");
        check_fixes("share automated aws/rds with=222");
    }
}
