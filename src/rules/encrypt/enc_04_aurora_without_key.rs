//! ENC-04: an unencrypted Aurora snapshot restored without a key is encrypted by AWS.

use crate::domain::{Action, EncryptionClass, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "ENC-04",
    says: "An unencrypted Aurora snapshot that is restored without a key becomes a cluster under a key that AWS owns.",
    way_out: "Choose a customer key.",
    severity: Severity::Warning,
    confidence: Confidence::Conflict,
    source: "Overview.Encryption; RestoreDBClusterFromSnapshot: KmsKeyId",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.family() != Some(Family::Aurora)
        || case.draft.text(Field::KmsKey).is_some()
        || case.encryption() != Some(EncryptionClass::None)
    {
        return;
    }
    let Some(to) = case.destination() else { return };
    let fix = key_name::offer(case, Field::KmsKey, to);
    case.warn(
        Field::KmsKey,
        "Without a key the new cluster is encrypted under a key that AWS owns. AWS's texts disagree; this is the newer one.",
        fix,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn without_a_key_aws_chooses_one_of_its_own() {
        check("restore clu none db=x", "ENC-04 warning kms-key -> kms-key=alias/dba ~ disagree");
        check("restore clu none db=x kms-key=alias/dba", "no ENC-04");
        check("restore clu cmk db=x", "no ENC-04");
        check("restore maz none db=x class=db.r6gd.large", "no ENC-04");
        check("restore inst none db=x", "no ENC-04");
    }
}
