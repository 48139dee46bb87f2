//! The keys that the account of a draft has to be let use, and the ways to let it.
//!
//! For shares SHARE-06 to SHARE-08 speak, for exports EXP-06 and EXP-18; here it is about copies and restores.
//! A key of one's own is no matter of course: its policy may leave its own account out, or deny it.

use super::candidates::{self, Candidate, Fit};
use crate::domain::{Action, Field, KeyManager};
use crate::rules::case::KeyUse;
use crate::rules::key_name;
use crate::rules::{Case, Detour, Fix};

/// Whether the draft lets the account use the key first.
pub(super) fn is_let(case: &Case<'_>, used: &KeyUse<'_>) -> bool {
    used.is_given() && matches!(case.draft.text(Field::KeyAccess), Some("policy" | "grant"))
}

/// The fix that lets the account use the key: in the draft where it can say so, else by its owner.
pub(super) fn let_use(case: &Case<'_>, used: &KeyUse<'_>) -> Fix {
    let words = case.account_words(used.taker);
    let label = format!("let {words} use it, by the key's policy");
    match case.draft.action {
        Action::Copy | Action::Restore if used.is_given() => {
            Fix::set(label, Field::KeyAccess, "policy").by(Detour::KeyAccessFirst)
        }
        Action::Copy
        | Action::Restore
        | Action::Encrypt
        | Action::Share
        | Action::Export
        | Action::Delete => Fix::outside(label, Detour::KeyAccessFirst),
    }
}

/// The fix for a key that is denied, whatever lets it be used: another key.
pub(super) fn other_key(case: &mut Case<'_>, used: &KeyUse<'_>) -> Option<Fix> {
    if used.is_given() {
        return other_key_first(case);
    }
    if used.field == Field::KmsKey {
        let to = case.destination()?;
        return key_name::offer(case, Field::KmsKey, to);
    }
    let words = case.account_words(used.taker);
    Some(Fix::outside(format!("exempt {words} from the Deny"), Detour::KeyAccessFirst))
}

/// The fix that copies under another key first, in the owner's account, where the owner is one of ours.
pub(super) fn other_key_first(case: &mut Case<'_>) -> Option<Fix> {
    let label = "copy it under a customer key first";
    if case.draft.action != Action::Copy || !case.is_ours(case.owner()) {
        return Some(Fix::outside(label, Detour::ReEncryptFirst));
    }
    let own = case.taken_key().map(|key| key.arn.clone());
    let home = case.home();
    let best = candidates::best(case, home, own.as_ref())?;
    // One that is denied as well is no way out of a Deny.
    let is_default = case.taken_key().is_some_and(|key| key.manager == KeyManager::Aws);
    let is_of_use = |best: &Candidate<'_>| is_default || best.fit < Fit::Denied;
    let Some(best @ Candidate { key, .. }) = best.filter(is_of_use) else {
        return Some(Fix::outside(label, Detour::ReEncryptFirst));
    };
    let name = case.first_copy_name();
    let label =
        format!("copy it first, as {name}, under {}{}, and share that", key.label(), best.merit(case));
    let fix = Fix::set(label, Field::FirstKey, key.handle()).and(Field::FirstCopy, name);
    Some(fix.and_on(Field::ShareFirst).by(Detour::ReEncryptFirst))
}
