//! COPY-44: AWS copies no tags to another account.

use super::copy_46_tag_limits::is_legal;
use crate::domain::{Action, Field, Tag, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-44",
    says: "Tags are copied only when asked for, and never to another account.",
    way_out: "Give the tags themselves.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot: CopyTags; USER_Tagging",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if case.draft.is_on(Field::CopyTags) && case.crosses_accounts() {
        let fix = give_tags(case);
        case.warn(Field::CopyTags, "AWS copies no tags to another account.", fix);
    }
}

/// Gives the tags of the draft and those of the source, and does not ask AWS to copy any.
pub(super) fn give_tags(case: &mut Case<'_>) -> Option<Fix> {
    let source = case.snapshot()?;
    let mut tags: Vec<Tag> = case.draft.tags(Field::Tags).to_vec();
    for tag in source.row.tags.iter() {
        if is_legal(tag) && !tags.iter().any(|own| own.key == tag.key) {
            tags.push(tag.clone());
        }
    }
    let edits = vec![
        Edit { field: Field::CopyTags, value: None },
        Edit { field: Field::Tags, value: Some(Value::Tags(tags)) },
    ];
    Some(Fix { label: "give the source's tags instead".to_owned(), edits, detour: None })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn tags_for_another_account_are_given() {
        check(
            "copy inst to-account=222 +share:222 copy-tags=on stag:env=prod stag:aws:x=y",
            "COPY-44 warning copy-tags -> tag=env=prod",
        );
        check("copy inst to-account=222 +share:222 copy-tags=on", "COPY-44 warning copy-tags -> copy-tags");
        check("copy inst copy-tags=on stag:env=prod", "no COPY-44");
        check("copy inst to-account=222 +share:222", "no COPY-44");
    }
}
