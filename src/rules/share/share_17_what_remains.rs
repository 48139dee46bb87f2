//! SHARE-17: no longer public does not mean private, and the reverse.

use crate::domain::{AccountId, Action, Field, Share, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-17",
    says: "Making a snapshot no longer public leaves the accounts that are named, and the reverse.",
    way_out: "Clear both.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshotAttribute",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-16"],
    check,
};

fn check(case: &mut Case<'_>) {
    let removes = !case.draft.list(Field::Remove).is_empty();
    if case.has_first_copy() || !(case.is_made_private() || removes) {
        return;
    }
    let Some(share) = case.share() else { return };
    let gone: Vec<AccountId> =
        case.draft.list(Field::Remove).iter().filter_map(|text| text.trim().parse().ok()).collect();
    let left: Vec<AccountId> = share.accounts().iter().copied().filter(|id| !gone.contains(id)).collect();
    if case.is_made_private() && !left.is_empty() {
        let names: Vec<String> = left.iter().map(|id| case.account_words(*id)).collect();
        let all = case.draft.list(Field::Remove).iter().cloned().chain(left.iter().map(ToString::to_string));
        let edit = Edit { field: Field::Remove, value: Some(Value::List(all.collect())) };
        let fix = Fix { label: "stop sharing with them too".to_owned(), edits: vec![edit], detour: None };
        case.warn(
            Field::Visibility,
            format!("Still shared afterwards with {}.", names.join(", ")),
            Some(fix),
        );
    }
    if removes && matches!(share, Share::Public(_)) && !case.is_made_private() {
        let fix = Fix::set("make it private too", Field::Visibility, "private");
        case.warn(Field::Remove, "It stays public: every account can still copy it.", Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_remains_is_named() {
        check(
            "share visibility=private +share:public,222,333",
            "SHARE-17 warning visibility -> remove=222222222222,333333333333",
        );
        check("share visibility=private remove=222 +share:public,222", "no SHARE-17");
        check("share visibility=private +share:public", "no SHARE-17");
        check("share remove=222 +share:public,222", "SHARE-17 warning remove -> visibility=private");
        check("share remove=222 +share:222", "no SHARE-17");
        check("share with=333 +share:public", "no SHARE-17");
    }
}
