//! DEL-11: an option group in use cannot be deleted.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-11",
    says: "An option group that a snapshot uses cannot be deleted.",
    way_out: "Delete the snapshots first.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_WorkingWithOptionGroups",
    actions: &[Action::Delete],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let group = snapshot.row.option_group.as_ref().filter(|group| !group.exact().starts_with("default:"));
    if let Some(group) = group {
        let message = format!("Its option group {group} can be deleted once no snapshot uses it.");
        case.info(Field::Snapshot, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_option_group_is_held_by_its_snapshots() {
        check("delete og:audit", "DEL-11 info snapshot ~ audit");
        check("delete mysql", "no DEL-11");
    }
}
