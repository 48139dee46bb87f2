//! SHARE-15: sharing a snapshot with its owner is pointless.

use crate::domain::{AccountId, Action, Field, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-15",
    says: "Sharing a snapshot with its own account changes nothing.",
    way_out: "Take the account out of the list.",
    severity: Severity::Warning,
    confidence: Confidence::Unconfirmed,
    source: "ModifyDBSnapshotAttribute: ValuesToAdd",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let owner = case.owner();
    let is_owner = |text: &String| text.trim().parse::<AccountId>() == Ok(owner);
    let with = case.draft.list(Field::With);
    if with.iter().any(is_owner) {
        let rest = with.iter().filter(|text| !is_owner(text)).cloned().collect();
        let edit = Edit { field: Field::With, value: Some(Value::List(rest)) };
        let fix = Fix { label: "take it out".to_owned(), edits: vec![edit], detour: None };
        let message = format!(
            "{} owns the snapshot: sharing with it changes nothing, and AWS does not document it.",
            case.account_words(owner)
        );
        case.warn(Field::With, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_owner_has_it_already() {
        check("share with=111,222", "SHARE-15 warning with -> with=222222222222");
        check("share with=222", "no SHARE-15");
    }
}
