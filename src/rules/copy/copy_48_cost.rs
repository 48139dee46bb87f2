//! COPY-48: who pays for a copy.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-48",
    says: "The transfer out of the source region and the storage of the copy are paid by the account that copies.",
    way_out: "Delete copies that are not needed.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let (from, Some(to)) = (case.source_region(), case.destination()) else { return };
    if case.crosses_regions() {
        let words = case.account_words(to.account);
        let message =
            format!("{words} pays for the transfer out of {from} and for the storage in {}.", to.region);
        case.info(Field::ToRegion, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn who_pays_is_told() {
        check("copy inst use1->euw1", "COPY-48 info to-region ~ prod (111111111111) pays; allowed");
        check("copy inst", "no COPY-48");
    }
}
