//! COPY-13: of a multi-Region key the replica in the destination region is named.

use crate::domain::{Action, Field, KeyArn};
use crate::rules::{Case, Confidence, Rule, Severity};
use crate::rules::{KeyFault, NamedKey};

pub(super) const RULE: Rule = Rule {
    id: "COPY-13",
    says: "A multi-Region key is given by the ARN of its replica in the destination region.",
    way_out: "Choose the replica, or create one there.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "USER_CopySnapshot; KMS: multi-region-keys-overview",
    actions: &[Action::Copy],
    yields_to: &["COPY-24"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(named) = NamedKey::of(case).find(|named| named.field == Field::KmsKey) else { return };
    let Ok(key) = named.text.parse::<KeyArn>() else { return };
    if !case.crosses_regions() || !key.is_multi_region() {
        return;
    }
    if let Some(KeyFault::Elsewhere(home)) = named.fault(case) {
        let region = case.to_region();
        let fix = named.other_key(case);
        let message = format!(
            "This is the multi-Region key's own ARN in {home}; the copy needs that of its replica in {region}."
        );
        case.error(Field::KmsKey, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_primary_of_another_region_is_no_key_here() {
        check(
            "copy inst mrk use1->euw1 kms-key=mrk@use1",
            "COPY-13 error kms-key -> kms-key=arn:aws:kms:eu-west-1:111111111111:key/mrk-1; no COPY-12; no ENC-12",
        );
        check("copy inst mrk use1->usw2 kms-key=mrk@use1", "COPY-13 error kms-key -> kms-key=alias/dba");
        check("copy inst mrk use1->euw1 kms-key=mrk@euw1", "no COPY-13; no COPY-12; request");
        check("copy inst mrk use1->euw1 kms-key=cmk@use1", "no COPY-13; COPY-12 error");
    }
}
