//! Entries of section D: restores that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: what is made follows from the snapshot, an instance of an instance snapshot and a cluster of a cluster snapshot.
pub(super) const REST_01: Rule = Rule {
    id: "REST-01",
    says: "An instance is restored from an instance snapshot or from one of a Multi-AZ DB cluster, never from one of Aurora.",
    way_out: "Restore an Aurora snapshot as a cluster.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: DBClusterSnapshotIdentifier",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a restore keeps the engine of its snapshot.
pub(super) const REST_12: Rule = Rule {
    id: "REST-12",
    says: "A restore changes the engine only among compatible editions.",
    way_out: "Restore under the same engine.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: Engine",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a restore keeps the allocated storage of its snapshot.
pub(super) const REST_14: Rule = Rule {
    id: "REST-14",
    says: "A restore cannot shrink the storage, and grows it by at least 10 %.",
    way_out: "Grow the storage afterwards.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_RestoreFromSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: all volumes come with the snapshot, and snapdeck adds and changes none.
pub(super) const REST_15: Rule = Rule {
    id: "REST-15",
    says: "Additional storage volumes come with the snapshot and cannot be dropped.",
    way_out: "Choose a class that takes them.",
    severity: Severity::Warning,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceFromDBSnapshot: AdditionalStorageVolumes",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: an instance snapshot is restored as an instance, and the engine is the snapshot's.
pub(super) const REST_22: Rule = Rule {
    id: "REST-22",
    says: "A cluster is restored from a cluster snapshot, or from an instance snapshot by its ARN; the engine must be given.",
    way_out: "Give the ARN and the engine.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterFromSnapshot",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_31: Rule = Rule {
    id: "REST-31",
    says: "A restore to a point in time names a time within the window, or the latest.",
    way_out: "Take the window from the automated backup.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBInstanceToPointInTime: RestoreTime",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_32: Rule = Rule {
    id: "REST-32",
    says: "A restore to a point in time has exactly one source.",
    way_out: "Name one source.",
    severity: Severity::Error,
    confidence: Confidence::Inferred,
    source: "RestoreDBInstanceToPointInTime",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_33: Rule = Rule {
    id: "REST-33",
    says: "A restore to a point in time cannot change the encryption of an instance, nor encrypt a cluster.",
    way_out: "Restore first, then copy a snapshot under a key.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterToPointInTime: KmsKeyId",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_34: Rule = Rule {
    id: "REST-34",
    says: "A clone of an Aurora cluster takes no point in time.",
    way_out: "Clone the present state.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "RestoreDBClusterToPointInTime: RestoreToTime",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_35: Rule = Rule {
    id: "REST-35",
    says: "Retained automated backups expire with their last snapshot and hold no groups.",
    way_out: "Ask for the groups.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "DBInstanceAutomatedBackup: Status",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_36: Rule = Rule {
    id: "REST-36",
    says: "Automated backups are replicated to another region for instances only.",
    way_out: "Copy snapshots of clusters instead.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "USER_ReplicateBackups",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: a draft restores a snapshot, never to a point in time.
pub(super) const REST_37: Rule = Rule {
    id: "REST-37",
    says: "Retained automated backups of clusters exist for Aurora only.",
    way_out: "Keep a manual snapshot.",
    severity: Severity::Info,
    confidence: Confidence::Documented,
    source: "DescribeDBClusterAutomatedBackups",
    actions: &[Action::Restore],
    yields_to: &[],
    check: says_nothing,
};
