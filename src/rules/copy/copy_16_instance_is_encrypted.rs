//! COPY-16: a key makes an encrypted copy of an unencrypted instance snapshot.

use crate::domain::{Action, EncryptionClass, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-16",
    says: "An unencrypted instance snapshot is encrypted by copying it under a key.",
    way_out: "Leave the key out to keep it unencrypted.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance
        && case.draft.text(Field::KmsKey).is_some()
        && case.copied_encryption() == Some(EncryptionClass::None)
    {
        case.info(Field::KmsKey, "The copy will be encrypted, though the snapshot is not.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_key_encrypts_the_copy_of_an_instance_snapshot() {
        check("copy inst none kms-key=alias/dba", "COPY-16 info kms-key; allowed; request");
        check("copy inst none", "no COPY-16");
        check("copy inst cmk kms-key=alias/team", "no COPY-16");
    }
}
