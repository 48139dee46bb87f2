//! The statements that let another account use a key for RDS (KMS-17).

use crate::domain::{AccountId, Partition};

/// The two statements to add to a key's policy, as a JSON list: one for the use of the key, one for the grants
/// that AWS services make with it.
pub fn policy_to_offer(partition: Partition, account: AccountId) -> String {
    format!(
        r#"[{{"Sid":"AllowUseBy{account}","Effect":"Allow","Principal":{{"AWS":"arn:{partition}:iam::{account}:root"}},"Action":["kms:CreateGrant","kms:DescribeKey","kms:Decrypt","kms:Encrypt","kms:ReEncrypt*","kms:GenerateDataKey*"],"Resource":"*"}},{{"Sid":"AllowGrantsForAwsServicesBy{account}","Effect":"Allow","Principal":{{"AWS":"arn:{partition}:iam::{account}:root"}},"Action":["kms:CreateGrant","kms:ListGrants","kms:RevokeGrant"],"Resource":"*","Condition":{{"Bool":{{"kms:GrantIsForAWSResource":"true"}}}}}}]"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyPolicies, Policy};
    use crate::rules::testing::{World, account, region};
    use crate::rules::{Access, Need, judge};

    #[test]
    fn the_statements_on_offer_are_enough() {
        let statements = policy_to_offer(Partition::Aws, account("222"));
        let default = Policy::parse(&format!(r#"{{"Statement":{statements}}}"#));
        let policies = KeyPolicies { default, aws_ram: None, grants: Ok(vec![]) };
        let key = World::customer_key(account("111"), &region("use1"));
        assert_eq!(judge(&policies, &key, account("222"), Need::Snapshot), Access::Yes);
        assert_ne!(judge(&policies, &key, account("333"), Need::Snapshot), Access::Yes);
    }
}
