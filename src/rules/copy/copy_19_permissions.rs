//! COPY-19: who copies what is encrypted needs permissions on its keys.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-19",
    says: "Copying under a key takes kms:DescribeKey, CreateGrant, Decrypt, Encrypt, GenerateDataKey, GenerateDataKeyWithoutPlaintext and ReEncrypt.",
    way_out: "Give them to the role that copies.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot: Required permissions for copying encrypted snapshots",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if (case.crosses_regions() || case.crosses_accounts()) && case.copied_under_kms() == Some(true) {
        let message = "The role that copies needs kms:CreateGrant, DescribeKey, Decrypt, Encrypt, ReEncrypt and GenerateDataKey on both keys.";
        case.info(Field::KmsKey, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn permissions_on_both_keys_are_told() {
        check(
            "copy inst cmk use1->euw1 kms-key=alias/dba",
            "COPY-19 info kms-key ~ kms:CreateGrant; allowed",
        );
        check("copy inst none use1->euw1", "no COPY-19");
        check("copy inst cmk", "no COPY-19");
    }
}
