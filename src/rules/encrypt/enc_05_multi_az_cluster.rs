//! ENC-05: an unencrypted Multi-AZ DB cluster cannot be encrypted.

use crate::domain::{Action, EncryptionClass, Family, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-05",
    says: "An unencrypted Multi-AZ DB cluster snapshot cannot be encrypted.",
    way_out: "Restore it to a DB instance, take a snapshot, copy that under a key, and restore the copy as a cluster.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "multi-az-db-clusters-concepts.Limitations",
    actions: &[Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.family() != Some(Family::MultiAzCluster) || case.encryption() != Some(EncryptionClass::None) {
        return;
    }
    let key = case.draft.text(Field::KmsKey);
    let (field, fix) = match case.draft.action {
        Action::Encrypt => {
            let label = "restore it to an instance, and encrypt a snapshot of that";
            (Field::Snapshot, case.as_instance(label))
        }
        _ if key.is_some() => (Field::KmsKey, Fix::clear("restore it unencrypted", Field::KmsKey)),
        _ => return,
    };
    case.error(field, "An unencrypted Multi-AZ DB cluster cannot be encrypted.", Some(fix));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_multi_az_cluster_is_not_encrypted() {
        check("encrypt maz none name=x kms-key=alias/dba", "blocked");
        check(
            "restore maz none db=x class=db.r6gd.large kms-key=alias/dba",
            "ENC-05 error kms-key -> kms-key",
        );
        check("restore maz none db=x class=db.r6gd.large", "no ENC-05");
        check("restore maz cmk db=x class=db.r6gd.large kms-key=alias/team", "no ENC-05");
        check("encrypt inst none name=x kms-key=alias/dba", "no ENC-05");
    }
}
