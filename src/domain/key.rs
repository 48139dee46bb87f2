//! KMS keys, as far as a list of snapshots needs them.

use super::{KeyArn, Shown};

/// What is known of a key (KMS DescribeKey, ListAliases).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its ARN.
    pub arn: KeyArn,
    /// Who manages it; `None` when that could not be learned.
    pub manager: Option<KeyManager>,
    /// Whether it can be used; `None` when that could not be learned.
    pub state: Option<KeyState>,
    /// Its aliases, as `alias/dba`, those of AWS first.
    pub aliases: Vec<Shown>,
}

impl Key {
    /// The alias to show, without `alias/`.
    pub fn short_alias(&self) -> Option<String> {
        let alias = self.aliases.first()?.to_string();
        Some(alias.strip_prefix("alias/").map(str::to_owned).unwrap_or(alias))
    }
}

/// Who manages a key (KMS `KeyManager`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyManager {
    /// AWS: the account's default key `aws/rds`, which no other account can ever use (KMS-11).
    Aws,
    /// The customer.
    Customer,
}

/// The state of a key (KMS `KeyState`, KMS-03).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyState {
    /// It can be used.
    Enabled,
    /// It was switched off.
    Disabled,
    /// It will be deleted; what it encrypts is lost then.
    PendingDeletion,
    /// Another state, in AWS's word.
    Other(Shown),
}

impl KeyState {
    /// The state of this word of AWS.
    pub fn of(word: &str) -> Self {
        match word {
            "Enabled" => Self::Enabled,
            "Disabled" => Self::Disabled,
            "PendingDeletion" => Self::PendingDeletion,
            other => Self::Other(other.into()),
        }
    }

    /// AWS's word for it.
    pub fn exact(&self) -> &str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::PendingDeletion => "PendingDeletion",
            Self::Other(word) => word.exact(),
        }
    }
}

/// The KMS operations that a copy or a restore of what is encrypted under a key takes (KMS-07); without the first
/// nothing goes (SHARE-08).
pub const KEY_OPERATIONS: [&str; 8] = [
    "CreateGrant",
    "DescribeKey",
    "Decrypt",
    "Encrypt",
    "ReEncryptFrom",
    "ReEncryptTo",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
];
