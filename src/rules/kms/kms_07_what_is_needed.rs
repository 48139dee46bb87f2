//! KMS-07: what the key must let the other account do, CreateGrant above all.

use super::access::{is_let, let_use};
use super::judge::lacks;
use crate::domain::{Action, Field};
use crate::rules::case::KeyUse;
use crate::rules::{Access, Case, Confidence, Refusal, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-07",
    says: "Another account needs CreateGrant, DescribeKey, Decrypt, Encrypt, ReEncrypt and GenerateDataKey; without CreateGrant it fails, without another it is likely to.",
    way_out: "Add the statements to the key's policy, or a grant.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "USER_CopySnapshot; USER_ShareSnapshot",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        judge_use(case, &used);
    }
}

fn judge_use(case: &mut Case<'_>, used: &KeyUse<'_>) {
    let (words, key_words) = (case.account_words(used.taker), used.key.label());
    if is_let(case, used) {
        if matches!(
            used.access,
            Access::No { why: Refusal::Nothing | Refusal::Lacks(_) } | Access::Incomplete { .. }
        ) {
            case.info(Field::KeyAccess, format!("{words} is let use {key_words} first."));
        }
        return;
    }
    let fix = Some(let_use(case, used));
    match &used.access {
        Access::No { why: why @ (Refusal::Nothing | Refusal::Lacks(_)) } => {
            case.error(used.field, format!("{words} may not use {key_words}: {why}."), fix);
        }
        Access::Incomplete { missing, alone } => {
            case.warn(used.field, lacks(&words, &key_words, missing, alone), fix);
        }
        Access::Yes | Access::Only { .. } | Access::Unknown { .. } | Access::No { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn create_grant_decides_and_the_rest_is_likely_to() {
        check(
            "copy inst cmk to-account=222 +share:222 kms-key=alias/dba",
            "KMS-07 error snapshot -> key-access=policy ~ dr (222222222222) may not",
        );
        check(
            "copy inst cmk to-account=222 +share:222 +policy:crypto:222 kms-key=alias/dba",
            "KMS-07 error snapshot ~ kms:CreateGrant",
        );
        check(
            "copy inst cmk to-account=222 +share:222 +policy:grants-only:222 kms-key=alias/dba",
            "KMS-07 warning snapshot ~ kms:Decrypt",
        );
        check(
            "copy inst cmk to-account=222 +share:222 +policy:ec2:222 kms-key=alias/dba",
            "KMS-07 error snapshot",
        );
        check(
            "copy inst cmk to-account=222 +share:222 kms-key=alias/dba key-access=policy",
            "KMS-07 info key-access; allowed; request",
        );
        check("encrypt inst cmk of:222 by:111 +share:111 kms-key=alias/dba", "KMS-07 error snapshot");
        check(
            "restore clu cmk to-account=222 +share:222 db=x kms-key=alias/dba",
            "KMS-07 error snapshot -> key-access=policy",
        );
        check("copy inst cmk to-account=222 +share:222 +grant:222 kms-key=alias/dba", "no KMS-07; request");
        check("copy inst cmk", "no KMS-07");
        check("copy inst none to-account=222 +share:222", "no KMS-07");
    }

    #[test]
    fn who_is_let_use_it_can_copy() {
        check_fixes("copy inst cmk to-account=222 kms-key=alias/dba");
        check_fixes("restore clu cmk to-account=222 db=x");
    }
}
