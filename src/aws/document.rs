//! One snapshot in AWS's own shape, as the AWS CLI prints it: every member that the SDK has (LIST-09, LIST-10).

use std::collections::HashSet;

use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot, Tag};

use super::clients::Clients;
use super::json::Object;
use super::listing::{Entries, FULL, Part, Question, action};
use crate::domain::{Fault, FaultClass, SnapshotArn, SnapshotType};

/// Pages that are looked through for one snapshot at most.
const FARTHEST: usize = 1_000;

/// Describes a snapshot as JSON.
pub(super) async fn document(clients: &Clients, arn: &SnapshotArn) -> Result<String, Fault> {
    let own = arn.account() == clients.scope.account;
    let part = match SnapshotType::of("", arn.exact_name()) {
        _ if !own => Part::Shared,
        SnapshotType::AwsBackup => Part::AwsBackup,
        SnapshotType::Automated => Part::Automated,
        SnapshotType::Manual => Part::Manual,
    };
    // Another account's is known by its ARN only (LIST-06); an automated one needs its type (LIST-05).
    let identifier = arn.called_by(clients.scope.account);
    let question =
        Question { kind: arn.kind(), part: &part, identifier: Some(&identifier), marker: None, rows: FULL };
    match clients.page(&question).await {
        Ok(page) => match find(&page.entries, clients, arn) {
            Some(json) => Ok(json),
            None => search(clients, arn, &part).await,
        },
        // Not found, or a way of asking that this cloud does not know: the listing has the last word.
        Err(fault) if fault.class == FaultClass::Other => search(clients, arn, &part).await.or(Err(fault)),
        Err(fault) => Err(fault),
    }
}

/// Looks for it page by page.
async fn search(clients: &Clients, arn: &SnapshotArn, part: &Part) -> Result<String, Fault> {
    let mut question = Question { kind: arn.kind(), part, identifier: None, marker: None, rows: FULL };
    let mut markers = HashSet::new();
    for _ in 0..FARTHEST {
        let page = clients.page(&question).await?;
        if let Some(json) = find(&page.entries, clients, arn) {
            return Ok(json);
        }
        match page.marker {
            Some(marker) if markers.insert(marker.clone()) => question.marker = Some(marker),
            Some(_) | None => break,
        }
    }
    let missing = clients.invalid(action(arn.kind()), "the snapshot is not in the list any more");
    Err(Fault { class: FaultClass::Other, hint: "Refresh: it may have been deleted.".into(), ..missing })
}

fn find(entries: &Entries, clients: &Clients, arn: &SnapshotArn) -> Option<String> {
    let at = entries.position(arn, &clients.scope)?;
    match entries {
        Entries::Instances(entries) => Some(instance(entries.get(at)?)),
        Entries::Clusters(entries) => Some(cluster(entries.get(at)?)),
    }
}

fn tag(object: Object, tag: &Tag) -> Object {
    object.text("Key", tag.key()).text("Value", tag.value())
}

fn instance(s: &DbSnapshot) -> String {
    Object::new()
        .text("DBSnapshotIdentifier", s.db_snapshot_identifier())
        .text("DBInstanceIdentifier", s.db_instance_identifier())
        .time("SnapshotCreateTime", s.snapshot_create_time())
        .text("Engine", s.engine())
        .number("AllocatedStorage", s.allocated_storage())
        .text("Status", s.status())
        .number("Port", s.port())
        .text("AvailabilityZone", s.availability_zone())
        .text("VpcId", s.vpc_id())
        .time("InstanceCreateTime", s.instance_create_time())
        .text("MasterUsername", s.master_username())
        .text("EngineVersion", s.engine_version())
        .text("LicenseModel", s.license_model())
        .text("SnapshotType", s.snapshot_type())
        .number("Iops", s.iops())
        .number("StorageThroughput", s.storage_throughput())
        .text("OptionGroupName", s.option_group_name())
        .number("PercentProgress", s.percent_progress())
        .text("SourceRegion", s.source_region())
        .text("SourceDBSnapshotIdentifier", s.source_db_snapshot_identifier())
        .text("StorageType", s.storage_type())
        .text("TdeCredentialArn", s.tde_credential_arn())
        .flag("Encrypted", s.encrypted())
        .text(
            "StorageEncryptionType",
            s.storage_encryption_type().map(aws_sdk_rds::types::StorageEncryptionType::as_str),
        )
        .number("BackupRetentionPeriod", s.backup_retention_period())
        .text("PreferredBackupWindow", s.preferred_backup_window())
        .text("KmsKeyId", s.kms_key_id())
        .text("DBSnapshotArn", s.db_snapshot_arn())
        .text("Timezone", s.timezone())
        .flag("IAMDatabaseAuthenticationEnabled", s.iam_database_authentication_enabled())
        .objects("ProcessorFeatures", s.processor_features.as_deref(), |object, feature| {
            object.text("Name", feature.name()).text("Value", feature.value())
        })
        .text("DbiResourceId", s.dbi_resource_id())
        .objects("TagList", s.tag_list.as_deref(), tag)
        .text("SnapshotTarget", s.snapshot_target())
        .time("OriginalSnapshotCreateTime", s.original_snapshot_create_time())
        .time("SnapshotDatabaseTime", s.snapshot_database_time())
        .text("DBSystemId", s.db_system_id())
        .flag("MultiTenant", s.multi_tenant())
        .flag("DedicatedLogVolume", s.dedicated_log_volume())
        .objects("AdditionalStorageVolumes", s.additional_storage_volumes.as_deref(), |object, volume| {
            object
                .text("VolumeName", volume.volume_name())
                .number("AllocatedStorage", volume.allocated_storage())
                .number("IOPS", volume.iops())
                .number("MaxAllocatedStorage", volume.max_allocated_storage())
                .number("StorageThroughput", volume.storage_throughput())
                .text("StorageType", volume.storage_type())
        })
        .text("SnapshotAvailabilityZone", s.snapshot_availability_zone())
        .number("FullSnapshotSizeInBytes", s.full_snapshot_size_in_bytes())
        .end()
}

fn cluster(s: &DbClusterSnapshot) -> String {
    Object::new()
        .texts("AvailabilityZones", s.availability_zones.as_deref())
        .text("DBClusterSnapshotIdentifier", s.db_cluster_snapshot_identifier())
        .text("DBClusterIdentifier", s.db_cluster_identifier())
        .time("SnapshotCreateTime", s.snapshot_create_time())
        .text("Engine", s.engine())
        .text("EngineMode", s.engine_mode())
        .number("AllocatedStorage", s.allocated_storage())
        .text("Status", s.status())
        .number("Port", s.port())
        .text("VpcId", s.vpc_id())
        .time("ClusterCreateTime", s.cluster_create_time())
        .text("MasterUsername", s.master_username())
        .text("EngineVersion", s.engine_version())
        .text("LicenseModel", s.license_model())
        .text("SnapshotType", s.snapshot_type())
        .number("PercentProgress", s.percent_progress())
        .flag("StorageEncrypted", s.storage_encrypted())
        .text(
            "StorageEncryptionType",
            s.storage_encryption_type().map(aws_sdk_rds::types::StorageEncryptionType::as_str),
        )
        .number("BackupRetentionPeriod", s.backup_retention_period())
        .text("PreferredBackupWindow", s.preferred_backup_window())
        .text("KmsKeyId", s.kms_key_id())
        .text("DBClusterSnapshotArn", s.db_cluster_snapshot_arn())
        .text("SourceDBClusterSnapshotArn", s.source_db_cluster_snapshot_arn())
        .flag("IAMDatabaseAuthenticationEnabled", s.iam_database_authentication_enabled())
        .objects("TagList", s.tag_list.as_deref(), tag)
        .text("StorageType", s.storage_type())
        .number("StorageThroughput", s.storage_throughput())
        .text("DbClusterResourceId", s.db_cluster_resource_id())
        .text("DBSystemId", s.db_system_id())
        .end()
}

#[cfg(test)]
mod tests {
    use super::super::script::{Answer, scope, signed_in};
    use crate::ports::Cloud as _;

    use super::*;

    fn arn(account: &str, name: &str) -> SnapshotArn {
        format!("arn:aws:rds:us-east-1:{account}:snapshot:{name}").parse().expect("an ARN")
    }

    #[tokio::test]
    async fn each_type_is_asked_for_as_rds_wants_it() {
        let (aws, log) = signed_in(|ask| {
            let name = ask.get("DBSnapshotIdentifier");
            (!name.is_empty()).then(|| Answer::instances(&[name], None))
        })
        .await;
        for (account, name) in [
            ("111111111111", "orders"),
            ("111111111111", "rds:orders"),
            ("111111111111", "awsbackup:1"),
            ("222222222222", "theirs"),
        ] {
            let json = aws.document(&scope("us-east-1"), &arn(account, name)).await.expect("a document");
            assert!(json.contains(name), "{json}");
        }
        let log = log.lock().expect("a log");
        let asked: Vec<_> =
            log.iter().map(|ask| (ask.get("SnapshotType"), ask.get("DBSnapshotIdentifier"))).collect();
        assert_eq!(
            asked,
            [
                ("manual", "orders"),
                ("automated", "rds:orders"),
                ("awsbackup", "awsbackup:1"),
                ("shared", "arn:aws:rds:us-east-1:222222222222:snapshot:theirs"),
            ]
        );
    }

    #[tokio::test]
    async fn one_that_cannot_be_asked_for_is_looked_for_in_the_list() {
        let (aws, _) = signed_in(|ask| match (ask.get("DBSnapshotIdentifier"), ask.get("Marker")) {
            _ if ask.operation != "DescribeDBSnapshots" => None,
            ("", "") => Some(Answer::instances(&["rds:a"], Some("m"))),
            ("", _) => Some(Answer::instances(&["rds:b"], None)),
            _ => Some(Answer::error("DBSnapshotNotFound", "not found")),
        })
        .await;
        let found = aws.document(&scope("us-east-1"), &arn("111111111111", "rds:b")).await;
        assert!(found.expect("a document").contains("\"DBSnapshotIdentifier\": \"rds:b\""));
        let fault =
            aws.document(&scope("us-east-1"), &arn("111111111111", "gone")).await.expect_err("a fault");
        assert_eq!(fault.code.expect("a code").exact(), "DBSnapshotNotFound");
    }
}
