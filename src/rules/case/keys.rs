//! What a case knows of keys: the snapshot's own, the one that was chosen, and those to offer.

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Field, KeyArn, KeyFacts, KeyManager, KeyPolicies, KeyState,
    Region, Scope,
};

use super::{Case, DescribedKey};
use crate::rules::{Access, Need, judge};

impl<'a> Case<'a> {
    /// How the snapshot is encrypted; `Unknown` when its key cannot be described, `None` while it is not known.
    pub fn encryption(&mut self) -> Option<EncryptionClass> {
        match &self.snapshot()?.row.encryption {
            Encryption::None => Some(EncryptionClass::None),
            Encryption::AwsOwned => Some(EncryptionClass::AwsOwned),
            Encryption::Unnamed => Some(EncryptionClass::Unknown),
            Encryption::Kms(_) => Some(match self.source_key().flatten().map(|key| key.manager) {
                Some(KeyManager::Aws) => EncryptionClass::AwsManaged,
                Some(KeyManager::Customer) => EncryptionClass::Customer,
                None => EncryptionClass::Unknown,
            }),
        }
    }

    /// The ARN of the key that the snapshot is encrypted under.
    pub(crate) fn snapshot_key(&mut self) -> Option<&'a KeyArn> {
        self.snapshot()?.row.encryption.key()
    }

    /// The key that the snapshot is encrypted under, asked of its owner where that is one of ours.
    pub fn source_key(&mut self) -> Option<Option<&'a KeyFacts>> {
        if self.source_key.is_none() {
            self.source_key = self.describe_source_key();
        }
        self.source_key
    }

    fn describe_source_key(&mut self) -> Option<DescribedKey<'a>> {
        let arn = self.snapshot_key()?;
        let account = arn.account().filter(|owner| self.is_ours(*owner)).unwrap_or(self.draft.by);
        self.key(Scope { account, region: Region::new(arn.region()) }, arn.exact())
    }

    /// The key that was chosen for the result, as the destination sees it.
    pub fn chosen_key(&mut self) -> Option<Option<&'a KeyFacts>> {
        if self.chosen_key.is_none() {
            self.chosen_key = self.describe_chosen_key();
        }
        self.chosen_key
    }

    fn describe_chosen_key(&mut self) -> Option<DescribedKey<'a>> {
        let name = self.draft.text(Field::KmsKey)?;
        let scope = self.destination()?;
        self.key(scope, name)
    }

    /// The chosen key, when it is known and there.
    pub fn destination_key(&mut self) -> Option<&'a KeyFacts> {
        self.chosen_key().flatten()
    }

    /// Whether an account may use a key for a copy or a restore; judged once a review.
    pub(crate) fn may_use(&mut self, policies: &KeyPolicies, key: &KeyFacts, account: AccountId) -> Access {
        let known = self.judged.iter().find(|(arn, of, _)| *arn == key.arn && *of == account);
        if let Some((_, _, access)) = known {
            return access.clone();
        }
        let access = judge(policies, key, account, Need::Snapshot);
        self.judged.push((key.arn.clone(), account, access.clone()));
        access
    }

    /// A customer key of a scope that a snapshot can be encrypted under: the first that fits.
    pub fn usable_key(&mut self, scope: Scope) -> Option<&'a KeyFacts> {
        self.keys(scope)?.iter().find(|key| key.can_encrypt())
    }
}

impl KeyFacts {
    /// Whether RDS can use it (ENC-10, ENC-11, KMS-03): symmetric, for encryption, enabled.
    pub fn can_encrypt(&self) -> bool {
        self.spec.exact() == "SYMMETRIC_DEFAULT"
            && self.usage.exact() == "ENCRYPT_DECRYPT"
            && self.is_usable()
    }

    /// Whether its state lets it be used (KMS-03).
    pub fn is_usable(&self) -> bool {
        match &self.state {
            KeyState::Enabled => true,
            KeyState::Disabled | KeyState::PendingDeletion => false,
            KeyState::Other(word) => word.exact() == "Updating",
        }
    }

    /// How it is called in a sentence: its first alias, else its id.
    pub fn label(&self) -> String {
        self.aliases.first().map_or_else(|| self.arn.id().to_owned(), ToString::to_string)
    }

    /// How it is given to AWS: its first alias, else its ARN.
    pub fn handle(&self) -> String {
        self.aliases.first().map_or_else(|| self.arn.exact().to_owned(), |alias| alias.exact().to_owned())
    }
}
