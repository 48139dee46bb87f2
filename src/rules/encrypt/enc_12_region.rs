//! ENC-12: the key lives where the result is made.

use crate::domain::Action;
use crate::rules::{Case, Confidence, KeyFault, NamedKey, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-12",
    says: "The key must live in the region where the result is made.",
    way_out: "Choose a key of that region; for a multi-Region key, its replica there.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId; RestoreDBClusterFromSnapshot: KmsKeyId",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &["COPY-12"],
    check,
};

fn check(case: &mut Case<'_>) {
    for named in NamedKey::of(case) {
        let Some(KeyFault::Elsewhere(region)) = named.fault(case) else { continue };
        let message = format!("The key lives in {region}; one of {} is needed.", named.scope.region);
        let fix = named.other_key(case);
        case.error(named.field, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_key_lives_where_it_is_used() {
        check(
            "encrypt none name=x kms-key=cmk@euw1",
            "ENC-12 error kms-key -> kms-key=alias/dba ~ eu-west-1",
        );
        check(
            "encrypt none name=x kms-key=mrk@euw1",
            "ENC-12 error kms-key -> kms-key=arn:aws:kms:us-east-1:111111111111:key/mrk-1",
        );
        check("restore clu none db=x kms-key=cmk@euw1", "ENC-12 error kms-key");
        check("share automated cmk with=222 first-copy=x first-key=cmk@euw1", "ENC-12 error first-key");
        check("encrypt none name=x kms-key=mrk@use1", "no ENC-12");
        check("copy cmk use1->euw1 name=x kms-key=cmk@use1", "COPY-12 error kms-key; no ENC-12");
    }
}
