//! REST-08: what a new instance gets when nothing is chosen.

use crate::domain::{Action, Field, Kind, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-08",
    says: "A restored instance gets the default network, security group and parameter group where none is chosen.",
    way_out: "Choose the groups of the source database.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot; USER_RestoreFromSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    let source = if case.stays_home() { case.source_database().flatten() } else { None };
    let missing = |case: &Case<'_>, field| case.draft.text(field).is_none();
    if missing(case, Field::SubnetGroup) {
        let group = source.and_then(|db| db.subnet_group.as_ref());
        if group.is_none_or(|group| group.exact() != "default") {
            let fix = group.map(|group| as_before(Field::SubnetGroup, group));
            case.warn(Field::SubnetGroup, "Without a subnet group it is put into the default VPC.", fix);
        }
    }
    if case.draft.list(Field::SecurityGroups).is_empty() {
        let message = "Without security groups it gets the default one of its VPC.";
        case.warn(Field::SecurityGroups, message, None);
    }
    if missing(case, Field::ParameterGroup) {
        let group = source.and_then(|db| db.parameter_group.as_ref());
        if group.is_none_or(|group| !group.exact().starts_with("default.")) {
            let fix = group.map(|group| as_before(Field::ParameterGroup, group));
            let message = "Without a parameter group it gets the default one of its engine.";
            case.warn(Field::ParameterGroup, message, fix);
        }
    }
}

/// The group that the source database has.
fn as_before(field: Field, group: &Shown) -> Fix {
    Fix::set(format!("use {group}, as the source does"), field, group.exact())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn defaults_that_differ_from_the_source_are_named() {
        check(
            "restore db=x +db:orders",
            "REST-08 warning subnet-group -> subnet-group=data; REST-08 warning parameter-group -> parameter-group=tuned; REST-08 warning security-group",
        );
        check("restore db=x", "REST-08 warning subnet-group");
        check("restore db=x subnet-group=data security-group=sg-1 parameter-group=tuned", "no REST-08");
        check("restore clu db=x", "no REST-08");
    }
}
