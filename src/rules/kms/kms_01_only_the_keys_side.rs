//! KMS-01: a yes is the key's side of it; the account's own policies decide too.

use crate::domain::Action;
use crate::rules::{Access, Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-01",
    says: "Whether another account can use a key has the answers yes, no and unknown; a yes says that the key's side allows it.",
    way_out: "Check the policies of the role that acts.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "KMS: key-policy-modifying-external-accounts",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        if used.access == Access::Yes && used.is_foreign() {
            let (words, key_words) = (case.account_words(used.taker), used.key.label());
            case.info(
                used.field,
                format!("{key_words} admits {words}; the policies of the role that acts there decide too."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_yes_is_one_side_of_it() {
        check(
            "copy inst cmk of:222 by:111 +share:111 +policy:admits:111 kms-key=alias/dba",
            "KMS-01 info snapshot ~ alias/dba admits prod; allowed; request",
        );
        check("copy inst cmk of:222 by:111 +share:111 kms-key=alias/dba", "no KMS-01");
        check("copy inst cmk", "no KMS-01");
    }
}
