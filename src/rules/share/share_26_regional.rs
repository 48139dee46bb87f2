//! SHARE-26: what is shared is seen in its own region only.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-26",
    says: "Another account sees a shared snapshot in the snapshot's region only.",
    way_out: "Copy it to the region where it is needed.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot.Public",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.added().is_empty() {
        let message = format!("It will be seen in {} only.", case.source_region());
        case.info(Field::With, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn sharing_is_of_one_region() {
        check("share euw1 with=222", "SHARE-26 info with ~ eu-west-1");
        check("share remove=222 +share:222", "no SHARE-26");
    }
}
