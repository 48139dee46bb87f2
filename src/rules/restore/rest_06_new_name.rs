//! REST-06: a restore makes a new database under a name of its own.

use crate::domain::{Action, Field, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity, names};

pub(super) const RULE: Rule = Rule {
    id: "REST-06",
    says: "A restore makes a new database; its name has 1 to 63 letters, digits and hyphens, and is not in use in the region.",
    way_out: "Choose a free name.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: DBInstanceIdentifier; RestoreDBClusterFromSnapshot: DBClusterIdentifier",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

/// The longest name of an instance or a cluster; that of an instance snapshot may be longer.
const LONGEST: usize = 63;

fn check(case: &mut Case<'_>) {
    let typed = case.draft.text(Field::Db).unwrap_or_default();
    if let Some(flaw) = names::flaw(typed, LONGEST) {
        let message = if typed.is_empty() {
            "The new database needs a name.".to_owned()
        } else {
            format!("The name {flaw}.")
        };
        let wanted = if typed.is_empty() { case.draft.snapshot.exact_name() } else { typed };
        let wanted = names::legal(wanted, LONGEST);
        let fix = free(case, &wanted).map(|name| Fix::set(format!("name it {name}"), Field::Db, name));
        case.error(Field::Db, message, fix);
        return;
    }
    let Some(name) = free(case, typed) else { return };
    if !name.eq_ignore_ascii_case(typed) {
        let message = format!("There is a database {} there already.", Shown::from(typed));
        case.error(Field::Db, message, Some(Fix::set(format!("name it {name}"), Field::Db, name)));
    }
}

/// The first of `NAME`, `NAME-restored`, `NAME-restored-2` ... that is free; `None` while that is not known.
fn free(case: &mut Case<'_>, wanted: &str) -> Option<String> {
    let (scope, kind) = (case.destination()?, case.kind());
    let databases = case.databases(scope)?;
    let is_taken =
        |name: &str| databases.iter().any(|db| db.kind == kind && db.name.exact().eq_ignore_ascii_case(name));
    if !is_taken(wanted) {
        return Some(wanted.to_owned());
    }
    let ends = ["-restored".to_owned()].into_iter().chain((2..).map(|n| format!("-restored-{n}")));
    ends.map(|end| names::legal(wanted, LONGEST - end.len()) + &end).find(|name| !is_taken(name))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_new_database_has_a_free_and_legal_name() {
        check("restore inst", "REST-06 error db -> db=orders");
        check("restore inst db=my_db", "REST-06 error db -> db=my-db");
        check("restore inst db=orders +db:orders", "REST-06 error db -> db=orders-restored");
        check(
            "restore inst db=Orders +db:orders +db:orders-restored",
            "REST-06 error db -> db=Orders-restored-2",
        );
        check("restore inst db=orders +cluster:orders", "no REST-06");
        check("restore clu db=orders +cluster:orders", "REST-06 error db");
        check("restore inst db=orders-2", "no REST-06");
        check(&format!("restore inst db={}", "a".repeat(64)), "REST-06 error db ~ 63");
        check(&format!("restore inst db={}", "a".repeat(63)), "no REST-06");
    }
}
