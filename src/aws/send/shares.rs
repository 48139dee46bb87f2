//! Who can read a snapshot (ModifyDBSnapshotAttribute, ModifyDBClusterSnapshotAttribute).

use aws_sdk_rds::operation::RequestId as _;
use aws_sdk_rds::operation::modify_db_cluster_snapshot_attribute::builders::ModifyDBClusterSnapshotAttributeFluentBuilder;
use aws_sdk_rds::operation::modify_db_snapshot_attribute::builders::ModifyDBSnapshotAttributeFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { ModifyDBSnapshotAttributeFluentBuilder {
    "DBSnapshotIdentifier" set_db_snapshot_identifier text,
    "AttributeName" set_attribute_name text,
    "ValuesToAdd" set_values_to_add list,
    "ValuesToRemove" set_values_to_remove list,
} leaves [] }

parameters! { ModifyDBClusterSnapshotAttributeFluentBuilder {
    "DBClusterSnapshotIdentifier" set_db_cluster_snapshot_identifier text,
    "AttributeName" set_attribute_name text,
    "ValuesToAdd" set_values_to_add list,
    "ValuesToRemove" set_values_to_remove list,
} leaves [] }

/// Changes who can read an instance snapshot.
pub(super) async fn instance(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().modify_db_snapshot_attribute())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}

/// Changes who can read a cluster snapshot.
pub(super) async fn cluster(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().modify_db_cluster_snapshot_attribute())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}
