//! SHARE-22: a public snapshot is everybody's.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-22",
    says: "A public snapshot can be seen and copied by every AWS account in its region.",
    way_out: "Share it with accounts by their id.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot.Public",
    actions: &[Action::Share],
    yields_to: &["SHARE-05", "SHARE-03"],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.is_made_public() {
        let message = format!(
            "Every AWS account will be able to copy it in {}, and copies cannot be taken back.",
            case.source_region()
        );
        case.warn(Field::Visibility, message, Some(Fix::clear("do not make it public", Field::Visibility)));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn public_means_everybody() {
        check(
            "share none visibility=public",
            "SHARE-22 warning visibility -> visibility ~ us-east-1; warned",
        );
        check("share none visibility=private", "no SHARE-22");
        check("share cmk visibility=public", "no SHARE-22");
    }
}
