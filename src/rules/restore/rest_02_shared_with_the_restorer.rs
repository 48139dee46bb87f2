//! REST-02: only who owns a snapshot or was given it can restore it.

use crate::domain::{Action, Field, Share};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

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

fn check(case: &mut Case<'_>) {
    let to = match case.to_account() {
        Ok(to) => to,
        Err(bad) => {
            case.error(Field::ToAccount, format!("{bad}."), None);
            return;
        }
    };
    let owner = case.owner();
    if to == owner {
        if case.looked_up() == Some(None) {
            let message = format!("There is no snapshot {} any more.", case.draft.snapshot.name());
            case.error(Field::Snapshot, message, None);
        }
        return;
    }
    let sees = if case.is_ours(owner) {
        match case.share() {
            None | Some(Share::Unknown(_)) => return,
            Some(Share::Public(_)) => true,
            Some(share) => share.accounts().contains(&to),
        }
    } else {
        let Some(seen) = case.seen_by_restorer() else { return };
        seen.is_some()
    };
    if !sees {
        let words = case.account_words(to);
        let message = format!("The snapshot is not shared with {words}: that account cannot restore it.");
        let fix = Fix::outside(format!("share it with {words} first"), Detour::ShareFirst);
        case.error(Field::ToAccount, message, Some(fix));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn only_who_was_given_it_restores_it() {
        check("restore db=x to-account=222", "REST-02 error to-account ~ dr (222222222222)");
        check("restore db=x to-account=222 +share:222", "no REST-02");
        check("restore db=x to-account=222 +share:public", "no REST-02");
        check("restore db=x of:999 by:111", "no REST-02");
        check("restore db=x of:999 by:111 +absent", "REST-02 error to-account");
        check("restore db=x +absent", "REST-02 error snapshot");
        check("restore db=x to-account=22", "REST-02 error to-account ~ twelve digits");
        check("restore db=x", "no REST-02");
    }
}
