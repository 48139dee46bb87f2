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
