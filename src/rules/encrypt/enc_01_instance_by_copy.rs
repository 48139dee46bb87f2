//! ENC-01: an instance snapshot is encrypted by copying it under a key.

use crate::domain::{Action, EncryptionClass, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "ENC-01",
    says: "An unencrypted instance snapshot is encrypted by copying it under a key; a restore of the copy is encrypted.",
    way_out: "Choose a key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "Overview.Encryption",
    actions: &[Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance || case.encryption() != Some(EncryptionClass::None) {
        return;
    }
    if case.draft.text(Field::KmsKey).is_some() {
        case.info(Field::KmsKey, "The copy will be encrypted, and so will what is restored from it.");
    } else if let Some(to) = case.destination() {
        let fix = key_name::offer(case, Field::KmsKey, to);
        case.error(Field::KmsKey, "Choose the key to encrypt it under.", fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_instance_snapshot_needs_a_key_to_be_encrypted() {
        check("encrypt none name=x", "ENC-01 error kms-key -> kms-key=alias/dba");
        check("encrypt none name=x kms-key=alias/dba", "ENC-01 info kms-key; allowed");
        check("encrypt clu none name=x", "no ENC-01");
        check("encrypt cmk name=x", "no ENC-01");
    }
}
