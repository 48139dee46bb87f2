//! KMS-17: how an account is let use a key, and what stands in the way of that.

use super::offer::{Obstacle, key_access};
use crate::domain::{Action, Field, Policy};
use crate::rules::{Case, Confidence, Detour, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "KMS-17",
    says: "Two statements let an account use a key for RDS: one for the key, one for grants that AWS services make. A policy has 32,768 bytes at most.",
    way_out: "Add both to the key's policy, or make a grant.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_ShareSnapshot; USER_CopySnapshot; KMS: PutKeyPolicy, CreateGrant",
    actions: &[Action::Copy, Action::Share, Action::Restore],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    if let Some(why) = moot(case) {
        case.info(Field::KeyAccess, why);
    }
    let Some(Err(obstacle)) = key_access(case) else { return };
    let leave = || Some(Fix::clear("leave the key as it is", Field::KeyAccess).by(Detour::KeyAccessFirst));
    let grant =
        || Some(Fix::set("let them by a grant", Field::KeyAccess, "grant").by(Detour::KeyAccessFirst));
    let (message, fix) = match obstacle {
        Obstacle::NoSuchWay(word) => (
            format!("\"{word}\" is no way to let a key be used; policy and grant are."),
            Some(Fix::set("let them by the key's policy", Field::KeyAccess, "policy")),
        ),
        Obstacle::UnknownKey => {
            ("The key cannot be described, so nobody can be let use it from here.".to_owned(), leave())
        }
        Obstacle::Foreign(owner) => {
            let owner = case.account_words(owner);
            (format!("The key belongs to {owner}: only that account can let others use it."), leave())
        }
        Obstacle::Unreadable(why) => {
            (format!("The key's policy could not be read, so nothing can be added to it: {why}."), grant())
        }
        Obstacle::TooLong(bytes) => {
            (format!("The key's policy would have {bytes} bytes; {} is the most.", Policy::LONGEST), grant())
        }
    };
    case.error(Field::KeyAccess, message, fix);
}

/// Why there is no key to let anybody use, though the draft says how; who may use one already needs no change of it.
fn moot(case: &mut Case<'_>) -> Option<&'static str> {
    case.draft.text(Field::KeyAccess).filter(|way| ["policy", "grant"].contains(way))?;
    if case.draft.action == Action::Share && !case.gives_access() {
        return Some("Nobody is given anything: no key has to be opened.");
    }
    if case.draft.action != Action::Share && case.taker().is_none() {
        return Some("It stays in its account: no key has to be opened.");
    }
    (case.copied_under_kms() == Some(false)).then_some("It is under no KMS key: there is none to be opened.")
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn a_key_that_cannot_be_changed_from_here_is_not_promised_to_be() {
        check("share cmk with=222 key-access=policy", "no KMS-17; request");
        check("share cmk with=222 key-access=grant", "no KMS-17; request");
        check("share cmk with=222 key-access=odd", "KMS-17 error key-access -> key-access=policy");
        check("share none with=222 key-access=policy", "KMS-17 info key-access ~ no KMS key; request");
        check(
            "share cmk remove=222 key-access=policy +share:222",
            "KMS-17 info key-access ~ Nobody; request",
        );
        check("copy cmk name=x key-access=grant", "KMS-17 info key-access ~ stays in its account; request");
        check(
            "share unnamed with=222 key-access=policy",
            "KMS-17 error key-access -> key-access ~ described",
        );
        check(
            "share cmk@999 with=222 key-access=grant",
            "KMS-17 error key-access -> key-access ~ 999999999999",
        );
        check(
            "share cmk +policy:broken with=222 key-access=policy",
            "KMS-17 error key-access -> key-access=grant ~ not JSON",
        );
        check(
            "share cmk denied:kms:GetKeyPolicy with=222 key-access=policy",
            "KMS-17 error key-access -> key-access=grant ~ AccessDenied",
        );
        check("share cmk denied:kms:GetKeyPolicy with=222 key-access=grant", "no KMS-17; request");
        check("share cmk with=222 +policy:admits:222 key-access=policy", "no KMS-17; request");
        check(
            "copy cmk to-account=222 share-first=on kms-key=alias/dba key-access=x",
            "KMS-17 error key-access",
        );
    }

    #[test]
    fn a_policy_that_would_be_too_long_is_refused_before_it_is_sent() {
        check("share cmk +policy:long:31000 with=222 key-access=policy", "no KMS-17; request");
        check(
            "share cmk +policy:long:32200 with=222 key-access=policy",
            "KMS-17 error key-access -> key-access=grant ~ 32768 is the most",
        );
        check_fixes("share cmk +policy:long:32200 with=222");
    }
}
