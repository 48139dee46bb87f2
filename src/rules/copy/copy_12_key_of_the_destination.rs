//! COPY-12: an encrypted copy to another region needs a key that lives there.

use crate::domain::{Action, EncryptionClass, Field, KeyArn, Region, Scope};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-12",
    says: "An encrypted snapshot is copied to another region only under a key of that region.",
    way_out: "Choose a key of the destination region.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() {
        return;
    }
    let region = case.to_region();
    let typed = case.draft.text(Field::KmsKey);
    let elsewhere = |key: &KeyArn| *key.region() != *region.name();
    match typed.map(str::parse::<KeyArn>) {
        Some(Ok(key)) if elsewhere(&key) => {
            let message =
                format!("The key lives in {}; the copy needs one of {region}.", Region::new(key.region()));
            let fix = key_of(case, &region);
            case.error(Field::KmsKey, message, fix);
        }
        None if matches!(case.encryption(), Some(class) if class != EncryptionClass::None && class != EncryptionClass::AwsOwned) =>
        {
            let fix = key_of(case, &region);
            case.error(
                Field::KmsKey,
                format!("The snapshot is encrypted: its copy in {region} needs a key of {region}."),
                fix,
            );
        }
        _ => {}
    }
}

/// The first customer key of the destination that can be used.
fn key_of(case: &mut Case<'_>, region: &Region) -> Option<Fix> {
    let scope = Scope { account: case.to_account().ok()?, region: region.clone() };
    let key = case.usable_key(scope)?;
    Some(Fix::set(format!("use {}", key.label()), Field::KmsKey, key.handle()))
}
