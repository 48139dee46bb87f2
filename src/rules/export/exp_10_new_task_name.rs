//! EXP-10: the name of an export is new.

use crate::domain::{Action, Field, Shown};
use crate::rules::{Case, Confidence, Fix, Rule, Severity, names};

pub(super) const RULE: Rule = Rule {
    id: "EXP-10",
    says: "The name of an export must not have been used before, also by one that ended.",
    way_out: "Choose another name.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "ExportTaskAlreadyExists",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(typed) = case.draft.text(Field::Task).map(str::trim) else { return };
    let Some(scope) = case.destination() else { return };
    let Some(tasks) = case.export_tasks(scope) else { return };
    let is_taken = |name: &str| tasks.iter().any(|task| task.id.exact().eq_ignore_ascii_case(name));
    if is_taken(typed) {
        let base = names::legal(typed, 55);
        let name = (2..=tasks.len() + 2).map(|n| format!("{base}-{n}")).find(|name| !is_taken(name));
        let fix = name.map(|name| Fix::set(format!("name it {name}"), Field::Task, name));
        let message =
            format!("There is an export {} already; names of ended ones count.", Shown::from(typed));
        case.error(Field::Task, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_name_is_used_once() {
        check("export postgres task=a +task:a:COMPLETE +task:a-2:COMPLETE", "EXP-10 error task -> task=a-3");
        check("export postgres task=A +task:a:COMPLETE", "EXP-10 error task");
        check("export postgres task=b +task:a:COMPLETE", "no EXP-10");
    }
}
