//! OG-04: only for Oracle, shared and in the same region can the copy bring its option group.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity, SourceOptions};

pub(super) const RULE: Rule = Rule {
    id: "OG-04",
    says: "CopyOptionGroup brings the option group along for shared Oracle snapshots in the same region; AWS's texts disagree on more.",
    way_out: "Create the option group yourself.",
    severity: Severity::Info,
    confidence: Confidence::Conflict,
    source: "USER_CopySnapshot; CopyDBSnapshot: CopyOptionGroup",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let is_oracle = snapshot.row.engine.exact().starts_with("oracle-");
    let has_group =
        matches!(case.source_options(), Some(SourceOptions::Group(_) | SourceOptions::Foreign(_)));
    if is_oracle && has_group && case.crosses_accounts() && !case.crosses_regions() {
        case.info(
            Field::OptionGroup,
            "AWS could copy the option group with it; here one of your own is named instead.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn oracle_could_bring_its_group() {
        check("copy oracle-se2 og:timezone to-account=222 +share:222", "OG-04 info option-group");
        check("copy mysql og:audit to-account=222 +share:222", "no OG-04");
        check("copy oracle-se2 og:timezone", "no OG-04");
    }
}
