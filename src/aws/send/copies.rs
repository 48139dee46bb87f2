//! Copies of snapshots (CopyDBSnapshot, CopyDBClusterSnapshot).

use aws_sdk_rds::operation::RequestId as _;
use aws_sdk_rds::operation::copy_db_cluster_snapshot::builders::CopyDBClusterSnapshotFluentBuilder;
use aws_sdk_rds::operation::copy_db_snapshot::builders::CopyDBSnapshotFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { CopyDBSnapshotFluentBuilder {
    "SourceDBSnapshotIdentifier" set_source_db_snapshot_identifier text,
    "TargetDBSnapshotIdentifier" set_target_db_snapshot_identifier text,
    "KmsKeyId" set_kms_key_id text,
    "Tags" set_tags tags,
    "CopyTags" set_copy_tags flag,
    "PreSignedUrl" set_pre_signed_url text,
    "OptionGroupName" set_option_group_name text,
    "TargetCustomAvailabilityZone" set_target_custom_availability_zone text,
    "SnapshotTarget" set_snapshot_target text,
    "CopyOptionGroup" set_copy_option_group flag,
    "SnapshotAvailabilityZone" set_snapshot_availability_zone text,
} leaves [] }

parameters! { CopyDBClusterSnapshotFluentBuilder {
    "SourceDBClusterSnapshotIdentifier" set_source_db_cluster_snapshot_identifier text,
    "TargetDBClusterSnapshotIdentifier" set_target_db_cluster_snapshot_identifier text,
    "KmsKeyId" set_kms_key_id text,
    "PreSignedUrl" set_pre_signed_url text,
    "CopyTags" set_copy_tags flag,
    "Tags" set_tags tags,
} leaves [] }

/// Begins a copy of an instance snapshot; made is its ARN.
pub(super) async fn instance(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().copy_db_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    let made = answer.db_snapshot().and_then(|made| made.db_snapshot_arn());
    Ok(Sending::receipt(answer.request_id(), made))
}

/// Begins a copy of a cluster snapshot; made is its ARN.
pub(super) async fn cluster(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().copy_db_cluster_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    let made = answer.db_cluster_snapshot().and_then(|made| made.db_cluster_snapshot_arn());
    Ok(Sending::receipt(answer.request_id(), made))
}
