//! Living DB instances and DB clusters, field by field.

use super::groups::{DB_SECURITY_GROUP_MEMBERSHIP, DB_SUBNET_GROUP, VPC_SECURITY_GROUP_MEMBERSHIP};
use super::shape;
use super::snapshots::{
    ADDITIONAL_STORAGE_VOLUME, DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION, PROCESSOR_FEATURE, TAG,
};

shape! { ENDPOINT;
    text Address HostedZoneId;
    whole Port;
}

shape! { DB_PARAMETER_GROUP_STATUS;
    text DBParameterGroupName ParameterApplyStatus;
}

shape! { PENDING_CLOUDWATCH_LOGS_EXPORTS;
    texts LogTypesToEnable/member LogTypesToDisable/member;
}

shape! { PENDING_MODIFIED_VALUES;
    text DBInstanceClass MasterUserPassword EngineVersion LicenseModel DBInstanceIdentifier StorageType
        CACertificateIdentifier DBSubnetGroupName AutomationMode Engine DBCapacityReservationIdentifier;
    whole AllocatedStorage Port BackupRetentionPeriod Iops StorageThroughput;
    flag MultiAZ MultiTenant IAMDatabaseAuthenticationEnabled DedicatedLogVolume;
    time ResumeFullAutomationModeTime;
    one PendingCloudwatchLogsExports: PENDING_CLOUDWATCH_LOGS_EXPORTS;
    many ProcessorFeatures/ProcessorFeature: PROCESSOR_FEATURE
        AdditionalStorageVolumes/member: ADDITIONAL_STORAGE_VOLUME;
}

shape! { OPTION_GROUP_MEMBERSHIP;
    text OptionGroupName Status;
}

shape! { DB_INSTANCE_STATUS_INFO;
    text StatusType Status Message;
    flag Normal;
}

shape! { DOMAIN_MEMBERSHIP;
    text Domain Status FQDN IAMRoleName OU AuthSecretArn;
    texts DnsIps/member;
}

shape! { DB_INSTANCE_ROLE;
    text RoleArn FeatureName Status;
}

shape! { CERTIFICATE_DETAILS;
    text CAIdentifier;
    time ValidTill;
}

shape! { MASTER_USER_SECRET;
    text SecretArn SecretStatus KmsKeyId;
}

shape! { ADDITIONAL_STORAGE_VOLUME_OUTPUT;
    text VolumeName StorageVolumeStatus StorageOperationStatus StorageType;
    whole StorageOperationPercentProgress AllocatedStorage IOPS MaxAllocatedStorage StorageThroughput;
}

shape! { DB_INSTANCE;
    text DBInstanceIdentifier DBInstanceClass Engine DBInstanceStatus MasterUsername DBName
        PreferredBackupWindow AvailabilityZone PreferredMaintenanceWindow UpgradeRolloutOrder EngineVersion
        ReadReplicaSourceDBInstanceIdentifier ReplicaMode LicenseModel CharacterSetName
        NcharCharacterSetName SecondaryAvailabilityZone StorageType StorageEncryptionType TdeCredentialArn
        DBClusterIdentifier KmsKeyId DbiResourceId CACertificateIdentifier EnhancedMonitoringResourceArn
        MonitoringRoleArn DBInstanceArn Timezone DatabaseInsightsMode PerformanceInsightsKMSKeyId
        AutomationMode NetworkType ActivityStreamStatus ActivityStreamKmsKeyId
        ActivityStreamKinesisStreamName ActivityStreamMode AwsBackupRecoveryPointArn BackupTarget
        CustomIamInstanceProfile ActivityStreamPolicyStatus DBSystemId ReadReplicaSourceDBClusterIdentifier
        PercentProgress EngineLifecycleSupport StorageVolumeStatus StorageOperationStatus
        DBCapacityReservationIdentifier;
    whole AllocatedStorage BackupRetentionPeriod Iops StorageThroughput DbInstancePort MonitoringInterval
        PromotionTier PerformanceInsightsRetentionPeriod MaxAllocatedStorage StorageOperationPercentProgress;
    flag MultiAZ AutoMinorVersionUpgrade PubliclyAccessible StorageEncrypted CopyTagsToSnapshot
        IAMDatabaseAuthenticationEnabled PerformanceInsightsEnabled DeletionProtection
        CustomerOwnedIpEnabled ActivityStreamEngineNativeAuditFieldsIncluded MultiTenant DedicatedLogVolume
        IsStorageConfigUpgradeAvailable;
    time InstanceCreateTime LatestRestorableTime ResumeFullAutomationModeTime AutomaticRestartTime;
    one Endpoint: ENDPOINT DBSubnetGroup: DB_SUBNET_GROUP PendingModifiedValues: PENDING_MODIFIED_VALUES
        ListenerEndpoint: ENDPOINT CertificateDetails: CERTIFICATE_DETAILS
        MasterUserSecret: MASTER_USER_SECRET;
    texts ReadReplicaDBInstanceIdentifiers/ReadReplicaDBInstanceIdentifier
        ReadReplicaDBClusterIdentifiers/ReadReplicaDBClusterIdentifier EnabledCloudwatchLogsExports/member;
    many DBSecurityGroups/DBSecurityGroup: DB_SECURITY_GROUP_MEMBERSHIP
        VpcSecurityGroups/VpcSecurityGroupMembership: VPC_SECURITY_GROUP_MEMBERSHIP
        DBParameterGroups/DBParameterGroup: DB_PARAMETER_GROUP_STATUS
        OptionGroupMemberships/OptionGroupMembership: OPTION_GROUP_MEMBERSHIP
        StatusInfos/DBInstanceStatusInfo: DB_INSTANCE_STATUS_INFO
        DomainMemberships/DomainMembership: DOMAIN_MEMBERSHIP
        ProcessorFeatures/ProcessorFeature: PROCESSOR_FEATURE
        AssociatedRoles/DBInstanceRole: DB_INSTANCE_ROLE TagList/Tag: TAG
        DBInstanceAutomatedBackupsReplications/DBInstanceAutomatedBackupsReplication: DB_INSTANCE_AUTOMATED_BACKUPS_REPLICATION
        AdditionalStorageVolumes/member: ADDITIONAL_STORAGE_VOLUME_OUTPUT;
}

shape! { DB_CLUSTER_OPTION_GROUP_STATUS;
    text DBClusterOptionGroupName Status;
}

shape! { DB_CLUSTER_STATUS_INFO;
    text StatusType Status Message;
    flag Normal;
}

shape! { DB_CLUSTER_MEMBER;
    text DBInstanceIdentifier DBClusterParameterGroupStatus;
    whole PromotionTier;
    flag IsClusterWriter;
}

shape! { DB_CLUSTER_ROLE;
    text RoleArn Status FeatureName;
}

shape! { RDS_CUSTOM_CLUSTER_CONFIGURATION;
    text InterconnectSubnetId TransitGatewayMulticastDomainId ReplicaMode;
}

shape! { CLUSTER_PENDING_MODIFIED_VALUES;
    text DBClusterIdentifier MasterUserPassword EngineVersion StorageType;
    whole BackupRetentionPeriod AllocatedStorage Iops;
    flag IAMDatabaseAuthenticationEnabled;
    one PendingCloudwatchLogsExports: PENDING_CLOUDWATCH_LOGS_EXPORTS
        RdsCustomClusterConfiguration: RDS_CUSTOM_CLUSTER_CONFIGURATION
        CertificateDetails: CERTIFICATE_DETAILS;
}

shape! { SCALING_CONFIGURATION_INFO;
    text TimeoutAction;
    whole MinCapacity MaxCapacity SecondsUntilAutoPause SecondsBeforeTimeout;
    flag AutoPause;
}

shape! { SERVERLESS_V2_SCALING_CONFIGURATION_INFO;
    whole SecondsUntilAutoPause;
    real MinCapacity MaxCapacity;
}

shape! { LIMITLESS_DATABASE;
    text Status;
    real MinRequiredACU;
}

shape! { DB_CLUSTER;
    text CharacterSetName DatabaseName DBClusterIdentifier DBClusterParameterGroup DBSubnetGroup Status
        PercentProgress Endpoint ReaderEndpoint Engine EngineVersion MasterUsername PreferredBackupWindow
        PreferredMaintenanceWindow UpgradeRolloutOrder ReplicationSourceIdentifier HostedZoneId
        StorageEncryptionType KmsKeyId DbClusterResourceId DBClusterArn CloneGroupId EngineMode
        DBClusterInstanceClass StorageType ActivityStreamMode ActivityStreamStatus ActivityStreamKmsKeyId
        ActivityStreamKinesisStreamName GlobalClusterIdentifier GlobalWriteForwardingStatus NetworkType
        ServerlessV2PlatformVersion MonitoringRoleArn DatabaseInsightsMode PerformanceInsightsKMSKeyId
        DBSystemId LocalWriteForwardingStatus AwsBackupRecoveryPointArn ClusterScalabilityType
        EngineLifecycleSupport;
    whole AllocatedStorage BackupRetentionPeriod Port BacktrackWindow BacktrackConsumedChangeRecords
        Capacity Iops StorageThroughput MonitoringInterval PerformanceInsightsRetentionPeriod;
    flag MultiAZ StorageEncrypted IAMDatabaseAuthenticationEnabled PubliclyAccessible
        AutoMinorVersionUpgrade DeletionProtection HttpEndpointEnabled CopyTagsToSnapshot CrossAccountClone
        GlobalWriteForwardingRequested PerformanceInsightsEnabled VPCNetworkingEnabled
        InternetAccessGatewayEnabled;
    time EarliestRestorableTime LatestRestorableTime ClusterCreateTime EarliestBacktrackTime
        IOOptimizedNextAllowedModificationTime AutomaticRestartTime;
    one PendingModifiedValues: CLUSTER_PENDING_MODIFIED_VALUES
        ScalingConfigurationInfo: SCALING_CONFIGURATION_INFO
        RdsCustomClusterConfiguration: RDS_CUSTOM_CLUSTER_CONFIGURATION
        ServerlessV2ScalingConfiguration: SERVERLESS_V2_SCALING_CONFIGURATION_INFO
        MasterUserSecret: MASTER_USER_SECRET LimitlessDatabase: LIMITLESS_DATABASE
        CertificateDetails: CERTIFICATE_DETAILS;
    texts AvailabilityZones/AvailabilityZone CustomEndpoints/member
        ReadReplicaIdentifiers/ReadReplicaIdentifier EnabledCloudwatchLogsExports/member;
    many DBClusterOptionGroupMemberships/DBClusterOptionGroup: DB_CLUSTER_OPTION_GROUP_STATUS
        StatusInfos/DBClusterStatusInfo: DB_CLUSTER_STATUS_INFO
        DBClusterMembers/DBClusterMember: DB_CLUSTER_MEMBER
        VpcSecurityGroups/VpcSecurityGroupMembership: VPC_SECURITY_GROUP_MEMBERSHIP
        AssociatedRoles/DBClusterRole: DB_CLUSTER_ROLE DomainMemberships/DomainMembership: DOMAIN_MEMBERSHIP
        TagList/Tag: TAG;
}
