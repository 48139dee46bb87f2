//! SHARE-05: only an unencrypted snapshot can be made public.

use crate::domain::{Action, EncryptionClass, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-05",
    says: "Only an unencrypted snapshot can be made public.",
    way_out: "Share it with accounts by their id.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshotAttribute; USER_ShareSnapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.is_made_public() {
        return;
    }
    let message = match case.shared_encryption() {
        None | Some(EncryptionClass::None) => return,
        Some(EncryptionClass::AwsOwned) => {
            "It is encrypted, under a key that AWS owns: it cannot be made public. AWS does not document this case."
        }
        Some(EncryptionClass::AwsManaged | EncryptionClass::Customer | EncryptionClass::Unknown) => {
            "It is encrypted: it cannot be made public. Share it with accounts instead."
        }
    };
    case.error(Field::Visibility, message, Some(Fix::clear("do not make it public", Field::Visibility)));
}
