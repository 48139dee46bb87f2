//! EXP-04: every type can be exported as it is.

use crate::domain::{Action, Field, Kind, SnapshotType};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-04",
    says: "Manual, automated and AWS Backup snapshots can all be exported.",
    way_out: "Nothing: no copy is needed first.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    match (snapshot.row.snapshot_type, snapshot.row.kind()) {
        (SnapshotType::Manual, _) => {}
        (SnapshotType::AwsBackup, Kind::Cluster) => case.info(
            Field::Snapshot,
            "AWS names manual and automated cluster snapshots as exportable, and is silent on those of AWS Backup.",
        ),
        (SnapshotType::AwsBackup, Kind::Instance) | (SnapshotType::Automated, _) => {
            case.info(Field::Snapshot, "It is exported as it is: no copy is needed first.");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn no_copy_is_needed_first() {
        check(
            "export postgres automated task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-04 info snapshot",
        );
        check(
            "export clu awsbackup task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-04 info snapshot ~ silent",
        );
        check(
            "export postgres manual task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-04",
        );
    }
}
