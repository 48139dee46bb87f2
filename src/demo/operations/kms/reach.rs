//! Which key a call means, and whether the caller may ask about it.

use crate::demo::judge::access::{self, Via};
use crate::demo::state::State;
use crate::demo::state::key::{Key, KeyName};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// The key of `KeyId`, for operations that work only in the key's own account (KMS-02).
pub(crate) fn own<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let given = call.params.required("KeyId")?;
    let name = KeyName::parse(given);
    in_region(call, &name)?;
    if name.account().is_some_and(|account| account != call.account) {
        return Err(denied(state, call, given));
    }
    state.key(&call.account, &call.region, given).ok_or_else(|| not_found(call, &name, given))
}

/// As [`own`], for operations that take a key id or key ARN but no alias.
pub(crate) fn own_by_id<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let given = call.params.required("KeyId")?;
    if KeyName::parse(given).alias().is_some() {
        return Err(Refusal::new("NotFoundException", format!("Invalid keyId '{given}'")));
    }
    own(state, call)
}

/// The key of `KeyId`, for operations that work across accounts, if the key lets the caller call them.
pub(crate) fn any<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let key = anyones(state, call)?;
    let action = format!("kms:{}", call.operation);
    if key.owner() == call.account || access::may(state, call, key, &action, Via::Direct) {
        return Ok(key);
    }
    Err(denied(state, call, key.arn()))
}

/// The key of `KeyId`, whoever owns it: what the caller may do with it is not asked.
pub(crate) fn anyones<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let given = call.params.required("KeyId")?;
    let name = KeyName::parse(given);
    if name.account().is_none_or(|account| account == call.account) {
        return own(state, call);
    }
    in_region(call, &name)?;
    state.key(&call.account, &call.region, given).ok_or_else(|| denied(state, call, given))
}

/// A key is known in its own region only.
fn in_region(call: &Call, name: &KeyName<'_>) -> Result<(), Refusal> {
    match name.region() {
        Some(region) if region != call.region => {
            Err(Refusal::new("NotFoundException", format!("Invalid arn {region}")))
        }
        _ => Ok(()),
    }
}

fn not_found(call: &Call, name: &KeyName<'_>, given: &str) -> Refusal {
    let place = format!(
        "arn:{}:kms:{}:{}",
        crate::demo::state::arn::partition(&call.region),
        call.region,
        call.account
    );
    let message = match (name.alias(), name.account()) {
        (Some(alias), _) => format!("Alias {place}:{alias} is not found."),
        (None, Some(_)) => format!("Key '{given}' does not exist"),
        (None, None) => format!("Key '{place}:key/{given}' does not exist"),
    };
    Refusal::new("NotFoundException", message)
}

fn denied(state: &State, call: &Call, given: &str) -> Refusal {
    Refusal::new(
        "AccessDeniedException",
        format!(
            "User: {} is not authorized to perform: kms:{} on resource: {given} because the resource does not exist in \
             this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
            state.principal(call),
            call.operation
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::demo::trial::Trial;

    const ARN: &str = "arn:aws:kms:us-east-1:111111111111:key/k1";

    fn trial(principal: &Value) -> Trial {
        Trial::of(&json!({"Keys": [{"KeyMetadata": {"KeyId": "k1"}, "Aliases": ["alias/dba"],
            "Policy": {"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}]},
            "Grants": [{"GrantId": "g", "GranteePrincipal": "arn:aws:iam::222222222222:root", "Operations": ["DescribeKey"]}]}]}))
    }

    #[tokio::test]
    async fn four_names_mean_the_same_key() {
        let trial = trial(&json!({"AWS": "arn:aws:iam::111111111111:root"}));
        for name in ["k1", ARN, "alias/dba", "arn:aws:kms:us-east-1:111111111111:alias/dba"] {
            let said = trial.kms("DescribeKey", json!({"KeyId": name})).await;
            assert_eq!(said.json().expect("JSON")["KeyMetadata"]["Arn"], ARN, "{name}");
        }
        for name in ["k2", "alias/none", "arn:aws:kms:eu-west-1:111111111111:key/k1"] {
            assert_eq!(
                trial.kms("DescribeKey", json!({"KeyId": name})).await.code(),
                "NotFoundException",
                "{name}"
            );
        }
    }

    #[tokio::test]
    async fn another_account_sees_a_key_only_if_its_policy_lets_it_in() {
        for (principal, admitted) in [
            (json!({"AWS": "arn:aws:iam::222222222222:root"}), true),
            (json!({"AWS": ["arn:aws:iam::111111111111:root", "222222222222"]}), true),
            (json!("*"), true),
            (json!({"Service": "rds.amazonaws.com"}), false),
            (json!({"AWS": "arn:aws:iam::333333333333:root"}), false),
        ] {
            let statement =
                json!({"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"});
            let trial = Trial::of(&json!({"Keys": [
                {"KeyMetadata": {"KeyId": "k1"}, "Policy": {"Statement": statement}}]}));
            let said = trial.caller("222222222222").kms("DescribeKey", json!({"KeyId": ARN})).await;
            assert_eq!(said.status == 200, admitted, "{principal}");
            assert_eq!(said.code() == "AccessDeniedException", !admitted, "{principal}");
        }
    }

    #[tokio::test]
    async fn a_grant_lets_another_account_in_and_a_default_key_nobody() {
        let granted = trial(&json!({"AWS": "arn:aws:iam::111111111111:root"})).caller("222222222222");
        assert_eq!(granted.kms("DescribeKey", json!({"KeyId": ARN})).await.status, 200);
        let managed =
            Trial::of(&json!({"Keys": [{"KeyMetadata": {"KeyId": "k1"}, "Aliases": ["alias/aws/rds"]}]}));
        assert_eq!(managed.kms("DescribeKey", json!({"KeyId": ARN})).await.status, 200);
        let stranger = managed.caller("222222222222");
        assert_eq!(stranger.kms("DescribeKey", json!({"KeyId": ARN})).await.code(), "AccessDeniedException");
    }

    #[tokio::test]
    async fn the_policy_is_for_the_owner_alone() {
        let trial = trial(&json!("*"));
        let said = trial.kms("GetKeyPolicy", json!({"KeyId": ARN})).await.json().expect("JSON");
        assert!(said["Policy"].as_str().is_some_and(|policy| policy.contains("kms:*")));
        assert_eq!(
            trial.kms("GetKeyPolicy", json!({"KeyId": "alias/dba"})).await.code(),
            "NotFoundException"
        );
        let ram = json!({"KeyId": "k1", "PolicyName": "AWS_RAM"});
        assert_eq!(trial.kms("GetKeyPolicy", ram).await.code(), "NotFoundException");
        let other = trial.caller("222222222222");
        assert_eq!(other.kms("GetKeyPolicy", json!({"KeyId": ARN})).await.code(), "AccessDeniedException");
        assert_eq!(other.kms("ListGrants", json!({"KeyId": ARN})).await.status, 200);
    }

    #[tokio::test]
    async fn the_default_key_comes_into_being_when_it_is_asked_for() {
        let trial = Trial::of(&json!({}));
        let aliases = trial.kms("ListAliases", json!({})).await.json().expect("JSON");
        assert_eq!(aliases["Aliases"][0]["AliasName"], "alias/aws/rds");
        assert!(aliases["Aliases"][0]["TargetKeyId"].is_null());
        let key = trial.kms("DescribeKey", json!({"KeyId": "alias/aws/rds"})).await.json().expect("JSON");
        assert_eq!(key["KeyMetadata"]["KeyManager"], "AWS");
        let aliases = trial.kms("ListAliases", json!({})).await.json().expect("JSON");
        assert_eq!(aliases["Aliases"][0]["TargetKeyId"], key["KeyMetadata"]["KeyId"]);
        assert_eq!(
            trial.kms("DescribeKey", json!({"KeyId": "alias/aws/rds"})).await.json().expect("JSON"),
            key
        );
    }

    #[tokio::test]
    async fn keys_come_in_pages() {
        let keys: Vec<_> = (0..7).map(|n| json!({"KeyMetadata": {"KeyId": format!("k{n}")}})).collect();
        let trial = Trial::of(&json!({ "Keys": keys }));
        let (mut all, mut marker) = (Vec::new(), Value::Null);
        loop {
            let said =
                trial.kms("ListKeys", json!({"Limit": 3, "Marker": marker})).await.json().expect("JSON");
            all.extend(said["Keys"].as_array().expect("a list").iter().map(|key| key["KeyId"].clone()));
            marker = said["NextMarker"].clone();
            assert_eq!(said["Truncated"], !marker.is_null());
            if marker.is_null() {
                break;
            }
        }
        assert_eq!(all, ["k0", "k1", "k2", "k3", "k4", "k5", "k6"]);
        assert_eq!(trial.kms("ListKeys", json!({"Limit": 0})).await.code(), "ValidationException");
    }
}
