//! COPY-36: cluster snapshots have no option group.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-36",
    says: "A copy of a cluster snapshot takes no option group.",
    way_out: "Leave it out.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "CopyDBClusterSnapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Cluster && case.draft.text(Field::OptionGroup).is_some() {
        let fix = Fix::clear("leave it out", Field::OptionGroup);
        case.warn(Field::OptionGroup, "Cluster snapshots have no option group: it is left out.", Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_cluster_has_no_option_group() {
        check(
            "copy clu cmk option-group=x",
            "COPY-36 warning option-group -> option-group; no OG-05; request",
        );
        check("copy clu cmk", "no COPY-36");
        check("copy inst +og:plain@use1 option-group=plain", "no COPY-36");
    }
}
