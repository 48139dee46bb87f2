//! EXP-18: the key of the snapshot can be used.

use crate::domain::{Action, EncryptionClass, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "EXP-18",
    says: "The key of the snapshot must be usable by the account that exports.",
    way_out: "Enable the key, or copy the snapshot under another.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "StartExportTask: KMSKeyNotAccessibleFault",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(Some(key)) = case.source_key() else { return };
    if !key.can_encrypt() {
        let message = format!(
            "Its key {} {}: the snapshot cannot be read.",
            key.label(),
            key_name::state_words(&key.state)
        );
        let fix = Fix::outside(key_name::repair_words(&key.state), Detour::RepairKey);
        case.error(Field::Snapshot, message, Some(fix));
    } else if case.draft.by != case.owner() && case.encryption() == Some(EncryptionClass::AwsManaged) {
        let owner = case.account_words(case.owner());
        let message = format!("It is under the default key of {owner}, which no other account can use.");
        let fix = Fix::outside("have its owner copy it under a customer key", Detour::ReEncryptFirst);
        case.error(Field::Snapshot, message, Some(fix));
    }
}
