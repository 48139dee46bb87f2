//! `EnableKey` and `CancelKeyDeletion`: the way back for a key; and `DisableKey`.
//!
//! A key whose deletion is cancelled is left `Disabled`: it takes both to make it work again (COPY-21).

use serde_json::{Value, json};

use super::create_grant::key_mut;
use super::{authorize, reach};
use crate::demo::state::State;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Answers `EnableKey`; a key that is enabled already stays so.
pub(crate) fn enable(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::own(state, call)?;
    authorize::check(state, call, key)?;
    authorize::check_not_gone(key)?;
    let arn = key.arn().to_owned();
    let key = key_mut(state, &arn);
    key.metadata.set("KeyState", "Enabled");
    key.metadata.set("Enabled", true);
    Ok(Value::Null)
}

/// Answers `DisableKey`; a key that is disabled already stays so.
pub(crate) fn disable(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::own(state, call)?;
    authorize::check(state, call, key)?;
    authorize::check_not_gone(key)?;
    let arn = key.arn().to_owned();
    let key = key_mut(state, &arn);
    key.metadata.set("KeyState", "Disabled");
    key.metadata.set("Enabled", false);
    Ok(Value::Null)
}

/// Answers `CancelKeyDeletion`.
pub(crate) fn cancel_deletion(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::own(state, call)?;
    authorize::check(state, call, key)?;
    if key.state() != "PendingDeletion" {
        return Err(authorize::bad_state(key, "is not pending deletion"));
    }
    let arn = key.arn().to_owned();
    let key = key_mut(state, &arn);
    key.metadata.set("KeyState", "Disabled");
    key.metadata.take("DeletionDate");
    Ok(json!({ "KeyId": arn }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::world::{HOME, OTHER, OWNER, World, key};

    #[tokio::test]
    async fn a_dying_key_comes_back_in_two_steps() {
        let world = World::new();
        let name = json!({"KeyId": key(OWNER, HOME, "dying")});
        let copy = [("SourceDBSnapshotIdentifier", "dying"), ("TargetDBSnapshotIdentifier", "copy")];
        world.kms(OWNER, HOME, "EnableKey", name.clone()).await.refused("KMSInvalidStateException");
        world.kms(OWNER, HOME, "CancelKeyDeletion", name.clone()).await.ok();
        world.rds(OWNER, HOME, "CopyDBSnapshot", &copy).await.refused("KMSKeyNotAccessibleFault");
        world.kms(OWNER, HOME, "EnableKey", name.clone()).await.ok();
        world.rds(OWNER, HOME, "CopyDBSnapshot", &copy).await.ok();
        world.kms(OWNER, HOME, "CancelKeyDeletion", name).await.refused("KMSInvalidStateException");
    }

    #[tokio::test]
    async fn under_a_key_that_is_disabled_again_nothing_is_copied() {
        let world = World::new();
        let name = json!({"KeyId": key(OWNER, HOME, "disabled")});
        let dying = json!({"KeyId": key(OWNER, HOME, "dying")});
        world.kms(OWNER, HOME, "EnableKey", name.clone()).await.ok();
        for _ in 0..2 {
            world.kms(OWNER, HOME, "DisableKey", name.clone()).await.ok();
        }
        let state = world.kms(OWNER, HOME, "DescribeKey", name.clone()).await.ok();
        assert!(
            state.body.contains("\"KeyState\":\"Disabled\"") && state.body.contains("\"Enabled\":false"),
            "{}",
            state.body
        );
        world.kms(OTHER, HOME, "DisableKey", name).await.refused("AccessDeniedException");
        world.kms(OWNER, HOME, "DisableKey", dying).await.refused("KMSInvalidStateException");
    }

    #[tokio::test]
    async fn only_the_owner_brings_a_key_back() {
        let world = World::new();
        let of = |name: &str| json!({"KeyId": key(OWNER, HOME, name)});
        world.kms(OTHER, HOME, "EnableKey", of("disabled")).await.refused("AccessDeniedException");
        world.kms(OTHER, HOME, "CancelKeyDeletion", of("dying")).await.refused("AccessDeniedException");
        world.kms(OWNER, HOME, "EnableKey", of("disabled")).await.ok();
        world.kms(OWNER, HOME, "EnableKey", of("cmk")).await.ok();
        world.kms(OWNER, HOME, "EnableKey", of("default")).await.refused("AccessDeniedException");
    }
}
