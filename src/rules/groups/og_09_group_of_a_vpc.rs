//! OG-09: an option group that is bound to a VPC fits instances of that VPC only.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "OG-09",
    says: "An option group whose VpcId is set fits only instances of that VPC.",
    way_out: "Choose a group without a VPC, or a subnet group of that VPC.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "OptionGroup: VpcId",
    actions: &[Action::Copy, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() != Kind::Instance {
        return;
    }
    let Some(Some(group)) = case.chosen_group() else { return };
    let Some(vpc) = &group.vpc else { return };
    if case.draft.action == Action::Copy {
        let message = format!("{} is of {vpc}: the copy can be restored in that VPC only.", group.name);
        case.warn(Field::OptionGroup, message, None);
        return;
    }
    let Some(typed) = case.draft.text(Field::SubnetGroup).map(str::trim) else {
        let message = format!("{} is of {vpc}: the instance has to be made in that VPC.", group.name);
        case.warn(Field::OptionGroup, message, None);
        return;
    };
    let Some(groups) = case.destination().and_then(|to| case.subnet_groups(to)) else { return };
    let subnets = groups.iter().find(|subnets| subnets.name.exact().eq_ignore_ascii_case(typed));
    let Some(other) = subnets.and_then(|subnets| subnets.vpc.as_ref()).filter(|other| *other != vpc) else {
        return;
    };
    let fitting = groups.iter().find(|subnets| subnets.vpc.as_ref() == Some(vpc));
    let fix = fitting
        .map(|subnets| Fix::set(format!("use {}", subnets.name), Field::SubnetGroup, subnets.name.exact()));
    case.error(
        Field::OptionGroup,
        format!("{} is of {vpc}, and the instance would be in {other}.", group.name),
        fix,
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_group_of_a_vpc_stays_in_it() {
        check(
            "restore mysql db=x option-group=vpc-bound +og:vpc-bound@use1 +subnets:far:3:vpc-2 subnet-group=far",
            "OG-09 error option-group -> subnet-group=data ~ vpc-2",
        );
        check("restore mysql db=x option-group=vpc-bound +og:vpc-bound@use1 subnet-group=data", "no OG-09");
        check("restore mysql db=x option-group=vpc-bound +og:vpc-bound@use1", "OG-09 warning option-group");
        check("copy mysql option-group=vpc-bound +og:vpc-bound@use1", "OG-09 warning option-group ~ vpc-1");
        check("copy mysql option-group=plain +og:plain@use1", "no OG-09");
        check("copy mysql", "no OG-09");
    }
}
