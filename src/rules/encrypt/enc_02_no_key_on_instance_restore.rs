//! ENC-02: an instance is restored under the key of its snapshot.

use crate::domain::{Action, Field, Kind, Value};
use crate::rules::{Case, Confidence, Detour, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-02",
    says: "Restoring an instance takes no key: it is encrypted as its snapshot is.",
    way_out: "Copy the snapshot under the key first, then restore the copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot; Overview.Encryption",
    actions: &[Action::Restore, Action::Share, Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.draft.text(Field::FirstKey).is_some() && !case.has_first_copy() {
        let name = case.first_copy_name();
        let fix = Fix::set(format!("copy it first, as {name}"), Field::FirstCopy, name).by(Detour::CopyFirst);
        let message =
            "This key is of a copy that is made first, and there is none: it would encrypt nothing.";
        case.error(Field::FirstKey, message, Some(fix));
    }
    if case.draft.action != Action::Restore || case.kind() != Kind::Instance {
        return;
    }
    let Some(key) = case.draft.text(Field::KmsKey) else { return };
    let fix = if case.draft.text(Field::FirstKey).is_some() {
        Fix::clear("leave the key to the first copy", Field::KmsKey)
    } else {
        let name = case.first_copy_name();
        let text = |text: String| Some(Value::Text(text));
        Fix {
            label: format!("copy it under that key first, as {name}"),
            edits: vec![
                Edit { field: Field::KmsKey, value: None },
                Edit { field: Field::FirstKey, value: text(key.to_owned()) },
                Edit { field: Field::FirstCopy, value: text(name) },
            ],
            detour: Some(Detour::ReEncryptFirst),
        }
    };
    case.error(
        Field::KmsKey,
        "An instance is restored as its snapshot is encrypted: restoring takes no key.",
        Some(fix),
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn the_key_goes_to_a_copy_that_is_made_first() {
        check("restore none db=x kms-key=alias/dba", "ENC-02 error kms-key -> first-key=alias/dba");
        check("restore none db=x kms-key=alias/dba", "ENC-02 error kms-key -> first-copy=orders-copy");
        check("restore none db=x first-key=alias/dba", "ENC-02 error first-key -> first-copy=orders-copy");
        check("share none with=222 first-key=alias/dba", "ENC-02 error first-key");
        check("restore none db=x first-copy=y first-key=alias/dba", "no ENC-02");
        check("restore none db=x", "no ENC-02");
        check("restore clu none db=x kms-key=alias/dba", "no ENC-02");
        let (draft, _) = check_fixes("restore none db=x kms-key=alias/dba");
        assert_eq!(draft.text(crate::domain::Field::KmsKey), None);
    }
}
