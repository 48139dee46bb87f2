//! KMS-13: the root user of the other account cannot be relied on.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-13",
    says: "The other account has to act as a role or a user, not as its root user.",
    way_out: "Use a role.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot",
    actions: &[Action::Copy, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let gives = case.taker().is_some() || !case.added().is_empty();
    if gives && case.copied_under_kms() == Some(true) {
        let field = if case.draft.action == Action::Share { Field::With } else { Field::ToAccount };
        case.info(
            field,
            "The other account has to act as a role or a user: its root user may be refused by KMS.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn root_users_are_warned_of() {
        check("share inst cmk with=222 +policy:admits:222", "KMS-13 info with; allowed");
        check("share inst none with=222", "no KMS-13");
        check("copy inst cmk", "no KMS-13");
        check("share inst cmk remove=222", "no KMS-13");
    }
}
