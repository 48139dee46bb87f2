//! What a case knows of sharing: whom it is shared with, what stands in the way, and the copy that is shared instead.

use super::{Case, names};
use crate::domain::{
    AccountId, Action, Encryption, EncryptionClass, Field, KeyFacts, KeyManager, Kind, OptionGroup, Scope,
    Shown, Via,
};

/// The option group of the snapshot, as far as it can be learned.
pub(crate) enum SourceOptions<'a> {
    /// None, or the default one, which has no options.
    Default,
    /// The snapshot names a group that its region does not have any more (OG-02).
    Gone(Shown),
    /// The owner is not one of ours: only it can look.
    Foreign(Shown),
    /// The group.
    Group(&'a OptionGroup),
}

impl<'a> Case<'a> {
    /// The accounts that get access, without those that have it and without what is no account id.
    pub(crate) fn added(&mut self) -> Vec<AccountId> {
        let draft = self.draft;
        if draft.list(Field::With).is_empty() {
            return vec![];
        }
        let has_copy = self.has_first_copy();
        let owner = self.owner();
        let present = if has_copy { &[][..] } else { self.share().map_or(&[][..], |share| share.accounts()) };
        let ids = draft.list(Field::With).iter().filter_map(|text| text.trim().parse().ok());
        let mut added: Vec<AccountId> = ids.filter(|id| *id != owner && !present.contains(id)).collect();
        added.sort_unstable();
        added.dedup();
        added
    }

    /// Whether somebody gets access who has none. What only takes access away is never held up by what forbids sharing.
    pub(crate) fn gives_access(&mut self) -> bool {
        self.is_made_public() || !self.added().is_empty()
    }

    /// Whether an account has a name here: ours, or one that the settings know.
    pub(crate) fn has_name(&self, account: AccountId) -> bool {
        self.known.account_name(account).is_some()
    }

    /// Whether the draft makes it public.
    pub(crate) fn is_made_public(&self) -> bool {
        self.draft.text(Field::Visibility) == Some("public")
    }

    /// Whether the draft makes it no longer public.
    pub(crate) fn is_made_private(&self) -> bool {
        self.draft.text(Field::Visibility) == Some("private")
    }

    /// Where the first copy is made: a restore needs it where it restores, anything else at home.
    pub(crate) fn first_copy_scope(&self) -> Option<Scope> {
        let home = self.home();
        match (self.draft.action, self.draft.via()) {
            (Action::Restore, _) => self.destination(),
            (Action::Copy, Some(Via::Region)) => Some(Scope { account: home.account, ..self.destination()? }),
            (Action::Copy, Some(Via::Account)) => Some(Scope { region: home.region, ..self.destination()? }),
            (Action::Copy | Action::Share | Action::Encrypt | Action::Export | Action::Delete, _) => {
                Some(home)
            }
        }
    }

    /// A legal name for the first copy that is free where it is made, as far as that is known.
    pub(crate) fn first_copy_name(&mut self) -> String {
        if let Some(name) = self.draft.text(Field::FirstCopy) {
            return name.to_owned();
        }
        let (kind, home) = (self.kind(), self.home());
        let longest = names::longest_snapshot(kind);
        let name = self.draft.snapshot.exact_name();
        let to = self.first_copy_scope();
        let wanted = match to {
            // A manual snapshot's own name is taken where it lies.
            Some(ref to) if *to == home && !name.contains(':') => {
                format!("{}-copy", names::legal(name, longest - "-copy".len()))
            }
            _ => names::legal(name, longest),
        };
        to.and_then(|to| self.free_name(to, kind, &wanted)).unwrap_or(wanted)
    }

    /// The key that was chosen for the first copy, as seen where that is made.
    pub fn first_key(&mut self) -> Option<Option<&'a KeyFacts>> {
        let name = self.draft.text(Field::FirstKey)?;
        let scope = self.first_copy_scope()?;
        self.key(scope, name)
    }

    /// The key of what is given away: the first copy's where there is one, else the snapshot's.
    pub fn shared_key(&mut self) -> Option<Option<&'a KeyFacts>> {
        if self.has_first_copy() && self.draft.text(Field::FirstKey).is_some() {
            self.first_key()
        } else {
            self.source_key()
        }
    }

    /// How what is given away is encrypted.
    pub(crate) fn shared_encryption(&mut self) -> Option<EncryptionClass> {
        if self.has_first_copy() && self.draft.text(Field::FirstKey).is_some() {
            return Some(match self.first_key()?.map(|key| key.manager) {
                Some(KeyManager::Aws) => EncryptionClass::AwsManaged,
                Some(KeyManager::Customer) => EncryptionClass::Customer,
                None => EncryptionClass::Unknown,
            });
        }
        self.encryption()
    }

    /// Whether the snapshot is encrypted at all, whatever its key; `None` while it is not known.
    pub(crate) fn is_encrypted(&mut self) -> Option<bool> {
        Some(self.snapshot()?.row.encryption != Encryption::None)
    }

    /// Whether the snapshot is under a KMS key; `None` while it is not known.
    pub(crate) fn has_kms_key(&mut self) -> Option<bool> {
        Some(matches!(self.snapshot()?.row.encryption, Encryption::Kms(_) | Encryption::Unnamed))
    }

    /// The option group that the snapshot names; instances only.
    pub(crate) fn source_options(&mut self) -> Option<SourceOptions<'a>> {
        let Some(name) = &self.snapshot()?.row.option_group else { return Some(SourceOptions::Default) };
        if name.exact().starts_with("default:") || self.kind() == Kind::Cluster {
            return Some(SourceOptions::Default);
        }
        let home = self.home();
        if !self.is_ours(home.account) {
            return Some(SourceOptions::Foreign(name.clone()));
        }
        let groups = self.option_groups(home)?;
        let group = groups.iter().find(|group| group.name.exact().eq_ignore_ascii_case(name.exact()));
        Some(group.map_or_else(|| SourceOptions::Gone(name.clone()), SourceOptions::Group))
    }
}
