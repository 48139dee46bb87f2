//! COPY-17: the copy of an unencrypted cluster snapshot takes no key.

use crate::domain::{Action, EncryptionClass, Field, Kind};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-17",
    says: "An unencrypted cluster snapshot cannot be copied under a key.",
    way_out: "Restore it under the key, then take a snapshot of the new cluster.",
    severity: Severity::Error,
    confidence: Confidence::Conflict,
    source: "CopyDBClusterSnapshot: KmsKeyId; aurora-copy-snapshot; Overview.Encryption",
    actions: &[Action::Copy],
    yields_to: &["COPY-30"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Cluster
        && case.draft.text(Field::KmsKey).is_some()
        && case.copied_encryption() == Some(EncryptionClass::None)
    {
        let fix = Fix::clear("copy it unencrypted; to encrypt it, restore it under the key", Field::KmsKey)
            .by(Detour::RestoreWithKey);
        let message = "The copy of an unencrypted cluster snapshot takes no key. AWS's texts disagree; a restore takes one.";
        case.error(Field::KmsKey, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn a_cluster_is_not_encrypted_by_a_copy() {
        check("copy clu none kms-key=alias/dba", "COPY-17 error kms-key -> kms-key");
        check("copy docdb none use1->euw1 kms-key=alias/dba", "COPY-17 error kms-key");
        check("copy clu none use1->euw1", "no COPY-17; request");
        check("copy clu cmk kms-key=alias/team", "no COPY-17");
        check("copy clu sse-rds kms-key=alias/dba", "no COPY-17");
        check("copy inst none kms-key=alias/dba", "no COPY-17");
    }

    #[test]
    fn it_is_copied_as_it_is() {
        check_fixes("copy clu none kms-key=alias/dba");
    }
}
