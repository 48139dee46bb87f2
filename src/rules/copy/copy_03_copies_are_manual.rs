//! COPY-03: every copy is a manual snapshot, whatever its source is.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-03",
    says: "Automated, manual and AWS Backup snapshots can all be copied; the copy is manual.",
    way_out: "Nothing: delete the copy when it is not needed any more.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; CHAP_Limits",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.is_manual() == Some(false) {
        case.info(
            Field::Name,
            "The copy is a manual snapshot: it is kept, and charged, until somebody deletes it.",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_copy_of_an_automated_snapshot_is_kept() {
        check("copy automated", "COPY-03 info name; allowed");
        check("copy awsbackup", "COPY-03 info name");
        check("copy manual", "no COPY-03");
    }
}
