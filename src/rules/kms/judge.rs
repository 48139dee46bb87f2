//! Whether an account can use a key, as far as the key's own side decides it (KMS-01..KMS-11).
//!
//! - An unknown is never a yes: what cannot be decided makes the answer [`Access::Unknown`], or leaves out what
//!   it would have allowed.
//! - An explicit Deny wins over every Allow and every grant.
//! - The account is judged as "some role or user of it, whose own policy allows everything"; its own policies,
//!   service control policies and boundaries cannot be seen from here (KMS-01).

mod words;

use crate::domain::{
    AccountId, BadPolicy, Effect, Grant, KEY_OPERATIONS, KeyFacts, KeyManager, KeyPolicies, KeyState,
    Partition, Policy, Principal, Shown, Statement,
};

use super::asked::{Asked, matches};
use super::statement::{Reach, reach, whom};

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
            Self::Snapshot => &KEY_OPERATIONS,
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
    /// CreateGrant is allowed and these operations are not to the same principals: it likely fails (KMS-07).
    Incomplete {
        /// The operations that are missing, by their KMS names.
        missing: Vec<&'static str>,
        /// The roles and users that alone may do the rest; none where everybody of the account may.
        alone: Vec<Shown>,
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
    let partition = Partition::of_name(key.arn.exact().split(':').nth(1).unwrap_or_default());
    let asked = |operation| Asked { key: &key.arn, partition, account, operation };
    let heard = Heard::of(policies, asked(need.operations()[0]));
    join(need.operations().iter().map(|operation| (*operation, one(&heard, asked(operation)))).collect())
}

/// What speaks of the account at all, whatever the operation: little of a long policy.
struct Heard<'a> {
    policies: &'a KeyPolicies,
    default: Vec<Said<'a>>,
    aws_ram: Vec<Said<'a>>,
    grants: Vec<(&'a Grant, Reach)>,
}

/// A statement with its number, the first being 1, and whom of the account it means.
struct Said<'a> {
    number: usize,
    statement: &'a Statement,
    whom: Reach,
}

impl<'a> Heard<'a> {
    fn of(policies: &'a KeyPolicies, asked: Asked<'_>) -> Self {
        let of = |policy: Option<&'a Policy>| {
            let statements = policy.map_or(&[][..], |policy| &policy.statements);
            let all = statements.iter().zip(1..);
            let said =
                all.map(|(statement, number)| Said { number, statement, whom: whom(statement, asked) });
            said.filter(|said| said.whom != Reach::No).collect()
        };
        let grants = policies.grants.iter().flatten();
        let grants = grants.map(|grant| (grant, asked.principal(&Principal::of(grant.grantee.exact()))));
        Self {
            policies,
            default: of(policies.default.as_ref().ok()),
            aws_ram: of(policies.aws_ram.as_ref().and_then(|ram| ram.as_ref().ok())),
            grants: grants.filter(|(_, whom)| *whom != Reach::No).collect(),
        }
    }
}

impl Said<'_> {
    fn reach(&self, asked: Asked<'_>) -> Reach {
        reach(&self.whom, self.statement, asked)
    }

    fn place(&self) -> Place {
        self.statement.sid.clone().map_or(Place::Number(self.number), Place::Sid)
    }

    fn is(&self, effect: Effect) -> bool {
        self.statement.effect == effect
    }
}

/// Roles and users of the account.
#[derive(Debug, Clone)]
enum Who {
    /// All of them.
    All,
    /// These, by ARN or pattern; nobody when there are none.
    These(Vec<Shown>),
}

impl Who {
    const NOBODY: Self = Self::These(vec![]);

    fn is_nobody(&self) -> bool {
        matches!(self, Self::These(some) if some.is_empty())
    }

    fn add(&mut self, more: &[Shown]) {
        if let Self::These(some) = self {
            some.extend_from_slice(more);
        }
    }

    /// Those who are in both.
    fn and(&self, other: &Self) -> Self {
        let (mine, theirs) = match (self, other) {
            (Self::All, who) | (who, Self::All) => return who.clone(),
            (Self::These(mine), Self::These(theirs)) => (mine, theirs),
        };
        let within = |one: &Shown, all: &[Shown]| all.iter().any(|other| matches(other.exact(), one.exact()));
        let mut both: Vec<Shown> = mine.iter().filter(|one| within(one, theirs)).cloned().collect();
        both.extend(
            theirs.iter().filter(|one| !both.contains(one) && within(one, mine)).cloned().collect::<Vec<_>>(),
        );
        Self::These(both)
    }
}

/// What is decided about one operation: who surely may, who possibly may, and what keeps them apart.
struct Verdict {
    denied: Option<Place>,
    sure: Who,
    possible: Who,
    /// Where somebody is named.
    by: Option<Place>,
    doubt: Option<Doubt>,
}

fn one(heard: &Heard<'_>, asked: Asked<'_>) -> Verdict {
    let mut verdict =
        Verdict { denied: None, sure: Who::NOBODY, possible: Who::NOBODY, by: None, doubt: None };
    match &heard.policies.default {
        Ok(_) => verdict.allow(&heard.default, asked),
        Err(bad) => verdict.perhaps(Doubt::Policy(bad.clone())),
    }
    match &heard.policies.aws_ram {
        // What it allows is not sure to count for RDS.
        Some(Ok(_)) if heard.aws_ram.iter().any(|said| may_allow(said, asked)) => {
            verdict.perhaps(Doubt::Ram);
        }
        Some(Err(bad)) => verdict.perhaps(Doubt::Policy(bad.clone())),
        Some(Ok(_)) | None => {}
    }
    match &heard.policies.grants {
        Ok(_) => heard.grants.iter().for_each(|(grant, whom)| verdict.grant(grant, whom, asked)),
        Err(_) => verdict.perhaps(Doubt::Grants),
    }
    // Last: a Deny takes from all that was given.
    for said in [&heard.default, &heard.aws_ram] {
        verdict.deny(said, asked);
    }
    verdict
}

fn may_allow(said: &Said<'_>, asked: Asked<'_>) -> bool {
    said.is(Effect::Allow) && said.reach(asked) != Reach::No
}

impl Verdict {
    /// Somebody may, or nobody: that cannot be decided.
    fn perhaps(&mut self, doubt: Doubt) {
        self.possible = Who::All;
        self.doubt.get_or_insert(doubt);
    }

    fn admit(&mut self, reach: Reach, place: impl Fn() -> Place) {
        match reach {
            Reach::No => {}
            Reach::Yes => (self.sure, self.possible) = (Who::All, Who::All),
            Reach::Only(principals) => {
                self.sure.add(&principals);
                self.possible.add(&principals);
                self.by.get_or_insert_with(place);
            }
            Reach::Condition(key) => self.perhaps(Doubt::Condition(place(), key)),
            Reach::NotPrincipal => self.perhaps(Doubt::NotPrincipal(place())),
        }
    }

    fn allow(&mut self, all: &[Said<'_>], asked: Asked<'_>) {
        for said in all.iter().filter(|said| said.is(Effect::Allow)) {
            self.admit(said.reach(asked), || said.place());
        }
    }

    fn grant(&mut self, grant: &Grant, whom: &Reach, asked: Asked<'_>) {
        if !grant.operations.iter().any(|operation| operation.exact() == asked.operation) {
            return;
        }
        if grant.constrained {
            self.perhaps(Doubt::GrantConstraint(grant.id.clone()));
        } else {
            self.admit(whom.clone(), || Place::Grant(grant.id.clone()));
        }
    }

    fn deny(&mut self, all: &[Said<'_>], asked: Asked<'_>) {
        for said in all.iter().filter(|said| said.is(Effect::Deny)) {
            let doubt = match said.reach(asked) {
                Reach::No => continue,
                Reach::Yes => {
                    self.possible = Who::NOBODY;
                    self.denied.get_or_insert_with(|| said.place());
                    Doubt::DeniesSome(said.place())
                }
                Reach::Only(_) => Doubt::DeniesSome(said.place()),
                Reach::Condition(key) => Doubt::Condition(said.place(), key),
                Reach::NotPrincipal => Doubt::NotPrincipal(said.place()),
            };
            self.sure = Who::NOBODY;
            self.doubt.get_or_insert(doubt);
        }
    }
}

/// The answer for all operations together, as KMS-07 grades them: CreateGrant decides, and who may create
/// grants and lacks something else is likely to fail.
fn join(verdicts: Vec<(&'static str, Verdict)>) -> Access {
    let (mut sure, mut possible) = (Who::All, Who::All);
    let (mut missing, mut nobody, mut doubt, mut by) = (vec![], vec![], None, None);
    for (n, (operation, verdict)) in verdicts.into_iter().enumerate() {
        if let Some(place) = verdict.denied {
            return Access::No { why: Refusal::Denied(place, operation) };
        }
        if verdict.possible.is_nobody() {
            nobody.push(operation);
        }
        let rest = possible.and(&verdict.possible);
        if rest.is_nobody() && n > 0 {
            missing.push(operation);
            continue;
        }
        possible = rest;
        sure = sure.and(&verdict.sure);
        doubt = doubt.or(verdict.doubt);
        by = by.or(verdict.by);
    }
    if possible.is_nobody() {
        let all = missing.len() + 1 == nobody.len();
        return Access::No { why: if all { Refusal::Nothing } else { Refusal::Lacks(nobody) } };
    }
    match (sure, by, doubt) {
        (Who::All, ..) if missing.is_empty() => Access::Yes,
        // Only where CreateGrant is sure does it matter what else is missing.
        (Who::All, ..) => Access::Incomplete { missing, alone: vec![] },
        (Who::These(alone), ..) if !alone.is_empty() && !missing.is_empty() => {
            Access::Incomplete { missing, alone }
        }
        (Who::These(principals), Some(by), _) if !principals.is_empty() => Access::Only { principals, by },
        (Who::These(_), _, Some(why)) => Access::Unknown { why },
        (Who::These(_), _, None) => unreachable!("BUG: what is possible and not sure has a doubt"),
    }
}

/// What an incomplete admission leaves out, as a sentence.
pub(in crate::rules) fn lacks(words: &str, key: &str, missing: &[&str], alone: &[Shown]) -> String {
    let missing = missing.join(", kms:");
    if alone.is_empty() {
        return format!("{words} may not do all that it needs with {key}: kms:{missing}.");
    }
    let names: Vec<String> = alone.iter().map(ToString::to_string).collect();
    format!(
        "Of {words} only {} may use {key}, and not for all that is needed: kms:{missing}.",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests;
