//! EXP-13: some content is skipped, some makes the export fail.

use crate::domain::{Action, Family, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-13",
    says: "Tables with a slash in the name, columns with odd characters, temporary and unlogged tables and very large rows are skipped; very large objects make the export fail.",
    way_out: "Compare what was exported with what there is.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_ExportSnapshot",
    actions: &[Action::Export],
    yields_to: &["EXP-02", "EXP-17"],
    check,
};

fn check(case: &mut Case<'_>) {
    if let Some(Family::Rds | Family::Aurora | Family::MultiAzCluster) = case.family() {
        case.warn(
            Field::Only,
            "Tables with a slash in the name, odd column names and rows near 2 GB are skipped in silence; objects near 500 MB make it fail.",
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn what_is_skipped_in_silence_is_said() {
        check(
            "export postgres task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "EXP-13 warning only",
        );
        check(
            "export oracle-ee task=t bucket=b bucket-region=use1 role=arn:aws:iam::111111111111:role/export kms-key=alias/dba",
            "no EXP-13",
        );
    }
}
