//! The keys that a draft uses, and whether the account that acts may use them: nine rules look at the same list.

use crate::domain::{AccountId, Action, Field, KeyFacts, KeyManager};
use crate::rules::{Access, Refusal};

use super::Case;

/// A key that a draft uses, the account that acts, and whether that may use the key.
#[derive(Clone)]
pub(in crate::rules) struct KeyUse<'a> {
    /// What the key is of: the snapshot, or the field that names it.
    pub(in crate::rules) field: Field,
    pub(in crate::rules) key: &'a KeyFacts,
    pub(in crate::rules) taker: AccountId,
    pub(in crate::rules) access: Access,
}

impl KeyUse<'_> {
    /// Whether the key belongs to another account than the one that acts.
    pub(in crate::rules) fn is_foreign(&self) -> bool {
        self.key.arn.account() != Some(self.taker)
    }

    /// Whether it is the key of a snapshot that another account gives: that account can let it be used first.
    pub(in crate::rules) fn is_given(&self) -> bool {
        self.field == Field::Snapshot && self.is_foreign()
    }
}

impl<'a> Case<'a> {
    /// The keys that the draft uses: that of what is taken, and the one that is chosen, each once. Without those of
    /// which it is not known yet, or cannot be read here, whether the account that acts may use them.
    pub(in crate::rules) fn uses_of_keys(&mut self) -> Vec<KeyUse<'a>> {
        if let Some(uses) = &self.uses {
            return uses.clone();
        }
        let Ok(taker) = self.to_account() else { return vec![] };
        let source = self.taken_key();
        let chosen =
            self.destination_key().filter(|chosen| source.is_none_or(|source| source.arn != chosen.arn));
        let keys = [(Field::Snapshot, source), (Field::KmsKey, chosen)];
        let mut uses = vec![];
        for (field, key) in keys {
            // A key that cannot be used at all is COPY-21's, KMS-03's and ENC-11's; one of the wrong kind ENC-10's.
            let Some(key) = key.filter(|key| key.can_encrypt()) else { continue };
            if let Some(access) = self.access(key, taker) {
                uses.push(KeyUse { field, key, taker, access });
            }
        }
        // While something is missing each rule asks for itself: who asks decides whether that is worth a warning.
        if uses.len() == keys.len() {
            self.uses = Some(uses.clone());
        }
        uses
    }

    fn access(&mut self, key: &KeyFacts, taker: AccountId) -> Option<Access> {
        if key.manager == KeyManager::Aws {
            let own = key.arn.account() == Some(taker);
            return Some(if own { Access::Yes } else { Access::No { why: Refusal::AwsManaged } });
        }
        let policies = self.key_policies(&key.arn)?;
        Some(self.may_use(policies, key, taker))
    }

    /// The key of what is taken: that of the first copy where the owner makes one, else the snapshot's.
    pub(in crate::rules) fn taken_key(&mut self) -> Option<&'a KeyFacts> {
        match self.draft.action {
            Action::Copy => self.shared_key().flatten(),
            Action::Encrypt | Action::Restore | Action::Share | Action::Export | Action::Delete => {
                self.source_key().flatten()
            }
        }
    }
}
