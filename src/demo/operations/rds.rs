//! The operations of RDS, by name.

mod copy_db_cluster_snapshot;
mod copy_db_snapshot;
mod copying;
mod create_db_instance;
mod create_db_snapshot;
mod default_groups;
mod delete_db_instance;
mod delete_db_snapshot;
mod describe_account_attributes;
mod describe_db_snapshot_attributes;
mod describe_db_snapshots;
mod describe_list;
mod engine_versions;
mod export_tasks;
mod filter;
mod list_tags_for_resource;
mod modify_db_snapshot_attribute;
mod offered;
mod page;
mod restore_db_cluster_from_snapshot;
mod restore_db_instance_from_db_snapshot;
mod restoring;
mod source_regions;
mod tags_of_resource;

use super::Operation::{self, Change, Read};
use crate::demo::wire::xml::Xml;

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Xml>> {
    Some(match name {
        "AddTagsToResource" => Change(tags_of_resource::add),
        "CancelExportTask" => Change(export_tasks::cancel),
        "CopyDBClusterSnapshot" => Change(copy_db_cluster_snapshot::answer),
        "CopyDBSnapshot" => Change(copy_db_snapshot::answer),
        "CreateDBClusterSnapshot" => Change(create_db_snapshot::cluster),
        "CreateDBInstance" => Change(create_db_instance::answer),
        "CreateDBSnapshot" => Change(create_db_snapshot::instance),
        "DeleteDBCluster" => Change(delete_db_instance::cluster),
        "DeleteDBInstance" => Change(delete_db_instance::instance),
        "DeleteDBClusterSnapshot" => Change(delete_db_snapshot::cluster),
        "DeleteDBSnapshot" => Change(delete_db_snapshot::instance),
        "ModifyDBClusterSnapshotAttribute" => Change(modify_db_snapshot_attribute::cluster),
        "ModifyDBSnapshotAttribute" => Change(modify_db_snapshot_attribute::instance),
        "RemoveTagsFromResource" => Change(tags_of_resource::remove),
        "DescribeDBSnapshots" => Read(describe_db_snapshots::instances),
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
        "DescribeDBSubnetGroups" => Read(|state, call| describe_list::DB_SUBNET_GROUPS.answer(state, call)),
        "DescribeExportTasks" => Read(|state, call| describe_list::EXPORT_TASKS.answer(state, call)),
        "DescribeOptionGroups" => Read(|state, call| describe_list::OPTION_GROUPS.answer(state, call)),
        "DescribeSourceRegions" => Read(|state, call| describe_list::SOURCE_REGIONS.answer(state, call)),
        "ListTagsForResource" => Read(list_tags_for_resource::answer),
        "RestoreDBClusterFromSnapshot" => Change(restore_db_cluster_from_snapshot::answer),
        "RestoreDBInstanceFromDBSnapshot" => Change(restore_db_instance_from_db_snapshot::answer),
        "StartExportTask" => Change(export_tasks::start),
        _ => return None,
    })
}
