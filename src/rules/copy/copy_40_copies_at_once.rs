//! COPY-40: so many copies run into one region at once.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-40",
    says: "At most 20 copies of instance snapshots and 5 of cluster snapshots run into one region and account at once.",
    way_out: "Wait until one is done.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; aurora-copy-snapshot; SnapshotQuotaExceeded",
    actions: &[Action::Copy, Action::Encrypt, Action::Share, Action::Restore],
    yields_to: &[],
    check,
};

/// How many copies of a kind may run into one region of an account at once.
pub const fn copies_at_once(kind: Kind) -> usize {
    match kind {
        Kind::Instance => 20,
        Kind::Cluster => 5,
    }
}

fn check(case: &mut Case<'_>) {
    let kind = case.kind();
    let most = copies_at_once(kind);
    let noun = match kind {
        Kind::Instance => "instance snapshots",
        Kind::Cluster => "cluster snapshots",
    };
    for copy in case.made_copies() {
        let region = copy.to.region.clone();
        let running = case.snapshots(copy.to, kind).map_or(0, |there| there.copying);
        if running >= most {
            let field = if copy.field == Field::Name { Field::ToRegion } else { copy.field };
            let message = format!("{running} copies of {noun} run into {region} now; {most} is the most.");
            case.error(field, message, Some(Fix::outside("wait until one is done", Detour::Wait)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_two_kinds_are_counted_apart() {
        check(
            "copy clu cmk use1->euw1 kms-key=alias/dba +copying:5",
            "COPY-40 error to-region ~ 5 is the most",
        );
        check("copy inst use1->euw1 +copying:5", "no COPY-40; request");
        check("copy inst use1->euw1 +copying:20", "COPY-40 error to-region");
        check("copy clu use1->euw1 +copying:4", "no COPY-40");
        check("share automated with=222 first-copy=x +copying:20", "COPY-40 error first-copy");
        check("share manual with=222 +copying:20", "no COPY-40");
    }
}
