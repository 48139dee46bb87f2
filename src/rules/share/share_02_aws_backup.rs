//! SHARE-02: a snapshot of AWS Backup cannot be shared, a copy of it can.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-02",
    says: "Snapshots of AWS Backup cannot be shared.",
    way_out: "Copy it to a manual snapshot and share the copy, or copy it across accounts with AWS Backup.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-12"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.has_first_copy() {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type == SnapshotType::AwsBackup {
        let name = case.first_copy_name();
        let fix = Fix::set(format!("copy it first, as {name}"), Field::FirstCopy, name).by(Detour::CopyFirst);
        case.error(
            Field::Snapshot,
            "A snapshot of AWS Backup cannot be shared; a manual copy of it can.",
            Some(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_snapshot_of_aws_backup_is_copied_before_it_is_shared() {
        check("share awsbackup with=222", "SHARE-02 error snapshot -> first-copy=job-17; no SHARE-01");
        check("share awsbackup with=222 first-copy=job", "no SHARE-02");
        check("share automated with=222", "no SHARE-02");
    }
}
