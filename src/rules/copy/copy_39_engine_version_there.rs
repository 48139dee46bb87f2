//! COPY-39: the destination region offers the engine version, or the copy is of no use.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-39",
    says: "The destination region must offer the engine version of the snapshot, or the copy cannot be restored there.",
    way_out: "Upgrade the snapshot first, or choose another region.",
    severity: Severity::Warning,
    confidence: Confidence::Inferred,
    source: "USER_CopySnapshot; DescribeDBEngineVersions",
    actions: &[Action::Copy],
    yields_to: &["COPY-24"],
    check,
};

fn check(case: &mut Case<'_>) {
    if !case.crosses_regions() {
        return;
    }
    let (Some(snapshot), Some(to)) = (case.snapshot(), case.destination()) else { return };
    let (engine, version) = (&snapshot.row.engine, &snapshot.row.engine_version);
    let region = to.region.clone();
    if case.engine_version(to, engine.exact(), version.exact()) == Some(None) {
        let message =
            format!("{region} does not offer {engine} {version}: the copy could not be restored there.");
        let fix = Fix::outside("upgrade the snapshot, or a copy of it", Detour::UpgradeFirst);
        case.warn(Field::ToRegion, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_version_that_is_not_there_is_pointed_out() {
        check("copy inst v5.6.10 use1->euw1 +no-version", "COPY-39 warning to-region ~ mysql 5.6.10; warned");
        check("copy inst use1->euw1", "no COPY-39");
        check("copy inst +no-version", "no COPY-39");
    }
}
