//! The steps that several plans have in common: copies, and changes of a key.

use crate::domain::{AccountId, FirstCopy, KeyAccess, KeyChange, Kind, Scope, Shown, SnapshotArn};
use crate::plan::{Follow, Purpose, Step};

use super::calls::{self, NewCopy};
use super::words::Words;

impl FirstCopy {
    /// The ARN that it has once it is made.
    pub(super) fn arn(&self, kind: Kind, at: &Scope) -> SnapshotArn {
        calls::made(at, kind, &self.name)
    }
}

/// The copy that takes the snapshot's place in what follows.
pub(super) fn first_copy(
    source: &SnapshotArn,
    first: &FirstCopy,
    at: &Scope,
    words: &Words<'_>,
    purpose: Purpose,
) -> Step {
    let key = first.key.as_ref();
    let copy =
        NewCopy { source, to: at, name: &first.name, key, option_group: None, copy_tags: false, tags: &[] };
    let is_taken = at.account != source.account();
    let is_manual = !source.exact_name().contains(':');
    let (why, rule) = match (key, is_manual) {
        _ if is_taken => ("What another account owns is copied before it can be restored.", "REST-03"),
        (_, false) => ("Only a manual snapshot can be shared, and a copy is one.", "SHARE-01"),
        (Some(_), true) => ("Under its own key it cannot be shared; a copy under this one can.", "SHARE-06"),
        (None, true) => ("The copy is used in the place of the snapshot.", "COPY-03"),
    };
    Step { rule: Some(rule), purpose, ..copied(words, &copy, why.to_owned()) }
}

/// The copy that was asked for.
pub(super) fn last_copy(words: &Words<'_>, source: &SnapshotArn, copy: &NewCopy<'_>) -> Step {
    let (why, rule) = if copy.to.account != source.account() {
        (
            format!("A copy belongs to the account that makes it: {}.", words.account(copy.to.account)),
            "COPY-07",
        )
    } else if copy.to.region.name() != source.region() {
        (format!("A copy is made where it is to lie: in {}.", copy.to.region), "COPY-07")
    } else {
        ("A copy is a manual snapshot: it stays until it is deleted.".to_owned(), "COPY-03")
    };
    Step { rule: Some(rule), ..copied(words, copy, why) }
}

fn copied(words: &Words<'_>, copy: &NewCopy<'_>, why: String) -> Step {
    let made = calls::made(copy.to, copy.source.kind(), copy.name);
    let mut essentials = Shown::from(copy.name).to_string();
    if let Some(key) = copy.key {
        essentials = format!("{essentials}, key {}", words.key(key));
    }
    Step {
        call: copy.call(),
        essentials,
        why,
        rule: None,
        undo: Some(calls::delete(&made)),
        follows: Follow::Snapshot(made),
        purpose: Purpose::Goal,
        grounds: vec![],
        gib: None,
    }
}

/// Lets accounts use a key: one change of its policy, or a grant for each.
pub(super) fn let_use(words: &Words<'_>, access: &KeyAccess, purpose: Purpose) -> Vec<Step> {
    let key = words.key(&access.key);
    let step = |call, undo, who: &str, rule| Step {
        call,
        essentials: format!("key {key}, for {who}"),
        why: format!("Lets {who} use the key; without it the snapshot is of no use there."),
        rule: Some(rule),
        follows: Follow::Nothing,
        undo: Some(undo),
        purpose,
        grounds: vec![],
        gib: None,
    };
    match &access.by {
        KeyChange::Policy { before, after } => {
            let put = |text: &str| calls::put_policy(&access.key, text);
            vec![step(put(after), put(before), &words.accounts(&access.accounts), "KMS-17")]
        }
        KeyChange::Grants => {
            let grant = |account: &AccountId| {
                let (make, revoke) = calls::grant(&access.key, *account);
                step(make, revoke, &words.account(*account), "KMS-09")
            };
            access.accounts.iter().map(grant).collect()
        }
    }
}
