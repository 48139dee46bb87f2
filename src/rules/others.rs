//! The ways that lead to the goal of a draft as well and were not taken: what a plan is measured against.
//!
//! Each differs from the draft in one thing alone: who copies first, how a key is opened, or which key a first copy is
//! under. What that brings up is mended as on any way; one that ends anywhere else, or that something blocks, is none.

use crate::domain::{Action, Draft, Facts, Family, Field, Question, Request, Value, Via};

use super::kms::{Fit, candidates};
use super::{Case, copy, way};

/// How long a grant can take until it works (KMS CreateGrant: eventual consistency, KMS-09).
const GRANTS_TAKE_TIME: &str = "a grant can take 5 minutes to work";

/// A way to the same goal that was not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// What it is, as the beginning of a sentence: "By a grant".
    pub instead: String,
    /// What speaks against it whatever it takes.
    pub but: Option<&'static str>,
    /// What has to be asked before it is known whether it leads there.
    pub questions: Vec<Question>,
    /// What would be carried out; `None` while that is not known, and where it does not lead there.
    pub request: Option<Request>,
}

/// A draft that is changed in one thing.
struct Turn {
    draft: Draft,
    field: Field,
    instead: String,
    but: Option<&'static str>,
}

/// The other ways to the goal of a draft that can be carried out, the one that says most first.
pub fn others(draft: &Draft, facts: &Facts) -> Vec<Other> {
    let mut all = vec![];
    for turn in [other_stop, other_access, other_key] {
        let mut case = Case::new(draft, facts);
        let turned = turn(&mut case);
        let questions = case.close().1;
        match turned {
            Some(turned) => all.extend(led(draft, &turned, facts)),
            None if questions.is_empty() => {}
            None => all.push(Other { instead: String::new(), but: None, questions, request: None }),
        }
    }
    all
}

/// Where a changed draft leads; `None` where that is not the goal.
fn led(draft: &Draft, turned: &Turn, facts: &Facts) -> Option<Other> {
    let end = way(&turned.draft, facts);
    let goal = |draft: &Draft| {
        let case = Case::new(draft, facts);
        (draft.action, case.destination())
    };
    let is_kept = end.draft.value(turned.field) == turned.draft.value(turned.field);
    (is_kept && goal(&end.draft) == goal(draft)).then(|| Other {
        instead: turned.instead.clone(),
        but: turned.but,
        questions: end.review.questions,
        request: end.review.request,
    })
}

/// The other order of two copies (COPY-23).
fn other_stop(case: &mut Case<'_>) -> Option<Turn> {
    let of_two_copies = matches!(case.family()?, Family::DocumentDb | Family::Neptune);
    if case.draft.action != Action::Copy || !of_two_copies {
        return None;
    }
    let (taker, owner) = (case.taker()?, case.owner());
    let (other, who, but) = match case.draft.via()? {
        Via::Region => (Via::Account, taker, Some("the snapshot itself would be shared, not a copy of it")),
        Via::Account if case.is_ours(owner) => (Via::Region, owner, None),
        Via::Account | Via::Instance => return None,
    };
    let mut draft = case.draft.clone();
    for field in [Field::Via, Field::FirstCopy, Field::FirstKey, Field::ShareFirst, Field::KeyAccess] {
        draft.clear(field);
    }
    copy::over(other, case)?.apply(&mut draft);
    let instead = format!("Copied by {} first", case.account_words(who));
    Some(Turn { draft, field: Field::Via, instead, but })
}

/// A grant in place of a statement in the key's policy, or the other way round (KMS-17, KMS-09).
fn other_access(case: &mut Case<'_>) -> Option<Turn> {
    let (other, instead, but) = match case.draft.text(Field::KeyAccess)? {
        "policy" => ("grant", "By a grant", Some(GRANTS_TAKE_TIME)),
        "grant" => ("policy", "By the key's policy", None),
        _ => return None,
    };
    let draft = case.draft.clone().with(Field::KeyAccess, Value::Text(other.to_owned()));
    Some(Turn { draft, field: Field::KeyAccess, instead: instead.to_owned(), but })
}

/// The best key of those that serve worse than the one that a first copy is made under, or better.
fn other_key(case: &mut Case<'_>) -> Option<Turn> {
    if !case.has_first_copy() || !matches!(case.draft.action, Action::Copy | Action::Share) {
        return None;
    }
    let current = case.first_key()??.arn.clone();
    let scope = case.first_copy_scope()?;
    let all = candidates(case, scope, None)?;
    let fit = all.iter().find(|candidate| candidate.key.arn == current)?.fit;
    let other = all.iter().find(|other| other.fit != fit && other.fit <= Fit::CanBeLet)?.key;
    let mut draft = case.draft.clone().with(Field::FirstKey, Value::Text(other.handle()));
    draft.clear(Field::KeyAccess);
    Some(Turn { draft, field: Field::FirstKey, instead: format!("Under {}", other.label()), but: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{KeyChange, Stage};
    use crate::rules::testing::drafted_along;

    /// The others of a line, every question of them answered.
    fn told(line: &str) -> Vec<Other> {
        let asked = |draft: &Draft, facts: &Facts| {
            let mut questions = way(draft, facts).review.questions;
            questions.extend(others(draft, facts).into_iter().flat_map(|other| other.questions));
            questions
        };
        let (draft, facts) = drafted_along(line, asked);
        let all = others(&draft, &facts);
        all.into_iter().filter(|other| other.request.is_some()).collect()
    }

    #[test]
    fn two_copies_can_be_begun_by_either_account() {
        let copy = "copy docdb cmk use1->euw1 to-account=222 name=x kms-key=alias/dba";
        let others = told(&format!("{copy} via=region first-copy=mid share-first=on key-access=policy"));
        assert_eq!(others[0].instead, "Copied by dr (222222222222) first");
        assert!(others[0].but.is_some());
        let Some(Request::After { first, .. }) = &others[0].request else { panic!("{others:?}") };
        let [Stage::Copy(first)] = &first[..] else { panic!("{first:?}") };
        let Request::Copy { to, share, .. } = &**first else { panic!("{first:?}") };
        assert_eq!((to.account.to_string().as_str(), to.region.name()), ("222222222222", "us-east-1"));
        assert!(share.is_some());
        let others = told(&format!("{copy} via=account first-copy=mid +share:222 +policy:admits:222"));
        assert_eq!(others[0].instead, "Copied by prod (111111111111) first");
        let by_the_taker = copy.replace("name=x", "by:222");
        let others =
            told(&format!("{by_the_taker} via=account first-copy=mid +share:222 +policy:admits:222"));
        assert_eq!(others[0].instead, "Copied by prod (111111111111) first");
    }

    #[test]
    fn of_what_others_own_and_of_what_is_not_manual_there_is_no_second_order() {
        assert_eq!(told("copy neptune cmk of:999 by:111 use1->euw1 via=account first-copy=x name=y"), []);
        let copy = "copy docdb automated aws/rds use1->euw1 to-account=222 name=x kms-key=alias/dba";
        let line = format!("{copy} via=region first-copy=mid first-key=alias/dba share-first=on");
        assert!(told(&line).iter().all(|other| !other.instead.starts_with("Copied")), "{line}");
        assert_eq!(told("copy inst none use1->euw1 to-account=222 share-first=on name=x"), []);
    }

    #[test]
    fn a_key_is_opened_by_its_policy_or_by_a_grant() {
        let grant = told("share cmk with=222 key-access=policy");
        assert_eq!((grant[0].instead.as_str(), grant[0].but), ("By a grant", Some(GRANTS_TAKE_TIME)));
        let policy = told("share cmk with=222 key-access=grant");
        let Some(Request::Share { access: Some(access), .. }) = &policy[0].request else {
            panic!("{policy:?}")
        };
        assert!(matches!(access.by, KeyChange::Policy { .. }));
        assert_eq!((policy[0].instead.as_str(), policy[0].but), ("By the key's policy", None));
        // One that is too long leaves the grant alone.
        assert_eq!(told("share cmk +policy:long:32200 with=222 key-access=grant"), []);
        // Nobody has to be let use anything.
        assert_eq!(told("share none with=222"), []);
    }

    #[test]
    fn a_key_that_admits_them_stands_beside_one_that_would_have_to_be_opened() {
        let share = "share aws/rds with=222 first-copy=x";
        let others = told(&format!("{share} first-key=alias/team +policy:admits:222@cmk2"));
        assert_eq!(others[0].instead, "Under alias/dba");
        let Some(Request::Share { access, .. }) = &others[0].request else { panic!("{others:?}") };
        assert!(access.is_some());
        let line = format!("{share} first-key=alias/dba key-access=policy +policy:admits:222@cmk2");
        let words: Vec<_> = told(&line).into_iter().map(|other| other.instead).collect();
        assert_eq!(words, ["By a grant", "Under alias/team"]);
        // All alike: there is nothing to compare.
        assert_eq!(told(&format!("{share} first-key=alias/dba key-access=policy")).len(), 1);
    }

    #[test]
    fn over_an_instance_there_is_one_way_alone() {
        assert_eq!(told("share maz none with=222 via=instance"), []);
        assert_eq!(told("copy maz cmk name=x via=instance"), []);
    }
}
