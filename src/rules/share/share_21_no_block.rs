//! SHARE-21: nothing in RDS blocks public snapshots.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-21",
    says: "RDS has no setting that blocks public snapshots.",
    way_out: "Watch for them with AWS Config or Security Hub.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "the operations of the RDS API",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.is_made_public() {
        case.info(Field::Visibility, "RDS has no account setting that would stop this.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn nothing_stops_a_public_snapshot() {
        check("share none visibility=public", "SHARE-21 info visibility");
        check("share none with=222", "no SHARE-21");
    }
}
