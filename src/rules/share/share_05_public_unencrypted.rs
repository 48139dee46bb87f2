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

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_encrypted_snapshot_is_never_made_public() {
        check("share cmk visibility=public", "SHARE-05 error visibility -> visibility; no SHARE-22");
        check("share aws/rds visibility=public", "SHARE-05 error visibility");
        check("share unnamed visibility=public", "SHARE-05 error visibility");
        check("share clu sse-rds visibility=public", "SHARE-05 error visibility ~ does not document");
        check(
            "share automated first-copy=x first-key=alias/dba visibility=public",
            "SHARE-05 error visibility",
        );
        check("share none visibility=public", "no SHARE-05");
        check("share cmk visibility=private", "no SHARE-05");
    }
}
