//! Keys by their ARNs: who manages them, whether they work, what they are called.
//!
//! A key that was described is not asked about again; one that could not be is told as such, and
//! may be asked about again. The aliases of a scope are listed once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_kms::types::{KeyManagerType, KeyState as SdkState};
use tokio::sync::OnceCell;

use super::action::Action;
use super::clients::Clients;
use crate::domain::{Fault, Key, KeyArn, KeyManager, KeyState, Scope, Shown};
use crate::ports::Sink;

/// Pages of aliases after which the list is taken for endless.
const LONGEST: usize = 1_000;

/// What was learned of keys while the program runs.
#[derive(Default)]
pub(super) struct KeyRing {
    described: Mutex<HashMap<KeyArn, Key>>,
    aliases: Mutex<HashMap<Scope, Arc<OnceCell<Aliases>>>>,
}

/// The aliases of a scope by key id; those of AWS first.
pub(super) type Aliases = HashMap<String, Vec<Shown>>;

impl KeyRing {
    /// Describes keys; a slow one keeps no other one waiting.
    pub(super) async fn describe(&self, clients: &Clients, keys: Vec<KeyArn>, learned: Sink<'_, Vec<Key>>) {
        let (known, unknown) = self.sort(keys);
        if !known.is_empty() {
            learned(known);
        }
        if unknown.is_empty() {
            return;
        }
        let aliases = self.aliases(clients).await;
        let unknown = Mutex::new(unknown.into_iter());
        let next = || unknown.lock().unwrap_or_else(PoisonError::into_inner).next();
        let lane = async || {
            while let Some(arn) = next() {
                learned(vec![self.key(clients, arn, &aliases).await]);
            }
        };
        // Lanes of one task: a slow key holds up its own lane only.
        tokio::join!(lane(), lane(), lane(), lane(), lane(), lane());
    }

    fn sort(&self, mut keys: Vec<KeyArn>) -> (Vec<Key>, Vec<KeyArn>) {
        keys.sort_unstable();
        keys.dedup();
        let described = self.described.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown = keys.iter().filter(|arn| !described.contains_key(arn)).cloned().collect();
        (keys.iter().filter_map(|arn| described.get(arn)).cloned().collect(), unknown)
    }

    /// The scope's aliases; none when they may not be listed, which leaves the keys to be described.
    async fn aliases(&self, clients: &Clients) -> Aliases {
        self.cell(&clients.scope).get_or_try_init(|| list_aliases(clients)).await.cloned().unwrap_or_default()
    }

    /// The aliases of a key of the scope; for one that had none so far they are listed again.
    pub(super) async fn aliases_of(&self, clients: &Clients, id: &str) -> Vec<Shown> {
        let cell = self.cell(&clients.scope);
        match cell.get().and_then(|aliases| aliases.get(id)) {
            Some(names) => names.clone(),
            None => self.aliases_anew(clients).await.remove(id).unwrap_or_default(),
        }
    }

    /// The scope's aliases as they are now, for what will be given to AWS by its alias.
    pub(super) async fn aliases_anew(&self, clients: &Clients) -> Aliases {
        let Ok(aliases) = list_aliases(clients).await else { return Aliases::default() };
        let mut scopes = self.aliases.lock().unwrap_or_else(PoisonError::into_inner);
        scopes.insert(clients.scope.clone(), Arc::new(OnceCell::new_with(Some(aliases.clone()))));
        aliases
    }

    fn cell(&self, scope: &Scope) -> Arc<OnceCell<Aliases>> {
        let mut scopes = self.aliases.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(scopes.entry(scope.clone()).or_default())
    }

    async fn key(&self, clients: &Clients, arn: KeyArn, aliases: &Aliases) -> Key {
        let own = arn.account() == Some(clients.scope.account) && arn.region() == clients.scope.region.name();
        let aliases = if own { aliases.get(arn.id()).cloned().unwrap_or_default() } else { Vec::new() };
        // The reserved alias is proof, whatever else is said or denied.
        let reserved = aliases.iter().any(is_reserved).then_some(KeyManager::Aws);
        let request = clients.kms().describe_key().key_id(arn.exact());
        let answer = clients.ask(Action::DescribeKey, || request.clone().send()).await;
        let Some(described) = answer.ok().and_then(|answer| answer.key_metadata) else {
            return Key { arn, manager: reserved, state: None, aliases };
        };
        let manager = reserved.or_else(|| described.key_manager().and_then(manager));
        let state = described.key_state().map(state);
        let key = Key { arn: arn.clone(), manager, state, aliases };
        self.described.lock().unwrap_or_else(PoisonError::into_inner).insert(arn, key.clone());
        key
    }
}

async fn list_aliases(clients: &Clients) -> Result<Aliases, Fault> {
    let mut aliases = Aliases::new();
    let mut marker: Option<String> = None;
    for _ in 0..LONGEST {
        let request = clients.kms().list_aliases().limit(100).set_marker(marker.clone());
        let page = clients.ask(Action::ListAliases, || request.clone().send()).await?;
        for entry in page.aliases() {
            // A reserved alias whose key was not made yet has no target (KMS-15).
            if let (Some(key), Some(name)) = (entry.target_key_id(), entry.alias_name()) {
                aliases.entry(key.to_owned()).or_default().push(clients.words().word(name));
            }
        }
        match page.next_marker.filter(|_| page.truncated) {
            Some(next) if marker.as_ref() != Some(&next) => marker = Some(next),
            Some(_) => return Err(clients.invalid(Action::ListAliases, "a page marker came twice")),
            None => {
                for names in aliases.values_mut() {
                    names.sort_by_key(|name| (!is_reserved(name), name.clone()));
                }
                return Ok(aliases);
            }
        }
    }
    Err(clients.invalid(Action::ListAliases, "the list of aliases does not end"))
}

pub(super) fn is_reserved(alias: &Shown) -> bool {
    alias.exact().starts_with("alias/aws/")
}

pub(super) fn manager(word: &KeyManagerType) -> Option<KeyManager> {
    match word {
        KeyManagerType::Aws => Some(KeyManager::Aws),
        KeyManagerType::Customer => Some(KeyManager::Customer),
        // A manager that is newer than this program is not known to be the customer.
        _ => None,
    }
}

pub(super) fn state(word: &SdkState) -> KeyState {
    KeyState::of(word.as_str())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Aws;
    use super::super::script::{Answer, Ask, Log, scope, signed_in};
    use crate::ports::Cloud as _;

    use super::*;

    fn arn(account: &str, id: &str) -> KeyArn {
        format!("arn:aws:kms:us-east-1:{account}:key/{id}").parse().expect("an ARN")
    }

    fn own(id: &str) -> KeyArn {
        arn("111111111111", id)
    }

    fn described(ask: &Ask) -> Option<Answer> {
        match ask.operation.as_str() {
            "ListAliases" => Some(Answer::body(
                r#"{"Aliases": [{"AliasName": "alias/zz", "TargetKeyId": "k1"}, {"AliasName": "alias/dba", "TargetKeyId": "k1"},
                    {"AliasName": "alias/aws/rds", "TargetKeyId": "k2"}, {"AliasName": "alias/aws/s3"}], "Truncated": false}"#,
            )),
            "DescribeKey" if ask.holds("222222222222") => {
                Some(Answer::json_error("AccessDeniedException", "no"))
            }
            "DescribeKey" => Some(Answer::body(
                r#"{"KeyMetadata": {"KeyId": "k", "KeyManager": "CUSTOMER", "KeyState": "PendingDeletion"}}"#,
            )),
            _ => None,
        }
    }

    async fn ask(aws: &Aws, keys: Vec<KeyArn>) -> Vec<Key> {
        let learned = Mutex::new(Vec::new());
        aws.keys(&scope("us-east-1"), keys, &|keys| learned.lock().expect("keys").extend(keys)).await;
        let mut keys = learned.into_inner().expect("keys");
        keys.sort_by(|a, b| a.arn.cmp(&b.arn));
        keys
    }

    fn count(log: &Log, operation: &str) -> usize {
        log.lock().expect("a log").iter().filter(|ask| ask.operation == operation).count()
    }

    #[tokio::test]
    async fn the_reserved_alias_tells_a_key_of_aws_whatever_else_is_said() {
        let (aws, _) = signed_in(described).await;
        let keys = ask(&aws, vec![own("k1"), own("k2")]).await;
        let names: Vec<_> = keys[0].aliases.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["alias/dba", "alias/zz"]);
        assert_eq!(
            (keys[0].manager, &keys[0].state),
            (Some(KeyManager::Customer), &Some(KeyState::PendingDeletion))
        );
        assert_eq!(keys[1].manager, Some(KeyManager::Aws));
    }

    #[tokio::test]
    async fn a_key_that_cannot_be_described_is_told_and_asked_again() {
        let (aws, log) = signed_in(described).await;
        for _ in 0..2 {
            let keys = ask(&aws, vec![own("k1"), own("k1"), arn("222222222222", "k1")]).await;
            assert_eq!(keys.len(), 2);
            assert_eq!((keys[1].manager, &keys[1].state), (None, &None));
            assert!(keys[1].aliases.is_empty(), "another account's key has none of our aliases");
        }
        assert_eq!((count(&log, "ListAliases"), count(&log, "DescribeKey")), (1, 3));
    }

    #[tokio::test]
    async fn keys_are_described_though_aliases_may_not_be_listed() {
        let (aws, _) = signed_in(|ask| match ask.operation.as_str() {
            "ListAliases" => Some(Answer::json_error("AccessDeniedException", "no")),
            _ => described(ask),
        })
        .await;
        assert_eq!(ask(&aws, vec![own("k1")]).await[0].manager, Some(KeyManager::Customer));
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_key_keeps_no_other_one_waiting() {
        let (aws, _) = signed_in(|ask| {
            let slow = ask.operation == "DescribeKey" && ask.holds("key/slow");
            described(ask).map(|answer| if slow { answer.after(Duration::from_secs(10)) } else { answer })
        })
        .await;
        let start = tokio::time::Instant::now();
        let learned = Mutex::new(Vec::new());
        let sink = |keys: Vec<Key>| {
            let now = start.elapsed().as_secs();
            learned.lock().expect("keys").extend(keys.into_iter().map(|key| (key.arn.id().to_owned(), now)));
        };
        aws.keys(&scope("us-east-1"), vec![own("slow"), own("k1")], &sink).await;
        let wanted = [("k1".to_owned(), 0), ("slow".to_owned(), 10)];
        assert_eq!(learned.into_inner().expect("keys"), wanted);
    }
}
