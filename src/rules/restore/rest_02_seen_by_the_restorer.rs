//! REST-02: a snapshot is restored by an account that sees it.

use crate::domain::{Action, Field};
use crate::rules::{Case, Confidence, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "REST-02",
    says: "A snapshot of another account can be restored only by its ARN, and only if it was shared with the account that restores or is public.",
    way_out: "Share it with that account first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot; RestoreDBClusterFromSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check,
};

// That a snapshot is not shared with the account that restores it is said by COPY-08, as of every use of one.
fn check(case: &mut Case<'_>) {
    let to = match case.to_account() {
        Ok(to) => to,
        Err(bad) => {
            case.error(Field::ToAccount, format!("{bad}."), None);
            return;
        }
    };
    if !case.is_ours(to) {
        let message =
            format!("{} is not signed in here: it has to restore it itself.", case.account_words(to));
        case.warn(Field::ToAccount, message, None);
    }
    if to == case.owner() && case.looked_up() == Some(None) {
        let message = format!("There is no snapshot {} any more.", case.draft.snapshot.name());
        case.error(Field::Snapshot, message, None);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn a_snapshot_that_is_gone_is_not_restored() {
        check("restore db=x +absent", "REST-02 error snapshot");
        check("restore db=x to-account=22", "REST-02 error to-account ~ twelve digits");
        check("restore db=x to-account=222 +share:222", "no REST-02");
        check("restore db=x", "no REST-02");
    }
}
