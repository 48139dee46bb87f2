//! REST-29: whether the internet can reach it.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-29",
    says: "Whether a new database can be reached from the internet depends on its subnets, where nothing is chosen.",
    way_out: "Choose it.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: PubliclyAccessible",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.draft.is_on(Field::PubliclyAccessible) {
        let fix = Fix::clear("keep it private", Field::PubliclyAccessible);
        let message = if case.family() == Some(Family::Aurora) {
            "An Aurora cluster has no public address; its instances may have."
        } else {
            "It gets a public address: its security groups decide who can connect."
        };
        case.warn(Field::PubliclyAccessible, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_public_address_is_pointed_out() {
        check("restore db=x public=on", "REST-29 warning public -> public");
        check("restore clu db=x public=on", "REST-29 warning public ~ Aurora");
        check("restore db=x", "no REST-29");
    }
}
