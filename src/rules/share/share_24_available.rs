//! SHARE-24: only an available snapshot can be shared.

use crate::domain::{Action, Field, Status};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-24",
    says: "The snapshot should be available.",
    way_out: "Wait until it is, then share.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "ModifyDBSnapshotAttribute: InvalidDBSnapshotState",
    actions: &[Action::Share],
    yields_to: &["SHARE-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    match case.looked_up() {
        Some(Some(snapshot)) if snapshot.row.status != Status::Available => {
            let message =
                format!("The snapshot is {}; only an available one can be shared.", snapshot.row.status);
            case.error(Field::Snapshot, message, Fix::wait(&snapshot.row.status));
        }
        Some(None) => {
            let message = format!("There is no snapshot {} any more.", case.draft.snapshot.name());
            case.error(Field::Snapshot, message, None);
        }
        Some(Some(_)) | None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_an_available_snapshot_is_shared() {
        check("share creating with=222", "SHARE-24 error snapshot ~ creating");
        check("share status:upgrading with=222", "SHARE-24 error snapshot ~ upgrading");
        check("share +absent with=222", "SHARE-24 error snapshot ~ no snapshot");
        check("share with=222", "no SHARE-24");
    }
}
