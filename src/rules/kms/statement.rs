//! Whether one statement of a key policy reaches an account for one operation (KMS-05, KMS-06).

use crate::domain::{AccountId, Partition, Patterns, Principal, Principals, Shown, Statement};

use super::asked::{Asked, matches, matches_by};
use super::condition::{Holds, holds};

/// Whom of an account a statement reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nobody.
    No,
    /// Everybody.
    Yes,
    /// These roles and users.
    Only(Vec<Shown>),
    /// It depends on this condition key.
    Condition(Shown),
    /// It names principals of the account that it does not mean.
    NotPrincipal,
}

/// Whom of the account a statement about this key means, whatever the operation.
pub(super) fn whom(statement: &Statement, asked: Asked<'_>) -> Reach {
    let on_key = |pattern: &str| matches(pattern, asked.key.exact());
    // The principal first: most statements of a long policy are for somebody else.
    let meant = match &statement.principals {
        Principals::These(principals) => asked.these(principals),
        Principals::AllBut(others) => asked.all_but(others),
    };
    let resources = statement.resources.as_ref().filter(|_| meant != Reach::No);
    if resources.is_some_and(|patterns| includes(patterns, on_key)) { meant } else { Reach::No }
}

/// Whom of those that a statement means it reaches for the operation.
pub(super) fn reach(meant: &Reach, statement: &Statement, asked: Asked<'_>) -> Reach {
    let action = |pattern: &str| {
        let name = pattern.get(..4).filter(|service| service.eq_ignore_ascii_case("kms:"));
        let name = name.map_or(pattern, |_| &pattern[4..]);
        // A pattern without the service is good for everything only when it is the star.
        (name.len() < pattern.len() || pattern == "*")
            && matches_by(name, asked.operation, |a, b| a.eq_ignore_ascii_case(&b))
    };
    if *meant == Reach::No || !includes(&statement.actions, action) {
        return Reach::No;
    }
    let mut reached = meant.clone();
    for condition in &statement.conditions {
        if reached == Reach::No {
            return Reach::No;
        }
        reached = narrow(reached, holds(condition, asked));
    }
    reached
}

/// Who is still reached under one more condition.
fn narrow(reached: Reach, condition: Holds) -> Reach {
    match (reached, condition) {
        (_, Holds::No) | (Reach::No, _) => Reach::No,
        (reached, Holds::Yes) => reached,
        // What is undecided stays so; a later condition can only turn it into nobody.
        (doubt @ (Reach::Condition(_) | Reach::NotPrincipal), _) => doubt,
        (Reach::Yes | Reach::Only(_), Holds::Unknown(key)) => Reach::Condition(key),
        (Reach::Yes, Holds::ForThese(patterns)) => Reach::Only(patterns),
        (Reach::Only(principals), Holds::ForThese(patterns)) => {
            let admitted = |one: &Shown| patterns.iter().any(|pattern| matches(pattern.exact(), one.exact()));
            let rest: Vec<Shown> = principals.into_iter().filter(admitted).collect();
            if rest.is_empty() { Reach::No } else { Reach::Only(rest) }
        }
    }
}

impl Asked<'_> {
    /// Whom of the account one principal means; one of another partition means nobody here.
    pub(super) fn principal(self, principal: &Principal) -> Reach {
        match principal {
            Principal::Everybody => Reach::Yes,
            Principal::Account(account) if *account == self.account => Reach::Yes,
            Principal::Root(partition, account) if self.is_of(*partition, *account) => Reach::Yes,
            Principal::Member(partition, account, arn) if self.is_of(*partition, *account) => {
                Reach::Only(vec![arn.clone()])
            }
            Principal::Account(_) | Principal::Root(..) | Principal::Member(..) | Principal::Other => {
                Reach::No
            }
        }
    }

    fn is_of(self, partition: Partition, account: AccountId) -> bool {
        account == self.account && Some(partition) == self.partition
    }

    fn these(self, principals: &[Principal]) -> Reach {
        let mut only = vec![];
        for principal in principals {
            match self.principal(principal) {
                Reach::Yes => return Reach::Yes,
                Reach::Only(some) => only.extend(some),
                Reach::No | Reach::Condition(_) | Reach::NotPrincipal => {}
            }
        }
        if only.is_empty() { Reach::No } else { Reach::Only(only) }
    }

    /// Everybody but some others: sure only when none of them is of the account.
    fn all_but(self, others: &[Principal]) -> Reach {
        if self.these(others) == Reach::No { Reach::Yes } else { Reach::NotPrincipal }
    }
}

fn includes(patterns: &Patterns, matches: impl Fn(&str) -> bool) -> bool {
    match patterns {
        Patterns::These(all) => all.iter().any(|pattern| matches(pattern)),
        Patterns::AllBut(all) => !all.iter().any(|pattern| matches(pattern)),
    }
}
