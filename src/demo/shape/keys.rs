//! KMS keys and grants, field by field.

use super::shape;

shape! { MULTI_REGION_KEY;
    text Arn Region;
}

shape! { MULTI_REGION_CONFIGURATION;
    text MultiRegionKeyType;
    one PrimaryKey: MULTI_REGION_KEY;
    many ReplicaKeys/member: MULTI_REGION_KEY;
}

shape! { XKS_KEY_CONFIGURATION_TYPE;
    text Id;
}

shape! { KEY_METADATA;
    text AWSAccountId KeyId Arn Description KeyUsage KeyState Origin CustomKeyStoreId CloudHsmClusterId
        ExpirationModel KeyManager CustomerMasterKeySpec KeySpec CurrentKeyMaterialId;
    whole PendingDeletionWindowInDays;
    flag Enabled MultiRegion;
    time CreationDate DeletionDate ValidTo;
    one MultiRegionConfiguration: MULTI_REGION_CONFIGURATION XksKeyConfiguration: XKS_KEY_CONFIGURATION_TYPE;
    texts EncryptionAlgorithms/member SigningAlgorithms/member KeyAgreementAlgorithms/member
        EncapsulationAlgorithms/member MacAlgorithms/member;
}

shape! { GRANT_CONSTRAINTS;
    text SourceArn;
    map EncryptionContextSubset EncryptionContextEquals;
}

shape! { GRANT_LIST_ENTRY;
    text KeyId GrantId Name GranteePrincipal RetiringPrincipal IssuingAccount GranteeServicePrincipal
        RetiringServicePrincipal;
    time CreationDate;
    one Constraints: GRANT_CONSTRAINTS;
    texts Operations/member;
}
