//! COPY-38: snapshots on Outposts or in a Local Zone stay there, as far as is known.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-38",
    says: "Whether a snapshot that is stored on an Outpost or in a Dedicated Local Zone can be copied to another region is not documented.",
    way_out: "Copy it to its own region first.",
    severity: Severity::Warning,
    confidence: Confidence::Inferred,
    source: "CopyDBSnapshot: SnapshotTarget",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(snapshot) = case.snapshot() else { return };
    let Some(target) = snapshot.snapshot_target.as_ref().filter(|target| target.exact() != "region") else {
        return;
    };
    if case.crosses_regions() {
        let message =
            format!("It is stored in \"{target}\": whether it can leave its region is not documented.");
        case.warn(Field::ToRegion, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_lies_on_an_outpost_may_have_to_stay() {
        check("copy inst target:outposts use1->euw1", "COPY-38 warning to-region ~ outposts");
        check("copy inst target:outposts", "no COPY-38");
        check("copy inst use1->euw1", "no COPY-38");
    }
}
