//! The key that the account of a draft has to be let use, and the ways to let it.
//!
//! For shares SHARE-06 to SHARE-08 speak, for exports EXP-06 and EXP-18; here it is about copies and restores
//! of what another account owns.

use crate::domain::{AccountId, Action, Field, KeyFacts, KeyManager};
use crate::rules::{Access, Case, Detour, Fix, Refusal};

/// A key of what is taken, the account that takes it, and whether that may use the key.
pub(super) struct KeyUse<'a> {
    pub(super) access: Access,
    pub(super) key: &'a KeyFacts,
    pub(super) taker: AccountId,
}

/// Whether the account that takes a snapshot of another one may use its key. `None` where there is no such
/// account or no key of another one, while it is not known, and where nobody here can read the policies.
pub(super) fn use_of_key<'a>(case: &mut Case<'a>) -> Option<KeyUse<'a>> {
    let taker = case.taker()?;
    let key = taken_key(case).filter(|key| key.arn.account() != Some(taker))?;
    // A key that cannot be used at all is COPY-21's and KMS-03's.
    let access = if !key.is_usable() {
        return None;
    } else if key.manager == KeyManager::Aws {
        Access::No { why: Refusal::AwsManaged }
    } else {
        let policies = case.key_policies(&key.arn)?;
        case.may_use(policies, key, taker)
    };
    Some(KeyUse { access, key, taker })
}

/// The key of what is taken: that of the first copy where the owner makes one, else the snapshot's.
pub(super) fn taken_key<'a>(case: &mut Case<'a>) -> Option<&'a KeyFacts> {
    match case.draft.action {
        Action::Copy => case.shared_key().flatten(),
        Action::Encrypt | Action::Restore | Action::Share | Action::Export | Action::Delete => {
            case.source_key().flatten()
        }
    }
}

/// Whether the draft lets the account use the key first.
pub(super) fn is_let(case: &Case<'_>) -> bool {
    matches!(case.draft.text(Field::KeyAccess), Some("policy" | "grant"))
}

/// The fix that lets the account use the key: in the draft where it can say so, else by its owner.
pub(super) fn let_use(case: &mut Case<'_>, taker: AccountId) -> Fix {
    let words = case.account_words(taker);
    let label = format!("let {words} use it, by the key's policy");
    match case.draft.action {
        Action::Copy | Action::Restore => {
            Fix::set(label, Field::KeyAccess, "policy").by(Detour::KeyAccessFirst)
        }
        Action::Encrypt | Action::Share | Action::Export | Action::Delete => {
            Fix::outside(label, Detour::KeyAccessFirst)
        }
    }
}

fn own_is_default(case: &mut Case<'_>) -> bool {
    taken_key(case).is_some_and(|key| key.manager == KeyManager::Aws)
}

/// The fix that copies under another key first, in the owner's account, where the owner is one of ours.
pub(super) fn other_key_first(case: &mut Case<'_>) -> Option<Fix> {
    let label = "copy it under a customer key first";
    if case.draft.action != Action::Copy || !case.is_ours(case.owner()) {
        return Some(Fix::outside(label, Detour::ReEncryptFirst));
    }
    let own = taken_key(case).map(|key| key.arn.clone());
    let home = case.home();
    let keys = case.keys(home)?;
    // One that was tried already is not followed by another: the policies of all keys are not read for that.
    let untried = case.draft.text(Field::FirstKey).is_none() || own_is_default(case);
    let fits = |key: &&KeyFacts| untried && key.can_encrypt() && Some(&key.arn) != own.as_ref();
    let Some(key) = keys.iter().find(fits) else {
        return Some(Fix::outside(label, Detour::ReEncryptFirst));
    };
    let name = case.first_copy_name();
    let label = format!("copy it under {} first, as {name}, and share that", key.label());
    let fix = Fix::set(label, Field::FirstKey, key.handle()).and(Field::FirstCopy, name);
    Some(fix.and_on(Field::ShareFirst).by(Detour::ReEncryptFirst))
}
