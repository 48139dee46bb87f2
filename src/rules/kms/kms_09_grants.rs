//! KMS-09: a grant admits too, unless it has constraints.

use super::access::{is_let, let_use};
use crate::domain::Action;
use crate::rules::{Access, Case, Confidence, Doubt, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-09",
    says: "A grant to a principal of the account that covers what is needed admits it; one with constraints cannot be decided.",
    way_out: "Look at the grant's constraints.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "KMS: CreateGrant, ListGrants",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        let Access::Unknown { why: why @ Doubt::GrantConstraint(_) } = &used.access else { continue };
        if is_let(case, &used) {
            continue;
        }
        let (words, key_words) = (case.account_words(used.taker), used.key.label());
        let fix = Some(let_use(case, &used));
        case.warn(used.field, format!("Whether {words} may use {key_words} is not known: {why}."), fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn constraints_of_a_grant_are_not_decided() {
        check(
            "copy inst cmk to-account=222 +share:222 +bound-grant:222 kms-key=alias/dba",
            "KMS-09 warning snapshot -> key-access=policy ~ g-1",
        );
        check("copy inst cmk to-account=222 +share:222 +grant:222 kms-key=alias/dba", "no KMS-09; request");
    }
}
