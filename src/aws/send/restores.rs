//! Databases made from snapshots (RestoreDBInstanceFromDBSnapshot, RestoreDBClusterFromSnapshot).

use aws_sdk_rds::operation::RequestId as _;
use aws_sdk_rds::operation::restore_db_cluster_from_snapshot::builders::RestoreDBClusterFromSnapshotFluentBuilder;
use aws_sdk_rds::operation::restore_db_instance_from_db_snapshot::builders::RestoreDBInstanceFromDBSnapshotFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { RestoreDBInstanceFromDBSnapshotFluentBuilder {
    "DBInstanceIdentifier" set_db_instance_identifier text,
    "DBSnapshotIdentifier" set_db_snapshot_identifier text,
    "DBInstanceClass" set_db_instance_class text,
    "Port" set_port number,
    "AvailabilityZone" set_availability_zone text,
    "DBSubnetGroupName" set_db_subnet_group_name text,
    "MultiAZ" set_multi_az flag,
    "PubliclyAccessible" set_publicly_accessible flag,
    "AutoMinorVersionUpgrade" set_auto_minor_version_upgrade flag,
    "LicenseModel" set_license_model text,
    "DBName" set_db_name text,
    "Engine" set_engine text,
    "Iops" set_iops number,
    "StorageThroughput" set_storage_throughput number,
    "OptionGroupName" set_option_group_name text,
    "Tags" set_tags tags,
    "StorageType" set_storage_type text,
    "TdeCredentialArn" set_tde_credential_arn text,
    "VpcSecurityGroupIds" set_vpc_security_group_ids list,
    "Domain" set_domain text,
    "DomainFqdn" set_domain_fqdn text,
    "DomainOu" set_domain_ou text,
    "DomainAuthSecretArn" set_domain_auth_secret_arn text,
    "DomainDnsIps" set_domain_dns_ips list,
    "CopyTagsToSnapshot" set_copy_tags_to_snapshot flag,
    "DomainIAMRoleName" set_domain_iam_role_name text,
    "EnableIAMDatabaseAuthentication" set_enable_iam_database_authentication flag,
    "EnableCloudwatchLogsExports" set_enable_cloudwatch_logs_exports list,
    "UseDefaultProcessorFeatures" set_use_default_processor_features flag,
    "DBParameterGroupName" set_db_parameter_group_name text,
    "DeletionProtection" set_deletion_protection flag,
    "EnableCustomerOwnedIp" set_enable_customer_owned_ip flag,
    "NetworkType" set_network_type text,
    "BackupTarget" set_backup_target text,
    "CustomIamInstanceProfile" set_custom_iam_instance_profile text,
    "AllocatedStorage" set_allocated_storage number,
    "DBClusterSnapshotIdentifier" set_db_cluster_snapshot_identifier text,
    "BackupRetentionPeriod" set_backup_retention_period number,
    "PreferredBackupWindow" set_preferred_backup_window text,
    "DBCapacityReservationIdentifier" set_db_capacity_reservation_identifier text,
    "DedicatedLogVolume" set_dedicated_log_volume flag,
    "CACertificateIdentifier" set_ca_certificate_identifier text,
    "EngineLifecycleSupport" set_engine_lifecycle_support text,
    "ManageMasterUserPassword" set_manage_master_user_password flag,
    "MasterUserSecretKmsKeyId" set_master_user_secret_kms_key_id text,
} leaves [tde_credential_password, processor_features, additional_storage_volumes, tag_specifications] }

parameters! { RestoreDBClusterFromSnapshotFluentBuilder {
    "AvailabilityZones" set_availability_zones list,
    "DBClusterIdentifier" set_db_cluster_identifier text,
    "SnapshotIdentifier" set_snapshot_identifier text,
    "Engine" set_engine text,
    "EngineVersion" set_engine_version text,
    "Port" set_port number,
    "DBSubnetGroupName" set_db_subnet_group_name text,
    "DatabaseName" set_database_name text,
    "OptionGroupName" set_option_group_name text,
    "VpcSecurityGroupIds" set_vpc_security_group_ids list,
    "Tags" set_tags tags,
    "KmsKeyId" set_kms_key_id text,
    "EnableIAMDatabaseAuthentication" set_enable_iam_database_authentication flag,
    "BacktrackWindow" set_backtrack_window long,
    "EnableCloudwatchLogsExports" set_enable_cloudwatch_logs_exports list,
    "EngineMode" set_engine_mode text,
    "DBClusterParameterGroupName" set_db_cluster_parameter_group_name text,
    "DeletionProtection" set_deletion_protection flag,
    "CopyTagsToSnapshot" set_copy_tags_to_snapshot flag,
    "Domain" set_domain text,
    "DomainIAMRoleName" set_domain_iam_role_name text,
    "DBClusterInstanceClass" set_db_cluster_instance_class text,
    "StorageType" set_storage_type text,
    "Iops" set_iops number,
    "PubliclyAccessible" set_publicly_accessible flag,
    "NetworkType" set_network_type text,
    "MonitoringInterval" set_monitoring_interval number,
    "MonitoringRoleArn" set_monitoring_role_arn text,
    "EnablePerformanceInsights" set_enable_performance_insights flag,
    "PerformanceInsightsKMSKeyId" set_performance_insights_kms_key_id text,
    "PerformanceInsightsRetentionPeriod" set_performance_insights_retention_period number,
    "BackupRetentionPeriod" set_backup_retention_period number,
    "PreferredBackupWindow" set_preferred_backup_window text,
    "EngineLifecycleSupport" set_engine_lifecycle_support text,
    "EnableVPCNetworking" set_enable_vpc_networking flag,
    "EnableInternetAccessGateway" set_enable_internet_access_gateway flag,
} leaves [scaling_configuration, serverless_v2_scaling_configuration, rds_custom_cluster_configuration, tag_specifications, associated_roles] }

/// Begins an instance; made is its ARN.
pub(super) async fn instance(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().restore_db_instance_from_db_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    let made = answer.db_instance().and_then(|made| made.db_instance_arn());
    Ok(Sending::receipt(answer.request_id(), made))
}

/// Begins a cluster, without instances (REST-23); made is its ARN.
pub(super) async fn cluster(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.rds().restore_db_cluster_from_snapshot())?;
    let answer = sending.once(|| request.clone().send()).await?;
    let made = answer.db_cluster().and_then(|made| made.db_cluster_arn());
    Ok(Sending::receipt(answer.request_id(), made))
}
