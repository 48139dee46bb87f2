//! EXP-03: some regions have no export.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-03",
    says: "The region must offer exports of the engine.",
    way_out: "Copy the snapshot to a region that does.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "Concepts: ExportSnapshotToS3",
    actions: &[Action::Export],
    yields_to: &["EXP-02"],
    check,
};

/// Regions that export no Aurora snapshots, as of April 2026.
const WITHOUT_AURORA: [&str; 5] =
    ["ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "mx-central-1"];

fn check(case: &mut Case<'_>) {
    let region = case.source_region();
    if WITHOUT_AURORA.contains(&region.name()) && case.family() == Some(Family::Aurora) {
        let fix = Fix::outside("copy it to another region, and export the copy", Detour::CopyFirst);
        case.error(Field::Snapshot, format!("{region} exports no Aurora snapshots."), Some(fix));
    } else if region.place().is_none() {
        let message = format!("Whether {region} exports snapshots is not known here: the region is new.");
        case.warn(Field::Snapshot, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn some_regions_export_no_aurora() {
        check(
            "export clu mxc1 task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-03 error snapshot ~ mx-central-1",
        );
        check(
            "export inst mysql mxc1 task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-03",
        );
        check(
            "export clu euw1 task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-03",
        );
    }
}
