//! REST-11: the parameter group is there and of the engine's family.

use crate::domain::{Action, Field, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-11",
    says: "The parameter group must exist in the region and be of the family of the engine version.",
    way_out: "Choose another parameter group.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "RestoreDBInstanceFromDBSnapshot: DBParameterGroupNotFound; RestoreDBClusterFromSnapshot: DBClusterParameterGroupNotFound",
    actions: &[Action::Restore],
    yields_to: &["REST-17", "REST-27"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(typed) = case.draft.text(Field::ParameterGroup).map(str::trim) else { return };
    let Some(scope) = case.destination() else { return };
    let family = case.version_there().flatten().map(|version| &version.family);
    // A default group is made when it is first used: that it is not listed means nothing.
    if let Some(default) = typed.strip_prefix("default.") {
        if let Some(family) = family.filter(|family| family.exact() != default) {
            let fix = Fix::clear("use the default group of this version", Field::ParameterGroup);
            let message = format!("{} is not of the family {family}.", Shown::from(typed));
            case.error(Field::ParameterGroup, message, Some(fix));
        }
        return;
    }
    let kind = case.kind();
    let Some(groups) = case.parameter_groups(scope.clone(), kind) else { return };
    let fitting = family.and_then(|family| groups.iter().find(|group| group.family == *family));
    let fix = match fitting {
        Some(group) => Fix::set(format!("use {}", group.name), Field::ParameterGroup, group.name.exact()),
        None => Fix::clear("use the default one", Field::ParameterGroup),
    };
    match (groups.iter().find(|group| group.name.exact().eq_ignore_ascii_case(typed)), family) {
        (None, _) => {
            let message = format!("There is no parameter group {} in {}.", Shown::from(typed), scope.region);
            case.error(Field::ParameterGroup, message, Some(fix));
        }
        (Some(group), Some(family)) if group.family != *family => {
            let message = format!(
                "{} is of the family {}, and this engine version of {family}.",
                group.name, group.family
            );
            case.error(Field::ParameterGroup, message, Some(fix));
        }
        (Some(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_parameter_group_is_of_the_family() {
        check(
            "restore db=x parameter-group=nowhere",
            "REST-11 error parameter-group -> parameter-group=tuned",
        );
        check(
            "restore db=x parameter-group=old +parameters:old:mysql5.7",
            "REST-11 error parameter-group ~ mysql5.7",
        );
        check(
            "restore db=x parameter-group=default.mysql5.7",
            "REST-11 error parameter-group -> parameter-group",
        );
        check("restore db=x parameter-group=default.mysql8.0", "no REST-11");
        check("restore db=x parameter-group=Tuned", "no REST-11");
        check(
            "restore db=x parameter-group=default.x denied:rds:DescribeDBEngineVersions",
            "REST-11 warning snapshot",
        );
    }
}
