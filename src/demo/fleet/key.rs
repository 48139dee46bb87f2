//! Reads one KMS key of a fleet, with AWS's defaults for what it does not say.

use serde_json::{Value, json};

use super::mistake::{FleetMistake, Path};
use super::reader::{self, Object};
use crate::demo::record::Record;
use crate::demo::shape::keys::{GRANT_LIST_ENTRY, KEY_METADATA};
use crate::demo::state::arn;
use crate::demo::state::key::{DEFAULT_ALIAS, Key};

/// Reads a key that lies in that account and region.
pub(crate) fn read(value: Value, path: &Path<'_>, account: &str, region: &str) -> Result<Key, FleetMistake> {
    let mut object = Object::new(value, path)?;
    let metadata = match object.take("KeyMetadata") {
        Some((value, path)) => {
            let metadata = reader::record(value, &path, &KEY_METADATA)?;
            if metadata.text("KeyId").is_none() {
                return Err(Path::Key(&path, "KeyId").mistake("missing: a key needs its id"));
            }
            metadata
        }
        None => return Err(Path::Key(path, "KeyMetadata").mistake("missing")),
    };
    let aliases = object.texts("Aliases")?;
    for (at, alias) in aliases.iter().enumerate() {
        if !alias.starts_with("alias/") {
            let list = Path::Key(path, "Aliases");
            return Err(Path::At(&list, at)
                .mistake(format!("expected a name that begins with alias/, found {alias}")));
        }
    }
    let policy = policy(&mut object, "Policy")?;
    let policy_aws_ram = self::policy(&mut object, "PolicyAwsRam")?;
    let mut grants = object.records("Grants", &GRANT_LIST_ENTRY)?;
    object.finish()?;
    let mut key = new(metadata, aliases, account, region);
    let arn = arn::Arn::parse(key.arn());
    if arn.is_none_or(|arn| arn.account != account || arn.region != region) {
        let metadata = Path::Key(path, "KeyMetadata");
        return Err(Path::Key(&metadata, "Arn")
            .mistake(format!("expected a key of account {account} in {region}, found {}", key.arn())));
    }
    key.policy_aws_ram = policy_aws_ram;
    for grant in &mut grants {
        grant.set_default("KeyId", key.arn());
    }
    key.grants = grants;
    if let Some(policy) = policy {
        key.policy = policy;
    }
    Ok(key)
}

/// A key with AWS's defaults for whatever its metadata does not say yet.
pub(crate) fn new(mut metadata: Record, aliases: Vec<String>, account: &str, region: &str) -> Key {
    let id = metadata.text("KeyId").expect("BUG: a key has an id").to_owned();
    let aws_managed = aliases.iter().any(|alias| alias.starts_with("alias/aws/"));
    let partition = arn::partition(region);
    metadata.set_default("AWSAccountId", account);
    metadata.set_default("Arn", format!("arn:{partition}:kms:{region}:{account}:key/{id}"));
    metadata.set_default("KeyState", "Enabled");
    let enabled = metadata.text("KeyState") == Some("Enabled");
    metadata.set_default("Enabled", enabled);
    metadata.set_default("Description", if aws_managed { DEFAULT_DESCRIPTION } else { "" });
    metadata.set_default("KeyUsage", "ENCRYPT_DECRYPT");
    metadata.set_default("Origin", "AWS_KMS");
    metadata.set_default("KeyManager", if aws_managed { "AWS" } else { "CUSTOMER" });
    let spec =
        metadata.text("KeySpec").or(metadata.text("CustomerMasterKeySpec")).unwrap_or(SYMMETRIC).to_owned();
    if spec == SYMMETRIC {
        metadata.set_default("EncryptionAlgorithms", vec![SYMMETRIC.to_owned()]);
    }
    metadata.set_default("KeySpec", spec.as_str());
    metadata.set_default("CustomerMasterKeySpec", spec);
    metadata.set_default("MultiRegion", id.starts_with("mrk-"));
    let policy = if metadata.text("KeyManager") == Some("AWS") {
        managed_policy(account, region)
    } else {
        owners_policy(account, region)
    };
    Key { metadata, aliases, policy, policy_aws_ram: None, grants: Vec::new() }
}

/// The AWS managed key of RDS, as it comes into being on first use (KMS-15).
pub(crate) fn default_key(id: &str, now: jiff::Timestamp, account: &str, region: &str) -> Key {
    let metadata = Record::new(&KEY_METADATA).with("KeyId", id).with("CreationDate", now);
    new(metadata, vec![DEFAULT_ALIAS.to_owned()], account, region)
}

const SYMMETRIC: &str = "SYMMETRIC_DEFAULT";
const DEFAULT_DESCRIPTION: &str =
    "Default key that protects my RDS database volumes when no other key is defined";

/// A policy, as the object it is or as the text that `aws kms get-key-policy` prints.
fn policy(object: &mut Object<'_>, name: &'static str) -> Result<Option<Value>, FleetMistake> {
    let Some((value, path)) = object.take(name) else { return Ok(None) };
    let policy = match value {
        Value::String(text) => serde_json::from_str(&text)
            .map_err(|broken| path.mistake(format!("no JSON in this text: {broken}")))?,
        other => other,
    };
    if policy.is_object() { Ok(Some(policy)) } else { Err(path.expected("a policy", &policy)) }
}

/// The policy that KMS gives a customer's key if none is asked for.
fn owners_policy(account: &str, region: &str) -> Value {
    let partition = arn::partition(region);
    json!({
        "Version": "2012-10-17",
        "Id": "key-default-1",
        "Statement": [{
            "Sid": "Enable IAM User Permissions",
            "Effect": "Allow",
            "Principal": {"AWS": format!("arn:{partition}:iam::{account}:root")},
            "Action": "kms:*",
            "Resource": "*"
        }]
    })
}

/// The policy of the AWS managed key of RDS, which nobody can change (KMS-11).
fn managed_policy(account: &str, region: &str) -> Value {
    let partition = arn::partition(region);
    json!({
        "Version": "2012-10-17",
        "Id": "auto-rds-2",
        "Statement": [
            {
                "Sid": "Allow access through RDS for all principals in the account that are authorized to use RDS",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant",
                    "kms:ListGrants", "kms:DescribeKey"],
                "Resource": "*",
                "Condition": {"StringEquals": {
                    "kms:CallerAccount": account,
                    "kms:ViaService": format!("rds.{region}.amazonaws.com")
                }}
            },
            {
                "Sid": "Allow direct access to key metadata to the account",
                "Effect": "Allow",
                "Principal": {"AWS": format!("arn:{partition}:iam::{account}:root")},
                "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
                "Resource": "*"
            }
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: Value) -> Result<Key, FleetMistake> {
        super::read(key, &Path::Root, "111111111111", "eu-west-1")
    }

    #[test]
    fn what_a_key_leaves_out_is_as_in_aws() {
        let key = read(json!({"KeyMetadata": {"KeyId": "k1"}})).expect("sound");
        assert_eq!(key.arn(), "arn:aws:kms:eu-west-1:111111111111:key/k1");
        assert_eq!((key.state(), key.owner(), key.aws_managed()), ("Enabled", "111111111111", false));
        assert_eq!(key.policy["Statement"][0]["Action"], "kms:*");
        let disabled = read(json!({"KeyMetadata": {"KeyId": "k", "KeyState": "Disabled"}})).expect("sound");
        assert!(!disabled.metadata.flag("Enabled"));
    }

    #[test]
    fn an_alias_of_aws_makes_an_aws_managed_key() {
        let key = read(json!({"KeyMetadata": {"KeyId": "k"}, "Aliases": ["alias/aws/rds"]})).expect("sound");
        assert!(key.aws_managed());
        assert_eq!(
            key.policy["Statement"][0]["Condition"]["StringEquals"]["kms:CallerAccount"],
            "111111111111"
        );
    }

    #[test]
    fn a_policy_may_be_the_text_that_the_cli_prints() {
        let key = read(
            json!({"KeyMetadata": {"KeyId": "k"}, "Policy": "{\"Statement\": []}", "PolicyAwsRam": null}),
        );
        assert_eq!(key.expect("sound").policy, json!({"Statement": []}));
        let mistake = read(json!({"KeyMetadata": {"KeyId": "k"}, "Policy": "oops"})).expect_err("no policy");
        assert!(mistake.to_string().starts_with("Policy: no JSON in this text"), "{mistake}");
    }

    #[test]
    fn a_key_of_elsewhere_is_a_mistake() {
        let elsewhere =
            json!({"KeyMetadata": {"KeyId": "k", "Arn": "arn:aws:kms:us-east-1:111111111111:key/k"}});
        assert_eq!(read(elsewhere).expect_err("elsewhere").path(), "KeyMetadata.Arn");
    }
}
