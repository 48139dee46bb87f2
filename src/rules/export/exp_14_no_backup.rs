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
