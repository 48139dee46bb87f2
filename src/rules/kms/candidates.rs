//! Which customer key a copy that is shared is made under: one that admits already whoever it is shared with.
//!
//! Where one does, no key policy has to be changed. The policies of a few keys are read for that and no more, and one
//! that cannot be read admits nobody.

use crate::domain::{AccountId, KeyArn, KeyFacts, KeyPolicies, Scope};
use crate::rules::{Access, Case, Need, Refusal, judge};

use super::offer::{policy_fault, takers};

/// How many keys are looked into: each takes two calls (KMS GetKeyPolicy, ListGrants).
const MOST: usize = 8;

/// How well a key serves, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Fit {
    /// All of them may use it already.
    Admits,
    /// Its owner can let them.
    CanBeLet,
    /// Whether they may cannot be told.
    Unsure,
    /// It is denied to one of them, whatever allows it.
    Denied,
}

/// A key that a copy can be made under.
#[derive(Debug, Clone, Copy)]
pub(in crate::rules) struct Candidate<'a> {
    pub(in crate::rules) key: &'a KeyFacts,
    pub(in crate::rules) fit: Fit,
    by: By,
}

/// What lets them use a key, where they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// Its policy alone, or nothing yet.
    Policy,
    /// A grant, for one of them at least.
    Grant,
}

impl Candidate<'_> {
    /// Why it is the one that is offered, to be put behind its name; nothing where its alias decided.
    pub(in crate::rules) fn merit(&self, case: &mut Case<'_>) -> String {
        let takers = takers(case);
        let whom = match &takers[..] {
            [one] => case.account_words(*one),
            _ => "all of them".to_owned(),
        };
        match (self.fit, self.by, takers.is_empty()) {
            (Fit::Admits, By::Policy, false) => format!(", whose policy admits {whom} already"),
            (Fit::Admits, By::Grant, false) => format!(", which a grant opens to {whom} already"),
            _ => String::new(),
        }
    }
}

/// The customer key of a scope that serves best those who get the copy. `None` while that is still to be asked, `None`
/// inside where no key can be used.
#[expect(clippy::option_option, reason = "no key yet and no key at all are two things")]
pub(in crate::rules) fn best<'a>(
    case: &mut Case<'a>,
    scope: Scope,
    but: Option<&KeyArn>,
) -> Option<Option<Candidate<'a>>> {
    let all = candidates(case, scope, but)?;
    Some(all.into_iter().next())
}

/// The customer keys of a scope that a copy can be made under, the one that serves best first: by how well they serve,
/// then the snapshot's own, then those whose policy admits before those that a grant opens, then by alias. `None` while
/// that is still to be asked.
pub(in crate::rules) fn candidates<'a>(
    case: &mut Case<'a>,
    scope: Scope,
    but: Option<&KeyArn>,
) -> Option<Vec<Candidate<'a>>> {
    let takers = takers(case);
    let Some(keys) = case.keys(scope) else {
        // What was asked in vain will not be known later either.
        return if case.waits() { None } else { Some(vec![]) };
    };
    let keys = keys.iter().filter(|key| key.can_encrypt() && Some(&key.arn) != but).take(MOST);
    // All are asked at once.
    let all: Vec<Option<Candidate<'a>>> = keys.map(|key| candidate(case, key, &takers)).collect();
    let mut all: Vec<Candidate<'a>> = all.into_iter().collect::<Option<_>>()?;
    // Whoever made a grant made it for something, and takes it back when that is done.
    let own = case.snapshot_key();
    all.sort_by_key(|candidate| (candidate.fit, Some(&candidate.key.arn) != own, candidate.by));
    Some(all)
}

/// How a key serves them; `None` while its policies are still to be asked for.
fn candidate<'a>(case: &mut Case<'a>, key: &'a KeyFacts, takers: &[AccountId]) -> Option<Candidate<'a>> {
    let Some(policies) = case.key_policies_if_readable(&key.arn) else {
        let fault = policy_fault(case, &key.arn);
        return fault.map(|_| Candidate { key, fit: Fit::Unsure, by: By::Policy });
    };
    let fits = takers.iter().map(|taker| match case.may_use(policies, key, *taker) {
        Access::Yes => Fit::Admits,
        Access::Only { .. }
        | Access::Incomplete { .. }
        | Access::No { why: Refusal::Nothing | Refusal::Lacks(_) } => Fit::CanBeLet,
        Access::Unknown { .. } => Fit::Unsure,
        Access::No { why: Refusal::Denied(..) | Refusal::AwsManaged | Refusal::State(_) } => Fit::Denied,
    });
    let fit = fits.max().unwrap_or(Fit::Admits);
    let granted = matches!(&policies.grants, Ok(grants) if !grants.is_empty());
    let by = if fit == Fit::Admits && granted && !admits_by_itself(policies, key, takers) {
        By::Grant
    } else {
        By::Policy
    };
    Some(Candidate { key, fit, by })
}

/// Whether a key admits all of them without its grants.
fn admits_by_itself(policies: &KeyPolicies, key: &KeyFacts, takers: &[AccountId]) -> bool {
    let bare = KeyPolicies { grants: Ok(vec![]), ..policies.clone() };
    takers.iter().all(|taker| judge(&bare, key, *taker, Need::Snapshot) == Access::Yes)
}

#[cfg(test)]
mod tests {
    use crate::domain::{Fact, Question};
    use crate::rules::testing::{check, drafted};

    #[test]
    fn a_key_that_admits_them_already_is_offered_before_one_that_has_to_be_changed() {
        let share = "share aws/rds with=222";
        check(share, "SHARE-06 error snapshot -> first-key=alias/dba");
        check(&format!("{share} +policy:admits:222@cmk2"), "SHARE-06 error snapshot -> first-key=alias/team");
        check(&format!("{share} +grant:222@mrk"), "SHARE-06 error snapshot -> first-key=alias/multi");
        check(
            &format!("{share},333 +policy:admits:222@cmk2"),
            "SHARE-06 error snapshot -> first-key=alias/dba",
        );
        check(
            &format!("{share},333 +policy:admits:222@cmk2 +policy:admits:222@mrk +policy:admits:333@mrk"),
            "SHARE-06 error snapshot -> first-key=alias/multi",
        );
        check(
            "copy aws/rds to-account=222 +share:222 kms-key=alias/dba +policy:admits:222@cmk2",
            "KMS-11 error snapshot -> first-key=alias/team",
        );
        check(
            "share aws/rds with=222 first-copy=x first-key=alias/off +policy:admits:222@cmk2",
            "ENC-11 error first-key -> first-key=alias/team",
        );
    }

    #[test]
    fn a_policy_that_admits_them_comes_before_a_grant_that_was_made_for_something() {
        let share = "share aws/rds with=222 +grant:222@cmk";
        check(share, "SHARE-06 error snapshot -> first-key=alias/dba");
        check(&format!("{share} +policy:admits:222@mrk"), "SHARE-06 error snapshot -> first-key=alias/multi");
        // Who is admitted either way is admitted by the policy.
        check(
            &format!("{share} +policy:admits:222@cmk +policy:admits:222@mrk"),
            "SHARE-06 error snapshot -> first-key=alias/dba",
        );
    }

    #[test]
    fn what_is_offered_says_why_it_is_the_first() {
        let label = |line: &str| {
            let review = check(line, "SHARE-06 error snapshot");
            let finding = review.findings.into_iter().find(|finding| finding.rule == "SHARE-06");
            finding.and_then(|finding| finding.fix).expect("a way out").label
        };
        let share = "share aws/rds with=222";
        assert_eq!(label(share), "encrypt a copy with alias/dba");
        assert_eq!(
            label(&format!("{share} +policy:admits:222@cmk2")),
            "encrypt a copy with alias/team, whose policy admits dr (222222222222) already"
        );
        assert_eq!(
            label(&format!("{share} +grant:222@mrk")),
            "encrypt a copy with alias/multi, which a grant opens to dr (222222222222) already"
        );
        assert_eq!(
            label(&format!("{share},333 +policy:admits:222@mrk +policy:admits:333@mrk")),
            "encrypt a copy with alias/multi, whose policy admits all of them already"
        );
    }

    #[test]
    fn the_key_of_the_snapshot_itself_comes_before_others_that_serve_alike() {
        let copy = "share automated cmk2 with=222 first-copy=x first-key=alias/off";
        check(copy, "ENC-11 error first-key -> first-key=alias/team");
        check(&format!("{copy} +policy:admits:222@mrk"), "ENC-11 error first-key -> first-key=alias/multi");
    }

    #[test]
    fn what_cannot_be_told_never_counts_as_admitting() {
        let share = "share aws/rds with=222";
        check(
            &format!("{share} +policy:vpce:222@cmk +policy:admits:222@mrk"),
            "SHARE-06 error snapshot -> first-key=alias/multi",
        );
        check(&format!("{share} +policy:vpce:222@cmk"), "SHARE-06 error snapshot -> first-key=alias/team");
        check(&format!("{share} +policy:broken@cmk"), "SHARE-06 error snapshot -> first-key=alias/team");
        check(
            &format!("{share} denied:kms:GetKeyPolicy +policy:admits:222@cmk2"),
            "SHARE-06 error snapshot -> first-key=alias/dba",
        );
    }

    #[test]
    fn a_key_that_is_denied_is_the_last_that_is_offered() {
        check(
            "share aws/rds with=222 +policy:denied:222@cmk",
            "SHARE-06 error snapshot -> first-key=alias/team",
        );
        let copy = "copy cmk to-account=222 +share:222 kms-key=alias/dba +policy:denied:222@cmk";
        check(copy, "KMS-06 error snapshot -> first-key=alias/team");
        check(
            &format!("{copy} first-copy=x first-key=alias/dba +policy:admits:222@mrk"),
            "KMS-06 error snapshot -> first-key=alias/multi",
        );
    }

    #[test]
    fn no_more_than_eight_keys_are_looked_into() {
        let line = "share aws/rds with=222 +keys:20";
        check(line, "SHARE-06 error snapshot -> first-key=alias/more-1");
        let (_, facts) = drafted(line);
        let policies = facts.asked().filter(|(question, _)| matches!(question, Question::KeyPolicy(..)));
        assert_eq!(policies.count(), 8);
    }

    #[test]
    fn nothing_is_offered_before_the_policies_are_known() {
        let (draft, mut facts) = drafted("share aws/rds with=222 +policy:admits:222@cmk2");
        let asked: Vec<Question> = facts.asked().map(|(question, _)| question.clone()).collect();
        let policy = asked.into_iter().find(|question| matches!(question, Question::KeyPolicy(..)));
        let mut fewer = crate::domain::Facts::new(
            facts.accounts().map(|(id, account)| (*id, account.clone())).collect::<Vec<_>>(),
            [],
        );
        let policy = policy.expect("a policy");
        for (question, at) in facts.asked() {
            if let (Fact::Known { value, .. }, Ok(at)) = (facts.get(question), at)
                && *question != policy
            {
                fewer.learn(question.clone(), Ok(value.clone()), at);
            }
        }
        facts = fewer;
        let review = crate::rules::review(&draft, &facts);
        let finding = review.findings.iter().find(|finding| finding.rule == "SHARE-06").expect("a finding");
        assert_eq!((finding.fix.as_ref(), &review.questions[..]), (None, &[policy][..]));
    }
}
