//! How the accounts of a draft are let use the key of what they get: what has to be changed, or why it cannot be.

use crate::domain::{
    AccountId, Action, EncryptionClass, Fault, Field, KeyAccess, KeyArn, KeyChange, KeyFacts, Partition,
    Policy, Question, Region, Shown,
};
use crate::rules::{Access, Case};

/// Why a key cannot be changed as a draft asks.
pub(in crate::rules) enum Obstacle {
    /// There are two ways, and this is none.
    NoSuchWay(Shown),
    /// Nobody here can describe the key.
    UnknownKey,
    /// The key belongs to an account that is not ours.
    Foreign(AccountId),
    /// The policy cannot be read, so none can be put in its place.
    Unreadable(String),
    /// The new policy would have this many bytes.
    TooLong(usize),
}

/// The ways to let an account use a key.
#[derive(Clone, Copy)]
enum Way {
    Policy,
    Grants,
}

/// The change of a key that a draft asks for: none when it asks for none, or when none is needed. `None` while
/// that is still to be asked.
pub(in crate::rules) fn key_access(case: &mut Case<'_>) -> Option<Result<Option<KeyAccess>, Obstacle>> {
    match wanted(case) {
        // What was asked in vain will not be known later either.
        None if !case.waits() => Some(Err(Obstacle::UnknownKey)),
        wanted => wanted,
    }
}

fn wanted(case: &mut Case<'_>) -> Option<Result<Option<KeyAccess>, Obstacle>> {
    let way = match case.draft.text(Field::KeyAccess) {
        None => return Some(Ok(None)),
        Some("policy") => Way::Policy,
        Some("grant") => Way::Grants,
        Some(other) => return Some(Err(Obstacle::NoSuchWay(other.into()))),
    };
    let takers = takers(case);
    if takers.is_empty() {
        return Some(Ok(None));
    }
    match class(case)? {
        EncryptionClass::None | EncryptionClass::AwsOwned | EncryptionClass::AwsManaged => Some(Ok(None)),
        EncryptionClass::Unknown => Some(Err(Obstacle::UnknownKey)),
        EncryptionClass::Customer => change(case, way, takers),
    }
}

/// The accounts that get something.
pub(super) fn takers(case: &mut Case<'_>) -> Vec<AccountId> {
    match case.draft.action {
        Action::Share => case.added(),
        Action::Copy | Action::Restore => case.taker().into_iter().collect(),
        Action::Encrypt | Action::Export | Action::Delete => vec![],
    }
}

/// How what they get is encrypted.
fn class(case: &mut Case<'_>) -> Option<EncryptionClass> {
    match case.draft.action {
        Action::Share => case.shared_encryption(),
        Action::Copy | Action::Restore | Action::Encrypt | Action::Export | Action::Delete => {
            case.copied_encryption()
        }
    }
}

/// The key of what they get.
fn given_key<'a>(case: &mut Case<'a>) -> Option<&'a KeyFacts> {
    match case.draft.action {
        Action::Share => case.shared_key().flatten(),
        Action::Copy | Action::Restore | Action::Encrypt | Action::Export | Action::Delete => {
            case.taken_key()
        }
    }
}

fn change(
    case: &mut Case<'_>,
    way: Way,
    mut accounts: Vec<AccountId>,
) -> Option<Result<Option<KeyAccess>, Obstacle>> {
    let key = given_key(case)?;
    let owner = key.arn.account()?;
    accounts.retain(|account| *account != owner);
    if !accounts.is_empty() && !case.is_ours(owner) {
        return Some(Err(Obstacle::Foreign(owner)));
    }
    let known = case.key_policies(&key.arn);
    if let Some(policies) = known {
        accounts.retain(|account| case.may_use(policies, key, *account) != Access::Yes);
    }
    if accounts.is_empty() {
        return Some(Ok(None));
    }
    let by = match (way, known.map(|policies| &policies.default)) {
        (Way::Grants, _) => KeyChange::Grants,
        (Way::Policy, Some(Ok(policy))) => match statements(policy, &key.arn, &accounts) {
            Ok(KeyChange::Policy { before, after }) if before == after => return Some(Ok(None)),
            Ok(change) => change,
            Err(obstacle) => return Some(Err(obstacle)),
        },
        (Way::Policy, Some(Err(bad))) => return Some(Err(Obstacle::Unreadable(bad.to_string()))),
        (Way::Policy, None) => {
            let fault = policy_fault(case, &key.arn)?;
            let why = fault.code.as_ref().map_or_else(|| fault.class.name().to_owned(), ToString::to_string);
            return Some(Err(Obstacle::Unreadable(why)));
        }
    };
    Some(Ok(Some(KeyAccess { key: key.arn.clone(), accounts, by })))
}

/// The policy with what the accounts need (KMS-17).
fn statements(policy: &Policy, key: &KeyArn, accounts: &[AccountId]) -> Result<KeyChange, Obstacle> {
    let partition = Partition::of_name(key.exact().split(':').nth(1).unwrap_or_default());
    let partition = partition.unwrap_or_else(|| Region::new(key.region()).partition());
    let (before, after) = (policy.text().clone(), policy.admitting(partition, accounts));
    if after.len() > Policy::LONGEST {
        return Err(Obstacle::TooLong(after.len()));
    }
    Ok(KeyChange::Policy { before, after })
}

/// Why the policies of a key could not be read; `None` while they were not asked for.
pub(super) fn policy_fault(case: &Case<'_>, key: &KeyArn) -> Option<Fault> {
    let scope = key.home()?;
    case.fault(&Question::KeyPolicy(scope, key.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyPolicies, Policy};
    use crate::rules::testing::{World, account, region};
    use crate::rules::{Need, judge};

    #[test]
    fn the_statements_on_offer_are_enough() {
        let shut = Policy::parse(r#"{"Statement":[]}"#).expect("a policy");
        let default = Policy::parse(&shut.admitting(Partition::Aws, &[account("222")]));
        let policies = KeyPolicies { default, aws_ram: None, grants: Ok(vec![]) };
        let key = World::customer_key(account("111"), &region("use1"));
        assert_eq!(judge(&policies, &key, account("222"), Need::Snapshot), Access::Yes);
        assert_ne!(judge(&policies, &key, account("333"), Need::Snapshot), Access::Yes);
    }
}
