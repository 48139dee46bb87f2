//! ENC-11: the key is enabled.

use crate::domain::Action;
use crate::rules::{Case, Confidence, KeyFault, NamedKey, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "ENC-11",
    says: "The key must be enabled.",
    way_out: "Enable it, or choose another; cancelling a deletion leaves a key disabled.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "KMS: KeyState; KMSKeyNotAccessibleFault",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for named in NamedKey::of(case) {
        let Some(KeyFault::NotUsable(key)) = named.fault(case) else { continue };
        let message = format!("{} {}: it cannot be used.", key.label(), key_name::state_words(&key.state));
        let fix = named.other_key(case).unwrap_or_else(|| key_name::repair(case, key));
        case.error(named.field, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_key_that_is_not_enabled_is_of_no_use() {
        check(
            "encrypt none name=x kms-key=alias/off",
            "ENC-11 error kms-key -> kms-key=alias/dba ~ disabled",
        );
        check("encrypt none name=x kms-key=alias/going", "ENC-11 error kms-key ~ waiting to be deleted");
        check("encrypt none name=x kms-key=alias/importing", "ENC-11 error kms-key ~ PendingImport");
        check("encrypt none name=x kms-key=alias/updating", "no ENC-11");
        check("copy none name=x kms-key=alias/off", "ENC-11 error kms-key");
        check("encrypt none name=x kms-key=alias/dba", "no ENC-11");
    }
}
