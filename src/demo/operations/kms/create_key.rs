//! `CreateKey` and `CreateAlias`: a customer managed key, and a name for it.

use serde_json::{Value, json};

use super::create_grant::key_mut;
use super::{authorize, put_key_policy};
use crate::demo::fleet;
use crate::demo::record::Record;
use crate::demo::shape::keys::KEY_METADATA;
use crate::demo::state::State;
use crate::demo::state::key::KeyName;
use crate::demo::wire::call::Call;
use crate::demo::wire::json;
use crate::demo::wire::refusal::Refusal;

/// Answers `CreateKey`. Symmetric keys only: nothing else is of use to RDS (ENC-10).
pub(crate) fn key(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let params = &call.params;
    let spec = params.text("KeySpec").or_else(|| params.text("CustomerMasterKeySpec"));
    if spec.is_some_and(|spec| spec != "SYMMETRIC_DEFAULT")
        || params.text("KeyUsage").is_some_and(|usage| usage != "ENCRYPT_DECRYPT")
    {
        return Err(Refusal::new(
            "UnsupportedOperationException",
            "This cloud makes symmetric encryption keys only.",
        ));
    }
    let policy = params.text("Policy").map(put_key_policy::read).transpose()?;
    let multi_region = params.flag("MultiRegion")?.unwrap_or(false);
    let id = state.uuid();
    let id = if multi_region { format!("mrk-{}", id.replace('-', "")) } else { id };
    let metadata = Record::new(&KEY_METADATA)
        .with("KeyId", id)
        .with("CreationDate", state.now())
        .with("Description", params.text("Description").unwrap_or_default());
    let mut key = fleet::key::new(metadata, Vec::new(), &call.account, &call.region);
    if let Some(policy) = policy {
        key.policy = policy;
    }
    let answer = json!({"KeyMetadata": json::object(&key.metadata)});
    state.here_mut(call).keys.push(key);
    Ok(answer)
}

/// Answers `CreateAlias`.
pub(crate) fn alias(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let alias = call.params.required("AliasName")?;
    let rest = alias.strip_prefix("alias/").unwrap_or_default();
    let well_formed = rest.chars().all(|letter| letter.is_ascii_alphanumeric() || "/_-".contains(letter));
    if rest.is_empty() || rest.starts_with("aws/") || !well_formed {
        return Err(Refusal::new("InvalidAliasNameException", format!("Invalid alias name: {alias}")));
    }
    let target = call.params.required("TargetKeyId")?;
    let name = KeyName::parse(target);
    let own = name.account().is_none_or(|account| account == call.account)
        && name.region().is_none_or(|region| region == call.region)
        && name.alias().is_none();
    let key = state
        .here(call)
        .key(&name)
        .filter(|_| own)
        .ok_or_else(|| Refusal::new("NotFoundException", format!("Key '{target}' does not exist")))?;
    authorize::check(state, call, key)?;
    authorize::check_not_gone(key)?;
    if state.here(call).key(&KeyName::parse(alias)).is_some() {
        return Err(Refusal::new(
            "AlreadyExistsException",
            format!("An alias with the name {alias} already exists"),
        ));
    }
    let arn = key.arn().to_owned();
    key_mut(state, &arn).aliases.push(alias.to_owned());
    Ok(Value::Null)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::world::{HOME, OWNER, World, key};

    #[tokio::test]
    async fn a_new_key_with_its_alias_encrypts_a_copy() {
        let world = World::new();
        let made = world.kms(OWNER, HOME, "CreateKey", json!({"Description": "for dr"})).await.ok();
        let arn = made.json()["KeyMetadata"]["Arn"].as_str().expect("an ARN").to_owned();
        world
            .kms(OWNER, HOME, "CreateAlias", json!({"AliasName": "alias/new", "TargetKeyId": arn}))
            .await
            .ok();
        let copy = [
            ("SourceDBSnapshotIdentifier", "plain"),
            ("TargetDBSnapshotIdentifier", "copy"),
            ("KmsKeyId", "alias/new"),
        ];
        assert_eq!(world.rds(OWNER, HOME, "CopyDBSnapshot", &copy).await.ok().text("KmsKeyId"), Some(&*arn));
    }

    #[tokio::test]
    async fn an_alias_is_free_well_formed_and_not_of_aws() {
        let world = World::new();
        let alias = async |name: &str, target: &str| {
            world
                .kms(
                    OWNER,
                    HOME,
                    "CreateAlias",
                    json!({"AliasName": name, "TargetKeyId": key(OWNER, HOME, target)}),
                )
                .await
                .code()
        };
        assert_eq!(alias("alias/cmk", "closed").await, "AlreadyExistsException");
        assert_eq!(alias("alias/aws/rds", "closed").await, "InvalidAliasNameException");
        assert_eq!(alias("dba", "closed").await, "InvalidAliasNameException");
        assert_eq!(alias("alias/new", "nowhere").await, "NotFoundException");
        assert_eq!(alias("alias/new", "dying").await, "KMSInvalidStateException");
        assert_eq!(alias("alias/new", "closed").await, "ok");
    }

    #[tokio::test]
    async fn a_key_for_signing_is_not_made_here() {
        let signing = json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"});
        World::new().kms(OWNER, HOME, "CreateKey", signing).await.refused("UnsupportedOperationException");
    }
}
