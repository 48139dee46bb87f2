//! DEL-06: what still needs the snapshot.

use crate::domain::{Action, Field, SnapshotType};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-06",
    says: "A snapshot may be the source of a copy or an export under way, or the last one of a deleted database.",
    way_out: "Wait for the copy; keep the last snapshot.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot; USER_DeleteSnapshot",
    actions: &[Action::Delete],
    yields_to: &["DEL-02", "DEL-04"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.snapshot_type != SnapshotType::Manual {
        return;
    }
    let (home, kind) = (case.home(), case.kind());
    let arn = &case.draft.snapshot;
    let there = case.snapshots(home.clone(), kind);
    let is_source = |from: &str| from == arn.exact() || from == arn.exact_name();
    if there.is_some_and(|there| there.copying_from.iter().any(|from| is_source(from))) {
        case.warn(Field::Snapshot, "A copy of it is under way here: without it, that may fail.", None);
    }
    let tasks = case.export_tasks(home).unwrap_or_default();
    if let Some(task) = tasks.iter().find(|task| task.is_running() && task.source.exact() == arn.exact()) {
        let message =
            format!("The export {} of it is under way; it goes on, and is charged until it ends.", task.id);
        case.warn(Field::Snapshot, message, None);
    }
    let database = snapshot.row.source_db.exact().to_ascii_lowercase();
    let is_last = there.is_some_and(|there| there.by_database.get(&database).is_none_or(|count| *count <= 1));
    if is_last && case.source_database() == Some(None) {
        let message = format!("It is the last snapshot of {}, which is deleted.", snapshot.row.source_db);
        case.warn(Field::Snapshot, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_still_needs_it_is_said() {
        check("delete +copying-from:orders", "DEL-06 warning snapshot ~ copy");
        check(
            "delete +copying-from:arn:aws:rds:us-east-1:111111111111:snapshot:orders",
            "DEL-06 warning snapshot",
        );
        check("delete +copying-from:arn:aws:rds:us-east-1:111111111111:snapshot:other", "no DEL-06");
        check("delete +export-of-it", "DEL-06 warning snapshot ~ nightly");
        check("delete +of-database:1", "DEL-06 warning snapshot ~ last snapshot of orders");
        check("delete +of-database:1 +db:orders", "no DEL-06");
        check("delete manual", "no DEL-06");
    }
}
