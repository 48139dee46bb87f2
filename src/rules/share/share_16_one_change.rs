//! SHARE-16: a share adds or removes accounts, and none of them both.

use crate::domain::{AccountId, Action, Field, Shown, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-16",
    says: "One call adds and removes accounts, and no account is in both lists.",
    way_out: "Decide whether the account gets access or loses it.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ModifyDBSnapshotAttribute: AttributeName, ValuesToAdd, ValuesToRemove",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let (with, remove) = (case.draft.list(Field::With), case.draft.list(Field::Remove));
    let visibility = case.draft.text(Field::Visibility);
    if with.is_empty() && remove.is_empty() && visibility.is_none() {
        case.error(Field::With, "Nobody is named: there is nothing to change.", None);
    }
    nothing_new(case);
    if let Some(other) = visibility.filter(|word| !["public", "private"].contains(word)) {
        let message = format!("\"{}\" is neither public nor private.", Shown::from(other));
        case.error(Field::Visibility, message, Some(Fix::clear("leave it as it is", Field::Visibility)));
    }
    let id = |text: &String| text.trim().parse::<AccountId>().ok();
    let added: Vec<AccountId> = with.iter().filter_map(id).collect();
    let is_both = |text: &String| id(text).is_some_and(|id| added.contains(&id));
    if let Some(both) = remove.iter().find(|text| is_both(text)).and_then(id) {
        let rest = remove.iter().filter(|text| !is_both(text)).cloned().collect();
        let edit = Edit { field: Field::Remove, value: Some(Value::List(rest)) };
        let fix = Fix { label: "give access".to_owned(), edits: vec![edit], detour: None };
        let message = format!("{} would get access and lose it in one call.", case.account_words(both));
        case.error(Field::Remove, message, Some(fix));
    }
}

/// Whoever has access already gets none by being named again: AWS takes the call, and nothing changes.
fn nothing_new(case: &mut Case<'_>) {
    let named = case.draft.list(Field::With).iter().filter_map(|text| text.trim().parse::<AccountId>().ok());
    let mut named: Vec<AccountId> = named.filter(|id| *id != case.owner()).collect();
    named.sort_unstable();
    named.dedup();
    // A copy that is made first is nobody's yet.
    if named.is_empty() || case.has_first_copy() || case.share().is_none() {
        return;
    }
    let added = case.added();
    named.retain(|id| !added.contains(id));
    let words: Vec<String> = named.iter().map(|id| case.account_words(*id)).collect();
    let Some((last, others)) = words.split_last() else { return };
    let have = match others {
        [] => format!("{last} has it already"),
        others => format!("{} and {last} have it already", others.join(", ")),
    };
    let is_all = added.is_empty()
        && case.draft.list(Field::Remove).is_empty()
        && case.draft.text(Field::Visibility).is_none();
    if is_all {
        case.warn(Field::With, format!("There is nothing to do: {have}."), None);
    } else {
        case.info(Field::With, format!("{have}."));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_share_is_one_change_without_contradiction() {
        check("share with=222,333 remove=222", "SHARE-16 error remove -> remove=");
        check("share inst", "SHARE-16 error with ~ nothing to change; blocked");
        check("share visibility=secret", "SHARE-16 error visibility -> visibility");
        check("share with=222 remove=333", "no SHARE-16");
        check("share visibility=private", "no SHARE-16");
    }

    #[test]
    fn whoever_has_it_already_is_named() {
        check(
            "share with=222 +share:222",
            "SHARE-16 warning with ~ There is nothing to do: dr (222222222222) has it already.; request",
        );
        check(
            "share with=222,333 +share:222,333",
            "SHARE-16 warning with ~ dr (222222222222) and lab (333333333333) have it already",
        );
        check("share with=222,333 +share:222", "SHARE-16 info with ~ dr (222222222222) has it already.");
        check("share with=222 remove=333 +share:222,333", "SHARE-16 info with");
        check("share with=222 +share:333", "no SHARE-16");
        check("share automated with=222 first-copy=x +share:222", "no SHARE-16");
        check("share with=111,222", "no SHARE-16");
    }
}
