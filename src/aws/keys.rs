//! Keys by their ARNs: who manages them, whether they work, what they are called.
//!
//! A key that was described is not asked about again; one that could not be is told as such, and
//! may be asked about again. The aliases of a scope are listed once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_kms::types::{KeyManagerType, KeyState as SdkState};
use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::sync::OnceCell;

use super::action::Action;
use super::call::Clients;
use crate::domain::{Fault, Key, KeyArn, KeyManager, KeyState, Scope, Shown};
use crate::ports::Sink;

/// Keys that are described at the same time in one scope.
const AT_ONCE: usize = 8;
/// Pages of aliases after which the list is taken for endless.
const LONGEST: usize = 1_000;

/// What was learned of keys while the program runs.
#[derive(Default)]
pub(super) struct KeyRing {
    described: Mutex<HashMap<KeyArn, Key>>,
    aliases: Mutex<HashMap<Scope, Arc<OnceCell<Aliases>>>>,
}

/// The aliases of a scope by key id; those of AWS first.
type Aliases = HashMap<String, Vec<Shown>>;

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
        let keys = stream::iter(unknown).map(|arn| self.key(clients, arn, &aliases));
        let mut keys = keys.buffer_unordered(AT_ONCE);
        while let Some(key) = keys.next().await {
            learned(vec![key]);
        }
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

    fn cell(&self, scope: &Scope) -> Arc<OnceCell<Aliases>> {
        let mut scopes = self.aliases.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(scopes.entry(scope.clone()).or_default())
    }

    async fn key(&self, clients: &Clients, arn: KeyArn, aliases: &Aliases) -> Key {
        let own = arn.account() == Some(clients.scope.account) && arn.region() == clients.scope.region.name();
        let aliases = if own { aliases.get(arn.id()).cloned().unwrap_or_default() } else { Vec::new() };
        // The reserved alias is proof, whatever else is said or denied.
        let reserved = aliases.iter().any(is_reserved).then_some(KeyManager::Aws);
        let request = clients.kms.describe_key().key_id(arn.exact());
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
        let request = clients.kms.list_aliases().limit(100).set_marker(marker.clone());
        let page = clients.ask(Action::ListAliases, || request.clone().send()).await?;
        for entry in page.aliases() {
            // A reserved alias whose key was not made yet has no target (KMS-15).
            if let (Some(key), Some(name)) = (entry.target_key_id(), entry.alias_name()) {
                aliases.entry(key.to_owned()).or_default().push(clients.words.word(name));
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

fn is_reserved(alias: &Shown) -> bool {
    alias.exact().starts_with("alias/aws/")
}

fn manager(word: &KeyManagerType) -> Option<KeyManager> {
    match word {
        KeyManagerType::Aws => Some(KeyManager::Aws),
        KeyManagerType::Customer => Some(KeyManager::Customer),
        // A manager that is newer than this program is not known to be the customer.
        _ => None,
    }
}

fn state(word: &SdkState) -> KeyState {
    match word {
        SdkState::Enabled => KeyState::Enabled,
        SdkState::Disabled => KeyState::Disabled,
        SdkState::PendingDeletion => KeyState::PendingDeletion,
        other => KeyState::Other(other.as_str().into()),
    }
}
