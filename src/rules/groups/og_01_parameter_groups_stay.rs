//! OG-01: parameter groups never come along.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "OG-01",
    says: "No snapshot and no copy holds a parameter group.",
    way_out: "Create the parameter group anew in the destination.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; aurora-copy-snapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() && !case.crosses_accounts() {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    let (kind, source) = (case.kind(), snapshot.row.source_db.exact());
    let home = case.home();
    let databases = case.databases_if_readable(home).unwrap_or_default();
    let lives = databases.iter().find(|db| db.kind == kind && db.name.exact().eq_ignore_ascii_case(source));
    let group = lives.and_then(|db| db.parameter_group.as_ref());
    match group.filter(|group| !group.exact().starts_with("default.")) {
        Some(group) => {
            let message = format!(
                "The parameter group {group} of its database does not come along: create it there too."
            );
            case.warn(Field::Snapshot, message, None);
        }
        None => case.info(Field::Snapshot, "Parameter groups do not come along."),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_parameter_group_has_to_be_made_again() {
        check("copy inst use1->euw1 +db:orders", "OG-01 warning snapshot ~ tuned");
        check("copy inst use1->euw1", "OG-01 info snapshot; allowed");
        check("copy clu use1->euw1 +cluster:orders", "OG-01 warning snapshot");
        check("copy inst use1->euw1 denied:rds:DescribeDBInstances", "OG-01 info snapshot; allowed");
        check("copy inst +db:orders", "no OG-01");
        check("copy inst use1->euw1 +db:other", "ok OG-01");
    }
}
