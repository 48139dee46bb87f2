//! Snapshots taken and deleted (CreateDBSnapshot, DeleteDBSnapshot, and the same of clusters).

use aws_sdk_rds::operation::RequestId as _;
use aws_sdk_rds::operation::create_db_cluster_snapshot::builders::CreateDBClusterSnapshotFluentBuilder;
use aws_sdk_rds::operation::create_db_snapshot::builders::CreateDBSnapshotFluentBuilder;
use aws_sdk_rds::operation::delete_db_cluster_snapshot::builders::DeleteDBClusterSnapshotFluentBuilder;
use aws_sdk_rds::operation::delete_db_snapshot::builders::DeleteDBSnapshotFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { CreateDBSnapshotFluentBuilder {
    "DBSnapshotIdentifier" set_db_snapshot_identifier text,
    "DBInstanceIdentifier" set_db_instance_identifier text,
    "Tags" set_tags tags,
} leaves [] }

parameters! { CreateDBClusterSnapshotFluentBuilder {
    "DBClusterSnapshotIdentifier" set_db_cluster_snapshot_identifier text,
    "DBClusterIdentifier" set_db_cluster_identifier text,
    "Tags" set_tags tags,
} leaves [] }

parameters! { DeleteDBSnapshotFluentBuilder {
    "DBSnapshotIdentifier" set_db_snapshot_identifier text,
} leaves [] }

parameters! { DeleteDBClusterSnapshotFluentBuilder {
    "DBClusterSnapshotIdentifier" set_db_cluster_snapshot_identifier text,
} leaves [] }

/// Begins a snapshot of an instance; made is its ARN.
pub(super) async fn create_instance(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().create_db_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    let made = answer.db_snapshot().and_then(|made| made.db_snapshot_arn());
    Ok(Sending::receipt(answer.request_id(), made))
}

/// Begins a snapshot of a cluster; made is its ARN.
pub(super) async fn create_cluster(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().create_db_cluster_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    let made = answer.db_cluster_snapshot().and_then(|made| made.db_cluster_snapshot_arn());
    Ok(Sending::receipt(answer.request_id(), made))
}

/// Deletes an instance snapshot.
pub(super) async fn delete_instance(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().delete_db_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}

/// Deletes a cluster snapshot.
pub(super) async fn delete_cluster(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().delete_db_cluster_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}
