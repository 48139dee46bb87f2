//! EXP-11: the prefix has no colon.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-11",
    says: "The prefix in the bucket has no colon; backslashes, backticks, quotes and blanks become underscores.",
    way_out: "Leave the colon out.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(prefix) = case.draft.text(Field::Prefix) else { return };
    if prefix.contains(':') {
        let fix = Fix::set("write hyphens instead", Field::Prefix, prefix.replace(':', "-"));
        case.error(Field::Prefix, "The prefix has a colon, which an export does not take.", Some(fix));
    } else if prefix.contains(['\\', '`', '"', ' ']) {
        case.info(Field::Prefix, "Backslashes, backticks, quotes and blanks in it become underscores.");
    }
}
