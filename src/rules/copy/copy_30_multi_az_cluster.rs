//! COPY-30: snapshots of Multi-AZ DB clusters are not copied.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-30",
    says: "A snapshot of a Multi-AZ DB cluster cannot be copied.",
    way_out: "Restore it to a DB instance, take a snapshot of that, and copy it.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; multi-az-db-clusters-concepts.Limitations",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &["ENC-05"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.family() == Some(Family::MultiAzCluster) {
        let fix = case.as_instance("restore it to an instance, and copy a snapshot of that");
        let message = "A snapshot of a Multi-AZ DB cluster cannot be copied; one of a Multi-AZ instance can.";
        case.error(Field::Snapshot, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_multi_az_cluster_is_not_a_multi_az_instance() {
        check("copy maz cmk", "COPY-30 error snapshot");
        check("copy maz postgres use1->euw1", "COPY-30 error snapshot");
        check("encrypt maz cmk kms-key=alias/team", "COPY-30 error snapshot");
        check("encrypt maz none kms-key=alias/team", "no COPY-30; ENC-05 error");
        check("copy inst mysql", "no COPY-30; allowed; request");
        check("copy clu cmk", "no COPY-30");
    }
}
