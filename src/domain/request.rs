//! What was asked for and found to be possible: a draft in which everything is parsed and resolved.
//!
//! Only `rules` makes requests, and only of a draft that nothing blocks (tests/architecture.rs holds
//! it to that), so that an unchecked draft cannot become a plan.

use std::sync::Arc;

use super::{AccountId, KeyArn, Kind, Scope, SnapshotArn, Tag};

/// An action that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A copy (CopyDBSnapshot, CopyDBClusterSnapshot), made by the destination.
    Copy {
        /// The source.
        source: SnapshotArn,
        /// A copy that is made first, where the source itself cannot be copied there.
        first: Option<FirstCopy>,
        /// The account that the owner shares it with first: the destination's.
        share: Option<AccountId>,
        /// How the destination is let use the key first.
        access: Option<KeyAccess>,
        /// Where the copy is made and who makes it.
        to: Scope,
        /// The name of the copy.
        name: String,
        /// The key of the copy, as AWS will be told it.
        key: Option<KeyArn>,
        /// The option group of the copy.
        option_group: Option<String>,
        /// Whether AWS copies the tags.
        copy_tags: bool,
        /// Tags of the copy.
        tags: Vec<Tag>,
    },
    /// A change of who can read a snapshot (ModifyDBSnapshotAttribute, ModifyDBClusterSnapshotAttribute).
    Share {
        /// The snapshot.
        snapshot: SnapshotArn,
        /// A copy that is made first and shared instead.
        first: Option<FirstCopy>,
        /// How the accounts are let use the key first.
        access: Option<KeyAccess>,
        /// Accounts that may read it from now on.
        add: Vec<AccountId>,
        /// Accounts that may no longer.
        remove: Vec<AccountId>,
        /// `Some(true)` makes it public, `Some(false)` no longer public.
        public: Option<bool>,
    },
    /// A restore to a new instance or cluster.
    Restore {
        /// The snapshot.
        snapshot: SnapshotArn,
        /// A copy that is made first and restored instead.
        first: Option<FirstCopy>,
        /// The account that the owner shares it with first: the one that restores.
        share: Option<AccountId>,
        /// How that account is let use the key first.
        access: Option<KeyAccess>,
        /// Where it is restored and who does it.
        to: Scope,
        /// What is made: an instance or a cluster.
        makes: Kind,
        /// The parameters by the API's own names and in its order, the new name first and without the
        /// snapshot's: a first copy may take its place.
        parameters: Vec<(&'static str, Argument)>,
    },
    /// An export to S3 (StartExportTask).
    Export {
        /// The snapshot.
        snapshot: SnapshotArn,
        /// Who exports, and where.
        by: Scope,
        /// The parameters by the API's own names and in its order.
        parameters: Vec<(&'static str, Argument)>,
    },
    /// A deletion (DeleteDBSnapshot, DeleteDBClusterSnapshot).
    Delete {
        /// The snapshot.
        snapshot: SnapshotArn,
    },
}

/// A copy that is made before anything else: for a restore by the account and in the region that restore,
/// which so come to own it; for anything else in the snapshot's own account and region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstCopy {
    /// Its name.
    pub name: String,
    /// Its key; `None` keeps the source's.
    pub key: Option<KeyArn>,
}

/// A key that other accounts are let use first, by its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyAccess {
    /// The key, of an account of ours.
    pub key: KeyArn,
    /// The accounts that may not use it yet.
    pub accounts: Vec<AccountId>,
    /// How they are let.
    pub by: KeyChange,
}

/// How other accounts are let use a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChange {
    /// By statements in the key's policy (PutKeyPolicy, KMS-17).
    Policy {
        /// The policy as it was read.
        before: Arc<str>,
        /// The whole policy as it is to be.
        after: Arc<str>,
    },
    /// By a grant for each of them (CreateGrant, KMS-09).
    Grants,
}

/// The value of a parameter of AWS's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A text.
    Text(String),
    /// A switch.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Several texts.
    List(Vec<String>),
    /// Tags.
    Tags(Vec<Tag>),
    /// The id of the grant that has this name on the key of the call (KMS ListGrants): AWS gives it out only
    /// when the grant is made.
    GrantNamed(String),
}
