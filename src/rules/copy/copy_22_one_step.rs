//! COPY-22: another region and another account are reached in one copy.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-22",
    says: "A shared snapshot is copied to another region in one step.",
    way_out: "Nothing: do not split it in two.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot: Cross-Region and cross-account copy in a single step",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let is_plain = matches!(case.family(), Some(Family::Rds | Family::Aurora));
    if is_plain && case.crosses_regions() && case.crosses_accounts() {
        let (from, to) = (case.source_region(), case.to_region());
        case.info(Field::ToRegion, format!("One copy leads from {from} to {to} and into the other account."));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn one_copy_crosses_both() {
        check(
            "copy inst cmk of:222 by:111 use1->euw1 +share:111 +policy:admits:111 kms-key=alias/dba",
            "COPY-22 info to-region; allowed; request",
        );
        check("copy docdb none of:222 by:111 use1->euw1 +share:111", "no COPY-22");
        check("copy inst none use1->euw1", "no COPY-22");
        check("copy inst none to-account=222 +share:222", "no COPY-22");
    }
}
