//! SHARE-03: only the owner can share a snapshot.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-03",
    says: "A snapshot can be shared by its owner only; one that was shared cannot be shared on.",
    way_out: "Copy it, and share the copy: that is yours.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "ModifyDBSnapshotAttribute",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let owner = case.owner();
    if !case.is_ours(owner) {
        let fix = Fix::outside("copy it, then share the copy", Detour::CopyFirst);
        let message =
            format!("The snapshot belongs to {}; only its owner can share it.", case.account_words(owner));
        case.error(Field::Snapshot, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_the_owner_shares() {
        check("share of:999 by:111 with=222", "SHARE-03 error snapshot ~ 999999999999");
        check("share of:222 by:111 with=333", "no SHARE-03");
        check("share manual with=222", "no SHARE-03");
    }
}
