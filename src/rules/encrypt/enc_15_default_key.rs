//! ENC-15: the default key is a legacy choice.

use crate::domain::{Action, Field, KeyManager};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-15",
    says: "The default key aws/rds is legacy, and what is encrypted with it can never be shared.",
    way_out: "Choose a customer key.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "Overview.Encryption",
    actions: &[Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.destination_key().is_some_and(|key| key.manager == KeyManager::Aws) {
        case.info(Field::KmsKey, "With the default key aws/rds it can never be shared with another account.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_default_key_is_a_dead_end_for_sharing() {
        check("encrypt none name=x kms-key=alias/aws/rds", "ENC-15 info kms-key");
        check("encrypt none name=x kms-key=alias/dba", "no ENC-15");
    }
}
