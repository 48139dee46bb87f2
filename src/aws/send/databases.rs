//! Databases deleted that a plan made on its way (DeleteDBInstance, DeleteDBCluster).

use aws_sdk_rds::operation::RequestId as _;
use aws_sdk_rds::operation::delete_db_cluster::builders::DeleteDBClusterFluentBuilder;
use aws_sdk_rds::operation::delete_db_instance::builders::DeleteDBInstanceFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { DeleteDBInstanceFluentBuilder {
    "DBInstanceIdentifier" set_db_instance_identifier text,
    "SkipFinalSnapshot" set_skip_final_snapshot flag,
    "FinalDBSnapshotIdentifier" set_final_db_snapshot_identifier text,
    "DeleteAutomatedBackups" set_delete_automated_backups flag,
} leaves [] }

parameters! { DeleteDBClusterFluentBuilder {
    "DBClusterIdentifier" set_db_cluster_identifier text,
    "SkipFinalSnapshot" set_skip_final_snapshot flag,
    "FinalDBSnapshotIdentifier" set_final_db_snapshot_identifier text,
    "DeleteAutomatedBackups" set_delete_automated_backups flag,
} leaves [] }

/// Begins to delete an instance.
pub(super) async fn delete_instance(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().delete_db_instance())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}

/// Begins to delete a cluster.
pub(super) async fn delete_cluster(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().delete_db_cluster())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}
