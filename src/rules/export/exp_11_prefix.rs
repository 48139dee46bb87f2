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

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_prefix_has_no_colon() {
        check("export postgres prefix=rds:mydb-2026", "EXP-11 error prefix -> prefix=rds-mydb-2026");
        check("export postgres prefix=my␣db", "EXP-11 info prefix");
        check("export postgres prefix=a/b", "no EXP-11");
    }
}
