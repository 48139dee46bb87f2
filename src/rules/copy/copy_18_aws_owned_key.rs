//! COPY-18: how snapshots under a key that AWS owns behave is not documented.

use crate::domain::{Action, EncryptionClass, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-18",
    says: "A snapshot under a key that AWS owns (sse-rds) is encrypted, though the API says it is not; AWS does not document how it is copied.",
    way_out: "Restore it under a customer key.",
    severity: Severity::Warning,
    confidence: Confidence::Unconfirmed,
    source: "DBClusterSnapshot: StorageEncryptionType; Overview.Encryption",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.copied_encryption() != Some(EncryptionClass::AwsOwned) {
        return;
    }
    if case.draft.text(Field::KmsKey).is_some() {
        let fix = Fix::outside("restore it under the key instead", Detour::RestoreWithKey);
        let message =
            "It is encrypted under a key that AWS owns: whether a copy takes another key is not documented.";
        case.warn(Field::KmsKey, message, Some(fix));
    } else if case.crosses_regions() || case.crosses_accounts() {
        let message = "It is encrypted under a key that AWS owns: how such a snapshot is copied there is not documented.";
        case.warn(Field::Snapshot, message, None);
    } else {
        case.info(Field::Snapshot, "It is encrypted under a key that AWS owns, not unencrypted.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_is_not_documented_is_said() {
        check("copy clu sse-rds use1->euw1", "COPY-18 warning snapshot ~ not documented; warned; request");
        check("copy clu sse-rds kms-key=alias/dba", "COPY-18 warning kms-key");
        check("copy clu sse-rds", "COPY-18 info snapshot; allowed");
        check("copy clu none use1->euw1", "no COPY-18");
        check("copy clu cmk", "no COPY-18");
    }
}
