//! ENC-14: old instance classes cannot run an encrypted database.

use crate::domain::{Action, Field, Shown};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "ENC-14",
    says: "Old instance classes cannot run encrypted databases.",
    way_out: "Choose a current class.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "Overview.Encryption",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

/// Classes of the first generations; `db.t2.micro` alone of its family.
const TOO_OLD: [&str; 4] = ["db.m1.", "db.m2.", "db.t1.", "db.t2.micro"];

fn check(case: &mut Case<'_>) {
    let Some(class) = case.draft.text(Field::Class) else { return };
    let first_key = case.draft.text(Field::FirstKey).is_some();
    let encrypted = first_key || case.is_encrypted() == Some(true);
    if encrypted && TOO_OLD.iter().any(|old| class.trim().starts_with(old)) {
        let message = format!("{} is too old a class for an encrypted database.", Shown::from(class.trim()));
        case.warn(Field::Class, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_old_class_runs_no_encrypted_database() {
        check("restore cmk db=x class=db.m1.small", "ENC-14 warning class ~ db.m1.small");
        check("restore none db=x class=db.t2.micro first-copy=y first-key=alias/dba", "ENC-14 warning class");
        check("restore none db=x class=db.m1.small", "no ENC-14");
        check("restore cmk db=x class=db.t2.small", "no ENC-14");
    }
}
