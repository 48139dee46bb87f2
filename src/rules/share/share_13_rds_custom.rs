//! SHARE-13: sharing a snapshot of RDS Custom is not supported.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-13",
    says: "Sharing snapshots of RDS Custom is not supported, as far as AWS says.",
    way_out: "Copy it within the account.",
    severity: Severity::Warning,
    confidence: Confidence::Inferred,
    source: "DescribeDBSnapshots: IncludeShared",
    actions: &[Action::Share],
    yields_to: &["SHARE-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.gives_access() {
        return;
    }
    if case.family() == Some(Family::RdsCustom) {
        case.warn(
            Field::Snapshot,
            "It is of RDS Custom, whose snapshots AWS does not list as shared: the other account may not see it.",
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn rds_custom_is_doubted() {
        check("share custom-oracle-ee with=222", "SHARE-13 warning snapshot");
        check("share oracle-ee with=222", "no SHARE-13");
        check("share custom-oracle-ee remove=222 +share:222", "no SHARE-13");
    }
}
