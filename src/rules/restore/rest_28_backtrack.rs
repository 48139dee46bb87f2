//! REST-28: a cluster with backtrack cannot be restored where there is none.

use crate::domain::{Action, Field, SnapshotArn};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-28",
    says: "A snapshot of an Aurora MySQL cluster with backtrack, copied to a region without backtrack, cannot be restored there.",
    way_out: "Restore it in a region that has backtrack.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "AuroraMySQL.Managing.Backtrack",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

/// Regions without backtrack.
const WITHOUT: [&str; 17] = [
    "af-south-1",
    "ap-east-1",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-6",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "sa-east-1",
    "us-gov-east-1",
];

fn check(case: &mut Case<'_>) {
    let to = case.to_region();
    let lacks = WITHOUT.contains(&to.name()) || to.name() == "us-gov-west-1";
    let Some(snapshot) = case.snapshot() else { return };
    if !lacks || snapshot.row.engine.exact() != "aurora-mysql" {
        return;
    }
    let source = snapshot.row.source_snapshot.as_ref().and_then(|source| source.exact().parse().ok());
    let is_copy = source.is_some_and(|source: SnapshotArn| source.region() != to.name());
    if is_copy || case.crosses_regions() {
        let message = format!("If its cluster had backtrack, it cannot be restored in {to}, which has none.");
        case.warn(Field::ToRegion, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn backtrack_does_not_travel_to_where_there_is_none() {
        check(
            "restore clu eun1 source:arn:aws:rds:us-east-1:111111111111:cluster-snapshot:orders db=x",
            "REST-28 warning to-region",
        );
        check("restore clu use1->eun1 db=x first-copy=y", "REST-28 warning to-region");
        check("restore clu use1->euw1 db=x first-copy=y", "no REST-28");
        check("restore clu eun1 db=x", "no REST-28");
        check("restore clu aurora-postgresql use1->eun1 db=x first-copy=y", "no REST-28");
    }
}
