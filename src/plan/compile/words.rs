//! How accounts, places and keys are called in a plan.

use crate::domain::{AccountId, Facts, KeyArn, Scope, Shown};

pub(super) struct Words<'a> {
    pub(super) facts: &'a Facts,
}

impl Words<'_> {
    /// "dr (222222222222)", or the id alone.
    pub(super) fn account(&self, account: AccountId) -> String {
        self.facts.account_words(account)
    }

    /// "dr (222222222222) and 333333333333".
    pub(super) fn accounts(&self, accounts: &[AccountId]) -> String {
        let all: Vec<String> = accounts.iter().map(|account| self.account(*account)).collect();
        match &all[..] {
            [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
            all => all.concat(),
        }
    }

    /// "eu-west-1 of dr (222222222222)".
    pub(super) fn place(&self, scope: &Scope) -> String {
        format!("{} of {}", scope.region, self.account(scope.account))
    }

    /// The first alias of a key, where one is known, else its id.
    pub(super) fn key(&self, arn: &KeyArn) -> String {
        self.facts.key_alias(arn).map_or_else(|| Shown::from(arn.id()).to_string(), ToString::to_string)
    }
}
