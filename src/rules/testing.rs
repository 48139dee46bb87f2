//! The one-line language in which the rules are tested: a draft, its snapshot and its world in words.
//!
//! `check("copy inst aws/rds use1->euw1 name=x", "COPY-12 error kms-key")` says: such a copy has this
//! finding. Everything that the line does not say is as it should be, and every question that the rules
//! ask is answered from the [`World`] until none is left. A word that is not of the language panics.
//!
//! - action: `copy share encrypt restore export delete`, first;
//! - snapshot: `inst clu maz docdb neptune`; an engine (`postgres`, `oracle-ee`, `sqlserver-se` ...); `v16.4`;
//!   `manual automated awsbackup`; a status (`creating copying status:failed`); `snap:NAME`; `of:222` (owner),
//!   `by:222` (who looks at it), `as-public`; `use1` or `use1->euw1` (the second sets `to-region`);
//! - encryption: `none sse-rds unnamed`, or the name of a key: `aws/rds cmk mrk disabled pending asymmetric
//!   hmac importing external store updating`; `cmk@222` is that key of another account;
//! - its details: `og:NAME` (see [`World`]), `tde`, `storage:io2`, `target:outposts`, `mode:serverless`,
//!   `license:X`, `iops:N`, `size:N`, `stag:KEY=VALUE`, `source:ARN`;
//! - fields: `FIELD=VALUE` by their names, lists by commas, `on` for switches, `tag=KEY=VALUE` repeated, `␣`
//!   for a blank; `222` is an account, and a key is `alias/dba`, or `cmk@euw1`, `cmk@222:euw1` for its ARN;
//! - the world: words that begin with `+`, and `denied:rds:DescribeX` or `garbled:rds:DescribeX` for a fact
//!   that cannot be learned.

mod places;
mod words;
mod world;

use crate::domain::{AccountId, Action, Draft, Facts, Field, Question, Request, Value};

use super::{Finding, Review, Severity, review};

pub(super) use places::{account, region};
pub(super) use world::World;

/// Judges a line and compares what is found with what is expected; gives the review back.
///
/// Expected is a list with `;` of: `COPY-12 error kms-key` (such a finding is there), the same with
/// ` -> kms-key=alias/dba` (and its fix sets this), with ` ~ some words` (and its sentence holds them);
/// `no COPY-12` (that rule finds nothing), `ok COPY-12` (nothing above info), `allowed`, `warned`, `blocked`,
/// `request` (there is one).
#[track_caller]
pub(super) fn check(line: &str, expected: &str) -> Review {
    let (draft, world) = read(line);
    let review = judge(&draft, &world);
    for wanted in expected.split(';').map(str::trim) {
        assert!(holds(wanted, &review), "`{line}`\n  should have: {wanted}\n  has: {}", told(&review));
    }
    review
}

/// Takes the offered edits of errors, one after the other, until nothing blocks; panics when that does not end.
#[track_caller]
pub(super) fn check_fixes(line: &str) -> (Draft, Review) {
    let (mut draft, world) = read(line);
    for _ in 0..12 {
        let review = judge(&draft, &world);
        let blocking = review.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let mut fixes = blocking.clone().filter_map(|finding| finding.fix.as_ref());
        match fixes.find(|fix| !fix.edits.is_empty()) {
            Some(fix) => fix.apply(&mut draft),
            None if blocking.count() == 0 => return (draft, review),
            None => panic!("`{line}`\n  no fix left, still: {}\n  {draft:?}", told(&review)),
        }
    }
    panic!("`{line}`\n  fixes do not end: {}\n  {draft:?}", told(&judge(&draft, &world)));
}

/// The request of a line once the offered fixes are taken, with all that is known by then.
#[track_caller]
pub(crate) fn cleared(line: &str) -> (Request, Facts) {
    let (draft, _) = check_fixes(line);
    let facts = all_facts(&draft, &read(line).1);
    let review = review(&draft, &facts);
    let request =
        review.request.unwrap_or_else(|| panic!("`{line}`\n  makes no request: {:?}", review.findings));
    (request, facts)
}

/// The draft of a line as it stands, with all that the rules want to know of it.
pub(crate) fn drafted(line: &str) -> (Draft, Facts) {
    drafted_along(line, |draft, facts| review(draft, facts).questions)
}

/// The draft of a line as it stands, with all that is asked for.
pub(crate) fn drafted_along(line: &str, asked: impl Fn(&Draft, &Facts) -> Vec<Question>) -> (Draft, Facts) {
    let (draft, world) = read(line);
    let mut facts = World::facts();
    while let questions @ [_, ..] = &asked(&draft, &facts)[..] {
        learn(&world, questions, &mut facts);
    }
    (draft, facts)
}

fn all_facts(draft: &Draft, world: &World) -> Facts {
    let mut facts = World::facts();
    while let questions @ [_, ..] = &review(draft, &facts).questions[..] {
        learn(world, questions, &mut facts);
    }
    facts
}

/// Judges a draft in a world, every question answered.
pub(super) fn judge(draft: &Draft, world: &World) -> Review {
    judge_from(draft, world, World::facts())
}

/// Judges a draft by what is known and, for the rest, by a world.
pub(super) fn judge_from(draft: &Draft, world: &World, mut facts: Facts) -> Review {
    for _ in 0..10 {
        let review = review(draft, &facts);
        if review.questions.is_empty() {
            return review;
        }
        learn(world, &review.questions, &mut facts);
    }
    panic!("the questions do not end: {:?}", review(draft, &facts).questions);
}

fn learn(world: &World, questions: &[Question], facts: &mut Facts) {
    for question in questions {
        facts.learn(question.clone(), world.answer(question), World::NOW);
    }
}

/// Reads a line: the draft and the world around it.
#[track_caller]
pub(super) fn read(line: &str) -> (Draft, World) {
    let mut words = line.split_whitespace();
    let action = words.next().and_then(|word| Action::ALL.into_iter().find(|action| action.name() == word));
    let Some(action) = action else { panic!("`{line}` begins with no action") };
    let mut world = World::default();
    let mut by: Option<AccountId> = None;
    let mut fields: Vec<(Field, Value)> = vec![];
    for word in words {
        if let Some((from, to)) = word.split_once("->") {
            world.region = region(from);
            fields.push((Field::ToRegion, Value::Text(region(to).name().to_owned())));
        } else if let Some(id) = word.strip_prefix("by:") {
            by = Some(account(id));
        } else if let Some((field, text)) = words::field(word) {
            words::fill(&mut fields, field, text, &world);
        } else if !world.take(word) {
            panic!("`{line}`: `{word}` is no word of the language");
        }
    }
    let mut draft = Draft::new(action, world.arn(), by.unwrap_or_else(|| world.asker()));
    for (field, value) in fields {
        draft.set(field, value);
    }
    (draft, world)
}

fn holds(wanted: &str, review: &Review) -> bool {
    let of = |rule: &str| review.findings.iter().filter(|f| f.rule == rule).collect::<Vec<_>>();
    match wanted.split_once(' ') {
        None if wanted == "request" => review.request.is_some(),
        None => {
            let verdict = format!("{:?}", review.verdict()).to_lowercase();
            assert!(["allowed", "warned", "blocked"].contains(&wanted), "`{wanted}` is no expectation");
            verdict == wanted
        }
        Some(("no", rule)) => of(rule).is_empty(),
        Some(("ok", rule)) => of(rule).iter().all(|f| f.severity == Severity::Info),
        Some((rule, rest)) => of(rule).iter().any(|finding| is_as(finding, rest)),
    }
}

fn is_as(finding: &Finding, wanted: &str) -> bool {
    let (wanted, words) = wanted.split_once(" ~ ").map_or((wanted, ""), |(head, words)| (head, words));
    let (wanted, edit) = wanted.split_once(" -> ").map_or((wanted, None), |(head, edit)| (head, Some(edit)));
    let (severity, field) = wanted.split_once(' ').unwrap_or((wanted, finding.field.name()));
    let edits = || finding.fix.iter().flat_map(|fix| &fix.edits);
    finding.severity.name() == severity
        && finding.field.name() == field
        && finding.message.contains(words)
        && edit.is_none_or(|edit| edits().any(|e| words::told(e.field, e.value.as_ref()) == edit))
}

fn told(review: &Review) -> String {
    let line = |finding: &Finding| {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        let edits: Vec<_> = edits.map(|edit| words::told(edit.field, edit.value.as_ref())).collect();
        let (severity, field) = (finding.severity.name(), finding.field.name());
        format!("\n    {} {severity} {field} -> {} ~ {}", finding.rule, edits.join(", "), finding.message)
    };
    let request = review.request.as_ref().map_or("\n    no request", |_| "\n    a request");
    review.findings.iter().map(line).collect::<String>() + request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_a_draft_and_its_world() {
        let (draft, world) = read("copy inst aws/rds use1->euw1 name=x with=222,333 kms-key=cmk@222:euw1");
        assert_eq!(draft.text(Field::ToRegion), Some("eu-west-1"));
        assert_eq!(draft.list(Field::With), ["222222222222", "333333333333"]);
        assert_eq!(draft.text(Field::KmsKey), Some("arn:aws:kms:eu-west-1:222222222222:key/cmk"));
        assert_eq!(draft.snapshot.to_string(), "arn:aws:rds:us-east-1:111111111111:snapshot:orders");
        assert_eq!(world.asker(), draft.by);
    }

    #[test]
    fn the_fixes_that_are_offered_are_taken_until_nothing_blocks() {
        let (draft, _) = check_fixes("copy inst aws/rds use1->euw1 name=x");
        assert_eq!(draft.text(Field::KmsKey), Some("alias/dba"));
    }

    #[test]
    #[should_panic(expected = "no word of the language")]
    fn a_word_that_nobody_knows_is_not_passed_over() {
        read("copy inst encripted");
    }

    #[test]
    #[should_panic(expected = "should have: COPY-12 warning kms-key")]
    fn an_expectation_that_does_not_hold_fails() {
        check("copy inst aws/rds use1->euw1 name=x", "COPY-12 warning kms-key");
    }
}
