//! SHARE-12: a snapshot of a Multi-AZ DB cluster cannot be shared.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-12",
    says: "Snapshots of Multi-AZ DB clusters cannot be shared.",
    way_out: "Restore it to a DB instance, take a snapshot of that, and share it.",
    severity: Severity::Error,
    confidence: Confidence::Conflict,
    source: "USER_ShareSnapshot; RestoreDBInstanceFromDBSnapshot: DBClusterSnapshotIdentifier",
    actions: &[Action::Share],
    yields_to: &["SHARE-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.gives_access() {
        return;
    }
    if case.family() == Some(Family::MultiAzCluster) {
        let fix = case.as_instance("restore it to an instance, and share a snapshot of that");
        case.error(
            Field::Snapshot,
            "A snapshot of a Multi-AZ DB cluster cannot be shared. AWS's texts disagree; the newer one forbids it.",
            Some(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_multi_az_cluster_is_not_shared_but_a_multi_az_instance_is() {
        check("share maz with=222", "SHARE-12 error snapshot ~ disagree");
        check("share maz automated with=222", "SHARE-12 error; no SHARE-01");
        check("share clu with=222", "no SHARE-12");
        check("share inst mysql with=222", "no SHARE-12");
        check("share maz remove=222 +share:222", "no SHARE-12");
    }
}
