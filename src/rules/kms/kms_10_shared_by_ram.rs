//! KMS-10: a key may be shared by Resource Access Manager, and whether that is enough for RDS is not known.

use super::access::{is_let, let_use};
use crate::domain::Action;
use crate::rules::{Access, Case, Confidence, Doubt, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-10",
    says: "A key may have a second policy, AWS_RAM; whether RDS takes a key that is shared so is not confirmed.",
    way_out: "Admit the account by the key's own policy.",
    severity: Severity::Warning,
    confidence: Confidence::Unconfirmed,
    source: "KMS: GetKeyPolicy",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        let Access::Unknown { why: why @ Doubt::Ram } = &used.access else { continue };
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
    fn what_rests_on_ram_is_not_sure() {
        check(
            "copy inst cmk to-account=222 +share:222 +policy:ram:222 kms-key=alias/dba",
            "KMS-10 warning snapshot -> key-access=policy ~ Resource Access Manager",
        );
        check("copy inst cmk to-account=222 +share:222 +policy:admits:222 kms-key=alias/dba", "no KMS-10");
    }
}
