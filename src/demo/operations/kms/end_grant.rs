//! `RevokeGrant` and `RetireGrant`: two ways for a grant to end.
//!
//! The key's side revokes; whom the grant names for it retires, and so may the account of the key.

use serde_json::Value;

use super::create_grant::{dry_run, key_mut, token};
use super::{authorize, reach};
use crate::demo::judge::access::{self, Via};
use crate::demo::judge::policy;
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::key::Key;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Answers `RevokeGrant`.
pub(crate) fn revoke(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::any(state, call)?;
    authorize::check(state, call, key)?;
    let id = call.params.required("GrantId")?;
    grant(key, id)?;
    let arn = key.arn().to_owned();
    end(state, call, &arn, id)
}

/// Answers `RetireGrant`, by key and id or by the grant's token.
pub(crate) fn retire(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let (key, id) = match call.params.text("GrantToken") {
        Some(given) => by_token(state, call, given)?,
        None => (reach::anyones(state, call)?, call.params.required("GrantId")?.to_owned()),
    };
    let grant = grant(key, &id)?;
    let names = |field| {
        grant
            .text(field)
            .is_some_and(|named| policy::stands_for(named, &call.account, &access::principals(state, call)))
    };
    let self_service = grant.texts("Operations").iter().any(|operation| operation == "RetireGrant");
    let allowed = names("RetiringPrincipal")
        || (self_service && names("GranteePrincipal"))
        || access::may(state, call, key, "kms:RetireGrant", Via::Direct);
    if !allowed {
        return Err(authorize::denied(state, call, key));
    }
    let arn = key.arn().to_owned();
    end(state, call, &arn, &id)
}

fn end(state: &mut State, call: &Call, key_arn: &str, id: &str) -> Result<Value, Refusal> {
    if call.params.flag("DryRun")? == Some(true) {
        return Err(dry_run());
    }
    key_mut(state, key_arn).grants.retain(|grant| grant.text("GrantId") != Some(id));
    Ok(Value::Null)
}

fn grant<'k>(key: &'k Key, id: &str) -> Result<&'k Record, Refusal> {
    key.grants
        .iter()
        .find(|grant| grant.text("GrantId") == Some(id))
        .ok_or_else(|| Refusal::new("NotFoundException", format!("Grant ID {id} not found.")))
}

/// The key and the id of the grant with that token, in the region of the call.
fn by_token<'s>(state: &'s State, call: &Call, given: &str) -> Result<(&'s Key, String), Refusal> {
    state
        .accounts
        .values()
        .filter_map(|account| account.regions.get(&call.region))
        .flat_map(|region| &region.keys)
        .find_map(|key| {
            let mut ids = key.grants.iter().filter_map(|grant| grant.text("GrantId"));
            Some((key, ids.find(|id| token(id) == given)?.to_owned()))
        })
        .ok_or_else(|| Refusal::new("InvalidGrantTokenException", "No grant has that token."))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::demo::world::{Answer, HOME, OTHER, OWNER, STRANGER, World, arn, key};

    const ALL: [&str; 8] = [
        "CreateGrant",
        "DescribeKey",
        "Decrypt",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
        "ReEncryptFrom",
        "ReEncryptTo",
    ];

    async fn create(world: &World, who: &str, name: &str, more: Value) -> Answer {
        let mut params = json!({"KeyId": key(OWNER, HOME, name), "GranteePrincipal": format!("arn:aws:iam::{OTHER}:root"),
            "Operations": ALL});
        if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
            params.extend(more);
        }
        world.kms(who, HOME, "CreateGrant", params).await
    }

    async fn copy(world: &World, target: &str) -> String {
        let source = arn("closed");
        let params = [
            ("SourceDBSnapshotIdentifier", &*source),
            ("TargetDBSnapshotIdentifier", target),
            ("KmsKeyId", "alias/own"),
        ];
        world.rds(OTHER, HOME, "CopyDBSnapshot", &params).await.code()
    }

    fn grant_of(answer: &Answer) -> String {
        answer.json()["GrantId"].as_str().expect("an id").to_owned()
    }

    #[tokio::test]
    async fn a_grant_opens_a_key_until_it_is_revoked() {
        let world = World::new();
        assert_eq!(copy(&world, "a").await, "KMSKeyNotAccessibleFault");
        let id = grant_of(&create(&world, OWNER, "closed", json!({})).await.ok());
        assert_eq!(copy(&world, "a").await, "ok");
        let grant = json!({"KeyId": key(OWNER, HOME, "closed"), "GrantId": id});
        world.kms(STRANGER, HOME, "RevokeGrant", grant.clone()).await.refused("AccessDeniedException");
        world.kms(OWNER, HOME, "RevokeGrant", grant.clone()).await.ok();
        assert_eq!(copy(&world, "b").await, "KMSKeyNotAccessibleFault");
        world.kms(OWNER, HOME, "RevokeGrant", grant).await.refused("NotFoundException");
    }

    #[tokio::test]
    async fn a_grant_is_retired_by_whom_it_names() {
        let world = World::new();
        let to_stranger = json!({"RetiringPrincipal": format!("arn:aws:iam::{STRANGER}:root")});
        let made = create(&world, OWNER, "closed", to_stranger).await.ok();
        let token = json!({"GrantToken": made.json()["GrantToken"]});
        world.kms(OTHER, HOME, "RetireGrant", token.clone()).await.refused("AccessDeniedException");
        world.kms(STRANGER, HOME, "RetireGrant", token.clone()).await.ok();
        world.kms(STRANGER, HOME, "RetireGrant", token).await.refused("InvalidGrantTokenException");

        let own =
            create(&world, OWNER, "closed", json!({"Operations": ["Decrypt", "RetireGrant"]})).await.ok();
        let by_id = json!({"KeyId": key(OWNER, HOME, "closed"), "GrantId": grant_of(&own)});
        world.kms(OTHER, HOME, "RetireGrant", by_id).await.ok();
    }

    #[tokio::test]
    async fn the_same_grant_under_the_same_name_is_made_once() {
        let world = World::new();
        let named = json!({"Name": "for-dr"});
        let first = grant_of(&create(&world, OWNER, "cmk", named.clone()).await.ok());
        assert_eq!(grant_of(&create(&world, OWNER, "cmk", named).await.ok()), first);
        let unlike = json!({"Name": "for-dr", "Operations": ["Decrypt"]});
        assert_ne!(grant_of(&create(&world, OWNER, "cmk", unlike).await.ok()), first);
    }

    #[tokio::test]
    async fn a_grant_with_a_constraint_is_kept_and_admits_nobody_here() {
        let world = World::new();
        let constrained = json!({"Constraints": {"EncryptionContextSubset": {"aws:rds:db-id": "db-X"}}});
        create(&world, OWNER, "closed", constrained).await.ok();
        assert_eq!(copy(&world, "a").await, "KMSKeyNotAccessibleFault");
    }

    #[tokio::test]
    async fn what_cannot_be_granted_is_refused() {
        let world = World::new();
        let group = json!({"GranteePrincipal": "arn:aws:iam::222222222222:group/dba"});
        create(&world, OWNER, "cmk", group).await.refused("InvalidArnException");
        create(&world, OWNER, "cmk", json!({"Operations": ["Sign"]})).await.refused("ValidationException");
        create(&world, OWNER, "cmk", json!({"Operations": []})).await.refused("ValidationException");
        create(&world, OWNER, "disabled", json!({})).await.refused("DisabledException");
        create(&world, OWNER, "dying", json!({})).await.refused("KMSInvalidStateException");
        create(&world, OWNER, "nowhere", json!({})).await.refused("NotFoundException");
        create(&world, OWNER, "default", json!({})).await.refused("AccessDeniedException");
        create(&world, OTHER, "closed", json!({})).await.refused("AccessDeniedException");
        create(&world, OTHER, "no-grant", json!({})).await.refused("AccessDeniedException");
        create(&world, OTHER, "cmk", json!({})).await.ok();
    }

    #[tokio::test]
    async fn a_grant_lets_do_what_it_says_and_no_more() {
        let world = World::new();
        let describe = async || {
            world.kms(OTHER, HOME, "DescribeKey", json!({"KeyId": key(OWNER, HOME, "closed")})).await.code()
        };
        create(&world, OWNER, "closed", json!({"Operations": ["Decrypt"]})).await.ok();
        assert_eq!(describe().await, "AccessDeniedException");
        create(&world, OWNER, "closed", json!({"Operations": ["DescribeKey"]})).await.ok();
        assert_eq!(describe().await, "ok");
    }

    #[tokio::test]
    async fn a_dry_run_says_what_would_happen_and_does_nothing() {
        let world = World::new();
        create(&world, OTHER, "cmk", json!({"DryRun": true})).await.refused("DryRunOperationException");
        create(&world, OTHER, "closed", json!({"DryRun": true})).await.refused("AccessDeniedException");
        create(&world, OWNER, "closed", json!({"DryRun": true})).await.refused("DryRunOperationException");
        assert_eq!(copy(&world, "a").await, "KMSKeyNotAccessibleFault");
    }
}
