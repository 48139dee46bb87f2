//! A snapshot of either kind, and the differences between the two kinds in one place.
//!
//! Invariant: a snapshot has an identifier, an ARN, a type and a status. Its type is `manual`,
//! `automated` or `awsbackup`: `shared` and `public` are how others see it, not what it is.

use std::collections::BTreeMap;
use std::collections::btree_map::Range;
use std::ops::Bound;

use crate::demo::record::Record;
use crate::demo::shape::Shape;
use crate::demo::shape::snapshots::{DB_CLUSTER_SNAPSHOT, DB_SNAPSHOT};

/// Whether a snapshot is one of a DB instance or of a DB cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SnapshotKind {
    Instance,
    Cluster,
}

/// A snapshot.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) kind: SnapshotKind,
    pub(crate) record: Record,
}

impl SnapshotKind {
    pub(crate) const BOTH: [Self; 2] = [Self::Instance, Self::Cluster];

    /// Kind and identifier of an ARN's resource part, as `cluster-snapshot:NAME`.
    pub(crate) fn of_resource(resource: &str) -> Option<(Self, &str)> {
        let (infix, id) = resource.split_once(':')?;
        let kind = Self::BOTH.into_iter().find(|kind| kind.infix() == infix)?;
        Some((kind, id))
    }

    /// Chooses by kind.
    pub(crate) fn pick<T>(self, instance: T, cluster: T) -> T {
        match self {
            Self::Instance => instance,
            Self::Cluster => cluster,
        }
    }

    pub(crate) fn shape(self) -> &'static Shape {
        self.pick(&DB_SNAPSHOT, &DB_CLUSTER_SNAPSHOT)
    }

    /// The field of a list of such snapshots, as `DBSnapshots`.
    pub(crate) fn list(self) -> &'static str {
        self.pick("DBSnapshots", "DBClusterSnapshots")
    }

    /// What XML calls one of them, as `DBSnapshot`.
    pub(crate) fn member(self) -> &'static str {
        self.pick("DBSnapshot", "DBClusterSnapshot")
    }

    /// The word of an ARN.
    pub(crate) fn infix(self) -> &'static str {
        self.pick("snapshot", "cluster-snapshot")
    }

    pub(crate) fn id_field(self) -> &'static str {
        self.pick("DBSnapshotIdentifier", "DBClusterSnapshotIdentifier")
    }

    pub(crate) fn arn_field(self) -> &'static str {
        self.pick("DBSnapshotArn", "DBClusterSnapshotArn")
    }

    /// The field that names the database a snapshot is of.
    pub(crate) fn source_field(self) -> &'static str {
        self.pick("DBInstanceIdentifier", "DBClusterIdentifier")
    }

    /// The field with the database's immutable id.
    pub(crate) fn resource_id_field(self) -> &'static str {
        self.pick("DbiResourceId", "DbClusterResourceId")
    }

    pub(crate) fn encrypted_field(self) -> &'static str {
        self.pick("Encrypted", "StorageEncrypted")
    }

    /// The code for a snapshot that is not there.
    pub(crate) fn not_found(self) -> &'static str {
        self.pick("DBSnapshotNotFound", "DBClusterSnapshotNotFoundFault")
    }
}

impl Snapshot {
    pub(crate) fn id(&self) -> &str {
        self.must(self.kind.id_field())
    }

    pub(crate) fn arn(&self) -> &str {
        self.must(self.kind.arn_field())
    }

    /// `manual`, `automated` or `awsbackup`.
    pub(crate) fn snapshot_type(&self) -> &str {
        self.must("SnapshotType")
    }

    pub(crate) fn status(&self) -> &str {
        self.must("Status")
    }

    /// The identifier of the database it is of; empty if the fleet does not say.
    pub(crate) fn source(&self) -> &str {
        self.record.text(self.kind.source_field()).unwrap_or_default()
    }

    pub(crate) fn engine(&self) -> &str {
        self.record.text("Engine").unwrap_or_default()
    }

    pub(crate) fn encrypted(&self) -> bool {
        self.record.flag(self.kind.encrypted_field())
    }

    /// The ARN of its key.
    pub(crate) fn key_arn(&self) -> Option<&str> {
        self.record.text("KmsKeyId")
    }

    pub(crate) fn size_gib(&self) -> u32 {
        self.record.whole("AllocatedStorage").and_then(|size| size.try_into().ok()).unwrap_or_default()
    }

    pub(crate) fn percent(&self) -> u8 {
        self.record.whole("PercentProgress").and_then(|percent| percent.try_into().ok()).unwrap_or_default()
    }

    /// The line that copies of the same database into the same region stand in.
    pub(crate) fn line(&self) -> String {
        let place = self.arn().strip_suffix(self.id()).unwrap_or_default();
        format!("{place}{}", self.source())
    }

    fn must(&self, field: &str) -> &str {
        self.record.text(field).expect("BUG: a snapshot has an identifier, an ARN, a type and a status")
    }
}

/// The snapshots of one kind in one region of one account, in order of their identifiers.
///
/// Identifiers are compared without case, as AWS does.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf {
    by_id: BTreeMap<String, Snapshot>,
}

impl Shelf {
    pub(crate) fn get(&self, id: &str) -> Option<&Snapshot> {
        self.by_id.get(&id.to_ascii_lowercase())
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Snapshot> {
        self.by_id.get_mut(&id.to_ascii_lowercase())
    }

    /// Puts a snapshot there; gives back the one that had its identifier.
    pub(crate) fn insert(&mut self, snapshot: Snapshot) -> Option<Snapshot> {
        self.by_id.insert(snapshot.id().to_ascii_lowercase(), snapshot)
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Snapshot> {
        self.by_id.remove(&id.to_ascii_lowercase())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Snapshot> {
        self.by_id.values()
    }

    /// Those that follow an identifier, which itself need not exist any more.
    pub(crate) fn after(&self, id: Option<&str>) -> impl Iterator<Item = &Snapshot> {
        let from = id.map_or(Bound::Unbounded, |id| Bound::Excluded(id.to_ascii_lowercase()));
        let range: Range<'_, String, Snapshot> = self.by_id.range((from, Bound::Unbounded));
        range.map(|(_, snapshot)| snapshot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(id: &str) -> Snapshot {
        let kind = SnapshotKind::Cluster;
        let record = Record::new(kind.shape())
            .with("DBClusterSnapshotIdentifier", id)
            .with("DBClusterSnapshotArn", format!("arn:aws:rds:us-east-1:111111111111:cluster-snapshot:{id}"))
            .with("DBClusterIdentifier", "ledger");
        Snapshot { kind, record }
    }

    #[test]
    fn identifiers_differ_by_more_than_case() {
        let mut shelf = Shelf::default();
        assert_eq!(shelf.insert(snapshot("Final")), None);
        assert_eq!(shelf.insert(snapshot("FINAL")), Some(snapshot("Final")));
        assert_eq!(shelf.get("final"), Some(&snapshot("FINAL")));
        assert_eq!(shelf.remove("fiNal"), Some(snapshot("FINAL")));
    }

    #[test]
    fn what_follows_an_identifier_is_found_though_it_is_gone() {
        let mut shelf = Shelf::default();
        for id in ["c", "A", "b"] {
            shelf.insert(snapshot(id));
        }
        let after = |id| shelf.after(id).map(Snapshot::id).collect::<Vec<_>>();
        assert_eq!(after(None), ["A", "b", "c"]);
        assert_eq!(after(Some("B")), ["c"]);
        assert_eq!(after(Some("ab")), ["b", "c"]);
    }

    #[test]
    fn copies_of_one_database_into_one_region_stand_in_one_line() {
        assert_eq!(snapshot("a").line(), snapshot("b").line());
        assert_eq!(snapshot("a").line(), "arn:aws:rds:us-east-1:111111111111:cluster-snapshot:ledger");
    }

    #[test]
    fn the_resource_of_an_arn_tells_the_kind() {
        assert_eq!(SnapshotKind::of_resource("snapshot:rds:a-1"), Some((SnapshotKind::Instance, "rds:a-1")));
        assert_eq!(SnapshotKind::of_resource("cluster-snapshot:a"), Some((SnapshotKind::Cluster, "a")));
        assert_eq!(SnapshotKind::of_resource("db:a"), None);
    }
}
