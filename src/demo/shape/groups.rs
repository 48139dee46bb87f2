//! What surrounds a database: option, parameter and subnet groups, quotas, regions, engine versions.

use super::shape;
use super::snapshots::TAG;

shape! { OPTION_SETTING;
    text Name Value DefaultValue Description ApplyType DataType AllowedValues;
    flag IsModifiable IsCollection;
}

shape! { DB_SECURITY_GROUP_MEMBERSHIP;
    text DBSecurityGroupName Status;
}

shape! { VPC_SECURITY_GROUP_MEMBERSHIP;
    text VpcSecurityGroupId Status;
}

shape! { OPTION;
    text OptionName OptionDescription OptionVersion;
    whole Port;
    flag Persistent Permanent;
    many OptionSettings/OptionSetting: OPTION_SETTING
        DBSecurityGroupMemberships/DBSecurityGroup: DB_SECURITY_GROUP_MEMBERSHIP
        VpcSecurityGroupMemberships/VpcSecurityGroupMembership: VPC_SECURITY_GROUP_MEMBERSHIP;
}

shape! { OPTION_GROUP;
    text OptionGroupName OptionGroupDescription EngineName MajorEngineVersion VpcId OptionGroupArn
        SourceOptionGroup SourceAccountId SourceRegion;
    flag AllowsVpcAndNonVpcInstanceMemberships;
    time CopyTimestamp;
    many Options/Option: OPTION;
}

shape! { DB_PARAMETER_GROUP;
    text DBParameterGroupName DBParameterGroupFamily Description DBParameterGroupArn;
}

shape! { DB_CLUSTER_PARAMETER_GROUP;
    text DBClusterParameterGroupName DBParameterGroupFamily Description DBClusterParameterGroupArn;
}

shape! { AVAILABILITY_ZONE;
    text Name;
}

shape! { OUTPOST;
    text Arn;
}

shape! { SUBNET;
    text SubnetIdentifier SubnetStatus;
    one SubnetAvailabilityZone: AVAILABILITY_ZONE SubnetOutpost: OUTPOST;
}

shape! { DB_SUBNET_GROUP;
    text DBSubnetGroupName DBSubnetGroupDescription VpcId SubnetGroupStatus DBSubnetGroupArn;
    texts SupportedNetworkTypes/member;
    many Subnets/Subnet: SUBNET;
}

shape! { ACCOUNT_QUOTA;
    text AccountQuotaName;
    whole Used Max;
}

shape! { SOURCE_REGION;
    text RegionName Endpoint Status;
    flag SupportsDBInstanceAutomatedBackupsReplication;
}

shape! { CHARACTER_SET;
    text CharacterSetName CharacterSetDescription;
}

shape! { CUSTOM_DB_ENGINE_VERSION_AMI;
    text ImageId Status;
}

shape! { UPGRADE_TARGET;
    text Engine EngineVersion Description;
    flag AutoUpgrade IsMajorVersionUpgrade SupportsParallelQuery SupportsGlobalDatabases SupportsBabelfish
        SupportsLimitlessDatabase SupportsLocalWriteForwarding SupportsIntegrations;
    texts SupportedEngineModes/member;
}

shape! { TIMEZONE;
    text TimezoneName;
}

shape! { SERVERLESS_V2_FEATURES_SUPPORT;
    real MinCapacity MaxCapacity;
}

shape! { DB_ENGINE_VERSION;
    text Engine MajorEngineVersion EngineVersion DatabaseInstallationFilesS3BucketName
        DatabaseInstallationFilesS3Prefix CustomDBEngineVersionManifest DBParameterGroupFamily
        DBEngineDescription DBEngineVersionArn DBEngineVersionDescription FailureReason DBEngineMediaType
        KMSKeyId Status;
    flag SupportsLogExportsToCloudwatchLogs SupportsReadReplica SupportsParallelQuery
        SupportsGlobalDatabases SupportsBabelfish SupportsLimitlessDatabase
        SupportsCertificateRotationWithoutRestart SupportsLocalWriteForwarding SupportsIntegrations;
    time CreateTime;
    one DefaultCharacterSet: CHARACTER_SET Image: CUSTOM_DB_ENGINE_VERSION_AMI
        ServerlessV2FeaturesSupport: SERVERLESS_V2_FEATURES_SUPPORT;
    texts DatabaseInstallationFiles/member ExportableLogTypes/member SupportedEngineModes/member
        SupportedFeatureNames/member SupportedCACertificateIdentifiers/member;
    many SupportedCharacterSets/CharacterSet: CHARACTER_SET
        SupportedNcharCharacterSets/CharacterSet: CHARACTER_SET
        ValidUpgradeTarget/UpgradeTarget: UPGRADE_TARGET SupportedTimezones/Timezone: TIMEZONE
        TagList/Tag: TAG;
}
