//! DEL-03: a snapshot of AWS Backup is deleted there.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-03",
    says: "Snapshots of AWS Backup are deleted through AWS Backup.",
    way_out: "Delete the recovery point there.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_DeleteSnapshot",
    actions: &[Action::Delete],
    yields_to: &["DEL-04"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type == SnapshotType::AwsBackup {
        let message = "It belongs to AWS Backup: RDS does not delete it.";
        let fix = Fix::outside("delete the recovery point in AWS Backup", Detour::AwsBackup);
        case.error(Field::Snapshot, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn aws_backup_deletes_its_own() {
        check("delete awsbackup", "DEL-03 error snapshot; no DEL-01");
        check("delete manual", "no DEL-03");
    }
}
