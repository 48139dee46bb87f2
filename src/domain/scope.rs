//! A scope: one account in one region, the unit in which AWS is read.

use std::fmt;

use super::{AccountId, Fault, Region};

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

/// How far the reading of a scope is. "Empty", "failed" and "still reading" never look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeState {
    /// Nothing was asked yet.
    Waiting,
    /// Pages are arriving.
    Reading,
    /// Everything was read.
    Complete,
    /// Some of it could not be read; rows of an earlier reading stay, and are stale.
    Failed(Fault),
    /// The account has not enabled the region.
    Disabled(Fault),
}
