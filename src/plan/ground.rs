//! What a step stands on: read again before the step is sent, and as the plan saw it, or nothing is sent.

use jiff::Timestamp;

use crate::domain::{KeyArn, KeyState, Kind, Scope, SnapshotArn};

/// Something that has to be so when a step is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A snapshot is `available`, as this scope sees it (DescribeDBSnapshots, DescribeDBClusterSnapshots).
    Snapshot {
        /// The scope that sees it.
        seen_by: Scope,
        /// The snapshot.
        arn: SnapshotArn,
        /// What tells it from another one of the same name.
        is: Identity,
    },
    /// No snapshot has this name yet.
    FreeSnapshot(SnapshotArn),
    /// No database of this kind has this name yet in this scope (DescribeDBInstances, DescribeDBClusters).
    FreeDatabase(Scope, Kind, String),
    /// A database is the one that a run has made. One that is gone is no matter.
    OwnDatabase {
        /// The scope that sees it.
        seen_by: Scope,
        /// Instance or cluster.
        kind: Kind,
        /// Its name.
        name: String,
        /// Its stamp, where an earlier run has made it; else a step before makes it, under its own. Where neither is
        /// known, as of a run that no journal names, it has to carry some stamp.
        stamp: Option<String>,
    },
    /// A key is enabled, as this scope sees it (KMS DescribeKey).
    Key(Scope, KeyArn),
    /// A key that does not work is still in this state, as this scope sees it (KMS DescribeKey).
    KeyWas(Scope, KeyArn, KeyState),
    /// The policy of a key says this (KMS GetKeyPolicy).
    Policy(KeyArn, String),
}

/// What tells a snapshot from another one that has taken its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// A step before makes it, under its stamp where it takes one.
    Made,
    /// It was seen when the plan was made.
    Seen {
        /// `SnapshotCreateTime`, where AWS said.
        created: Option<Timestamp>,
        /// The key that it is under, where it is under one.
        key: Option<KeyArn>,
    },
    /// An earlier run has made it between these times.
    MadeBetween(Timestamp, Timestamp),
    /// An earlier run has made it under this stamp, if it is there at all; it need not be `available`.
    Stamped(String),
}
