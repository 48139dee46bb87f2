//! The operations of RDS, by name.

mod copy_db_cluster_snapshot;
mod copy_db_snapshot;
mod copying;
mod delete_db_snapshot;
mod describe_db_snapshots;
mod filter;
mod modify_db_snapshot_attribute;
mod page;
mod tags_of_resource;

use super::Operation::{self, Change, Read};
use crate::demo::wire::xml::Xml;

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Xml>> {
    Some(match name {
        "AddTagsToResource" => Change(tags_of_resource::add),
        "CopyDBClusterSnapshot" => Change(copy_db_cluster_snapshot::answer),
        "CopyDBSnapshot" => Change(copy_db_snapshot::answer),
        "DeleteDBClusterSnapshot" => Change(delete_db_snapshot::cluster),
        "DeleteDBSnapshot" => Change(delete_db_snapshot::instance),
        "ModifyDBClusterSnapshotAttribute" => Change(modify_db_snapshot_attribute::cluster),
        "ModifyDBSnapshotAttribute" => Change(modify_db_snapshot_attribute::instance),
        "RemoveTagsFromResource" => Change(tags_of_resource::remove),
        "DescribeDBSnapshots" => Read(describe_db_snapshots::instances),
        "DescribeDBClusterSnapshots" => Read(describe_db_snapshots::clusters),
        _ => return None,
    })
}
