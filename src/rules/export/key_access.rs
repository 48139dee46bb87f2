//! Whether the account that exports may use a key of another account, as a finding.
//!
//! A key of its own is not looked at, nor one whose owner is not ours: nothing can be read of that.

use crate::domain::{Field, KeyFacts, KeyManager};
use crate::rules::kms;
use crate::rules::{Access, Case, Need, judge};

/// Adds what the policies of a key say against its use by the account that exports.
pub(super) fn judge_use(case: &mut Case<'_>, field: Field, key: &KeyFacts, need: Need) {
    let account = case.draft.by;
    if key.manager == KeyManager::Aws && key.arn.account() == Some(account) {
        return;
    }
    let (words, key_words) = (case.account_words(account), key.label());
    let Some(policies) = case.key_policies(&key.arn) else {
        if let Some(owner) = key.arn.account().filter(|owner| !case.is_ours(*owner)) {
            let owner = case.account_words(owner);
            case.warn(field, format!("Whether {words} may use {key_words} only {owner} can tell."), None);
        }
        return;
    };
    let message = match judge(policies, key, account, need) {
        Access::Yes => return,
        Access::No { why } => {
            case.error(field, format!("{words} may not use {key_words}: {why}."), None);
            return;
        }
        Access::Only { principals, .. } => {
            let names: Vec<String> = principals.iter().map(ToString::to_string).collect();
            format!("Of {words} only {} may use {key_words}.", names.join(", "))
        }
        Access::Incomplete { missing, alone } => kms::lacks(&words, &key_words, &missing, &alone),
        Access::Unknown { why } => format!("Whether {words} may use {key_words} is not known: {why}."),
    };
    case.warn(field, message, None);
}
