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
        case.error(Field::Snapshot, message, Fix::wait(&snapshot.row.status));
    }
    if case.draft.by != case.owner() {
        let how = if snapshot.row.origin == Origin::Public { "public" } else { "shared" };
        let message =
            format!("AWS does not document exports of a {how} snapshot; a copy of it can be exported.");
        case.warn(Field::Snapshot, message, Some(Fix::outside("copy it first", Detour::CopyFirst)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn an_available_snapshot_of_ones_own_is_exported() {
        check(
            "export postgres creating task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-17 error snapshot ~ creating",
        );
        check(
            "export postgres +absent task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-17 error snapshot",
        );
        check(
            "export postgres of:999 by:111 task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-17 warning snapshot ~ shared",
        );
        check(
            "export postgres of:999 by:111 as-public task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-17 warning snapshot ~ public",
        );
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-17",
        );
    }
}
