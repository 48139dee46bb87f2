//! DEL-04: only the owner deletes a snapshot.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-04",
    says: "Only the owner can delete a snapshot.",
    way_out: "Ask the owner.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_DeleteSnapshot",
    actions: &[Action::Delete],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let owner = case.owner();
    if !case.is_ours(owner) {
        let message = format!("It belongs to {}; only its owner can delete it.", case.account_words(owner));
        case.error(Field::Snapshot, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_the_owner_deletes() {
        check("delete of:999 by:111", "DEL-04 error snapshot ~ 999999999999");
        check("delete of:222 by:111", "no DEL-04");
        check("delete manual", "no DEL-04");
    }
}
