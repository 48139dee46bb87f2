//! COPY-04: what the name of an instance snapshot may be.

use crate::domain::{Action, Field, Kind};
use crate::rules::case::names;
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-04",
    says: "The name of an instance snapshot has 1 to 255 letters, digits and hyphens, begins with a letter, and neither ends with a hyphen nor holds two in a row.",
    way_out: "Take the nearest name that AWS takes.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: TargetDBSnapshotIdentifier",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance {
        judge_name(case);
    }
}

/// Judges the name of the copy by the syntax of the snapshot's kind; COPY-05 is the same for clusters.
pub(super) fn judge_name(case: &mut Case<'_>) {
    let longest = names::longest_snapshot(case.kind());
    let typed = case.draft.text(Field::Name).unwrap_or_default();
    let Some(flaw) = names::flaw(typed, longest) else { return };
    let message =
        if typed.is_empty() { "The copy needs a name.".to_owned() } else { format!("The name {flaw}.") };
    let wanted = if typed.is_empty() {
        format!("{}-copy", names::legal(case.draft.snapshot.exact_name(), longest - 5))
    } else {
        names::legal(typed, longest)
    };
    let name = case.destination().and_then(|to| case.free_name(to, case.kind(), &wanted));
    let fix = name.map(|name| Fix::set(format!("name it {name}"), Field::Name, name));
    case.error(Field::Name, message, fix);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn illegal_names_are_refused_and_the_nearest_legal_one_is_offered() {
        check("copy inst name=rds:orders-prod", "COPY-04 error name -> name=orders-prod ~ \":\"");
        check("copy inst name=my_copy", "COPY-04 error name -> name=my-copy");
        check("copy inst name=orders- ", "COPY-04 error name -> name=orders-2");
        check("copy automated", "COPY-04 error name -> name=orders-2026-11-24-copy");
        check("copy inst name=my-copy", "no COPY-04");
        check("copy clu name=my_copy", "no COPY-04");
    }
}
