//! What is asked of the outside, as traits: the cloud, and the journal of runs.
//!
//! The futures are plain boxed ones, so that nothing here names a runtime; who implements a port
//! decides how it waits, paces and retries.

mod journal;
#[cfg(test)]
pub(crate) mod testing;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use journal::{Hold, Journal, JournalError};

use crate::domain::{
    Account, AccountId, Answer, Code, Device, Fault, Identity, Key, KeyArn, Question, Scope, Share, Shown,
    Snapshot, SnapshotArn,
};
use crate::plan::{Order, Receipt};

/// An answer that is still on its way.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Takes in what arrives piece by piece.
pub type Sink<'a, T> = &'a (dyn Fn(T) + Send + Sync);

/// Asks somebody for a code: of which device, and why; `None` when nobody types one.
pub type AskCode = Arc<dyn Fn(Device, Shown) -> Pending<'static, Option<Code>> + Send + Sync>;

/// What the reading of a scope tells while it goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrival {
    /// Rows, as AWS gave them.
    Rows(Vec<Snapshot>),
    /// AWS asks for fewer requests: nothing comes for a while, and then it goes on.
    Throttled,
}

/// The accounts that there are, before anybody has signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounts {
    /// In the order in which they are shown.
    pub accounts: Vec<Account>,
    /// Names of accounts that are not ours.
    pub known: Vec<(AccountId, Shown)>,
}

/// AWS, as it is read and changed.
///
/// Every call paces itself within the API's budget, retries what is worth retrying, and gives up
/// after a bounded time.
pub trait Cloud: Send + Sync {
    /// The accounts that the settings, the profiles or the environment name. Reads files, asks nobody.
    fn accounts(&self) -> Pending<'_, Result<Accounts, Fault>>;

    /// Takes in the code of an MFA device; it is tried when an account that waits for it is signed in to next.
    fn take_code<'a>(&'a self, device: &'a Device, code: Code) -> Pending<'a, ()>;

    /// Signs in to the account of this name (STS GetCallerIdentity) and tells which regions are read there.
    fn sign_in<'a>(&'a self, name: &'a Shown) -> Pending<'a, Result<Identity, Fault>>;

    /// Reads every snapshot that a scope owns or was given, page by page, both kinds and all types
    /// (DescribeDBSnapshots, DescribeDBClusterSnapshots). Ok only when nothing is missing.
    ///
    /// Where AWS asks for fewer requests it waits for minutes, and says so.
    fn read<'a>(&'a self, scope: &'a Scope, arrive: Sink<'a, Arrival>) -> Pending<'a, Result<(), Fault>>;

    /// Describes keys (KMS ListAliases, DescribeKey), in pieces; a key that could not be described
    /// is among them without a manager.
    fn keys<'a>(
        &'a self,
        scope: &'a Scope,
        keys: Vec<KeyArn>,
        learned: Sink<'a, Vec<Key>>,
    ) -> Pending<'a, ()>;

    /// Asks who can read a snapshot (DescribeDBSnapshotAttributes, DescribeDBClusterSnapshotAttributes).
    fn share<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<Share, Fault>>;

    /// One snapshot in AWS's own shape, as the AWS CLI prints it: JSON, exact, hidden characters escaped.
    fn document<'a>(&'a self, scope: &'a Scope, arn: &'a SnapshotArn) -> Pending<'a, Result<String, Fault>>;

    /// Tries each reading operation once in a scope: the action, and whether it is allowed.
    fn probe<'a>(&'a self, scope: &'a Scope) -> Pending<'a, Vec<(&'static str, Result<(), Fault>)>>;

    /// Answers one question of the rules. The account of its scope must have signed in.
    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>>;

    /// Sends an order, once: what could have been carried out already is never sent again by itself.
    fn send<'a>(&'a self, order: &'a Order) -> Pending<'a, Result<Receipt, Fault>>;
}
