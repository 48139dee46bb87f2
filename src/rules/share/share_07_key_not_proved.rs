//! SHARE-07: whether another account may use the key cannot always be proved.

use crate::domain::{Action, EncryptionClass, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

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
    if case.added().is_empty() {
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
            let owner = key.arn.account();
            if let Some(account) = owner.filter(|account| !case.is_ours(*account)) {
                let message = format!(
                    "The key is of {}: only that account can tell whether they may use it.",
                    case.account_words(account)
                );
                case.warn(Field::With, message, None);
            }
        }
        Some(EncryptionClass::None | EncryptionClass::AwsManaged) | None => {}
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
        check("share cmk +policy:admits:222 with=222", "no SHARE-07");
        check("share aws/rds with=222", "no SHARE-07");
    }
}
