//! REST-05: only an available snapshot is restored.

use crate::domain::{Action, Field, Status};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-05",
    says: "The snapshot must be available and its key usable by the account that restores.",
    way_out: "Wait until it is available; enable its key; copy it under a customer key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: InvalidDBSnapshotState, KMSKeyNotAccessibleFault",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

// The state of its key is judged by KMS-03, and who may use it by KMS-05 and its neighbours.
fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let status = &snapshot.row.status;
    if *status != Status::Available {
        let message = format!("The snapshot is {status}; only an available one can be restored.");
        case.error(Field::Snapshot, message, Fix::wait(status));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_what_is_available_is_restored() {
        check("restore creating db=x", "REST-05 error snapshot ~ creating");
        check("restore status:upgrading db=x", "REST-05 error snapshot ~ upgrading");
        check("restore db=x", "no REST-05");
    }
}
