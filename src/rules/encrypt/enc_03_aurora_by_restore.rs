//! ENC-03: an unencrypted Aurora snapshot is encrypted by restoring it under a key.

use crate::domain::{Action, EncryptionClass, Family, Field, KeyFacts, Kind};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "ENC-03",
    says: "An unencrypted cluster snapshot is encrypted by restoring it under a key, not by copying it.",
    way_out: "Restore it under a key, then take a snapshot of the new cluster.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot: KmsKeyId",
    actions: &[Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Cluster {
        return;
    }
    match case.encryption() {
        Some(EncryptionClass::None) => {}
        Some(EncryptionClass::AwsOwned) if case.draft.text(Field::FirstKey).is_some() => {
            let message = "AWS does not document whether a snapshot under a key of its own can be copied under another.";
            case.warn(Field::FirstKey, message, None);
            return;
        }
        _ => return,
    }
    let is_multi_az = case.family() == Some(Family::MultiAzCluster);
    match case.draft.action {
        Action::Encrypt if !is_multi_az => {
            let fix = restore_under_a_key(case);
            case.error(
                Field::Snapshot,
                "An unencrypted cluster snapshot is encrypted by restoring it under a key; a copy stays unencrypted.",
                fix,
            );
        }
        Action::Restore if !is_multi_az && case.draft.text(Field::KmsKey).is_some() => {
            case.info(Field::KmsKey, "The new cluster will be encrypted, though its snapshot is not.");
        }
        _ => {}
    }
    if case.draft.text(Field::FirstKey).is_some() {
        let fix = Fix::clear("copy it unencrypted", Field::FirstKey);
        case.error(Field::FirstKey, "A copy of an unencrypted cluster snapshot takes no key.", Some(fix));
    }
}

/// The restore, under the key that was chosen or under one that fits.
fn restore_under_a_key(case: &mut Case<'_>) -> Option<Fix> {
    if case.draft.text(Field::KmsKey).is_some() {
        return Some(Fix::outside("restore it under the key instead", Detour::RestoreWithKey));
    }
    let to = case.destination()?;
    let label = case.usable_key(to.clone()).map(KeyFacts::label);
    let offered = key_name::offer(case, Field::KmsKey, to)?;
    let Some(label) = label else { return Some(offered) };
    Some(Fix { label: format!("restore it under {label} instead"), ..offered }.by(Detour::RestoreWithKey))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_unencrypted_cluster_is_encrypted_by_a_restore() {
        check("restore clu none db=x kms-key=alias/dba", "ENC-03 info kms-key; ok ENC-04");
        check("encrypt clu none name=x kms-key=alias/dba", "blocked");
        check("encrypt clu none name=x", "ENC-03 error snapshot -> kms-key=alias/dba");
        check(
            "share clu sse-rds with=222 first-copy=x first-key=alias/dba",
            "ENC-03 warning first-key ~ does not document",
        );
        check("encrypt clu cmk name=x kms-key=alias/team", "no ENC-03");
        check("encrypt none name=x kms-key=alias/dba", "no ENC-03");
        check(
            "share clu automated none with=222 first-copy=x first-key=alias/dba",
            "ENC-03 error first-key -> first-key",
        );
    }
}
