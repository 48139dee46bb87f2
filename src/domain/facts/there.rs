//! What a scope has besides the snapshot and the key in question: groups, names in use, quotas, versions, databases.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{Kind, Shown, Tag};

/// An option group (DescribeOptionGroups).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionGroup {
    /// `OptionGroupName`.
    pub name: Shown,
    /// `EngineName`.
    pub engine: Shown,
    /// `MajorEngineVersion`.
    pub major_version: Shown,
    /// `VpcId`, where it fits instances of one VPC only.
    pub vpc: Option<Shown>,
    /// Its options.
    pub options: Vec<GroupOption>,
}

/// An option of an option group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOption {
    /// `OptionName`, as `TDE`.
    pub name: Shown,
    /// Whether it cannot be removed while instances use it.
    pub persistent: bool,
    /// Whether it can never be removed.
    pub permanent: bool,
}

/// The snapshots of one kind in a scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SnapshotsThere {
    /// Their names in lower case: AWS does not tell case apart.
    pub names: BTreeSet<String>,
    /// Copies under way into the scope.
    pub copying: usize,
    /// Sources (ARN or name) of copies under way, where AWS says.
    pub copying_from: BTreeSet<String>,
    /// Names by source database, in lower case.
    pub by_database: HashMap<String, usize>,
}

/// Quotas: used and most, where AWS says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quotas {
    /// `ManualSnapshots`.
    pub manual_snapshots: Option<(u64, u64)>,
    /// `ManualClusterSnapshots`.
    pub manual_cluster_snapshots: Option<(u64, u64)>,
}

/// An engine version (DescribeDBEngineVersions).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineVersion {
    /// `EngineVersion`.
    pub version: Shown,
    /// `MajorEngineVersion`, where AWS says.
    pub major: Option<Shown>,
    /// `DBParameterGroupFamily`.
    pub family: Shown,
    /// `Status`: `available` or `deprecated`.
    pub available: bool,
}

/// An instance or a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// Instance or cluster.
    pub kind: Kind,
    /// Its name.
    pub name: Shown,
    /// Its status.
    pub status: Shown,
    /// Its engine.
    pub engine: Shown,
    /// `DBInstanceClass`.
    pub class: Option<Shown>,
    /// The subnet group's name.
    pub subnet_group: Option<Shown>,
    /// The parameter group's name.
    pub parameter_group: Option<Shown>,
    /// The VPC.
    pub vpc: Option<Shown>,
    /// `TagList`, in AWS's order.
    pub tags: Vec<Tag>,
}

/// A DB subnet group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetGroup {
    /// Its name.
    pub name: Shown,
    /// Its VPC.
    pub vpc: Option<Shown>,
    /// How many availability zones it covers.
    pub zones: usize,
}

/// A parameter group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterGroup {
    /// Its name.
    pub name: Shown,
    /// `DBParameterGroupFamily`.
    pub family: Shown,
}

/// An export task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportTask {
    /// `ExportTaskIdentifier`.
    pub id: Shown,
    /// `SourceArn`.
    pub source: Shown,
    /// `S3Bucket`.
    pub bucket: Shown,
    /// `Status`, in AWS's word.
    pub status: Shown,
}
