//! REST-23: a restored Aurora cluster has no instances.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-23",
    says: "Restoring an Aurora snapshot makes a cluster without instances.",
    way_out: "Create an instance in the cluster.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.family() != Some(Family::Aurora) {
        return;
    }
    let message = "The new cluster has no instance: nothing can connect until one is created in it.";
    case.warn(Field::Db, message, None);
    if case.draft.text(Field::Class).is_some() {
        let fix = Fix::clear("leave it for the instance", Field::Class);
        case.warn(Field::Class, "An Aurora cluster has no class; its instances have.", Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_aurora_cluster_begins_without_instances() {
        check("restore clu db=x", "REST-23 warning db");
        check("restore clu db=x class=db.r6g.large", "REST-23 warning class -> class");
        check("restore maz db=x class=db.r6gd.large", "no REST-23");
        check("restore inst db=x", "no REST-23");
    }
}
