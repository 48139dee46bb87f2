//! Who can read a snapshot.

use std::sync::Arc;

use super::AccountId;

/// The share state of a snapshot (attribute `restore`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Share {
    /// A snapshot of this type or origin cannot be shared (SHARE-01..03).
    NotShareable,
    /// It is not known; never to be read as private.
    Unknown(Unasked),
    /// Nobody but the owner.
    Private,
    /// The accounts named, and nobody else.
    Accounts(Arc<[AccountId]>),
    /// Everybody in the region, and the accounts named besides.
    Public(Arc<[AccountId]>),
}

/// Why a share state is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unasked {
    /// It has not been asked yet.
    NotYet,
    /// It was asked, and refused.
    Refused,
}

impl Share {
    /// The name of the state, as JSON and the filter language write it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotShareable => "n/a",
            Self::Unknown(_) => "unknown",
            Self::Private => "private",
            Self::Accounts(_) => "shared",
            Self::Public(_) => "public",
        }
    }

    /// The accounts it is shared with by id.
    pub fn accounts(&self) -> &[AccountId] {
        match self {
            Self::Accounts(ids) | Self::Public(ids) => ids,
            Self::NotShareable | Self::Unknown(_) | Self::Private => &[],
        }
    }
}
