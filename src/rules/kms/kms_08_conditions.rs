//! KMS-08: a condition that cannot be decided is no yes.

use crate::domain::Action;
use crate::rules::{Access, Case, Confidence, Doubt, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-08",
    says: "Conditions on the caller's account, on ViaService and on grants are decided; any other makes the answer unknown.",
    way_out: "Look at the condition, or admit the account without one.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "KMS: conditions-kms",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    // Of one's own key COPY-20 says so.
    let copies = matches!(case.draft.action, Action::Copy | Action::Encrypt);
    for used in case.uses_of_keys().into_iter().filter(|used| used.is_foreign() || !copies) {
        let Access::Unknown { why } = &used.access else { continue };
        if matches!(why, Doubt::Condition(..) | Doubt::NotPrincipal(_) | Doubt::DeniesSome(_)) {
            let (words, key_words) = (case.account_words(used.taker), used.key.label());
            case.warn(used.field, format!("Whether {words} may use {key_words} is not known: {why}."), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_cannot_be_decided_is_said() {
        check(
            "copy inst cmk to-account=222 +share:222 +policy:vpce:222 kms-key=alias/dba",
            "KMS-08 warning snapshot ~ aws:SourceVpce; warned; request",
        );
        check("copy inst cmk to-account=222 +share:222 +policy:admits:222 kms-key=alias/dba", "no KMS-08");
        check("copy inst cmk", "no KMS-08");
    }
}
