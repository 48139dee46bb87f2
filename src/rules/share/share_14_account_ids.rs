//! SHARE-14: an account id is twelve digits, and better one that is known.

use crate::domain::{AccountId, Action, BadAccountId, Field, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-14",
    says: "An account id is exactly twelve digits, leading zeros included.",
    way_out: "Check the number: AWS does not tell whether an account exists.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "KMS AccountIdType; Organizations AccountId",
    actions: &[Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    for field in [Field::With, Field::Remove] {
        for text in case.draft.list(field) {
            match text.parse::<AccountId>() {
                Err(bad) => {
                    let fix = cleaned(case, field, text);
                    case.error(field, format!("{bad}."), fix);
                }
                Ok(id) if field == Field::With && !is_known(case, id) => {
                    case.warn(field, format!("{id} is not one of your accounts. Check the number."), None);
                }
                Ok(_) => {}
            }
        }
    }
}

fn is_known(case: &Case<'_>, id: AccountId) -> bool {
    id == case.owner() || case.has_name(id)
}

/// The list with one id cleaned of blanks and dashes, or without it when that makes no id.
fn cleaned(case: &Case<'_>, field: Field, text: &String) -> Option<Fix> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let id: Result<AccountId, BadAccountId> = bare.parse();
    let list = case.draft.list(field).iter();
    let (label, list): (String, Vec<String>) = match id {
        Ok(id) => (
            format!("read it as {id}"),
            list.map(|other| if other == text { id.to_string() } else { other.clone() }).collect(),
        ),
        Err(_) if text.trim().is_empty() => {
            ("take the empty entry out".to_owned(), list.filter(|other| *other != text).cloned().collect())
        }
        Err(_) => return None,
    };
    Some(Fix { label, edits: vec![Edit { field, value: Some(Value::List(list)) }], detour: None })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_account_id_is_twelve_digits_and_known() {
        check("share with=2222-2222-2222", "SHARE-14 error with -> with=222222222222");
        check("share with=222,␣222222222222", "SHARE-14 error with -> with=222222222222,222222222222");
        check("share with=12345", "SHARE-14 error with ~ twelve digits");
        check("share remove=12a", "SHARE-14 error remove");
        check("share with=999", "SHARE-14 warning with ~ 999999999999");
        check("share remove=999", "no SHARE-14");
        check("share with=222", "no SHARE-14");
    }

    #[test]
    fn a_hostile_id_is_shown_harmlessly() {
        check("share with=1\u{202e}2", "SHARE-14 error with ~ \\u{202e}");
    }
}
