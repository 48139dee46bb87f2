//! EXP-09: five exports at once, one of a snapshot.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-09",
    says: "At most five exports run at once in an account, and one of a snapshot.",
    way_out: "Wait until one ends.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

/// How many exports an account runs at once.
const MOST: usize = 5;

fn check(case: &mut Case<'_>) {
    let Some(scope) = case.destination() else { return };
    let Some(tasks) = case.export_tasks(scope) else { return };
    let source = case.draft.snapshot.exact();
    let wait = |label: &str| Some(Fix::outside(label, Detour::Wait));
    if let Some(task) = tasks.iter().find(|task| task.is_running() && task.source.exact() == source) {
        let message = format!("The export {} of this snapshot is under way.", task.id);
        case.error(Field::Snapshot, message, wait("wait until it ends"));
        return;
    }
    let running = tasks.iter().filter(|task| task.is_running()).count();
    if running >= MOST {
        let message = format!("{running} exports are under way; AWS runs {MOST} at once in an account.");
        case.error(Field::Task, message, wait("wait until one ends"));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn five_exports_run_at_once_and_one_of_a_snapshot() {
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba +task:a:STARTING +task:b:IN_PROGRESS +task:c:in_progress +task:d:IN_PROGRESS +task:e:IN_PROGRESS",
            "EXP-09 error task ~ 5 exports",
        );
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba +task:a:STARTING +task:b:IN_PROGRESS +task:c:COMPLETE +task:d:IN_PROGRESS +task:e:IN_PROGRESS",
            "no EXP-09",
        );
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba +export-of-it",
            "EXP-09 error snapshot ~ nightly",
        );
    }
}
