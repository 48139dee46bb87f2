//! COPY-05: what the name of a cluster snapshot may be.

use super::copy_04_name_of_an_instance_snapshot::judge_names;
use crate::domain::{Action, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-05",
    says: "The name of a cluster snapshot has 1 to 63 letters, digits and hyphens, begins with a letter, and neither ends with a hyphen nor holds two in a row.",
    way_out: "Take the nearest name that AWS takes.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBClusterSnapshot: TargetDBClusterSnapshotIdentifier",
    actions: &[Action::Copy, Action::Encrypt, Action::Share, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Cluster {
        judge_names(case);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_cluster_snapshot_has_a_shorter_name() {
        let (fits, long) = ("a".repeat(63), "a".repeat(64));
        check(&format!("copy clu name={fits}"), "no COPY-05");
        check(
            &format!("copy clu name={long}"),
            &format!("COPY-05 error name -> name={fits} ~ 63 is the most"),
        );
        check(&format!("copy inst name={long}"), "no COPY-05; no COPY-04");
        check("copy clu name=my_copy", "COPY-05 error name -> name=my-copy");
    }
}
