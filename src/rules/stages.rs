//! What something else has to be done for first: keys that are brought back, and what lies between a snapshot and
//! the result that is wanted of it.
//!
//! A stage is a draft of its own, and so is what follows it: each is judged by all the rules, the second one as if
//! the first had been carried out. What is said of either is said of the fields of the draft that was filled in.

mod made;
mod repair;
mod via;

use crate::domain::{Draft, Facts, Field, Stage};

use self::via::Place;
pub(super) use self::via::Stages;
use super::verdict::judged;
use super::{Edit, Finding, Fix, Review, Severity, request};

/// Judges a draft by everything that is known, with all that has to be done for it first.
pub fn review(draft: &Draft, facts: &Facts) -> Review {
    let repairs = repair::of(draft, facts);
    if repairs.is_empty() {
        return between(draft, facts);
    }
    let keys: Vec<_> = repairs.iter().map(|repair| repair.key.clone()).collect();
    let facts = facts.clone().with_enabled(&keys);
    let mut review = between(draft, &facts);
    review.findings.extend(repairs.iter().map(|repair| repair::said(draft, repair, &facts)));
    sort(&mut review.findings);
    review.request = review
        .request
        .map(|then| request::after(&draft.snapshot, repairs.into_iter().map(Stage::Repair).collect(), then));
    review
}

fn between(draft: &Draft, facts: &Facts) -> Review {
    match Stages::of(draft, facts) {
        Some(stages) => stages.review(draft),
        None => judged(draft, facts),
    }
}

impl Stages {
    /// The two drafts of one that leads over something between.
    pub(super) fn of(draft: &Draft, facts: &Facts) -> Option<Self> {
        via::of(draft, facts).and_then(|via| via::stages(via, draft, facts))
    }

    /// The second draft, and what will be known when it is carried out.
    pub(super) fn last(&self) -> Option<(&Draft, &Facts)> {
        self.second.as_ref().map(|leg| (&leg.draft, &leg.facts))
    }

    fn review(self, draft: &Draft) -> Review {
        let first = judged(&self.first.draft, &self.first.facts);
        let second = self.second.map(|leg| judged(&leg.draft, &leg.facts));
        let via = self.via;
        let mut findings = vec![self.said];
        let spoken = first.findings.into_iter().filter(|finding| via::matters_of_the_first(via, finding));
        findings.extend(spoken.map(|finding| of_draft(finding, |field| via::field_of_the_first(via, field))));
        let mut questions = self.questions;
        questions.extend(first.questions);
        let mut then = None;
        if let Some(second) = second {
            findings.extend(
                second
                    .findings
                    .into_iter()
                    .map(|finding| of_draft(finding, |field| via::field_of_the_second(via, field))),
            );
            questions.extend(second.questions);
            then = second.request;
        }
        sort(&mut findings);
        questions.sort();
        questions.dedup();
        let stage = match self.instance {
            Some(instance) => first.request.map(|_| Stage::Instance(instance)),
            None => first.request.map(|copy| Stage::Copy(Box::new(copy))),
        };
        let request = stage.zip(then).map(|(stage, then)| request::after(&draft.snapshot, vec![stage], then));
        Review { findings, questions, request }
    }
}

/// A finding about a stage, as one about the draft; without a way out that the draft cannot say.
fn of_draft(mut finding: Finding, place: impl Fn(Field) -> Place) -> Finding {
    finding.field = match place(finding.field) {
        Place::At(field) => field,
        Place::Given | Place::Nowhere => Field::Via,
    };
    finding.fix = finding.fix.and_then(|fix| fix_of_draft(fix, place));
    finding
}

fn fix_of_draft(fix: Fix, place: impl Fn(Field) -> Place) -> Option<Fix> {
    let mut edits = vec![];
    for Edit { field, value } in fix.edits {
        match place(field) {
            Place::At(field) => edits.push(Edit { field, value }),
            Place::Given => {}
            Place::Nowhere => return None,
        }
    }
    Some(Fix { edits, ..fix })
}

fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.field));
    let mut seen: Vec<Finding> = vec![];
    findings.retain(|finding| {
        // What is only good to know is the same for both.
        let is_new = !seen.iter().any(|other| {
            (other.rule, &other.message) == (finding.rule, &finding.message)
                && (other.field == finding.field || finding.severity == Severity::Info)
        });
        seen.extend(is_new.then(|| finding.clone()));
        is_new
    });
}
