//! COPY-15: a copy under the key of another account depends on that account.

use crate::domain::{Action, Field};
use crate::rules::key_name;
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-15",
    says: "The key of a copy should belong to the account that the copy belongs to.",
    way_out: "Choose a key of that account.",
    severity: Severity::Warning,
    confidence: Confidence::Observed,
    source: "share-encrypted-snapshot; Overview.Encryption; awslabs/rds-snapshot-tool #60",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let (Some(key), Some(to)) = (case.destination_key(), case.destination()) else { return };
    let Some(owner) = key.arn.account().filter(|owner| *owner != to.account) else { return };
    let words = case.account_words(owner);
    let fix = key_name::offer(case, Field::KmsKey, to);
    case.warn(
        Field::KmsKey,
        format!("The key is of {words}, which can make this copy unreadable with it."),
        fix,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_foreign_key_is_a_risk_and_no_error() {
        check(
            "copy inst cmk of:222 by:111 +share:111 +policy:admits:111 kms-key=cmk@222:use1",
            "COPY-15 warning kms-key -> kms-key=alias/dba ~ dr (222222222222)",
        );
        check("copy inst cmk kms-key=cmk2@use1", "no COPY-15");
    }
}
