//! REST-30: Neptune and DocumentDB snapshots become what they were.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-30",
    says: "Neptune and DocumentDB snapshots are restored with their own engine.",
    way_out: "Use the tools of that service for all that follows.",
    severity: Severity::Info,
    confidence: Confidence::Inferred,
    source: "RestoreDBClusterFromSnapshot: Engine",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let service = match case.family() {
        Some(Family::Neptune) => "Neptune",
        Some(Family::DocumentDb) => "DocumentDB",
        _ => return,
    };
    case.info(
        Field::Snapshot,
        format!("It becomes a {service} cluster, and its instances are created in {service}."),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn neptune_and_documentdb_stay_what_they_are() {
        check("restore neptune clu neptune db=x", "REST-30 info snapshot ~ Neptune");
        check("restore docdb db=x", "REST-30 info snapshot ~ DocumentDB");
        check("restore clu db=x", "no REST-30");
    }
}
