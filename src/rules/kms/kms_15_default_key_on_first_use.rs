//! KMS-15: the default key of a region is made when it is first used.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-15",
    says: "The alias aws/rds of a region may have no key until it is used for the first time.",
    way_out: "Nothing: AWS makes the key.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "KMS: ListAliases, DescribeKey",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let is_default = case.draft.text(Field::KmsKey).is_some_and(|text| text.trim() == "alias/aws/rds");
    if is_default {
        case.info(
            Field::KmsKey,
            "AWS makes the default key of a region when it is first used; what is under it cannot be shared.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_default_key_may_have_to_be_made() {
        check("copy inst cmk use1->euw1 kms-key=alias/aws/rds", "KMS-15 info kms-key; allowed; request");
        check("copy inst cmk use1->euw1 kms-key=alias/dba", "no KMS-15");
    }
}
