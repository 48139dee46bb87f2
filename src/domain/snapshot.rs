//! A snapshot as a row: compact, exact, with AWS's traps already taken out.

use std::fmt;
use std::sync::Arc;

use super::{AccountId, KeyArn, Kind, Moment, Scope, Share, Shown, SnapshotArn};

/// One snapshot as one scope sees it.
///
/// A snapshot that is shared between two accounts of ours is two of these: the owner's, and the
/// one that was given ([`Origin::Shared`]); within one scope an ARN occurs once.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The account and region that it was seen from.
    pub scope: Scope,
    /// Its ARN: owner, region, kind and name.
    pub arn: SnapshotArn,
    /// Engine family (LIST-15).
    pub family: Family,
    /// `Engine`, as `aurora-mysql`.
    pub engine: Shown,
    /// `EngineVersion`.
    pub engine_version: Shown,
    /// The instance or cluster that it was taken from; it may be gone.
    pub source_db: Shown,
    /// Manual, automated or of AWS Backup.
    pub snapshot_type: SnapshotType,
    /// Own, shared with the account, or public.
    pub origin: Origin,
    /// `Status`.
    pub status: Status,
    /// `PercentProgress`, 0 to 100; `None` when AWS does not say.
    pub progress: Option<u8>,
    /// `SnapshotCreateTime`: when this snapshot or copy was made, where AWS says.
    pub created_at: Moment,
    /// How old the data is (LIST-11): the time of the database, else of the original, else of this snapshot.
    pub data_at: Moment,
    /// `AllocatedStorage` in GiB; `None` for Aurora, which reports 0 or 1 (LIST-17).
    pub size_gib: Option<u32>,
    /// How it is encrypted.
    pub encryption: Encryption,
    /// Who can read it.
    pub share: Share,
    /// `OptionGroupName`; clusters have none (COPY-36).
    pub option_group: Option<Shown>,
    /// `StorageType`.
    pub storage_type: Option<Shown>,
    /// The ARN or name of the snapshot that this is a copy of, where AWS says (LIST-12).
    pub source_snapshot: Option<Shown>,
    /// Tags, in AWS's order.
    pub tags: Arc<[Tag]>,
}

impl Snapshot {
    /// The account that owns it.
    pub fn owner(&self) -> AccountId {
        self.arn.account()
    }

    /// Instance or cluster snapshot.
    pub fn kind(&self) -> Kind {
        self.arn.kind()
    }
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tag {
    /// Its key.
    pub key: Shown,
    /// Its value; may be empty.
    pub value: Shown,
}

/// Engine family within a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// An ordinary DB instance.
    Rds,
    /// Aurora.
    Aurora,
    /// A Multi-AZ DB cluster (not a Multi-AZ instance): neither copied nor shared (COPY-30, SHARE-12).
    MultiAzCluster,
    /// Neptune.
    Neptune,
    /// Amazon DocumentDB.
    DocumentDb,
    /// RDS Custom.
    RdsCustom,
}

impl Family {
    /// The types of storage that a database of it can have (RestoreDBInstanceFromDBSnapshot and
    /// RestoreDBClusterFromSnapshot: StorageType).
    pub fn storage_types(self) -> &'static [&'static str] {
        match self {
            Self::Rds | Self::RdsCustom => &["gp3", "gp2", "io2", "io1", "standard"],
            Self::MultiAzCluster => &["gp3", "io2", "io1"],
            Self::Aurora => &["aurora", "aurora-iopt1"],
            Self::Neptune | Self::DocumentDb => &["standard", "iopt1", "aurora", "aurora-iopt1"],
        }
    }

    /// Tells the family from the kind and the engine (LIST-15).
    pub fn of(kind: Kind, engine: &str) -> Self {
        match (kind, engine) {
            (Kind::Instance, e) if e.starts_with("custom-") => Self::RdsCustom,
            (Kind::Instance, _) => Self::Rds,
            (Kind::Cluster, "neptune") => Self::Neptune,
            (Kind::Cluster, "docdb") => Self::DocumentDb,
            (Kind::Cluster, "mysql" | "postgres") => Self::MultiAzCluster,
            (Kind::Cluster, _) => Self::Aurora,
        }
    }

    /// The name, as JSON and the filter language write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rds => "rds",
            Self::Aurora => "aurora",
            Self::MultiAzCluster => "multi-az-cluster",
            Self::Neptune => "neptune",
            Self::DocumentDb => "documentdb",
            Self::RdsCustom => "rds-custom",
        }
    }
}

/// How a snapshot came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SnapshotType {
    /// Taken or copied by somebody; kept until deleted.
    Manual,
    /// Taken by RDS; gone at the end of its retention.
    Automated,
    /// Taken by AWS Backup.
    AwsBackup,
}

impl SnapshotType {
    /// Tells the type from `SnapshotType` and the name, whose prefix wins (LIST-01); one that was
    /// shared or made public is manual (SHARE-01).
    pub fn of(reported: &str, name: &str) -> Self {
        match (reported, name) {
            (_, n) if n.starts_with("awsbackup:") => Self::AwsBackup,
            (_, n) if n.starts_with("rds:") => Self::Automated,
            ("awsbackup", _) => Self::AwsBackup,
            ("automated", _) => Self::Automated,
            _ => Self::Manual,
        }
    }

    /// The name, as JSON and the filter language write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Automated => "automated",
            Self::AwsBackup => "awsbackup",
        }
    }
}

/// Whose a snapshot is, seen from its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The account's own.
    Own,
    /// Another account's, shared with this one.
    Shared,
    /// Another account's, public.
    Public,
}

impl Origin {
    /// The name, as JSON and the filter language write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Shared => "shared",
            Self::Public => "public",
        }
    }
}

/// `Status` (LIST-16): a word that is not known is never taken for available.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Ready to be used.
    Available,
    /// Being taken.
    Creating,
    /// Being copied.
    Copying,
    /// Any other, in AWS's word.
    Other(Shown),
}

impl Status {
    /// Reads AWS's word.
    pub fn of(word: &str) -> Self {
        match word {
            "available" => Self::Available,
            "creating" => Self::Creating,
            "copying" => Self::Copying,
            other => Self::Other(other.into()),
        }
    }

    /// AWS's word to the letter.
    pub fn exact(&self) -> &str {
        match self {
            Self::Available => "available",
            Self::Creating => "creating",
            Self::Copying => "copying",
            Self::Other(word) => word.exact(),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(word) => word.fmt(f),
            Self::Available | Self::Creating | Self::Copying => f.pad(self.exact()),
        }
    }
}

/// How a snapshot is encrypted, as the listing tells it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Encryption {
    /// Not at all.
    None,
    /// Under a key that AWS owns (`sse-rds`), though the API says `StorageEncrypted = false` (COPY-18).
    AwsOwned,
    /// Under a KMS key; whose it is, the inventory's keys say.
    Kms(KeyArn),
    /// Encrypted, under a key that the listing does not name.
    Unnamed,
}

impl Encryption {
    /// The KMS key that it is under, where the listing names one.
    pub fn key(&self) -> Option<&KeyArn> {
        match self {
            Self::Kms(key) => Some(key),
            Self::None | Self::AwsOwned | Self::Unnamed => None,
        }
    }
}

/// How a snapshot is encrypted, in the five words of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EncryptionClass {
    /// Not encrypted.
    None,
    /// A key that AWS owns.
    AwsOwned,
    /// The account's default key `aws/rds`.
    AwsManaged,
    /// A customer managed key.
    Customer,
    /// Encrypted, and the key could not be described (yet).
    Unknown,
}

impl EncryptionClass {
    /// The name, as JSON and the filter language write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::AwsOwned => "aws-owned",
            Self::AwsManaged => "aws-managed",
            Self::Customer => "customer",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mysql_in_the_cluster_list_is_a_multi_az_cluster() {
        assert_eq!(Family::of(Kind::Cluster, "mysql"), Family::MultiAzCluster);
        assert_eq!(Family::of(Kind::Instance, "mysql"), Family::Rds);
        assert_eq!(Family::of(Kind::Instance, "custom-sqlserver-ee"), Family::RdsCustom);
        assert_eq!(Family::of(Kind::Cluster, "aurora-postgresql"), Family::Aurora);
    }

    #[test]
    fn the_prefix_of_the_name_decides_the_type() {
        assert_eq!(SnapshotType::of("manual", "awsbackup:job-1"), SnapshotType::AwsBackup);
        assert_eq!(SnapshotType::of("automated", "rds:orders"), SnapshotType::Automated);
        assert_eq!(SnapshotType::of("shared", "orders"), SnapshotType::Manual);
    }

    #[test]
    fn an_unknown_status_is_not_available() {
        assert_eq!(Status::of("upgrading").to_string(), "upgrading");
        assert_ne!(Status::of("Available"), Status::Available);
    }
}
