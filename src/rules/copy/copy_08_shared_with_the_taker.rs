//! COPY-08: who takes a snapshot of another account must have been given it.

use crate::domain::{AccountId, Action, Family, Field, Share, Shown};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-08",
    says: "A snapshot of another account can be used only if it was shared with the account that acts, or is public.",
    way_out: "Share it with that account first.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_CopySnapshot; DBSnapshotNotFound",
    actions: &[Action::Copy, Action::Encrypt, Action::Restore],
    yields_to: &["COPY-24", "COPY-30", "COPY-31", "COPY-32"],
    check,
};

fn check(case: &mut Case<'_>) {
    let Some(taker) = case.taker() else { return };
    let words = case.account_words(taker);
    let name = case.draft.snapshot.name();
    if !case.is_ours(case.owner()) {
        if case.seen_by(taker) == Some(None) {
            let owner = case.account_words(case.owner());
            let fix = Fix::outside(format!("ask {owner} to share it"), Detour::ShareFirst);
            case.error(
                Field::Snapshot,
                format!("{words} sees no snapshot {name}: it is not shared with it, or gone."),
                Some(fix),
            );
        }
        return;
    }
    if case.looked_up() == Some(None) {
        if case.draft.action == Action::Restore {
            case.error(Field::Snapshot, format!("There is no snapshot {name} any more."), None);
        }
        return;
    }
    if is_given(case, taker) != Some(false) {
        return;
    }
    if case.family() == Some(Family::MultiAzCluster) {
        let fix = Fix::outside(
            "restore it to an instance, and share a snapshot of that",
            Detour::RestoreAsInstance,
        );
        let message = format!("A snapshot of a Multi-AZ DB cluster cannot be shared with {words}.");
        case.error(Field::Snapshot, message, Some(fix));
    } else if let Some(option) = cannot_be_shared_with(case) {
        let fix = Fix::outside("dump the data instead", Detour::Dump);
        case.error(
            Field::Snapshot,
            format!("A snapshot with the option {option} cannot be shared with {words}."),
            Some(fix),
        );
    } else if case.is_manual() == Some(false) {
        automated(case, &words);
    } else if case.draft.is_on(Field::ShareFirst) {
        case.info(Field::ShareFirst, format!("It is shared with {words} first."));
    } else {
        let label = format!("share it with {words} first");
        let (field, fix) = match case.draft.action {
            Action::Copy | Action::Restore => (Field::ToAccount, Fix::on(label, Field::ShareFirst)),
            Action::Encrypt | Action::Share | Action::Export | Action::Delete => {
                (Field::Snapshot, Fix::outside(label, Detour::ShareFirst))
            }
        };
        case.error(field, format!("It is not shared with {words}."), Some(fix.by(Detour::ShareFirst)));
    }
}

/// Whether the account has what it is to take; a copy that is made first is nobody's but the owner's.
fn is_given(case: &mut Case<'_>, taker: AccountId) -> Option<bool> {
    let copy_at_home = case.has_first_copy() && case.draft.action == Action::Copy;
    if copy_at_home {
        return Some(false);
    }
    match case.share()? {
        Share::Public(_) => Some(true),
        Share::Accounts(ids) => Some(ids.contains(&taker)),
        Share::Private | Share::NotShareable => Some(false),
        Share::Unknown(_) => {
            let words = case.account_words(taker);
            case.warn(Field::ToAccount, format!("Whether it is shared with {words} is not known."), None);
            None
        }
    }
}

/// An option that forbids sharing: any that lasts, but Oracle's Timezone and OLS (SHARE-09, SHARE-10).
fn cannot_be_shared_with(case: &mut Case<'_>) -> Option<Shown> {
    let options = case.must_keep()?;
    let forbidden = options.iter().find(|option| !["Timezone", "OLS"].contains(&option.as_str()))?;
    Some(forbidden.as_str().into())
}

/// Only manual snapshots are shared (SHARE-01): a copy in the owner's account comes first.
fn automated(case: &mut Case<'_>, words: &str) {
    let message =
        format!("Only a manual snapshot can be shared with {words}, and this is none; a copy of it is one.");
    let fix = match case.draft.action {
        Action::Copy => {
            let name = case.first_copy_name();
            Fix::set(format!("copy it first, as {name}, and share that"), Field::FirstCopy, name)
                .and_on(Field::ShareFirst)
        }
        Action::Encrypt | Action::Restore | Action::Share | Action::Export | Action::Delete => {
            Fix::outside("copy it to a manual snapshot and share that first", Detour::CopyFirst)
        }
    };
    case.error(Field::Snapshot, message, Some(fix.by(Detour::CopyFirst)));
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn what_is_not_shared_is_shared_first() {
        check("copy inst to-account=222", "COPY-08 error to-account -> share-first=on ~ dr (222222222222)");
        check("copy inst to-account=222 share-first=on", "COPY-08 info share-first; allowed");
        check("copy inst to-account=222 +share:222", "no COPY-08");
        check("copy inst to-account=222 +share:public", "no COPY-08");
        check("copy inst to-account=222 +share:333", "COPY-08 error to-account");
        check("copy automated to-account=222", "COPY-08 error snapshot -> share-first=on");
        check("copy automated to-account=222", "COPY-08 error snapshot -> first-copy=orders-2026-11-24");
        check("copy automated to-account=222 first-copy=x", "COPY-08 error to-account -> share-first=on");
        check(
            "copy oracle-ee og:tde to-account=222 share-first=on +og:tde@use1",
            "COPY-08 error snapshot ~ TDE",
        );
        check(
            "copy oracle-se2 og:timezone to-account=222 option-group=timezone share-first=on",
            "COPY-08 info share-first",
        );
        check("copy inst of:999 by:111", "no COPY-08");
        check("copy inst of:999 by:111 +absent", "COPY-08 error snapshot ~ prod (111111111111)");
        check("restore inst db=x to-account=222", "COPY-08 error to-account -> share-first=on");
        check("restore automated db=x to-account=222", "COPY-08 error snapshot");
        check("restore maz db=x class=db.r6gd.large to-account=222", "COPY-08 error snapshot ~ Multi-AZ");
        check("encrypt inst of:222 by:111 kms-key=alias/dba", "COPY-08 error snapshot");
        check("copy inst", "no COPY-08");
    }

    #[test]
    fn the_fixes_lead_to_a_copy_in_the_other_account() {
        check_fixes("copy automated to-account=222 use1->euw1");
        check_fixes("copy inst cmk to-account=222 use1->euw1");
        check_fixes("copy inst aws/rds to-account=222");
    }
}
