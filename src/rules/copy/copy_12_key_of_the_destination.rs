//! COPY-12: an encrypted copy to another region needs a key that lives there.

use crate::domain::{Action, Field, Region};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};
use crate::rules::{KeyFault, NamedKey, key_name};

pub(super) const RULE: Rule = Rule {
    id: "COPY-12",
    says: "An encrypted snapshot is copied to another region only under a key of that region.",
    way_out: "Choose a key of the destination region.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId",
    actions: &[Action::Copy],
    yields_to: &["COPY-13", "COPY-24"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() {
        return;
    }
    let region = case.to_region();
    let named = NamedKey::of(case).find(|named| named.field == Field::KmsKey);
    if let Some(named) = named {
        if let Some(KeyFault::Elsewhere(home)) = named.fault(case) {
            let fix = named.other_key(case);
            case.error(
                Field::KmsKey,
                format!("The key lives in {home}; the copy needs one of {region}."),
                fix,
            );
        }
    } else if case.copied_under_kms() == Some(true) {
        let fix = replica_of_the_source(case, &region).or_else(|| {
            let to = case.destination()?;
            key_name::offer(case, Field::KmsKey, to)
        });
        let message = format!("The snapshot is encrypted: its copy in {region} needs a key of {region}.");
        case.error(Field::KmsKey, message, fix);
    }
}

/// The replica of the snapshot's own key, where that is of the account that copies and has one there (COPY-13).
fn replica_of_the_source(case: &mut Case<'_>, region: &Region) -> Option<Fix> {
    if case.crosses_accounts() || case.has_first_copy() {
        return None;
    }
    let key = case.source_key()??;
    let replica = key.replicas.iter().find(|replica| *replica.region() == *region.name())?;
    Some(Fix::set(format!("use the replica of {} in {region}", key.label()), Field::KmsKey, replica.exact()))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn an_encrypted_copy_takes_a_key_of_its_region() {
        check("copy inst aws/rds use1->euw1", "COPY-12 error kms-key -> kms-key=alias/dba");
        check(
            "copy inst cmk use1->euw1 kms-key=cmk@use1",
            "COPY-12 error kms-key -> kms-key=alias/dba ~ us-east-1",
        );
        check("copy inst unnamed use1->euw1", "COPY-12 error kms-key");
        check(
            "copy inst mrk use1->euw1",
            "COPY-12 error kms-key -> kms-key=arn:aws:kms:eu-west-1:111111111111:key/mrk-1",
        );
        check(
            "copy inst cmk use1->euw1 kms-key=arn:aws:kms:us-east-1:111111111111:alias/dba",
            "COPY-12 error kms-key",
        );
        check("copy inst cmk use1->euw1 kms-key=cmk@euw1", "no COPY-12; request");
        check("copy inst none use1->euw1", "no COPY-12; request");
        check("copy clu sse-rds use1->euw1", "no COPY-12");
        check("copy inst cmk", "no COPY-12");
    }

    #[test]
    fn the_key_that_is_offered_will_do() {
        check_fixes("copy inst cmk use1->euw1");
        check_fixes("copy inst mrk use1->euw1");
        check_fixes("copy clu aws/rds use1->euw1");
    }
}
