//! REST-20: users and passwords are those of the snapshot.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-20",
    says: "Users, passwords and data come from the snapshot; the master user cannot be chosen.",
    way_out: "Change the password afterwards.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance && case.crosses_accounts() {
        case.info(Field::Db, "Users and passwords are those of the owner's database.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn users_come_with_the_data() {
        check("restore db=x to-account=222 +share:222", "REST-20 info db");
        check("restore db=x", "no REST-20");
    }
}
