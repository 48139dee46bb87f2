//! What is learned while AWS is read, as values: the inventory's only input.

use super::{Account, AccountId, Fault, Key, Region, Scope, Share, Shown, Snapshot, SnapshotArn};

/// The number of a reading of one scope; what arrives of an earlier one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Round(pub u32);

impl Round {
    /// The round after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// One thing that was learned.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// The accounts that the settings or the credentials name, and names of foreign ids; before anybody signs in.
    Accounts {
        /// In the order in which they are shown.
        accounts: Vec<Account>,
        /// Names of accounts that are not ours.
        known: Vec<(AccountId, Shown)>,
    },
    /// An account answered who we are there, and its scopes are now known.
    SignedIn(Identity),
    /// Two names lead to one account; the later one is not read again.
    SameAccount {
        /// The name of the later one.
        name: Shown,
        /// The account that it turned out to be.
        id: AccountId,
    },
    /// An account could not be signed in to; the others go on.
    SignInFailed {
        /// The account's name.
        name: Shown,
        /// Why.
        fault: Fault,
    },
    /// A reading of a scope begins.
    Started {
        /// The scope.
        scope: Scope,
        /// The reading.
        round: Round,
    },
    /// A page of rows, as AWS gave it.
    Page {
        /// The scope.
        scope: Scope,
        /// The reading.
        round: Round,
        /// The rows; an ARN may occur again and is one row all the same.
        rows: Vec<Snapshot>,
    },
    /// A reading of a scope is slowed down: AWS asks for fewer requests, and it waits before it goes on.
    Throttled {
        /// The scope.
        scope: Scope,
        /// The reading.
        round: Round,
    },
    /// A reading of a scope came to its end; only now are rows gone that it did not see.
    Complete {
        /// The scope.
        scope: Scope,
        /// The reading.
        round: Round,
    },
    /// A reading of a scope failed; a region that is not enabled ends here too, by its class.
    Failed {
        /// The scope.
        scope: Scope,
        /// The reading.
        round: Round,
        /// Why.
        fault: Fault,
    },
    /// Keys were described.
    Keys(Vec<Key>),
    /// A snapshot's share state was asked.
    Shared {
        /// The account it was asked from: the owner.
        account: AccountId,
        /// The snapshot.
        arn: SnapshotArn,
        /// Its state.
        share: Share,
    },
}

/// Who we are in an account (STS GetCallerIdentity), and what is read there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account's name.
    pub name: Shown,
    /// Its id.
    pub account: AccountId,
    /// The ARN of the caller.
    pub caller: Shown,
    /// The regions that are read.
    pub regions: Vec<Region>,
}

impl Identity {
    /// The caller in short: the session or user name, as `dba`.
    pub fn short_caller(&self) -> String {
        let arn = self.caller.to_string();
        arn.rsplit('/').next().unwrap_or(&arn).to_owned()
    }
}
