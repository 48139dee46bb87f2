//! Snapshots that are not there yet, as they will be once a stage has made them.

use crate::domain::{
    Encryption, Family, Field, Moment, Origin, Scope, Share, Snapshot, SnapshotArn, SnapshotFacts,
    SnapshotType, Status,
};
use crate::rules::Case;

/// How the copy that a stage makes will be encrypted; `None` while that is not known.
pub(super) fn key_of_the_copy(case: &mut Case<'_>, at: &Scope) -> Option<Encryption> {
    let own = case.snapshot()?.row.encryption.clone();
    if case.draft.text(Field::FirstKey).is_some() {
        return case.first_key()?.map(|key| Encryption::Kms(key.arn.clone()));
    }
    match own {
        Encryption::None | Encryption::AwsOwned => Some(own),
        // In its own region and account it stays under its key (COPY-11).
        Encryption::Kms(_) | Encryption::Unnamed => (*at == case.home()).then_some(own),
    }
}

/// A copy of a snapshot.
pub(super) fn copied(found: &SnapshotFacts, arn: &SnapshotArn, encryption: Encryption) -> SnapshotFacts {
    let source_snapshot = Some(found.row.arn.text());
    let row = Snapshot { encryption, source_snapshot, option_group: None, ..new(&found.row, arn) };
    SnapshotFacts { row, ..found.clone() }
}

/// What is restored to an instance of a snapshot of a Multi-AZ DB cluster: what an instance snapshot would be that
/// holds the same.
pub(super) fn as_instance(found: &SnapshotFacts, arn: &SnapshotArn) -> SnapshotFacts {
    let (status, snapshot_type) = (found.row.status.clone(), found.row.snapshot_type);
    let row = Snapshot { family: Family::Rds, status, snapshot_type, ..new(&found.row, arn) };
    SnapshotFacts {
        row,
        snapshot_target: Some("region".into()),
        engine_mode: None,
        tde_credential: None,
        ..found.clone()
    }
}

/// The snapshot that is taken of that instance (ENC-09).
pub(super) fn taken(found: &SnapshotFacts, arn: &SnapshotArn) -> SnapshotFacts {
    let as_instance = as_instance(found, arn);
    let row = Snapshot { status: Status::Available, snapshot_type: SnapshotType::Manual, ..as_instance.row };
    SnapshotFacts { row, ..as_instance }
}

/// A manual snapshot that nobody but its owner reads, and that holds what another holds.
fn new(of: &Snapshot, arn: &SnapshotArn) -> Snapshot {
    Snapshot {
        scope: arn.home(),
        arn: arn.clone(),
        snapshot_type: SnapshotType::Manual,
        origin: Origin::Own,
        status: Status::Available,
        progress: None,
        created_at: Moment::UNKNOWN,
        share: Share::Private,
        tags: [].into(),
        ..of.clone()
    }
}
