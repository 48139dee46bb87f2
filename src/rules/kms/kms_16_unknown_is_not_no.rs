//! KMS-16: what cannot be read is unknown, never a no.

use crate::domain::{Action, EncryptionClass, Field, KeyManager};
use crate::rules::{Access, Case, Confidence, Doubt, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-16",
    says: "Where the policy, the grants or the key cannot be read, it is not known whether the account can use the key.",
    way_out: "Ask the owner of the key.",
    severity: Severity::Warning,
    confidence: Confidence::Inferred,
    source: "KMS: GetKeyPolicy, ListGrants, DescribeKey",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let uses = case.uses_of_keys();
    if !uses.iter().any(|used| used.field == Field::Snapshot)
        && let Some(message) = unread(case)
    {
        case.warn(Field::Snapshot, message, None);
    }
    if let Some(message) = unread_choice(case) {
        case.warn(Field::KmsKey, message, None);
    }
    for used in uses {
        if let Access::Unknown { why: why @ (Doubt::Policy(_) | Doubt::Grants) } = &used.access {
            let (words, key_words) = (case.account_words(used.taker), used.key.label());
            case.warn(used.field, format!("Whether {words} may use {key_words} is not known: {why}."), None);
        }
    }
}

/// The chosen key, where it is of an account that nobody here can ask.
fn unread_choice(case: &mut Case<'_>) -> Option<String> {
    let key = case.destination_key().filter(|key| key.manager == KeyManager::Customer)?;
    let owner = key.arn.account().filter(|owner| !case.is_ours(*owner))?;
    let words = case.account_words(case.to_account().ok()?);
    let (owner, key_words) = (case.account_words(owner), key.label());
    Some(format!("Whether {words} may use {key_words} only {owner} can tell."))
}

/// The key of another account whose policy nobody here can read.
fn unread(case: &mut Case<'_>) -> Option<String> {
    let taker = case.taker()?;
    let words = case.account_words(taker);
    let class = case.copied_encryption()?;
    if class == EncryptionClass::Unknown {
        return Some(format!("Its key cannot be described: whether {words} may use it is not known."));
    }
    let key = case.taken_key().filter(|_| class == EncryptionClass::Customer)?;
    let owner = key.arn.account().filter(|owner| *owner != taker && !case.is_ours(*owner))?;
    let (owner, key_words) = (case.account_words(owner), key.label());
    Some(format!("Whether {words} may use {key_words} only {owner} can tell."))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_cannot_be_read_is_not_known() {
        check(
            "copy inst cmk of:999 by:111 kms-key=alias/dba",
            "KMS-16 warning snapshot ~ 999999999999; warned; request",
        );
        check(
            "copy inst cmk to-account=222 +share:222 +policy:broken kms-key=alias/dba",
            "KMS-16 warning snapshot ~ not JSON",
        );
        check(
            "copy inst cmk to-account=222 +share:222 denied:kms:ListGrants kms-key=alias/dba",
            "KMS-16 warning snapshot ~ grants",
        );
        check(
            "copy inst unnamed of:999 by:111 kms-key=alias/dba",
            "KMS-16 warning snapshot ~ cannot be described",
        );
        check("copy inst cmk to-account=222 +share:222 denied:kms:GetKeyPolicy kms-key=alias/dba", "warned");
        check("copy inst aws/rds of:999 by:111 kms-key=alias/dba", "no KMS-16");
        check("copy inst none of:999 by:111", "no KMS-16");
        check("copy inst cmk", "no KMS-16");
    }
}
