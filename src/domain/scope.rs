//! A scope: one account in one region, the unit in which AWS is read.

use std::fmt;

use super::{AccountId, Fault, KeyArn, Region, SnapshotArn};

/// One account in one region.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// The account whose credentials read it.
    pub account: AccountId,
    /// The region.
    pub region: Region,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.account, self.region)
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl SnapshotArn {
    /// The account and region that the snapshot lies in.
    pub fn home(&self) -> Scope {
        Scope { account: self.account(), region: Region::new(self.region()) }
    }
}

impl KeyArn {
    /// The account and region that the key lives in; `None` where the ARN names no account.
    pub fn home(&self) -> Option<Scope> {
        Some(Scope { account: self.account()?, region: Region::new(self.region()) })
    }
}

/// How far the reading of a scope is. "Empty", "failed" and "still reading" never look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeState {
    /// Nothing was asked yet.
    Waiting,
    /// Pages are arriving.
    Reading,
    /// AWS asks for fewer requests: it waits, and reads on by itself.
    Throttled,
    /// Everything was read.
    Complete,
    /// Some of it could not be read; rows of an earlier reading stay, and are stale.
    Failed(Fault),
    /// The account has not enabled the region.
    Disabled(Fault),
}
