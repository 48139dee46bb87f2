//! A key as it was typed: an id, an ARN, an alias or the ARN of an alias, and what is wrong with it.
//!
//! One typed key has one fault at most, the first of: no key's name, elsewhere, not there, not
//! symmetric, not usable now. So each rule that owns one of them speaks alone.

use crate::domain::{
    AccountId, Action, Field, KeyArn, KeyFacts, KeyManager, KeyState, Partition, Region, Scope, Shown,
};

use super::{Case, Detour, Fix, kms};

/// A field that names a key, what was typed there, and where the key has to live.
#[derive(Debug, Clone)]
pub(super) struct NamedKey<'a> {
    /// The field.
    pub(super) field: Field,
    /// What was typed.
    pub(super) text: &'a str,
    /// The scope that uses it.
    pub(super) scope: Scope,
}

/// What is wrong with a typed key.
#[derive(Debug, Clone)]
pub(super) enum KeyFault<'a> {
    /// It has the form of an ARN and is the ARN of no key and no alias.
    Malformed,
    /// It lives in another region.
    Elsewhere(Region),
    /// There is no such key where it is needed.
    NotThere,
    /// It is asymmetric, or not for encryption.
    NotSymmetric(&'a KeyFacts),
    /// Its state forbids its use.
    NotUsable(&'a KeyFacts),
}

/// The form of a typed key.
enum Form {
    Arn { region: Region, partition: Option<Partition> },
    Name,
    Malformed,
}

impl<'a> NamedKey<'a> {
    /// The keys that a draft names: its result's, and its first copy's.
    pub(super) fn of(case: &Case<'a>) -> impl Iterator<Item = Self> + use<'a> {
        let named = |field: Field, scope: Option<Scope>| {
            let text = case.draft.text(field)?.trim();
            Some(Self { field, text, scope: scope? })
        };
        let result = named(Field::KmsKey, case.destination());
        let first = named(Field::FirstKey, case.first_copy_scope());
        [result, first].into_iter().flatten()
    }

    /// What is wrong with it, as far as that is known.
    pub(super) fn fault(&self, case: &mut Case<'a>) -> Option<KeyFault<'a>> {
        match form(self.text) {
            Form::Malformed => return Some(KeyFault::Malformed),
            Form::Arn { partition: Some(other), region, .. } if other != self.scope.region.partition() => {
                return Some(KeyFault::Elsewhere(region));
            }
            Form::Arn { region, .. } if region != self.scope.region => {
                return Some(KeyFault::Elsewhere(region));
            }
            Form::Arn { .. } | Form::Name => {}
        }
        let Some(key) = case.key(self.scope.clone(), self.text)? else { return Some(KeyFault::NotThere) };
        if key.spec.exact() != "SYMMETRIC_DEFAULT" || key.usage.exact() != "ENCRYPT_DECRYPT" {
            Some(KeyFault::NotSymmetric(key))
        } else if key.can_encrypt() {
            None
        } else {
            Some(KeyFault::NotUsable(key))
        }
    }

    /// Whether it was typed as an ARN.
    pub(super) fn is_arn(&self) -> bool {
        matches!(form(self.text), Form::Arn { .. })
    }

    /// The typed text, harmless.
    pub(super) fn shown(&self) -> Shown {
        Shown::from(self.text)
    }

    /// The fix that puts a key of the right place there: the replica of the typed one, else the
    /// first customer key that can be used.
    pub(super) fn other_key(&self, case: &mut Case<'a>) -> Option<Fix> {
        if let Some(replica) = self.replica(case) {
            let label = format!("use its replica in {}", self.scope.region);
            return Some(Fix::set(label, self.field, replica.exact()));
        }
        offer(case, self.field, self.scope.clone())
    }

    /// The key of the same multi-Region set that lives where it is needed (COPY-13).
    fn replica(&self, case: &mut Case<'a>) -> Option<&'a KeyArn> {
        let arn: KeyArn = self.text.parse().ok()?;
        if !arn.is_multi_region() || *arn.region() == *self.scope.region.name() {
            return None;
        }
        let account = arn.account().filter(|owner| case.is_ours(*owner))?;
        let key = case.key(Scope { account, region: Region::new(arn.region()) }, arn.exact())??;
        key.replicas.iter().find(|replica| *replica.region() == *self.scope.region.name())
    }
}

/// The fix that puts a scope's first usable customer key into a field: one that is not the snapshot's
/// own, where there is a choice.
pub(super) fn offer(case: &mut Case<'_>, field: Field, scope: Scope) -> Option<Fix> {
    if field == Field::FirstKey && matches!(case.draft.action, Action::Copy | Action::Share) {
        // What is shared goes under a key that those who get it can use.
        let best = kms::best(case, scope, None)??;
        let label = format!("use {}{}", best.key.label(), best.merit(case));
        return Some(Fix::set(label, field, best.key.handle()));
    }
    let own = case.snapshot_key();
    let keys = case.keys(scope)?;
    let other = keys.iter().find(|key| key.can_encrypt() && Some(&key.arn) != own);
    let key = other.or_else(|| keys.iter().find(|key| key.can_encrypt()))?;
    Some(Fix::set(format!("use {}", key.label()), field, key.handle()))
}

/// A key's state in a few words.
pub(super) fn state_words(state: &KeyState) -> String {
    match state {
        KeyState::Enabled => "is enabled".to_owned(),
        KeyState::Disabled => "is disabled".to_owned(),
        KeyState::PendingDeletion => "is waiting to be deleted".to_owned(),
        KeyState::Other(word) => format!("is in the state {word}"),
    }
}

/// What has to be done to a key that cannot be used now.
fn repair_words(state: &KeyState) -> &'static str {
    match state {
        KeyState::Enabled => "nothing: it is enabled",
        KeyState::Disabled => "enable the key",
        KeyState::PendingDeletion => "cancel its deletion, then enable it",
        KeyState::Other(_) => "bring the key back into use",
    }
}

/// Whether somebody here can bring a key back that does not work.
pub(super) fn can_be_repaired(case: &Case<'_>, key: &KeyFacts) -> bool {
    key.manager == KeyManager::Customer
        && matches!(key.state, KeyState::Disabled | KeyState::PendingDeletion)
        && key.arn.account().is_some_and(|owner| case.is_ours(owner))
}

/// The way out of a key that does not work: bringing it back first, where that can be done here.
pub(super) fn repair(case: &Case<'_>, key: &KeyFacts) -> Fix {
    let label = repair_words(&key.state);
    if case.draft.action.fields().contains(&Field::RepairKey) && can_be_repaired(case, key) {
        return Fix::on(label, Field::RepairKey).by(Detour::RepairKey);
    }
    Fix::outside(label, Detour::RepairKey)
}

fn form(text: &str) -> Form {
    if !text.starts_with("arn:") {
        return if text.contains(char::is_whitespace) { Form::Malformed } else { Form::Name };
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts[..] {
        ["arn", partition, "kms", region, account, resource]
            if !region.is_empty()
                && account.parse::<AccountId>().is_ok()
                && (resource.starts_with("key/") || resource.starts_with("alias/")) =>
        {
            Form::Arn { region: Region::new(region), partition: Partition::of_name(partition) }
        }
        _ => Form::Malformed,
    }
}
