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

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn accounts_that_have_it_already_are_not_counted_twice() {
        let nineteen: Vec<String> = (0..19).map(|n| format!("{}", 100_000_000_000_u64 + n)).collect();
        let present = format!("+share:{}", nineteen.join(","));
        check(&format!("share inst {present} with=222,333"), "SHARE-04 error with ~ 21 accounts");
        check(&format!("share inst {present} with=222,100000000000"), "no SHARE-04");
        check(&format!("share inst {present} with=222,333 remove=100000000000"), "no SHARE-04");
        check(
            &format!("share automated first-copy=x with={},222,333", nineteen.join(",")),
            "SHARE-04 error with",
        );
    }
}
