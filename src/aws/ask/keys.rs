//! Keys with all that a rule may want to know (KMS DescribeKey, ListKeys, ListAliases).

use std::sync::{Mutex, PoisonError};

use aws_sdk_kms::types::{KeyMetadata, MultiRegionKey};

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::keys::{KeyRing, is_reserved, manager, state};
use super::super::pages;
use super::super::row::timestamp;
use super::absence::is_not_there;
use crate::domain::{Fault, FaultClass, KeyArn, KeyFacts, KeyManager, Shown};

/// What KMS says to a name that names no key of the region: one of another region, or one that is
/// malformed, is as little there as one that was never made.
const NOT_THERE: [&str; 3] = ["NotFoundException", "InvalidArnException", "ValidationException"];

/// A key by its id, ARN, alias or the ARN of an alias; `None` when the scope's region has none of
/// that name.
pub(super) async fn key(clients: &Clients, ring: &KeyRing, name: &str) -> Result<Option<KeyFacts>, Fault> {
    let described = match describe(clients, name).await {
        Ok(described) => described,
        Err(fault) if is_not_there(&fault, &NOT_THERE) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let arn = arn_of(clients, &described)?;
    // The aliases of another account, or of another region, cannot be listed.
    let is_own = arn.account() == Some(clients.scope.account) && arn.region() == clients.scope.region.name();
    let mut aliases = if is_own { ring.aliases_of(clients, arn.id()).await } else { Vec::new() };
    // A default key comes into being when it is first described (KMS-15), and its alias with it.
    let asked = name.rsplit_once(':').map_or(name, |(_, resource)| resource);
    if is_own && is_reserved(&asked.into()) && !aliases.iter().any(is_reserved) {
        aliases.insert(0, asked.into());
    }
    facts(clients, &described, arn, aliases).map(Some)
}

/// The customer keys of a scope, those with an alias first.
///
/// A key that may not be described is left out: nothing can be done with it here. When no other
/// key is left, that denial is the answer.
pub(super) async fn keys(clients: &Clients, ring: &KeyRing) -> Result<Vec<KeyFacts>, Fault> {
    let (aliases, ids) = tokio::join!(ring.aliases_anew(clients), ids(clients));
    let is_aws = |id: &String| aliases.get(id).is_some_and(|names| names.iter().any(is_reserved));
    let ids: Vec<String> = ids?.into_iter().filter(|id| !is_aws(id)).collect();
    let open = Mutex::new(ids.into_iter());
    let next = || open.lock().unwrap_or_else(PoisonError::into_inner).next();
    let lane = async || {
        let (mut known, mut denied) = (Vec::new(), None);
        while let Some(id) = next() {
            match describe(clients, &id).await {
                Ok(described) => {
                    let arn = arn_of(clients, &described)?;
                    let aliases = aliases.get(arn.id()).cloned().unwrap_or_default();
                    known.push(facts(clients, &described, arn, aliases)?);
                }
                Err(fault) if is_denied(&fault) => denied = denied.or(Some(fault)),
                // Deleted since it was listed.
                Err(fault) if is_not_there(&fault, &NOT_THERE) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok((known, denied))
    };
    // Lanes of one task, as many as connections that a small host can spare.
    let lanes = tokio::join!(lane(), lane(), lane(), lane(), lane(), lane());
    let (mut keys, mut denied) = (Vec::new(), None);
    for lane in [lanes.0, lanes.1, lanes.2, lanes.3, lanes.4, lanes.5] {
        let (known, fault) = lane?;
        keys.extend(known);
        denied = denied.or(fault);
    }
    keys.retain(|key| key.manager == KeyManager::Customer);
    keys.sort_by(|a, b| {
        (a.aliases.is_empty(), &a.aliases, &a.arn).cmp(&(b.aliases.is_empty(), &b.aliases, &b.arn))
    });
    match denied {
        Some(fault) if keys.is_empty() => Err(fault),
        _ => Ok(keys),
    }
}

fn is_denied(fault: &Fault) -> bool {
    matches!(fault.class, FaultClass::AccessDenied | FaultClass::ExplicitDeny)
}

async fn ids(clients: &Clients) -> Result<Vec<String>, Fault> {
    let action = Action::ListKeys;
    let keys = pages::all(clients, action, |marker| {
        let request = clients.kms().list_keys().limit(1_000).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            let more = page.next_marker.filter(|_| page.truncated);
            Ok((page.keys.unwrap_or_default(), more))
        }
    });
    Ok(keys.await?.into_iter().filter_map(|key| key.key_id).collect())
}

async fn describe(clients: &Clients, name: &str) -> Result<KeyMetadata, Fault> {
    let request = clients.kms().describe_key().key_id(name);
    let answer = clients.ask(Action::DescribeKey, || request.clone().send()).await?;
    answer.key_metadata.ok_or_else(|| invalid(clients, "an answer without the key"))
}

fn arn_of(clients: &Clients, from: &KeyMetadata) -> Result<KeyArn, Fault> {
    let arn = from.arn().and_then(|arn| arn.parse().ok());
    arn.ok_or_else(|| invalid(clients, "a key without an ARN"))
}

fn facts(clients: &Clients, from: &KeyMetadata, arn: KeyArn, aliases: Vec<Shown>) -> Result<KeyFacts, Fault> {
    let word = |text: &str| clients.words().word(text);
    let reserved = aliases.iter().any(is_reserved).then_some(KeyManager::Aws);
    // Who manages a key decides who can ever use it (KMS-11): that is not guessed.
    let manager = reserved.or_else(|| from.key_manager().and_then(manager));
    let manager = manager.ok_or_else(|| invalid(clients, "a key without a manager"))?;
    let key_state = from.key_state().map(state).ok_or_else(|| invalid(clients, "a key without a state"))?;
    let spec = from.key_spec().map(aws_sdk_kms::types::KeySpec::as_str);
    // A key that does not name its usage has the only one that there was at first.
    let usage = from.key_usage().map(aws_sdk_kms::types::KeyUsageType::as_str);
    let usage = usage.filter(|usage| !usage.is_empty());
    let set = from.multi_region_configuration();
    let set = set.into_iter().flat_map(|set| set.primary_key().into_iter().chain(set.replica_keys()));
    let mut replicas: Vec<KeyArn> =
        set.filter_map(MultiRegionKey::arn).filter_map(|arn| arn.parse().ok()).collect();
    replicas.retain(|other| *other != arn);
    Ok(KeyFacts {
        manager,
        state: key_state,
        spec: word(spec.unwrap_or_default()),
        usage: word(usage.unwrap_or("ENCRYPT_DECRYPT")),
        origin: word(from.origin().map(aws_sdk_kms::types::OriginType::as_str).unwrap_or_default()),
        valid_to: from.valid_to().and_then(timestamp),
        replicas,
        aliases,
        arn,
    })
}

fn invalid(clients: &Clients, why: &str) -> Fault {
    clients.invalid(Action::DescribeKey, why)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::script::{self, signed_in};
    use super::super::super::trial::{Trial, ours, theirs};
    use crate::domain::{Answer, KeyState, Question, Scope};
    use crate::ports::Cloud as _;

    use super::*;

    const ARN: &str = "arn:aws:kms:us-east-1:111111111111:key/k1";

    fn fleet() -> Value {
        let admits = json!({"Statement": [{"Effect": "Allow", "Principal": {"AWS": ["111111111111", "222222222222"]},
            "Action": "kms:*", "Resource": "*"}]});
        json!({"Keys": [
            {"KeyMetadata": {"KeyId": "k0"}},
            {"KeyMetadata": {"KeyId": "k1"}, "Aliases": ["alias/zz", "alias/dba"], "Policy": admits},
            {"KeyMetadata": {"KeyId": "off", "KeyState": "Disabled"}, "Aliases": ["alias/off"]},
            {"KeyMetadata": {"KeyId": "default"}, "Aliases": ["alias/aws/rds"]},
            {"KeyMetadata": {"KeyId": "mrk-1", "MultiRegion": true, "Origin": "EXTERNAL",
                "ValidTo": "2026-12-01T00:00:00Z", "MultiRegionConfiguration": {"MultiRegionKeyType": "PRIMARY",
                    "PrimaryKey": {"Arn": "arn:aws:kms:us-east-1:111111111111:key/mrk-1", "Region": "us-east-1"},
                    "ReplicaKeys": [{"Arn": "arn:aws:kms:eu-west-1:111111111111:key/mrk-1", "Region": "eu-west-1"}]}}}]})
    }

    async fn one(trial: &Trial, scope: Scope, name: &str) -> Option<KeyFacts> {
        match trial.ask(Question::Key(scope, name.into())).await.expect(name) {
            Answer::Key(key) => key,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_key_is_known_by_any_of_its_names_and_by_no_other() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        for name in ["k1", ARN, "alias/dba", "arn:aws:kms:us-east-1:111111111111:alias/dba"] {
            let key = one(&trial, ours(), name).await.expect(name);
            let aliases: Vec<&str> = key.aliases.iter().map(Shown::exact).collect();
            assert_eq!((key.arn.exact(), aliases), (ARN, vec!["alias/dba", "alias/zz"]));
            assert_eq!((key.spec.exact(), key.usage.exact()), ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT"));
            assert_eq!((key.manager, key.state), (KeyManager::Customer, KeyState::Enabled));
        }
        for name in ["gone", "alias/gone", "arn:aws:kms:eu-west-1:111111111111:key/k1"] {
            assert_eq!(one(&trial, ours(), name).await, None, "{name}");
        }
        let multi = one(&trial, ours(), "mrk-1").await.expect("a key");
        let replicas: Vec<&str> = multi.replicas.iter().map(KeyArn::exact).collect();
        assert_eq!(replicas, ["arn:aws:kms:eu-west-1:111111111111:key/mrk-1"]);
        assert!(multi.valid_to.is_some() && multi.origin.exact() == "EXTERNAL");
    }

    #[tokio::test]
    async fn another_accounts_key_is_seen_when_its_policy_allows_and_without_aliases() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        let key = one(&trial, theirs(), ARN).await.expect("a key");
        assert!(key.aliases.is_empty());
        let denied = "arn:aws:kms:us-east-1:111111111111:key/k0".to_owned();
        let fault = trial.ask(Question::Key(theirs(), denied)).await.expect_err("a fault");
        assert!(is_denied(&fault), "{fault:?}");
    }

    #[tokio::test]
    async fn the_reserved_alias_tells_a_key_of_aws_whatever_is_said() {
        let (aws, _) = signed_in(|ask| match ask.operation.as_str() {
            "ListAliases" => Some(script::Answer::body(
                r#"{"Aliases": [{"AliasName": "alias/aws/rds", "TargetKeyId": "k1"}], "Truncated": false}"#,
            )),
            "DescribeKey" => Some(script::Answer::body(format!(
                r#"{{"KeyMetadata": {{"KeyId": "k1", "Arn": "{ARN}", "KeyManager": "CUSTOMER", "KeyState": "Enabled"}}}}"#
            ))),
            _ => None,
        })
        .await;
        let answer = aws.ask(&Question::Key(ours(), "alias/aws/rds".into())).await;
        let Ok(Answer::Key(Some(key))) = answer else { panic!("{answer:?}") };
        assert_eq!(key.manager, KeyManager::Aws);
    }

    #[tokio::test]
    async fn a_default_key_that_was_not_there_before_is_known_for_what_it_is() {
        let (aws, log) = signed_in(|ask| match ask.operation.as_str() {
            "DescribeKey" => Some(script::Answer::body(format!(
                r#"{{"KeyMetadata": {{"KeyId": "k1", "Arn": "{ARN}", "KeyManager": "CUSTOMER", "KeyState": "Enabled"}}}}"#
            ))),
            _ => None,
        })
        .await;
        let answer = aws.ask(&Question::Key(ours(), "alias/aws/rds".into())).await;
        let Ok(Answer::Key(Some(key))) = answer else { panic!("{answer:?}") };
        assert_eq!((key.manager, key.aliases), (KeyManager::Aws, vec!["alias/aws/rds".into()]));
        assert_eq!(key.usage.exact(), "ENCRYPT_DECRYPT");
        assert_eq!(log.lock().expect("a log").last().expect("a call").operation, "ListAliases");
    }

    #[tokio::test]
    async fn aliases_are_listed_again_only_for_a_key_that_had_none() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        for (name, calls) in [("k1", 2), ("k1", 1), ("off", 1), ("k0", 2), ("k0", 2)] {
            one(&trial, ours(), name).await.expect(name);
            assert_eq!(trial.operations().len(), calls, "{name}");
        }
        one(&trial, theirs(), ARN).await.expect("a key");
        assert_eq!(trial.operations(), ["DescribeKey"]);
    }

    #[tokio::test]
    async fn a_malformed_name_names_no_key() {
        for code in ["InvalidArnException", "ValidationException"] {
            let (aws, _) = signed_in(move |ask| {
                (ask.operation == "DescribeKey").then(|| script::Answer::json_error(code, "no"))
            })
            .await;
            assert_eq!(aws.ask(&Question::Key(ours(), "arn:x".into())).await, Ok(Answer::Key(None)));
        }
    }

    #[tokio::test]
    async fn the_customer_keys_of_a_scope_are_listed_those_with_a_name_first() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        let answer = trial.ask(Question::Keys(ours())).await;
        let Ok(Answer::Keys(keys)) = answer else { panic!("{answer:?}") };
        let ids: Vec<&str> = keys.iter().map(|key| key.arn.id()).collect();
        assert_eq!(ids, ["k1", "off", "k0", "mrk-1"]);
        let described = trial.operations().iter().filter(|name| *name == "DescribeKey").count();
        assert_eq!(described, 4, "a key with a reserved alias need not be described");
    }

    #[tokio::test]
    async fn a_denied_key_is_left_out_and_when_no_other_is_left_the_denial_is_told() {
        let keys = |open: &'static str| async move {
            let (aws, _) = signed_in(move |ask| match ask.operation.as_str() {
                "ListKeys" if ask.holds("Marker") => {
                    Some(script::Answer::body(r#"{"Keys": [{"KeyId": "k2"}], "Truncated": false}"#))
                }
                "ListKeys" => Some(script::Answer::body(
                    r#"{"Keys": [{"KeyId": "k1"}], "Truncated": true, "NextMarker": "m"}"#,
                )),
                "DescribeKey" if ask.holds(open) => Some(script::Answer::body(format!(
                    r#"{{"KeyMetadata": {{"KeyId": "k1", "Arn": "{ARN}", "KeyManager": "CUSTOMER", "KeyState": "Enabled"}}}}"#
                ))),
                "DescribeKey" => Some(script::Answer::json_error("AccessDeniedException", "no")),
                _ => None,
            })
            .await;
            aws.ask(&Question::Keys(ours())).await
        };
        assert!(matches!(keys("k2").await, Ok(Answer::Keys(keys)) if keys.len() == 1));
        assert!(is_denied(&keys("none").await.expect_err("a fault")));
    }
}
