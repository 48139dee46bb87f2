//! REST-04: a shared Aurora snapshot is restored directly, better under one's own key.

use crate::domain::{Action, EncryptionClass, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity, key_name};

pub(super) const RULE: Rule = Rule {
    id: "REST-04",
    says: "An Aurora snapshot of another account is restored directly; without a key the new cluster uses that account's key.",
    way_out: "Choose a key of your own.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "aurora-share-snapshot; Overview.Encryption",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.family() != Some(Family::Aurora)
        || !case.crosses_accounts()
        || case.has_first_copy()
        || case.draft.text(Field::KmsKey).is_some()
        || matches!(case.encryption(), None | Some(EncryptionClass::None | EncryptionClass::AwsOwned))
    {
        return;
    }
    let Some(to) = case.destination() else { return };
    let fix = key_name::offer(case, Field::KmsKey, to);
    let owner = case.account_words(case.owner());
    let message =
        format!("Without a key of your own, {owner} could make the new cluster unreadable with its key.");
    case.warn(Field::KmsKey, message, fix);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_shared_aurora_snapshot_is_better_restored_under_ones_own_key() {
        check(
            "restore clu cmk of:222 by:111 +share:111 db=x",
            "REST-04 warning kms-key -> kms-key=alias/dba ~ dr (222222222222)",
        );
        check("restore clu cmk of:222 by:111 +share:111 db=x kms-key=alias/dba", "no REST-04");
        check("restore clu none of:222 by:111 +share:111 db=x", "no REST-04");
        check("restore clu cmk db=x", "no REST-04");
    }
}
