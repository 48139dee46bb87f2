//! Snapshots, automated backups and export tasks, field by field.
//!
//! Every field of the API is here: whatever `aws rds describe-db-snapshots` prints can be a fleet.

use super::shape;

shape! { TAG;
    text Key Value;
}

shape! { PROCESSOR_FEATURE;
    text Name Value;
}

shape! { ADDITIONAL_STORAGE_VOLUME;
    text VolumeName StorageType;
    whole AllocatedStorage IOPS MaxAllocatedStorage StorageThroughput;
}

shape! { DB_SNAPSHOT;
    text DBSnapshotIdentifier DBInstanceIdentifier Engine Status AvailabilityZone VpcId MasterUsername
        EngineVersion LicenseModel SnapshotType OptionGroupName SourceRegion SourceDBSnapshotIdentifier
        StorageType TdeCredentialArn StorageEncryptionType PreferredBackupWindow KmsKeyId DBSnapshotArn
        Timezone DbiResourceId SnapshotTarget DBSystemId SnapshotAvailabilityZone;
    whole AllocatedStorage Port Iops StorageThroughput PercentProgress BackupRetentionPeriod
        FullSnapshotSizeInBytes;
    flag Encrypted IAMDatabaseAuthenticationEnabled MultiTenant DedicatedLogVolume;
    time SnapshotCreateTime InstanceCreateTime OriginalSnapshotCreateTime SnapshotDatabaseTime;
    many ProcessorFeatures/ProcessorFeature: PROCESSOR_FEATURE TagList/Tag: TAG
        AdditionalStorageVolumes/member: ADDITIONAL_STORAGE_VOLUME;
}

shape! { DB_CLUSTER_SNAPSHOT;
    text DBClusterSnapshotIdentifier DBClusterIdentifier Engine EngineMode Status VpcId MasterUsername
        EngineVersion LicenseModel SnapshotType StorageEncryptionType PreferredBackupWindow KmsKeyId
        DBClusterSnapshotArn SourceDBClusterSnapshotArn StorageType DbClusterResourceId DBSystemId;
    whole AllocatedStorage Port PercentProgress BackupRetentionPeriod StorageThroughput;
    flag StorageEncrypted IAMDatabaseAuthenticationEnabled;
    time SnapshotCreateTime ClusterCreateTime;
    texts AvailabilityZones/AvailabilityZone;
    many TagList/Tag: TAG;
}

shape! { RESTORE_WINDOW;
    time EarliestTime LatestTime;
}

shape! { DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION;
    text DBInstanceAutomatedBackupsArn;
}

shape! { DB_INSTANCE_AUTOMATED_BACKUP;
    text DBInstanceArn DbiResourceId Region DBInstanceIdentifier Status AvailabilityZone VpcId
        MasterUsername Engine EngineVersion LicenseModel OptionGroupName TdeCredentialArn
        StorageEncryptionType StorageType KmsKeyId Timezone PreferredBackupWindow
        DBInstanceAutomatedBackupsArn BackupTarget AwsBackupRecoveryPointArn;
    whole AllocatedStorage Port Iops StorageThroughput BackupRetentionPeriod;
    flag Encrypted IAMDatabaseAuthenticationEnabled MultiTenant DedicatedLogVolume;
    time InstanceCreateTime;
    one RestoreWindow: RESTORE_WINDOW;
    many
        DBInstanceAutomatedBackupsReplications/DBInstanceAutomatedBackupsReplication: DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION
        TagList/Tag: TAG AdditionalStorageVolumes/member: ADDITIONAL_STORAGE_VOLUME;
}

shape! { DB_CLUSTER_AUTOMATED_BACKUP;
    text Engine VpcId DBClusterAutomatedBackupsArn DBClusterIdentifier MasterUsername DbClusterResourceId
        Region LicenseModel Status StorageEncryptionType EngineVersion DBClusterArn PreferredBackupWindow
        EngineMode KmsKeyId StorageType AwsBackupRecoveryPointArn;
    whole AllocatedStorage BackupRetentionPeriod Port Iops StorageThroughput;
    flag IAMDatabaseAuthenticationEnabled StorageEncrypted;
    time ClusterCreateTime;
    one RestoreWindow: RESTORE_WINDOW;
    texts AvailabilityZones/AvailabilityZone;
    many TagList/Tag: TAG;
}

shape! { EXPORT_TASK;
    text ExportTaskIdentifier SourceArn S3Bucket S3Prefix IamRoleArn KmsKeyId Status FailureCause
        WarningMessage SourceType;
    whole PercentProgress TotalExtractedDataInGB;
    time SnapshotTime TaskStartTime TaskEndTime;
    texts ExportOnly/member;
}
