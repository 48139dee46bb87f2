//! SHARE-07: whether another account may use the key cannot always be proved.

use crate::domain::{AccountId, Action, EncryptionClass, Field, KeyFacts, KeyPolicies};
use crate::rules::{Access, Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-07",
    says: "A snapshot under a customer key is shared without a look at the key; the other account can use it only if the key admits it.",
    way_out: "Check the key's policy for every account.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "share-encrypted-snapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-05", "SHARE-06"],
    check,
};

fn check(case: &mut Case<'_>) {
    let added = case.added();
    if added.is_empty() {
        return;
    }
    match case.shared_encryption() {
        Some(EncryptionClass::Unknown) => {
            case.warn(
                Field::With,
                "Its key cannot be described: whether they may use it is not known.",
                None,
            );
        }
        Some(EncryptionClass::AwsOwned) => {
            case.warn(
                Field::With,
                "It is encrypted under a key that AWS owns: AWS does not document whether others can use it.",
                None,
            );
        }
        Some(EncryptionClass::Customer) => {
            let Some(Some(key)) = case.shared_key() else { return };
            match case.key_policies(&key.arn) {
                Some(policies) => added.iter().for_each(|account| say(case, key, policies, *account)),
                None => owner_alone_can_tell(case, key),
            }
        }
        Some(EncryptionClass::None | EncryptionClass::AwsManaged) | None => {}
    }
}

fn say(case: &mut Case<'_>, key: &KeyFacts, policies: &KeyPolicies, account: AccountId) {
    let words = case.account_words(account);
    match case.may_use(policies, key, account) {
        Access::Unknown { why } => {
            let message = format!("Whether {words} may use {} is not known: {why}.", key.label());
            case.warn(Field::With, message, None);
        }
        Access::Yes => {
            let message = format!(
                "{} admits {words}; that account's own policies are not seen from here.",
                key.label()
            );
            case.info(Field::With, message);
        }
        // SHARE-08 speaks.
        Access::Only { .. } | Access::Incomplete { .. } | Access::No { .. } => {}
    }
}

fn owner_alone_can_tell(case: &mut Case<'_>, key: &KeyFacts) {
    if let Some(account) = key.arn.account().filter(|account| !case.is_ours(*account)) {
        let words = case.account_words(account);
        let message =
            format!("The key belongs to {words}: only that account can tell whether they may use it.");
        case.warn(Field::With, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_cannot_be_proved_is_said() {
        check("share unnamed with=222", "SHARE-07 warning with");
        check("share cmk@999 with=222", "SHARE-07 warning with ~ 999999999999");
        check("share clu sse-rds with=222", "SHARE-07 warning with ~ does not document");
        check("share none with=222", "no SHARE-07");
        check("share aws/rds with=222", "no SHARE-07");
        check("share cmk +policy:vpce:222 with=222", "SHARE-07 warning with ~ aws:SourceVpce; no SHARE-08");
        check("share cmk +policy:admits:222 with=222", "ok SHARE-07; SHARE-07 info with");
        check("share cmk +policy:broken with=222", "SHARE-07 warning with");
        check("share cmk denied:kms:GetKeyPolicy with=222", "SHARE-07 warning snapshot ~ kms:GetKeyPolicy");
    }
}
