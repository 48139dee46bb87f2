//! What was asked for and found to be possible: a draft in which everything is parsed and resolved.
//!
//! Only `rules` makes requests, and only of a draft that nothing blocks (tests/architecture.rs holds
//! it to that), so that an unchecked draft cannot become a plan.

use std::sync::Arc;

use super::{AccountId, KeyArn, KeyState, Kind, Scope, SnapshotArn, Tag};

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
    /// What something else has to be done for first.
    After {
        /// The snapshot that was asked about.
        snapshot: SnapshotArn,
        /// What is done first, in order.
        first: Vec<Stage>,
        /// What is done then; it works on what the stages have made.
        then: Box<Request>,
    },
}

impl Request {
    /// The snapshot that it is about.
    pub fn snapshot(&self) -> &SnapshotArn {
        match self {
            Self::Copy { source: snapshot, .. }
            | Self::Share { snapshot, .. }
            | Self::Restore { snapshot, .. }
            | Self::Export { snapshot, .. }
            | Self::Delete { snapshot }
            | Self::After { snapshot, .. } => snapshot,
        }
    }
}

/// Something that is done before an action can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// A key is brought back into use.
    Repair(KeyRepair),
    /// A copy is made, which the action then works on.
    Copy(Box<Request>),
    /// A DB instance is restored from a snapshot of a Multi-AZ DB cluster and a snapshot of it is taken, which the
    /// action then works on.
    Instance(TemporaryInstance),
}

/// A key that does not work, and how that is mended by its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRepair {
    /// The key, of an account of ours.
    pub key: KeyArn,
    /// How it was found: disabled, or waiting for its deletion.
    pub was: KeyState,
}

/// A DB instance that exists for a snapshot to be taken of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemporaryInstance {
    /// The snapshot of a Multi-AZ DB cluster that it is restored from, by its owner and where it lies.
    pub from: SnapshotArn,
    /// Its name.
    pub name: String,
    /// The snapshot that is taken of it.
    pub taken: SnapshotArn,
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
