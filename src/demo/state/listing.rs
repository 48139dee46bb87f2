//! The plain lists of a region: all that is neither a snapshot nor a key.
//!
//! What differs between them is this table; what is alike (reading a fleet, paging, looking up by id)
//! is written once.

use crate::demo::record::Record;
use crate::demo::shape::Shape;
use crate::demo::shape::databases::{DB_CLUSTER, DB_INSTANCE};
use crate::demo::shape::groups::{
    ACCOUNT_QUOTA, DB_CLUSTER_PARAMETER_GROUP, DB_ENGINE_VERSION, DB_PARAMETER_GROUP, DB_SUBNET_GROUP,
    OPTION_GROUP, SOURCE_REGION,
};
use crate::demo::shape::snapshots::{DB_CLUSTER_AUTOMATED_BACKUP, DB_INSTANCE_AUTOMATED_BACKUP, EXPORT_TASK};

/// A list of a region, by its name in the API and in a fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Listing {
    OptionGroups,
    DbParameterGroups,
    DbClusterParameterGroups,
    DbInstances,
    DbClusters,
    DbInstanceAutomatedBackups,
    DbClusterAutomatedBackups,
    DbSubnetGroups,
    ExportTasks,
    AccountQuotas,
    SourceRegions,
    DbEngineVersions,
}

/// Quotas that every account has, with their usual maximum.
pub(crate) const QUOTAS: [(&str, i64); 18] = [
    ("DBInstances", 40),
    ("ReservedDBInstances", 40),
    ("AllocatedStorage", 100_000),
    ("DBSecurityGroups", 25),
    ("AuthorizationsPerDBSecurityGroup", 20),
    ("DBParameterGroups", 50),
    ("ManualSnapshots", 100),
    ("EventSubscriptions", 20),
    ("DBSubnetGroups", 50),
    ("OptionGroups", 20),
    ("SubnetsPerDBSubnetGroup", 20),
    ("ReadReplicasPerMaster", 15),
    ("DBClusters", 40),
    ("DBClusterParameterGroups", 50),
    ("DBClusterRoles", 5),
    ("ManualClusterSnapshots", 100),
    ("CustomEndpointsPerDBCluster", 5),
    ("DBInstanceRoles", 5),
];

impl Listing {
    pub(crate) const ALL: [Self; 12] = [
        Self::OptionGroups,
        Self::DbParameterGroups,
        Self::DbClusterParameterGroups,
        Self::DbInstances,
        Self::DbClusters,
        Self::DbInstanceAutomatedBackups,
        Self::DbClusterAutomatedBackups,
        Self::DbSubnetGroups,
        Self::ExportTasks,
        Self::AccountQuotas,
        Self::SourceRegions,
        Self::DbEngineVersions,
    ];

    /// Its name in a fleet, which is the name of the list in the API's answer.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    pub(crate) fn shape(self) -> &'static Shape {
        self.row().1
    }

    /// The field that tells its records apart.
    pub(crate) fn id_field(self) -> &'static str {
        self.row().2
    }

    /// The field with the ARN, and the word that an ARN has before the id.
    pub(crate) fn arn(self) -> Option<(&'static str, &'static str)> {
        self.row().3
    }

    pub(crate) fn arn_field(self) -> Option<&'static str> {
        self.arn().map(|(field, _)| field)
    }

    /// The id of a record; empty if it has none.
    pub(crate) fn id(self, record: &Record) -> &str {
        record.text(self.id_field()).unwrap_or_default()
    }

    /// What the list is sorted by: the id in lower case, and the version of an engine.
    pub(crate) fn key(self, record: &Record) -> String {
        let mut key = self.id(record).to_ascii_lowercase();
        if self == Self::DbEngineVersions {
            key.push(' ');
            key.push_str(record.text("EngineVersion").unwrap_or_default());
        }
        key
    }

    fn row(self) -> (&'static str, &'static Shape, &'static str, Option<(&'static str, &'static str)>) {
        match self {
            Self::OptionGroups => {
                ("OptionGroups", &OPTION_GROUP, "OptionGroupName", Some(("OptionGroupArn", "og")))
            }
            Self::DbParameterGroups => (
                "DBParameterGroups",
                &DB_PARAMETER_GROUP,
                "DBParameterGroupName",
                Some(("DBParameterGroupArn", "pg")),
            ),
            Self::DbClusterParameterGroups => (
                "DBClusterParameterGroups",
                &DB_CLUSTER_PARAMETER_GROUP,
                "DBClusterParameterGroupName",
                Some(("DBClusterParameterGroupArn", "cluster-pg")),
            ),
            Self::DbInstances => {
                ("DBInstances", &DB_INSTANCE, "DBInstanceIdentifier", Some(("DBInstanceArn", "db")))
            }
            Self::DbClusters => {
                ("DBClusters", &DB_CLUSTER, "DBClusterIdentifier", Some(("DBClusterArn", "cluster")))
            }
            Self::DbInstanceAutomatedBackups => {
                ("DBInstanceAutomatedBackups", &DB_INSTANCE_AUTOMATED_BACKUP, "DbiResourceId", None)
            }
            Self::DbClusterAutomatedBackups => {
                ("DBClusterAutomatedBackups", &DB_CLUSTER_AUTOMATED_BACKUP, "DbClusterResourceId", None)
            }
            Self::DbSubnetGroups => (
                "DBSubnetGroups",
                &DB_SUBNET_GROUP,
                "DBSubnetGroupName",
                Some(("DBSubnetGroupArn", "subgrp")),
            ),
            Self::ExportTasks => ("ExportTasks", &EXPORT_TASK, "ExportTaskIdentifier", None),
            Self::AccountQuotas => ("AccountQuotas", &ACCOUNT_QUOTA, "AccountQuotaName", None),
            Self::SourceRegions => ("SourceRegions", &SOURCE_REGION, "RegionName", None),
            Self::DbEngineVersions => ("DBEngineVersions", &DB_ENGINE_VERSION, "Engine", None),
        }
    }
}
