//! ENC-10: the key is symmetric and for encryption.

use crate::domain::Action;
use crate::rules::{Case, Confidence, KeyFault, NamedKey, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-10",
    says: "The key must be symmetric and made for encrypting.",
    way_out: "Choose another key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "share-encrypted-snapshot; KMS: services-rds",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for named in NamedKey::of(case) {
        let Some(KeyFault::NotSymmetric(key)) = named.fault(case) else { continue };
        let message = format!(
            "{} is a key of the kind {} for {}: RDS takes only symmetric keys for encryption.",
            key.label(),
            key.spec,
            key.usage
        );
        let fix = named.other_key(case);
        case.error(named.field, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_symmetric_keys_encrypt() {
        check(
            "encrypt none name=x kms-key=alias/sign",
            "ENC-10 error kms-key -> kms-key=alias/dba ~ RSA_2048",
        );
        check("encrypt none name=x kms-key=alias/hmac", "ENC-10 error kms-key");
        check(
            "share automated cmk with=222 first-copy=x first-key=alias/sign",
            "ENC-10 error first-key -> first-key=alias/dba",
        );
        check("restore clu none db=x kms-key=alias/sign", "ENC-10 error kms-key");
        check("encrypt none name=x kms-key=alias/dba", "no ENC-10");
        check("encrypt none name=x kms-key=alias/off", "no ENC-10");
    }
}
