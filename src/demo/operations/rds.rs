//! The operations of RDS, by name.

mod default_groups;
mod describe_account_attributes;
mod describe_db_snapshot_attributes;
mod describe_db_snapshots;
mod describe_list;
mod engine_versions;
mod filter;
mod list_tags_for_resource;
mod page;
mod source_regions;

use super::Operation::{self, Read};
use crate::demo::wire::xml::Xml;

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Xml>> {
    Some(match name {
        "DescribeAccountAttributes" => Read(describe_account_attributes::answer),
        "DescribeDBClusterAutomatedBackups" => {
            Read(|state, call| describe_list::DB_CLUSTER_AUTOMATED_BACKUPS.answer(state, call))
        }
        "DescribeDBClusterParameterGroups" => {
            Read(|state, call| describe_list::DB_CLUSTER_PARAMETER_GROUPS.answer(state, call))
        }
        "DescribeDBClusterSnapshotAttributes" => Read(describe_db_snapshot_attributes::clusters),
        "DescribeDBClusterSnapshots" => Read(describe_db_snapshots::clusters),
        "DescribeDBClusters" => Read(|state, call| describe_list::DB_CLUSTERS.answer(state, call)),
        "DescribeDBEngineVersions" => {
            Read(|state, call| describe_list::DB_ENGINE_VERSIONS.answer(state, call))
        }
        "DescribeDBInstanceAutomatedBackups" => {
            Read(|state, call| describe_list::DB_INSTANCE_AUTOMATED_BACKUPS.answer(state, call))
        }
        "DescribeDBInstances" => Read(|state, call| describe_list::DB_INSTANCES.answer(state, call)),
        "DescribeDBParameterGroups" => {
            Read(|state, call| describe_list::DB_PARAMETER_GROUPS.answer(state, call))
        }
        "DescribeDBSnapshotAttributes" => Read(describe_db_snapshot_attributes::instances),
        "DescribeDBSnapshots" => Read(describe_db_snapshots::instances),
        "DescribeDBSubnetGroups" => Read(|state, call| describe_list::DB_SUBNET_GROUPS.answer(state, call)),
        "DescribeExportTasks" => Read(|state, call| describe_list::EXPORT_TASKS.answer(state, call)),
        "DescribeOptionGroups" => Read(|state, call| describe_list::OPTION_GROUPS.answer(state, call)),
        "DescribeSourceRegions" => Read(|state, call| describe_list::SOURCE_REGIONS.answer(state, call)),
        "ListTagsForResource" => Read(list_tags_for_resource::answer),
        _ => return None,
    })
}
