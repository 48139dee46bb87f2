//! KMS-11: a default key works in its own account alone.

use super::access::other_key_first;
use crate::domain::{Action, Field};
use crate::rules::key_name;
use crate::rules::{Access, Case, Confidence, Refusal, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-11",
    says: "The policy of an AWS managed key admits its own account alone, and cannot be changed.",
    way_out: "Copy under a customer key first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "KMS: AWS managed keys",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for used in case.uses_of_keys() {
        if used.access != (Access::No { why: Refusal::AwsManaged }) {
            continue;
        }
        let words = case.account_words(used.taker);
        if used.field == Field::Snapshot {
            let fix = other_key_first(case);
            let has_first_key = case.draft.text(Field::FirstKey).is_some();
            let field = if has_first_key { Field::FirstKey } else { Field::Snapshot };
            case.error(
                field,
                format!("It is under the default key aws/rds, which {words} can never use."),
                fix,
            );
        } else {
            let fix = case.destination().and_then(|to| key_name::offer(case, Field::KmsKey, to));
            let key_words = used.key.label();
            case.error(
                used.field,
                format!("{key_words} is another account's default key, which {words} can never use."),
                fix,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn a_default_key_is_of_no_use_elsewhere() {
        check(
            "copy inst aws/rds to-account=222 +share:222 kms-key=alias/dba",
            "KMS-11 error snapshot -> first-key=alias/dba",
        );
        check(
            "copy inst aws/rds to-account=222 +share:222 kms-key=alias/dba",
            "KMS-11 error snapshot -> first-copy=orders-copy",
        );
        check(
            "copy inst aws/rds to-account=222 kms-key=alias/dba first-copy=x first-key=alias/aws/rds",
            "KMS-11 error first-key -> first-key=alias/dba",
        );
        check("restore clu aws/rds to-account=222 +share:222 db=x", "KMS-11 error snapshot");
        check("copy inst cmk kms-key=aws/rds@222:use1", "KMS-11 error kms-key -> kms-key=alias/team");
        check("copy inst aws/rds of:999 by:111 kms-key=alias/dba", "KMS-11 error snapshot");
        check("copy inst aws/rds kms-key=alias/dba", "no KMS-11; request");
        check("copy inst cmk to-account=222 +share:222 kms-key=alias/dba", "no KMS-11");
    }

    #[test]
    fn under_another_key_it_can_go() {
        check_fixes("copy inst aws/rds to-account=222 use1->euw1");
        check_fixes("copy automated aws/rds to-account=222");
        check_fixes("copy clu aws/rds to-account=222");
    }
}
