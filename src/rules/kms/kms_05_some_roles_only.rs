//! KMS-05: a key may admit some roles of an account and no others.

use super::access::{is_let, let_use};
use crate::domain::Action;
use crate::rules::{Access, Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-05",
    says: "A policy admits an account by its root, its id or everybody; a role or user that is named is admitted alone.",
    way_out: "Act as that role, or admit the whole account.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "KMS: key policies; IAM: Principal",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        let Access::Only { principals, .. } = &used.access else { continue };
        if is_let(case, &used) {
            continue;
        }
        let (words, key_words) = (case.account_words(used.taker), used.key.label());
        let names: Vec<String> = principals.iter().map(ToString::to_string).collect();
        let fix = Some(let_use(case, &used));
        case.warn(used.field, format!("Of {words} only {} may use {key_words}.", names.join(", ")), fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_role_that_is_named_is_admitted_alone() {
        check(
            "copy inst cmk to-account=222 +share:222 +policy:role:222 kms-key=alias/dba",
            "KMS-05 warning snapshot -> key-access=policy ~ role/Backup; warned",
        );
        check(
            "copy inst cmk to-account=222 +share:222 +policy:role:222 kms-key=alias/dba key-access=policy",
            "no KMS-05",
        );
        check(
            "restore clu cmk to-account=222 +share:222 +policy:role:222 db=x kms-key=alias/dba",
            "KMS-05 warning snapshot",
        );
        check("copy inst cmk to-account=222 +share:222 +policy:admits:222 kms-key=alias/dba", "no KMS-05");
    }
}
