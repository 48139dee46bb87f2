//! COPY-14: the copy of a shared encrypted snapshot needs a key.

use crate::domain::{Action, Field};
use crate::rules::key_name;
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-14",
    says: "An encrypted snapshot of another account is copied only under a key that is given, even in the same region.",
    way_out: "Choose a key of your own.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: KmsKeyId; CopyDBClusterSnapshot: KmsKeyId",
    actions: &[Action::Copy],
    yields_to: &["COPY-12"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_accounts()
        || case.draft.text(Field::KmsKey).is_some()
        || case.copied_under_kms() != Some(true)
    {
        return;
    }
    let Some(to) = case.destination() else { return };
    let words = case.account_words(to.account);
    let fix = key_name::offer(case, Field::KmsKey, to);
    case.error(
        Field::KmsKey,
        format!("The snapshot is encrypted: a copy in {words} needs a key, best one of its own."),
        fix,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_shared_encrypted_snapshot_is_copied_under_a_key() {
        check("copy inst cmk of:222 by:111 +share:111", "COPY-14 error kms-key -> kms-key=alias/dba");
        check("copy clu cmk to-account=222 +share:222", "COPY-14 error kms-key ~ dr (222222222222)");
        check("copy inst cmk of:222 by:111 use1->euw1 +share:111", "no COPY-14; COPY-12 error");
        check(
            "copy inst cmk of:222 by:111 +share:111 +policy:admits:111 kms-key=alias/dba",
            "no COPY-14; request",
        );
        check("copy inst none of:222 by:111 +share:111", "no COPY-14");
        check("copy inst cmk", "no COPY-14");
    }
}
