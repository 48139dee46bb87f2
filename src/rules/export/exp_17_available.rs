//! EXP-17: only an available snapshot is exported, best one's own.

use crate::domain::{Action, Field, Origin, Status};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-17",
    says: "The snapshot must be available; whether a shared one can be exported is not documented.",
    way_out: "Wait until it is available; copy a shared one first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "StartExportTask: InvalidExportSourceState",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(found) = case.looked_up() else { return };
    let Some(snapshot) = found else {
        let message =
            format!("There is no snapshot {}, or it is not shared any more.", case.draft.snapshot.name());
        case.error(Field::Snapshot, message, None);
        return;
    };
    if snapshot.row.status != Status::Available {
        let message =
            format!("The snapshot is {}; only an available one can be exported.", snapshot.row.status);
        case.error(Field::Snapshot, message, Some(Fix::outside("wait until it is available", Detour::Wait)));
    }
    if case.draft.by != case.owner() {
        let how = if snapshot.row.origin == Origin::Public { "public" } else { "shared" };
        let message =
            format!("AWS does not document exports of a {how} snapshot; a copy of it can be exported.");
        case.warn(Field::Snapshot, message, Some(Fix::outside("copy it first", Detour::CopyFirst)));
    }
}
