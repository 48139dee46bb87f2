//! Whether an account can use a key, as far as the key's own side decides it (KMS-01..KMS-11).
//!
//! - An unknown is never a yes: what cannot be decided makes the answer [`Access::Unknown`], or leaves out what
//!   it would have allowed.
//! - An explicit Deny wins over every Allow and every grant.
//! - The account is judged as "some role or user of it, whose own policy allows everything"; its own policies,
//!   service control policies and boundaries cannot be seen from here (KMS-01).

use std::fmt;

use crate::domain::{
    AccountId, BadPolicy, Effect, Grant, KeyFacts, KeyManager, KeyPolicies, KeyState, Policy, Shown,
};

use super::statement::{Asked, Reach, reach};

/// The operations that a use of a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// A copy or a restore of what is encrypted under it (KMS-07).
    Snapshot,
    /// An export that is encrypted under it (EXP-06).
    Export,
}

impl Need {
    /// The operations by their KMS names; the first decides alone (SHARE-08).
    pub fn operations(self) -> &'static [&'static str] {
        match self {
            Self::Snapshot => &[
                "CreateGrant",
                "DescribeKey",
                "Decrypt",
                "Encrypt",
                "ReEncryptFrom",
                "ReEncryptTo",
                "GenerateDataKey",
                "GenerateDataKeyWithoutPlaintext",
            ],
            Self::Export => &["CreateGrant", "DescribeKey"],
        }
    }
}

/// Whether an account can use a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The key's side allows it.
    Yes,
    /// The key's side allows it to these roles and users alone (KMS-05).
    Only {
        /// Their ARNs, as the policy writes them.
        principals: Vec<Shown>,
        /// Where it says so.
        by: Place,
    },
    /// CreateGrant is allowed and these operations are not: it likely fails (KMS-07).
    Incomplete {
        /// The operations that are missing, by their KMS names.
        missing: Vec<&'static str>,
    },
    /// It is not allowed.
    No {
        /// Why not.
        why: Refusal,
    },
    /// It cannot be told from what can be read.
    Unknown {
        /// What cannot be decided.
        why: Doubt,
    },
}

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is a default key, whose policy admits its own account alone (KMS-11).
    AwsManaged,
    /// Its state forbids every use (KMS-03).
    State(KeyState),
    /// A statement denies this operation.
    Denied(Place, &'static str),
    /// Nothing allows anything that is needed.
    Nothing,
    /// CreateGrant is missing, with what else is.
    Lacks(Vec<&'static str>),
    /// What is needed is allowed, but never all of it to one role or user.
    Scattered,
}

/// What cannot be decided about a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// A statement depends on this condition key.
    Condition(Place, Shown),
    /// A statement names the principals that it does not mean.
    NotPrincipal(Place),
    /// A statement denies some roles or users of the account.
    DeniesSome(Place),
    /// It rests on a policy of Resource Access Manager, and AWS does not say that RDS takes that (KMS-10).
    Ram,
    /// The key policy could not be made sense of.
    Policy(BadPolicy),
    /// The grants could not be listed.
    Grants,
    /// The grant with this id has constraints.
    GrantConstraint(Shown),
}

/// A statement of a key policy, or a grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The statement with this `Sid`.
    Sid(Shown),
    /// The statement with this number, the first being 1.
    Number(usize),
    /// The grant with this id.
    Grant(Shown),
}

/// Judges whether an account can use a key of another account or its own, for what is needed.
pub fn judge(policies: &KeyPolicies, key: &KeyFacts, account: AccountId, need: Need) -> Access {
    if !key.is_usable() {
        return Access::No { why: Refusal::State(key.state.clone()) };
    }
    if key.manager == KeyManager::Aws {
        let own = key.arn.account() == Some(account);
        return if own { Access::Yes } else { Access::No { why: Refusal::AwsManaged } };
    }
    let verdicts =
        need.operations().iter().map(|operation| (*operation, one(policies, key, account, operation)));
    join(verdicts.collect())
}

/// What is decided about one operation.
enum Verdict {
    Allowed,
    Only(Vec<Shown>, Place),
    Doubtful(Doubt),
    Missing,
    Denied(Place),
}

fn one(policies: &KeyPolicies, key: &KeyFacts, account: AccountId, operation: &'static str) -> Verdict {
    let asked = Asked { key: &key.arn, account, operation };
    let mut found = Found::default();
    match &policies.default {
        Ok(policy) => found.read(policy, asked),
        Err(bad) => found.doubt(Doubt::Policy(bad.clone())),
    }
    match &policies.aws_ram {
        Some(Ok(policy)) => found.read_ram(policy, asked),
        Some(Err(bad)) => found.doubt(Doubt::Policy(bad.clone())),
        None => {}
    }
    match &policies.grants {
        Ok(grants) => grants.iter().for_each(|grant| found.read_grant(grant, asked)),
        Err(_) => found.doubt(Doubt::Grants),
    }
    found.verdict()
}

/// What policies and grants say of one operation, taken together.
#[derive(Default)]
struct Found {
    denied: Option<Place>,
    deny_doubt: Option<Doubt>,
    allowed: bool,
    only: Vec<Shown>,
    only_by: Option<Place>,
    doubt: Option<Doubt>,
}

impl Found {
    fn doubt(&mut self, doubt: Doubt) {
        self.doubt.get_or_insert(doubt);
    }

    fn read(&mut self, policy: &Policy, asked: Asked<'_>) {
        for (n, statement) in policy.statements.iter().enumerate() {
            let place = || statement.sid.clone().map_or(Place::Number(n + 1), Place::Sid);
            match (statement.effect, reach(statement, asked)) {
                (_, Reach::No) => {}
                (Effect::Allow, Reach::Yes) => self.allowed = true,
                (Effect::Allow, Reach::Only(principals)) => self.admit(principals, place()),
                (Effect::Allow, Reach::Condition(key)) => self.doubt(Doubt::Condition(place(), key)),
                (Effect::Allow, Reach::NotPrincipal) => self.doubt(Doubt::NotPrincipal(place())),
                (Effect::Deny, Reach::Yes) => {
                    self.denied.get_or_insert_with(place);
                }
                (Effect::Deny, Reach::Only(_)) => {
                    self.deny_doubt.get_or_insert_with(|| Doubt::DeniesSome(place()));
                }
                (Effect::Deny, Reach::Condition(key)) => {
                    self.deny_doubt.get_or_insert_with(|| Doubt::Condition(place(), key));
                }
                (Effect::Deny, Reach::NotPrincipal) => {
                    self.deny_doubt.get_or_insert_with(|| Doubt::NotPrincipal(place()));
                }
            }
        }
    }

    /// A policy of Resource Access Manager denies like any other, and allows nothing that is sure.
    fn read_ram(&mut self, policy: &Policy, asked: Asked<'_>) {
        let mut ram = Self::default();
        ram.read(policy, asked);
        if ram.allowed || !ram.only.is_empty() || ram.doubt.is_some() {
            self.doubt(Doubt::Ram);
        }
        self.denied = self.denied.take().or(ram.denied);
        self.deny_doubt = self.deny_doubt.take().or(ram.deny_doubt);
    }

    fn read_grant(&mut self, grant: &Grant, asked: Asked<'_>) {
        if !grant.operations.iter().any(|operation| operation.exact() == asked.operation) {
            return;
        }
        match asked.principal(grant.grantee.exact()) {
            Reach::No | Reach::Condition(_) | Reach::NotPrincipal => {}
            Reach::Yes | Reach::Only(_) if grant.constrained => {
                self.doubt(Doubt::GrantConstraint(grant.id.clone()));
            }
            Reach::Yes => self.allowed = true,
            Reach::Only(principals) => self.admit(principals, Place::Grant(grant.id.clone())),
        }
    }

    fn admit(&mut self, principals: Vec<Shown>, by: Place) {
        self.only.extend(principals);
        self.only_by.get_or_insert(by);
    }

    fn verdict(self) -> Verdict {
        match (self.denied, self.deny_doubt) {
            (Some(place), _) => return Verdict::Denied(place),
            // A Deny that may hold makes every yes doubtful, and leaves a no as it is.
            (None, Some(doubt)) if self.allowed || self.only_by.is_some() || self.doubt.is_some() => {
                return Verdict::Doubtful(doubt);
            }
            (None, _) => {}
        }
        match (self.allowed, self.only_by, self.doubt) {
            (true, ..) => Verdict::Allowed,
            (false, Some(by), _) => Verdict::Only(self.only, by),
            (false, None, Some(doubt)) => Verdict::Doubtful(doubt),
            (false, None, None) => Verdict::Missing,
        }
    }
}

/// The answer for all operations together: the worst of them, as KMS-07 grades them.
fn join(verdicts: Vec<(&'static str, Verdict)>) -> Access {
    let mut missing = vec![];
    let mut doubt = None;
    let mut only: Option<(Vec<Shown>, Place)> = None;
    let (count, first) = (verdicts.len(), verdicts.first().map(|(operation, _)| *operation));
    for (operation, verdict) in verdicts {
        match verdict {
            Verdict::Denied(place) => return Access::No { why: Refusal::Denied(place, operation) },
            Verdict::Missing => missing.push(operation),
            Verdict::Doubtful(why) => {
                doubt.get_or_insert(why);
            }
            Verdict::Only(principals, by) => {
                only = Some(match only {
                    None => (principals, by),
                    Some((mut all, by)) => {
                        all.retain(|one| principals.contains(one));
                        (all, by)
                    }
                });
            }
            Verdict::Allowed => {}
        }
    }
    if missing.len() == count {
        Access::No { why: Refusal::Nothing }
    } else if missing.first().copied() == first {
        Access::No { why: Refusal::Lacks(missing) }
    } else if !missing.is_empty() {
        Access::Incomplete { missing }
    } else if let Some(why) = doubt {
        Access::Unknown { why }
    } else {
        match only {
            None => Access::Yes,
            Some((principals, _)) if principals.is_empty() => Access::No { why: Refusal::Scattered },
            Some((principals, by)) => Access::Only { principals, by },
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sid(sid) => write!(f, "the statement {sid}"),
            Self::Number(n) => write!(f, "statement {n}"),
            Self::Grant(id) => write!(f, "the grant {id}"),
        }
    }
}

impl fmt::Display for Refusal {
    /// Why not, as the end of "... may not use the key: ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AwsManaged => f.write_str("a default key admits its own account alone"),
            Self::State(KeyState::Enabled) => f.write_str("the key cannot be used now"),
            Self::State(KeyState::Disabled) => f.write_str("the key is disabled"),
            Self::State(KeyState::PendingDeletion) => f.write_str("the key is waiting to be deleted"),
            Self::State(KeyState::Other(word)) => write!(f, "the key is in the state {word}"),
            Self::Denied(place, operation) => write!(f, "{place} denies kms:{operation}"),
            Self::Nothing => f.write_str("its policy does not name the account"),
            Self::Lacks(missing) => write!(f, "its policy leaves out kms:{}", missing.join(", kms:")),
            Self::Scattered => f.write_str("no single role or user of the account gets all that is needed"),
        }
    }
}

impl fmt::Display for Doubt {
    /// What cannot be decided, as the end of "... is not known: ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition(place, key) => write!(f, "{place} depends on {key}"),
            Self::NotPrincipal(place) => write!(f, "{place} has a NotPrincipal"),
            Self::DeniesSome(place) => write!(f, "{place} denies some of its roles or users"),
            Self::Ram => f.write_str(
                "the key is shared by Resource Access Manager, and AWS does not say that RDS takes that",
            ),
            Self::Policy(bad) => write!(f, "the key policy cannot be read: {bad}"),
            Self::Grants => f.write_str("the key's grants could not be listed"),
            Self::GrantConstraint(id) => write!(f, "the grant {id} has constraints"),
        }
    }
}

#[cfg(test)]
mod tests;
