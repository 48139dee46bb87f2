//! EXP-07: an AWS managed key cannot let the role in.

use crate::domain::{Action, Field, KeyManager};
use crate::rules::{Case, Confidence, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "EXP-07",
    says: "Whether an export takes an AWS managed key is not documented; its policy cannot be changed to admit the role.",
    way_out: "Choose a customer key.",
    severity: Severity::Warning,
    confidence: Confidence::Unconfirmed,
    source: "USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.destination_key().is_some_and(|key| key.manager == KeyManager::Aws) {
        let Some(scope) = case.destination() else { return };
        let fix = key_name::offer(case, Field::KmsKey, scope);
        let message =
            "AWS does not document exports under an AWS managed key, whose policy cannot admit the role.";
        case.warn(Field::KmsKey, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_default_key_cannot_admit_the_role() {
        check("export postgres kms-key=alias/aws/rds", "EXP-07 warning kms-key -> kms-key=alias/dba");
        check("export postgres kms-key=alias/dba", "no EXP-07");
    }
}
