//! What a case knows of copies: which it makes, where, under which names, and how the source fares.

use crate::domain::{AccountId, EncryptionClass, Fact, Fault, Field, Question, Region, Scope};

use super::{Case, names};
use crate::domain::{Action, SnapshotType};

/// A copy that a draft makes: its own result, or the one that is made first.
#[derive(Debug, Clone)]
pub(crate) struct MadeCopy {
    /// The field that names it.
    pub(crate) field: Field,
    /// Where it is made, and who makes it.
    pub(crate) to: Scope,
}

impl Case<'_> {
    /// The copies that the draft makes, the first one first.
    pub(crate) fn made_copies(&self) -> impl Iterator<Item = MadeCopy> + use<> {
        let first = self.has_first_copy().then(|| self.first_copy_scope()).flatten();
        let result = match self.draft.action {
            Action::Copy | Action::Encrypt => self.destination(),
            Action::Share | Action::Restore | Action::Export | Action::Delete => None,
        };
        let first = first.map(|to| MadeCopy { field: Field::FirstCopy, to });
        first.into_iter().chain(result.map(|to| MadeCopy { field: Field::Name, to }))
    }

    /// The name of the result of a copy: as typed, else derived from the source's and free where that is known.
    pub(crate) fn copy_name(&mut self) -> Option<String> {
        if let Some(typed) = self.draft.text(Field::Name) {
            return Some(typed.to_owned());
        }
        let to = self.destination()?;
        let (kind, source) = (self.kind(), self.draft.snapshot.exact_name());
        let longest = names::longest_snapshot(kind);
        let wanted = if to == self.home() && !source.contains(':') {
            format!("{}-copy", names::legal(source, longest - "-copy".len()))
        } else {
            names::legal(source, longest)
        };
        Some(self.free_name(to, kind, &wanted).unwrap_or(wanted))
    }

    /// How what is copied is encrypted: the first copy where there is one, else the snapshot.
    pub(crate) fn copied_encryption(&mut self) -> Option<EncryptionClass> {
        match self.draft.action {
            Action::Copy | Action::Share => self.shared_encryption(),
            Action::Encrypt | Action::Restore | Action::Export | Action::Delete => self.encryption(),
        }
    }

    /// Whether what is copied is encrypted under a KMS key, whichever.
    pub(crate) fn copied_under_kms(&mut self) -> Option<bool> {
        Some(match self.copied_encryption()? {
            EncryptionClass::None | EncryptionClass::AwsOwned => false,
            EncryptionClass::AwsManaged | EncryptionClass::Customer | EncryptionClass::Unknown => true,
        })
    }

    /// The account that acts, when it is another one than the owner.
    pub(crate) fn taker(&self) -> Option<AccountId> {
        self.to_account().ok().filter(|to| *to != self.owner())
    }

    /// Whether what is copied or shared is a manual snapshot; `None` while that is not known.
    pub(crate) fn is_manual(&mut self) -> Option<bool> {
        // A restore's first copy is made of what was shared, so it makes nothing manual.
        let is_copied_at_home = self.has_first_copy() && self.draft.action != Action::Restore;
        Some(is_copied_at_home || self.snapshot()?.row.snapshot_type == SnapshotType::Manual)
    }

    /// Why a fact could not be learned, if it was asked for in vain.
    pub(crate) fn fault(&self, question: &Question) -> Option<Fault> {
        match self.known.get(question) {
            Fact::Failed(fault) => Some(fault),
            Fact::Unasked | Fact::Known { .. } => None,
        }
    }
}

/// Whether a text has the form of a region's name, as `eu-west-1`; AWS adds regions, so no list decides.
pub(crate) fn is_region(region: &Region) -> bool {
    let parts: Vec<&str> = region.name().split('-').collect();
    let lower = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    match &parts[..] {
        [words @ .., number] if words.len() >= 2 => {
            words.iter().all(|word| lower(word))
                && !number.is_empty()
                && number.bytes().all(|b| b.is_ascii_digit())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_has_the_form_of_one_whether_it_is_known_or_not() {
        for name in ["us-east-1", "us-gov-west-1", "eusc-de-east-1", "eu-north-7", "us-isob-east-1"] {
            assert!(is_region(&Region::new(name)), "{name}");
        }
        for name in
            ["", "mars", "eu-west", "eu--1", "EU-WEST-1", "eu-west-1.example.org", "eu west 1", "a-b-c"]
        {
            assert!(!is_region(&Region::new(name)), "{name}");
        }
    }
}
