//! What the inventory holds of accounts and scopes, and how much of everything has been read.

use super::super::{Account, AccountId, Fault, Identity, Round, ScopeState};

/// An account, and how far signing in is.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountEntry {
    /// What the settings say of it.
    pub account: Account,
    /// How far signing in is.
    pub sign_in: SignIn,
}

impl AccountEntry {
    /// The id: what STS said, else what the settings say.
    pub fn id(&self) -> Option<AccountId> {
        match &self.sign_in {
            SignIn::In(identity) => Some(identity.account),
            // The account is listed under its first name; this entry stands for nothing of its own.
            SignIn::Same(_) => None,
            SignIn::Waiting | SignIn::Failed(_) => self.account.id,
        }
    }
}

/// How far signing in to an account is.
#[derive(Debug, Clone, PartialEq)]
pub enum SignIn {
    /// Not answered yet.
    Waiting,
    /// Signed in.
    In(Identity),
    /// It turned out to be an account that another name leads to.
    Same(AccountId),
    /// It failed.
    Failed(Fault),
}

/// A scope, and how far its reading is.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeEntry {
    /// How far its reading is.
    pub state: ScopeState,
    /// The last reading that was started.
    pub round: Round,
    /// How many rows it has, stale ones included.
    pub rows: usize,
    /// How many of them the last reading has seen so far.
    pub(super) seen: usize,
}

impl ScopeEntry {
    /// Whether somebody has to sign in before it can be read on.
    pub fn is_shut(&self) -> bool {
        matches!(&self.state, ScopeState::Failed(fault) if fault.class.needs_sign_in())
    }

    /// How many rows are left over from an earlier reading.
    pub fn stale(&self) -> usize {
        self.rows - self.seen
    }
}

impl Default for ScopeEntry {
    fn default() -> Self {
        Self { state: ScopeState::Waiting, round: Round::default(), rows: 0, seen: 0 }
    }
}

/// How much of everything has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Scopes that count: all but disabled ones.
    pub scopes: usize,
    /// Scopes read to their end.
    pub complete: usize,
    /// Scopes that could not be read.
    pub failed: usize,
    /// Scopes whose pages are arriving, or that wait for their turn.
    pub under_way: usize,
    /// Regions that the account has not enabled.
    pub disabled: usize,
    /// Accounts that could not be signed in to: how many scopes they have is not known.
    pub accounts_failed: usize,
    /// Accounts that have not answered yet.
    pub accounts_waiting: usize,
    /// Rows.
    pub snapshots: usize,
}

impl Coverage {
    pub(super) fn of<'a>(
        accounts: &[AccountEntry],
        scopes: impl Iterator<Item = &'a ScopeEntry>,
        snapshots: usize,
    ) -> Self {
        let mut coverage = Self { snapshots, ..Self::default() };
        for entry in accounts {
            match entry.sign_in {
                SignIn::Waiting => coverage.accounts_waiting += 1,
                SignIn::Failed(_) => coverage.accounts_failed += 1,
                SignIn::In(_) | SignIn::Same(_) => {}
            }
        }
        for entry in scopes {
            match entry.state {
                ScopeState::Disabled(_) => coverage.disabled += 1,
                ScopeState::Complete => coverage.complete += 1,
                ScopeState::Failed(_) => coverage.failed += 1,
                ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled => {
                    coverage.under_way += 1;
                }
            }
        }
        coverage.scopes = coverage.complete + coverage.failed + coverage.under_way;
        coverage
    }

    /// Whether everything was asked and answered, failures included.
    pub fn is_settled(&self) -> bool {
        self.under_way == 0 && self.accounts_waiting == 0
    }

    /// Whether something could not be read.
    pub fn has_gaps(&self) -> bool {
        self.failed > 0 || self.accounts_failed > 0
    }
}
