//! COPY-23: whether a shared DocumentDB or Neptune snapshot crosses regions in one copy is disputed.

use crate::domain::{Action, Family, Field};
use crate::rules::copy::stopover;
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-23",
    says: "A shared DocumentDB or Neptune snapshot is copied in its own region first.",
    way_out: "Copy it in two steps: its owner copies it to the region and shares that, or the other account copies it in \
              its region and that to the other; the fewer steps are taken.",
    severity: Severity::Warning,
    confidence: Confidence::Conflict,
    source: "DocumentDB: CopyDBClusterSnapshot; AWS Backup: feature availability",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    let family = match case.family() {
        Some(Family::DocumentDb) => "DocumentDB",
        Some(Family::Neptune) => "Neptune",
        Some(Family::Rds | Family::Aurora | Family::MultiAzCluster | Family::RdsCustom) | None => return,
    };
    if case.crosses_regions() && case.crosses_accounts() {
        let from = case.source_region();
        let message =
            format!("AWS's texts disagree on whether a shared {family} snapshot leaves {from} in one copy.");
        let fix = stopover(case).and_then(|way| way.fix(case));
        case.warn(Field::ToRegion, message, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn texts_that_disagree_are_a_warning() {
        check(
            "copy docdb none of:222 by:111 use1->euw1 +share:111",
            "COPY-23 warning to-region -> via=account ~ DocumentDB; warned",
        );
        check("copy neptune none of:222 by:111 use1->euw1 +share:111", "COPY-23 warning to-region ~ Neptune");
        check("copy docdb none of:222 by:111 +share:111", "no COPY-23");
        check("copy docdb none use1->euw1", "no COPY-23");
        check("copy clu none of:222 by:111 use1->euw1 +share:111", "no COPY-23");
    }
}
