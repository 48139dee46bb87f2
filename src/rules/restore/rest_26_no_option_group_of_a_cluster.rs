//! REST-26: a cluster has no option group to choose.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-26",
    says: "The option group of a cluster is fixed.",
    way_out: "Leave it out.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot: OptionGroupName",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Cluster && case.draft.text(Field::OptionGroup).is_some() {
        case.info(Field::OptionGroup, "A cluster has no option group to choose: this one is left out.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_cluster_has_no_option_group() {
        check("restore clu db=x option-group=plain", "REST-26 info option-group");
        check("restore inst db=x option-group=plain", "no REST-26");
    }
}
