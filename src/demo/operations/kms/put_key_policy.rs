//! `PutKeyPolicy`: replaces the policy of a key, and keeps its owner from locking themselves out.

use serde_json::Value;

use super::create_grant::key_mut;
use super::{authorize, reach};
use crate::demo::judge::access::{self, Via};
use crate::demo::state::State;
use crate::demo::state::key::Key;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// The longest policy, in bytes.
const LONGEST: usize = 32_768;

/// Puts the policy in place. In the key's own account only.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::own(state, call)?;
    authorize::check(state, call, key)?;
    if matches!(key.state(), "PendingDeletion" | "PendingReplicaDeletion") {
        authorize::check_not_gone(key)?;
    }
    match call.params.text("PolicyName") {
        None | Some("default") => {}
        Some(other) => {
            return Err(Refusal::new("NotFoundException", format!("No such policy exists: {other}")));
        }
    }
    let policy = read(call.params.required("Policy")?)?;
    let changed = Key { policy, ..key.clone() };
    let bypass = call.params.flag("BypassPolicyLockoutSafetyCheck")?.unwrap_or(false);
    if !bypass && !access::may(state, call, &changed, "kms:PutKeyPolicy", Via::Direct) {
        return Err(malformed(
            "The new key policy will not allow you to update the key policy in the future.",
        ));
    }
    let arn = changed.arn().to_owned();
    key_mut(state, &arn).policy = changed.policy;
    Ok(Value::Null)
}

/// A policy that KMS takes: a JSON object whose statements say effect, principal and action.
pub(crate) fn read(text: &str) -> Result<Value, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::new(
            "LimitExceededException",
            format!("A key policy has at most {LONGEST} bytes."),
        ));
    }
    let policy: Value =
        serde_json::from_str(text).map_err(|broken| malformed(&format!("Invalid JSON: {broken}")))?;
    let statements = match &policy["Statement"] {
        Value::Array(statements) if !statements.is_empty() => statements.as_slice(),
        statement @ Value::Object(_) => std::slice::from_ref(statement),
        _ => return Err(malformed("A key policy needs at least one statement.")),
    };
    for statement in statements {
        let has = |one: &str, other: &str| statement.get(one).is_some() || statement.get(other).is_some();
        if !matches!(statement["Effect"].as_str(), Some("Allow" | "Deny")) {
            return Err(malformed("The effect of a statement is Allow or Deny."));
        }
        if !has("Principal", "NotPrincipal") || !has("Action", "NotAction") {
            return Err(malformed("A statement of a key policy needs a principal and an action."));
        }
        if let Some(wrong) = principals(statement).find(|principal| !is_principal(principal)) {
            return Err(malformed(&format!(
                "Policy contains a statement with one or more invalid principals: {wrong}"
            )));
        }
    }
    Ok(policy)
}

fn principals(statement: &Value) -> impl Iterator<Item = &str> {
    let named = &statement["Principal"]["AWS"];
    let one = named.as_str().into_iter();
    one.chain(named.as_array().into_iter().flatten().filter_map(Value::as_str))
}

fn is_principal(text: &str) -> bool {
    let account = |text: &str| text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_digit());
    let named = |text| {
        crate::demo::state::arn::Arn::parse(text).is_some_and(|arn| {
            matches!(arn.service, "iam" | "sts") && account(arn.account) && arn.region.is_empty()
        })
    };
    text == "*" || account(text) || named(text)
}

fn malformed(message: &str) -> Refusal {
    Refusal::new("MalformedPolicyDocumentException", message)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::demo::world::{HOME, OTHER, OWNER, World, arn, key};

    fn policy(statements: &[Value]) -> String {
        json!({"Version": "2012-10-17", "Statement": statements}).to_string()
    }

    fn lets(account: &str, actions: &str) -> Value {
        json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{account}:root")}, "Action": actions, "Resource": "*"})
    }

    async fn put(world: &World, who: &str, name: &str, policy: &str) -> String {
        world
            .kms(who, HOME, "PutKeyPolicy", json!({"KeyId": key(OWNER, HOME, name), "Policy": policy}))
            .await
            .code()
    }

    #[tokio::test]
    async fn a_new_statement_opens_the_key_to_another_account() {
        let world = World::new();
        let copy = async || {
            let source = arn("closed");
            let params = [
                ("SourceDBSnapshotIdentifier", &*source),
                ("TargetDBSnapshotIdentifier", "copy"),
                ("KmsKeyId", "alias/own"),
            ];
            world.rds(OTHER, HOME, "CopyDBSnapshot", &params).await.code()
        };
        assert_eq!(copy().await, "KMSKeyNotAccessibleFault");
        assert_eq!(
            put(&world, OWNER, "closed", &policy(&[lets(OWNER, "kms:*"), lets(OTHER, "kms:*")])).await,
            "ok"
        );
        assert_eq!(copy().await, "ok");
    }

    #[tokio::test]
    async fn nobody_locks_themselves_out_unless_they_insist() {
        let world = World::new();
        let locked = policy(&[lets(OWNER, "kms:Decrypt")]);
        assert_eq!(put(&world, OWNER, "closed", &locked).await, "MalformedPolicyDocumentException");
        let insist = json!({"KeyId": "closed", "Policy": locked, "BypassPolicyLockoutSafetyCheck": true});
        world.kms(OWNER, HOME, "PutKeyPolicy", insist).await.ok();
        assert_eq!(
            put(&world, OWNER, "closed", &policy(&[lets(OWNER, "kms:*")])).await,
            "AccessDeniedException"
        );
    }

    #[tokio::test]
    async fn only_the_owner_puts_a_policy_and_only_on_a_key_of_their_own() {
        let world = World::new();
        let fine = policy(&[lets(OWNER, "kms:*")]);
        assert_eq!(put(&world, OTHER, "cmk", &fine).await, "AccessDeniedException");
        assert_eq!(put(&world, OWNER, "default", &fine).await, "AccessDeniedException");
        assert_eq!(put(&world, OWNER, "dying", &fine).await, "KMSInvalidStateException");
        assert_eq!(put(&world, OWNER, "nowhere", &fine).await, "NotFoundException");
        assert_eq!(put(&world, OWNER, "disabled", &fine).await, "ok");
    }

    #[tokio::test]
    async fn what_is_no_policy_is_refused() {
        let world = World::new();
        let bad_principal =
            json!({"Effect": "Allow", "Principal": {"AWS": "dr"}, "Action": "kms:*", "Resource": "*"});
        let without = json!({"Effect": "Allow", "Action": "kms:*", "Resource": "*"});
        for wrong in
            ["{", "{}", &policy(&[]), &policy(&[lets(OWNER, "kms:*"), bad_principal]), &policy(&[without])]
        {
            assert_eq!(put(&world, OWNER, "cmk", wrong).await, "MalformedPolicyDocumentException", "{wrong}");
        }
        let long = policy(&[lets(OWNER, &"k".repeat(32_768))]);
        assert_eq!(put(&world, OWNER, "cmk", &long).await, "LimitExceededException");
    }
}
