//! KMS-06: a Deny in a key policy wins over everything that allows.

use super::access::other_key;
use crate::domain::Action;
use crate::rules::{Access, Case, Confidence, Refusal, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-06",
    says: "An explicit Deny that matches the account and a needed action forbids the use of the key.",
    way_out: "Exempt the account from the Deny, or copy under another key first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "IAM: policy evaluation; USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        let Access::No { why: why @ Refusal::Denied(..) } = &used.access else { continue };
        let (words, key_words) = (case.account_words(used.taker), used.key.label());
        let fix = other_key(case, &used);
        case.error(used.field, format!("{words} may not use {key_words}: {why}."), fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_is_denied_is_not_allowed_by_anything() {
        check(
            "copy inst cmk to-account=222 +share:222 +policy:denied:222@cmk kms-key=alias/dba",
            "KMS-06 error snapshot -> first-key=alias/team ~ OnlyUs",
        );
        let every = check(
            "copy inst cmk to-account=222 +share:222 +policy:denied:222 kms-key=alias/dba",
            "KMS-06 error snapshot ~ OnlyUs",
        );
        let fix = every.findings[0].fix.as_ref();
        assert!(fix.is_some_and(|fix| fix.edits.is_empty()), "no key is offered that is denied as well");
        check(
            "copy inst cmk to-account=222 +share:222 +policy:denied:222 kms-key=alias/dba key-access=policy",
            "KMS-06 error snapshot",
        );
        check(
            "restore clu cmk to-account=222 +share:222 +policy:denied:222 db=x kms-key=alias/dba",
            "KMS-06 error snapshot",
        );
        check("copy inst cmk to-account=222 +share:222 +policy:admits:222 kms-key=alias/dba", "no KMS-06");
        check("copy inst cmk +policy:denied:222", "no KMS-06");
    }
}
