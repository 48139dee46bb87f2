//! COPY-04: what the name of an instance snapshot may be.

use crate::domain::{Action, Kind};
use crate::rules::case::names;
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-04",
    says: "The name of an instance snapshot has 1 to 255 letters, digits and hyphens, begins with a letter, and neither ends with a hyphen nor holds two in a row.",
    way_out: "Take the nearest name that AWS takes.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: TargetDBSnapshotIdentifier",
    actions: &[Action::Copy, Action::Encrypt, Action::Share, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance {
        judge_names(case);
    }
}

/// Judges the names of the copies by the syntax of the snapshot's kind; COPY-05 is the same for clusters.
/// A result without a name gets one that is derived from the source's, so that is no mistake.
pub(super) fn judge_names(case: &mut Case<'_>) {
    let longest = names::longest_snapshot(case.kind());
    for copy in case.made_copies() {
        let Some(typed) = case.draft.text(copy.field) else { continue };
        let Some(flaw) = names::flaw(typed, longest) else { continue };
        let legal = names::legal(typed, longest);
        let name = case.free_name(copy.to, case.kind(), &legal).unwrap_or(legal);
        let fix = Fix::set(format!("name it {name}"), copy.field, name);
        case.error(copy.field, format!("The name {flaw}."), Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn illegal_names_are_refused_and_the_nearest_legal_one_is_offered() {
        check("copy inst name=rds:orders-prod", "COPY-04 error name -> name=orders-prod ~ \":\"");
        check("copy inst name=my_copy", "COPY-04 error name -> name=my-copy");
        check("copy inst name=orders-", "COPY-04 error name -> name=orders-2");
        check("copy inst name=␣", "COPY-04 error name");
        check("encrypt inst name=1copy kms-key=alias/dba", "COPY-04 error name -> name=copy-1copy");
        check(
            "share automated with=222 first-copy=my--copy",
            "COPY-04 error first-copy -> first-copy=my-copy",
        );
        check("copy inst name=my-copy", "no COPY-04");
        check("copy inst", "no COPY-04; request");
        check("copy clu name=my_copy", "no COPY-04");
    }
}
