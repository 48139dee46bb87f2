//! ENC-13: a key of another account is named by its ARN.

use crate::domain::Action;
use crate::rules::{Case, Confidence, KeyFault, NamedKey, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-13",
    says: "A key of another account is named by its ARN or the ARN of an alias; ids and aliases are looked for in the account itself.",
    way_out: "Give the ARN of the key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot: KmsKeyId",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for named in NamedKey::of(case) {
        let (key, region) = (named.shown(), &named.scope.region);
        let account = case.account_words(named.scope.account);
        let message = match named.fault(case) {
            Some(KeyFault::Malformed) => {
                format!("\"{key}\" is no key: give an id, an alias, or the ARN of either.")
            }
            Some(KeyFault::NotThere) if named.is_arn() => {
                format!("{account} sees no key {key}: there is none, or it may not use it.")
            }
            Some(KeyFault::NotThere) => format!(
                "{account} has no key {key} in {region}; a key of another account is given by its ARN."
            ),
            _ => continue,
        };
        let fix = named.other_key(case);
        case.error(named.field, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_key_that_is_not_there_is_asked_for_by_its_arn() {
        check(
            "encrypt none name=x kms-key=alias/nobody",
            "ENC-13 error kms-key -> kms-key=alias/dba ~ prod (111111111111)",
        );
        check("encrypt none name=x kms-key=cmk@222:use1", "no ENC-13");
        check(
            "encrypt none name=x kms-key=arn:aws:kms:us-east-1:222222222222:key/none",
            "ENC-13 error kms-key ~ sees no key",
        );
        check("encrypt none name=x kms-key=arn:aws:s3:::bucket", "ENC-13 error kms-key ~ is no key");
        check("encrypt none name=x kms-key=my␣key", "ENC-13 error kms-key ~ is no key");
        check("encrypt none name=x kms-key=cmk", "no ENC-13");
        check("encrypt none name=x kms-key=alias/dba", "no ENC-13");
    }
}
