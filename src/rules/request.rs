//! From a draft that nothing blocks to the request it stands for: the only place that makes one.

use crate::domain::{Action, Draft, Facts, Field, KeyAccess, Request};

use super::Case;

/// The request of a cleared draft; `None` when a field that it cannot do without is missing.
pub(super) fn of(draft: &Draft, facts: &Facts) -> Option<Request> {
    let mut case = Case::new(draft, facts);
    match draft.action {
        Action::Copy => Some(Request::Copy {
            source: draft.snapshot.clone(),
            first: None,
            share: None,
            access: access(draft),
            to: case.destination()?,
            name: draft.text(Field::Name)?.to_owned(),
            key: case.destination_key().map(|key| key.arn.clone()),
            option_group: draft.text(Field::OptionGroup).map(str::to_owned),
            copy_tags: draft.is_on(Field::CopyTags),
            tags: draft.tags(Field::Tags).to_vec(),
        }),
        Action::Share | Action::Encrypt | Action::Restore | Action::Export | Action::Delete => None,
    }
}

fn access(draft: &Draft) -> Option<KeyAccess> {
    match draft.text(Field::KeyAccess) {
        Some("policy") => Some(KeyAccess::Policy),
        Some("grant") => Some(KeyAccess::Grant),
        _ => None,
    }
}
