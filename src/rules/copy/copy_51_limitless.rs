//! COPY-51: a Limitless snapshot is copied like any other and restored unlike any other.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-51",
    says: "An Aurora Limitless snapshot can be copied and shared; its restore needs a -limitless version and a shard group.",
    way_out: "Restore it with a -limitless version, then create a shard group.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "limitless-bak",
    actions: &[Action::Copy, Action::Share],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    if snapshot.row.engine_version.exact().ends_with("-limitless") {
        let message = "It is of Aurora Limitless: a restore needs a -limitless version and a shard group.";
        case.info(Field::Snapshot, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_limitless_snapshot_is_named() {
        check("copy clu aurora-postgresql v16.6-limitless", "COPY-51 info snapshot");
        check("copy clu aurora-postgresql v16.6", "no COPY-51");
    }
}
