//! EXP-14: an export cannot be restored.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-14",
    says: "An export is not a backup: it cannot be restored.",
    way_out: "Keep the snapshot.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    case.info(Field::Task, "An export is no backup: it cannot be restored.");
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_export_is_no_backup() {
        check("export postgres", "EXP-14 info task");
        check("delete postgres", "no EXP-14");
    }
}
