//! COPY-45: tags that are given cancel the copying of tags.

use super::copy_44_tags_stay::give_tags;
use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-45",
    says: "Where tags are given, AWS ignores CopyTags.",
    way_out: "Give the tags of the source as well.",
    severity: Severity::Warning,
    confidence: Confidence::Observed,
    source: "moto, verified against AWS; CreateDBSnapshot",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.draft.is_on(Field::CopyTags) && !case.draft.tags(Field::Tags).is_empty() {
        let fix = give_tags(case);
        case.warn(Field::CopyTags, "With tags of its own the copy gets none of the source's.", fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn given_tags_are_merged_with_those_of_the_source() {
        check(
            "copy inst copy-tags=on tag=env=test stag:env=prod stag:team=db",
            "COPY-45 warning copy-tags -> tag=env=test,team=db",
        );
        check("copy inst copy-tags=on", "no COPY-45");
        check("copy inst tag=env=test", "no COPY-45");
        check(
            "copy inst to-account=222 +share:222 copy-tags=on tag=a=b",
            "COPY-45 warning copy-tags; COPY-44 warning copy-tags",
        );
    }
}
