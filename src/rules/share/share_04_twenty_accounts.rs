//! SHARE-04: a snapshot is shared with 20 accounts at most.

use crate::domain::{AccountId, Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "SHARE-04",
    says: "A snapshot can be shared with at most 20 accounts.",
    way_out: "Stop sharing with an account that no longer needs it, or share a second copy.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot; ModifyDBSnapshotAttribute: SharedSnapshotQuotaExceeded",
    actions: &[Action::Share],
    yields_to: &["SHARE-03"],
    check,
};

/// How many accounts a snapshot can be shared with.
const MOST: usize = 20;

fn check(case: &mut Case<'_>) {
    let added = case.added();
    if added.is_empty() {
        return;
    }
    let removed: Vec<AccountId> =
        case.draft.list(Field::Remove).iter().filter_map(|text| text.trim().parse().ok()).collect();
    let present = if case.has_first_copy() {
        0
    } else {
        let Some(share) = case.share() else { return };
        share.accounts().iter().filter(|id| !removed.contains(id)).count()
    };
    let all = present + added.len();
    if all > MOST {
        let message = format!("It would be shared with {all} accounts; AWS allows {MOST}.");
        case.error(Field::With, message, None);
    }
}
