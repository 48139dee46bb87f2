//! COPY-47: instance copies may be incremental, cluster copies are full.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-47",
    says: "A copy of an instance snapshot may be incremental; the first one in a region, and one under another key, is full, as every copy of a cluster.",
    way_out: "Keep the last copy of a database, so that the next one is small.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; aurora-copy-snapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() {
        return;
    }
    let message = match case.kind() {
        Kind::Instance => {
            "The first copy of a database in a region is a full one; later ones hold what changed, while the key stays."
        }
        Kind::Cluster => "A copy of a cluster snapshot is always a full one.",
    };
    case.info(Field::ToRegion, message);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn how_much_is_copied_is_told() {
        check("copy inst use1->euw1", "COPY-47 info to-region ~ first copy; allowed");
        check("copy clu use1->euw1", "COPY-47 info to-region ~ always");
        check("copy inst", "no COPY-47");
    }
}
