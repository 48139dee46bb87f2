//! COPY-01: only an available snapshot can be copied.

use crate::domain::{Action, Field, Status};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-01",
    says: "The source snapshot must be available.",
    way_out: "Wait until it is, then copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot; CopyDBClusterSnapshot: SourceDBClusterSnapshotIdentifier",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.looked_up() == Some(None) && case.is_ours(case.owner()) {
        let name = case.draft.snapshot.name();
        let owner = case.account_words(case.owner());
        let message = format!("There is no snapshot {name} in {owner} {} any more.", case.source_region());
        case.error(Field::Snapshot, message, None);
    }
    let Some(snapshot) = case.snapshot() else { return };
    let status = &snapshot.row.status;
    if *status != Status::Available {
        case.error(
            Field::Snapshot,
            format!("The snapshot is {status}; only an available one can be copied."),
            Fix::wait(status),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_snapshot_in_the_making_is_not_copied() {
        check("copy inst creating", "COPY-01 error snapshot ~ creating");
        check("copy clu status:upgrading", "COPY-01 error snapshot ~ upgrading");
        check("encrypt inst copying kms-key=alias/dba", "COPY-01 error snapshot");
        check("copy inst status:failed", "COPY-01 error snapshot ~ failed");
        check("copy inst +absent", "COPY-01 error snapshot ~ no snapshot orders");
        check("copy inst", "no COPY-01");
    }
}
