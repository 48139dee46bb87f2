//! COPY-42: copies of one source queue up, and show no progress until it is their turn.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-42",
    says: "Several copies of the same source are queued; a queued copy shows no progress.",
    way_out: "Wait; it is not stuck.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let (kind, arn) = (case.kind(), &case.draft.snapshot);
    let Some(to) = case.destination() else { return };
    let Some(there) = case.snapshots(to, kind) else { return };
    if there.copying_from.contains(&arn.exact()) || there.copying_from.contains(arn.exact_name()) {
        case.info(
            Field::Snapshot,
            "Another copy of it is under way there: this one waits, without progress, until that is done.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_second_copy_waits() {
        check(
            "copy inst use1->euw1 +copying:1 +copying-from:arn:aws:rds:us-east-1:111111111111:snapshot:orders",
            "COPY-42 info snapshot",
        );
        check("copy inst use1->euw1 +copying:1 +copying-from:other", "no COPY-42");
        check("copy inst", "no COPY-42");
    }
}
