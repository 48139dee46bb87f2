//! SHARE-23: the key may be of a third account.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-23",
    says: "The key of a shared snapshot may be of a third account, when its policy admits owner and target.",
    way_out: "Let the owner of the key admit both.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "share-encrypted-snapshot",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.added().is_empty() {
        return;
    }
    let Some(Some(key)) = case.shared_key() else { return };
    if let Some(account) = key.arn.account().filter(|account| *account != case.owner()) {
        let words = case.account_words(account);
        case.info(
            Field::With,
            format!("The key belongs to {words}: its policy has to admit the owner and them."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_key_of_a_third_account_is_pointed_out() {
        check("share cmk@333 with=222", "SHARE-23 info with ~ lab (333333333333)");
        check("share cmk with=222", "no SHARE-23");
        check("share cmk@333 remove=222 +share:222", "no SHARE-23");
    }
}
