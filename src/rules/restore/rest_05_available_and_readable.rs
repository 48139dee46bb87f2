//! REST-05: only an available snapshot is restored, and only under a key that works.

use crate::domain::{Action, EncryptionClass, Field, Status};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "REST-05",
    says: "The snapshot must be available and its key usable by the account that restores.",
    way_out: "Wait until it is available; enable its key; copy it under a customer key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: InvalidDBSnapshotState, KMSKeyNotAccessibleFault",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let status = &snapshot.row.status;
    if *status != Status::Available {
        let message = format!("The snapshot is {status}; only an available one can be restored.");
        case.error(Field::Snapshot, message, Some(Fix::outside("wait until it is available", Detour::Wait)));
    }
    let Some(Some(key)) = case.source_key() else { return };
    if !key.can_encrypt() {
        let message = format!(
            "Its key {} {}: the snapshot cannot be read.",
            key.label(),
            key_name::state_words(&key.state)
        );
        let fix = Fix::outside(key_name::repair_words(&key.state), Detour::RepairKey);
        case.error(Field::Snapshot, message, Some(fix));
    } else if case.crosses_accounts() && case.encryption() == Some(EncryptionClass::AwsManaged) {
        let owner = case.account_words(case.owner());
        let message = format!("It is under the default key of {owner}, which no other account can use.");
        let fix = Fix::outside("have its owner copy it under a customer key", Detour::ReEncryptFirst);
        case.error(Field::Snapshot, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_what_is_available_and_can_be_read_is_restored() {
        check("restore creating db=x", "REST-05 error snapshot ~ creating");
        check("restore disabled db=x", "REST-05 error snapshot ~ disabled");
        check("restore pending db=x", "REST-05 error snapshot ~ deleted");
        check(
            "restore aws/rds of:222 by:111 +share:111 db=x",
            "REST-05 error snapshot ~ default key of dr (222222222222)",
        );
        check("restore aws/rds db=x", "no REST-05");
        check("restore cmk db=x", "no REST-05");
    }
}
