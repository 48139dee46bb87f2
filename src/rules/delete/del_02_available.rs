//! DEL-02: only an available snapshot is deleted; one being copied is cancelled.

use crate::domain::{Action, Field, Status};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "DEL-02",
    says: "The snapshot must be available; deleting one that is still being copied cancels the copy.",
    way_out: "Wait until it is available.",
    severity: Severity::Error,
    confidence: Confidence::Conflict,
    source: "DeleteDBSnapshot; CopyDBClusterSnapshot",
    actions: &[Action::Delete],
    yields_to: &["DEL-01", "DEL-03", "DEL-04"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(found) = case.looked_up() else { return };
    let Some(snapshot) = found else {
        let message = format!("There is no snapshot {} any more.", case.draft.snapshot.name());
        case.error(Field::Snapshot, message, None);
        return;
    };
    match &snapshot.row.status {
        Status::Available => {}
        Status::Copying => {
            let message = "It is still being copied: deleting it cancels the copy. AWS's texts disagree on whether that is allowed.";
            case.warn(Field::Snapshot, message, None);
        }
        status @ (Status::Creating | Status::Other(_)) => {
            let message = format!("The snapshot is {status}; only an available one can be deleted.");
            case.error(Field::Snapshot, message, Fix::wait(status));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_copy_under_way_is_cancelled_by_its_deletion() {
        check("delete copying", "DEL-02 warning snapshot ~ cancels");
        check("delete creating", "DEL-02 error snapshot ~ creating");
        check("delete status:upgrading", "DEL-02 error snapshot");
        check("delete +absent", "DEL-02 error snapshot");
        check("delete manual", "no DEL-02");
    }
}
