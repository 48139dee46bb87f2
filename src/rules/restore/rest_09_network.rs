//! REST-09: the subnet group is there, covers enough zones, and the port is one.

use crate::domain::{Action, Family, Field, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-09",
    says: "The subnet group must exist in the region and cover enough availability zones; a port is 1150 to 65535.",
    way_out: "Choose another subnet group or port.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: DBSubnetGroupName, Port",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if let Some(port) = case.draft.text(Field::Port) {
        let is_port = port.trim().parse::<u16>().is_ok_and(|port| port >= 1150);
        if !is_port {
            let fix = Fix::clear("use the port of the source", Field::Port);
            let message = format!("\"{}\" is no port: RDS takes 1150 to 65535.", Shown::from(port));
            case.error(Field::Port, message, Some(fix));
        }
    }
    let Some(typed) = case.draft.text(Field::SubnetGroup).map(str::trim) else { return };
    let Some(scope) = case.destination() else { return };
    let Some(groups) = case.subnet_groups(scope.clone()) else { return };
    let Some(family) = case.family() else { return };
    let zones = match family {
        Family::MultiAzCluster => 3,
        Family::Aurora | Family::Neptune | Family::DocumentDb => 2,
        Family::Rds | Family::RdsCustom => 1 + usize::from(case.draft.is_on(Field::MultiAz)),
    };
    let fits = groups.iter().find(|group| group.zones >= zones);
    let fix =
        fits.map(|group| Fix::set(format!("use {}", group.name), Field::SubnetGroup, group.name.exact()));
    match groups.iter().find(|group| group.name.exact().eq_ignore_ascii_case(typed)) {
        None => {
            let message = format!("There is no subnet group {} in {}.", Shown::from(typed), scope.region);
            case.error(Field::SubnetGroup, message, fix);
        }
        Some(group) if group.zones < zones => {
            let message =
                format!("{} covers {} availability zones; {zones} are needed.", group.name, group.zones);
            case.error(Field::SubnetGroup, message, fix);
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_network_is_one_that_holds() {
        check("restore db=x subnet-group=nowhere", "REST-09 error subnet-group -> subnet-group=data");
        check(
            "restore db=x subnet-group=small +subnets:small:1:vpc-2 multi-az=on",
            "REST-09 error subnet-group ~ 2 are needed",
        );
        check("restore db=x subnet-group=small +subnets:small:1:vpc-2", "no REST-09");
        check(
            "restore maz db=x subnet-group=small +subnets:small:2:vpc-2",
            "REST-09 error subnet-group ~ 3 are needed",
        );
        check("restore db=x port=80", "REST-09 error port -> port");
        check("restore db=x port=70000", "REST-09 error port");
        check("restore db=x port=ssh", "REST-09 error port");
        check("restore db=x port=3306 subnet-group=DATA", "no REST-09");
    }
}
