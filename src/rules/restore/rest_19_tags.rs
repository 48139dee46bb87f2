//! REST-19: a restore at home takes the tags of the source.

use crate::domain::{Action, Field, Kind};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-19",
    says: "An instance restored in the same account gets the tags of the source instance; across accounts it gets none.",
    way_out: "Tag it afterwards.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_Tagging",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.kind() == Kind::Instance && case.crosses_accounts() {
        case.info(Field::ToAccount, "The new instance has no tags: they do not cross accounts.");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn tags_stay_at_home() {
        check("restore db=x to-account=222 +share:222", "REST-19 info to-account");
        check("restore db=x", "no REST-19");
    }
}
