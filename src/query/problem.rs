//! What is wrong with a snapshot, as far as it is known: the rows of the view "problems".
//!
//! Only the account's own snapshots are judged, save for their keys and states: what others leave open is theirs to
//! close. Something that was not asked yet is no problem yet; something that was refused is one.

use std::fmt;

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Inventory, KeyState, Origin, Row, Share, Shown, SnapshotType,
    Status, Unasked,
};

/// The states of a snapshot that pass by themselves (LIST-16); any other word that is not "available" is a problem.
const PASSING: [&str; 3] = ["modifying", "deleting", "upgrading"];

/// One thing that is wrong with a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Everybody in the region can restore it (SHARE-05).
    Public,
    /// It is shared with an account that is neither ours nor known.
    Stranger(AccountId),
    /// It is not encrypted at all; a key that AWS owns counts as encryption.
    Unencrypted,
    /// A manual snapshot under the default key, which cannot be shared (SHARE-06).
    DefaultKey,
    /// Its status is none that leads to a usable snapshot, in AWS's word.
    Status(Shown),
    /// Its key cannot be used (KMS-03).
    KeyDisabled,
    /// Its key will be deleted, and the data is lost with it (KMS-03).
    KeyPendingDeletion,
    /// Who can read it was asked, and refused.
    ShareRefused,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.pad("public: everybody in the region can restore it"),
            Self::Stranger(id) => write!(f, "shared with {id}, which is neither yours nor known"),
            Self::Unencrypted => f.pad("not encrypted"),
            Self::DefaultKey => f.pad("under the default key aws/rds: it cannot be shared"),
            Self::Status(word) => write!(f, "its status is {word}"),
            Self::KeyDisabled => f.pad("its key is disabled: it can be neither copied nor restored"),
            Self::KeyPendingDeletion => f.pad("its key will be deleted, and the data is lost with it"),
            Self::ShareRefused => f.pad("who can read it could not be learned: the question was refused"),
        }
    }
}

/// Everything that is known to be wrong with a row, worst first.
pub fn problems(row: &Row, inventory: &Inventory) -> Vec<Problem> {
    let snapshot = &row.snapshot;
    let mut found = Vec::new();
    let own = snapshot.origin == Origin::Own;
    if own {
        match &snapshot.share {
            Share::Public(_) => found.push(Problem::Public),
            Share::Unknown(Unasked::Refused) => found.push(Problem::ShareRefused),
            Share::Unknown(Unasked::NotYet) | Share::NotShareable | Share::Private | Share::Accounts(_) => {}
        }
        found.extend(strangers(row, inventory).map(Problem::Stranger));
    }
    if let Encryption::Kms(arn) = &snapshot.encryption {
        match inventory.key(arn).and_then(|key| key.state.as_ref()) {
            Some(KeyState::PendingDeletion) => found.push(Problem::KeyPendingDeletion),
            Some(KeyState::Disabled) => found.push(Problem::KeyDisabled),
            Some(KeyState::Enabled | KeyState::Other(_)) | None => {}
        }
    }
    match &snapshot.status {
        Status::Other(word) if !PASSING.contains(&word.exact()) => found.push(Problem::Status(word.clone())),
        Status::Other(_) | Status::Available | Status::Creating | Status::Copying => {}
    }
    if own {
        match inventory.encryption(snapshot) {
            EncryptionClass::None => found.push(Problem::Unencrypted),
            EncryptionClass::AwsManaged if snapshot.snapshot_type == SnapshotType::Manual => {
                found.push(Problem::DefaultKey);
            }
            EncryptionClass::AwsManaged
            | EncryptionClass::AwsOwned
            | EncryptionClass::Customer
            | EncryptionClass::Unknown => {}
        }
    }
    found
}

/// The accounts that a row is shared with and that are neither ours nor known.
pub(super) fn strangers<'a>(row: &'a Row, inventory: &'a Inventory) -> impl Iterator<Item = AccountId> + 'a {
    let accounts = row.snapshot.share.accounts().iter().copied();
    accounts.filter(|id| inventory.account_name(*id).is_none())
}
