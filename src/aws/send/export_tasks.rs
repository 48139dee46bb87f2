//! Exports of snapshots (StartExportTask).

use aws_sdk_rds::operation::RequestId as _;
use aws_sdk_rds::operation::start_export_task::builders::StartExportTaskFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { StartExportTaskFluentBuilder {
    "ExportTaskIdentifier" set_export_task_identifier text,
    "SourceArn" set_source_arn text,
    "S3BucketName" set_s3_bucket_name text,
    "IamRoleArn" set_iam_role_arn text,
    "KmsKeyId" set_kms_key_id text,
    "S3Prefix" set_s3_prefix text,
    "ExportOnly" set_export_only list,
} leaves [] }

/// Begins an export; made is its task's name.
pub(super) async fn start(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().start_export_task())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), answer.export_task_identifier()))
}
