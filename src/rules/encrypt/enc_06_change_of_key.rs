//! ENC-06: the key of a snapshot is changed by copying it under another.

use crate::domain::{Action, EncryptionClass, Field};
use crate::rules::{Case, Confidence, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "ENC-06",
    says: "The key is changed by copying the snapshot under the new one; an Aurora snapshot can also be restored under it.",
    way_out: "Choose another key than the present one.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId; CopyDBClusterSnapshot: KmsKeyId",
    actions: &[Action::Encrypt],
    yields_to: &["ENC-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    let class = case.encryption();
    if matches!(class, None | Some(EncryptionClass::None)) {
        return;
    }
    let Some(to) = case.destination() else { return };
    if case.draft.text(Field::KmsKey).is_none() {
        let fix = key_name::offer(case, Field::KmsKey, to);
        case.error(Field::KmsKey, "Choose the key that the copy is to have.", fix);
        return;
    }
    let (Some(chosen), Some(Some(own))) = (case.destination_key(), case.source_key()) else { return };
    if chosen.arn == own.arn {
        let message = format!("The snapshot is under {} already: the copy changes nothing.", own.label());
        let fix = key_name::offer(case, Field::KmsKey, to);
        case.warn(Field::KmsKey, message, fix);
    } else {
        case.info(Field::KmsKey, "The copy will be under the new key; the snapshot keeps its own.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_new_key_is_another_key() {
        check("encrypt cmk name=x", "ENC-06 error kms-key -> kms-key=alias/team");
        check("encrypt cmk name=x kms-key=alias/dba", "ENC-06 warning kms-key -> kms-key=alias/team");
        check("encrypt aws/rds name=x kms-key=alias/dba", "ENC-06 info kms-key");
        check("encrypt clu cmk name=x kms-key=alias/team", "ENC-06 info kms-key");
        check("encrypt none name=x", "no ENC-06");
    }
}
