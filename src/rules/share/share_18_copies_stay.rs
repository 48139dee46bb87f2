//! SHARE-18: copies that others made stay with them.

use crate::domain::{AccountId, Action, Field, Share};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-18",
    says: "Un-sharing touches neither copies that were made nor databases that were restored.",
    way_out: "Ask the other account to delete its copies.",
    severity: Severity::Warning,
    confidence: Confidence::Inferred,
    source: "CopyDBSnapshot",
    actions: &[Action::Share],
    yields_to: &["SHARE-03", "SHARE-16"],
    check,
};

fn check(case: &mut Case<'_>) {
    let removed = case.draft.list(Field::Remove);
    if case.has_first_copy() || (removed.is_empty() && !case.is_made_private()) {
        return;
    }
    let Some(share) = case.share() else { return };
    let loses = removed
        .iter()
        .filter_map(|text| text.trim().parse::<AccountId>().ok())
        .any(|id| share.accounts().contains(&id));
    let (field, ends) = match share {
        Share::Public(_) if case.is_made_private() => (Field::Visibility, true),
        _ => (Field::Remove, loses),
    };
    if ends {
        case.warn(field, "Copies that were made of it stay where they are; one under way may fail.", None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn copies_stay_with_those_who_made_them() {
        check("share remove=222 +share:222", "SHARE-18 warning remove");
        check("share visibility=private +share:public", "SHARE-18 warning visibility");
        check("share remove=333 +share:222", "no SHARE-18");
        check("share visibility=private +share:222", "no SHARE-18");
        check("share with=222", "no SHARE-18");
    }
}
