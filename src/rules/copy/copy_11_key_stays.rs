//! COPY-11: within its account and region an encrypted copy keeps the key, or takes another.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-11",
    says: "An encrypted snapshot that is copied in its own account and region keeps its key unless another is chosen.",
    way_out: "Choose a key to change it.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.crosses_regions() || case.crosses_accounts() || case.copied_under_kms() != Some(true) {
        return;
    }
    if case.draft.text(Field::KmsKey).is_none() {
        case.info(Field::KmsKey, "The copy keeps the snapshot's key.");
    } else if let (Some(chosen), Some(Some(own))) = (case.destination_key(), case.source_key())
        && chosen.arn != own.arn
    {
        case.info(
            Field::KmsKey,
            format!("The copy will be under {} instead of {}.", chosen.label(), own.label()),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_copy_at_home_keeps_its_key() {
        check("copy inst cmk", "COPY-11 info kms-key ~ keeps; allowed");
        check("copy automated aws/rds kms-key=alias/dba", "COPY-11 info kms-key ~ alias/dba");
        check("copy inst none", "no COPY-11");
        check("copy inst cmk use1->euw1 kms-key=alias/dba", "no COPY-11");
    }
}
