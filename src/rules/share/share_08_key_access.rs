//! SHARE-08: the key has to admit the accounts that it is shared with, CreateGrant above all.

use crate::domain::{AccountId, Action, EncryptionClass, Field, KeyFacts, KeyPolicies};
use crate::rules::kms;
use crate::rules::{Access, Case, Confidence, Detour, Fix, Refusal, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-08",
    says: "The key must let the other account create grants, describe, decrypt, encrypt, re-encrypt and generate data keys.",
    way_out: "Add a statement to the key's policy, or a grant.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot; KMS: key-policy-modifying-external-accounts",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-05", "SHARE-06", "SHARE-12"],
    check,
};

fn check(case: &mut Case<'_>) {
    let added = case.added();
    if added.is_empty() || case.shared_encryption() != Some(EncryptionClass::Customer) {
        return;
    }
    let Some(Some(key)) = case.shared_key() else { return };
    let Some(policies) = case.key_policies(&key.arn) else { return };
    for account in added {
        judge_one(case, key, policies, account);
    }
}

fn judge_one(case: &mut Case<'_>, key: &KeyFacts, policies: &KeyPolicies, account: AccountId) {
    let (words, label) = (case.account_words(account), key.label());
    let will_be_let = matches!(case.draft.text(Field::KeyAccess), Some("policy" | "grant"));
    let (severity, message) = match case.may_use(policies, key, account) {
        // SHARE-07 speaks of the first two; default keys and the states of keys have rules of their own.
        Access::Yes
        | Access::Unknown { .. }
        | Access::No { why: Refusal::AwsManaged | Refusal::State(_) } => return,
        Access::No { why: why @ Refusal::Denied(..) } => {
            let message =
                format!("{words} may not use {label}: {why}. A statement that allows it does not help.");
            case.error(Field::With, message, None);
            return;
        }
        Access::No { why } => (Severity::Error, format!("{words} may not use {label}: {why}.")),
        Access::Only { principals, .. } => {
            let names: Vec<String> = principals.iter().map(ToString::to_string).collect();
            (Severity::Warning, format!("Of {words} only {} may use {label}.", names.join(", ")))
        }
        Access::Incomplete { missing, alone } => {
            (Severity::Warning, kms::lacks(&words, &label, &missing, &alone))
        }
    };
    if will_be_let {
        case.info(Field::KeyAccess, format!("{words} is let use {label} first."));
        return;
    }
    let fix = Fix::set(format!("let {words} use it, by the key's policy"), Field::KeyAccess, "policy")
        .by(Detour::KeyAccessFirst);
    match severity {
        Severity::Error => case.error(Field::With, message, Some(fix)),
        Severity::Warning | Severity::Info => case.warn(Field::With, message, Some(fix)),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn the_key_has_to_admit_them_create_grant_above_all() {
        check("share cmk with=222", "SHARE-08 error with -> key-access=policy ~ dr (222222222222)");
        check(
            "share cmk +policy:crypto:222 with=222",
            "SHARE-08 error with -> key-access=policy ~ CreateGrant",
        );
        check(
            "share cmk +policy:grants-only:222 with=222",
            "SHARE-08 warning with -> key-access=policy ~ kms:Decrypt",
        );
        check("share cmk +policy:role:222 with=222", "SHARE-08 warning with ~ role/Backup");
        check("share cmk +policy:denied:222 with=222", "SHARE-08 error with ~ OnlyUs");
        check("share cmk +policy:ec2:222 with=222", "SHARE-08 error with");
        check("share cmk +policy:admits:222 with=222", "no SHARE-08; allowed");
        check("share cmk +policy:world with=222", "no SHARE-08");
        check("share cmk +grant:222 with=222", "no SHARE-08");
        check("share cmk +policy:admits:222 with=222,333", "SHARE-08 error with ~ lab (333333333333)");
        check("share cmk +share:222 with=222", "no SHARE-08");
        check("share none with=222", "no SHARE-08");
    }

    #[test]
    fn those_who_are_let_use_it_first_are_no_error() {
        check("share cmk with=222 key-access=policy", "SHARE-08 info key-access; allowed");
        check("share cmk +policy:crypto:222 with=222 key-access=grant", "SHARE-08 info key-access");
        check("share cmk +policy:denied:222 with=222 key-access=policy", "SHARE-08 error with");
        check(
            "share aws/rds with=222 first-copy=x first-key=alias/dba",
            "SHARE-08 error with -> key-access=policy",
        );
        check_fixes("share cmk with=222");
        check_fixes("share automated aws/rds with=222,333");
    }
}
