//! What the rules say of a draft, and the verdict that comes of it.

use crate::domain::{Draft, Facts, Question, Request};

use super::{Case, Finding, Severity, request, rules};

/// What the rules say of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// What is wrong or worth knowing, errors first, in the order of the draft's fields.
    pub findings: Vec<Finding>,
    /// What has to be asked before more can be said; empty when everything is known or could not be learned.
    pub questions: Vec<Question>,
    /// What can be carried out: nothing blocks and nothing is left to be asked.
    pub request: Option<Request>,
}

/// The verdict on a draft, in the words of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing speaks against it.
    Allowed,
    /// It can be done, and something should be known first.
    Warned,
    /// AWS would refuse it, or its result would be of no use.
    Blocked,
}

impl Verdict {
    /// The name, as JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Warned => "warned",
            Self::Blocked => "blocked",
        }
    }
}

impl Review {
    /// The worst that was found.
    pub fn verdict(&self) -> Verdict {
        match self.findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Error) => Verdict::Blocked,
            Some(Severity::Warning) => Verdict::Warned,
            Some(Severity::Info) | None => Verdict::Allowed,
        }
    }
}

/// Judges a draft that nothing else has to be done for first.
pub(super) fn judged(draft: &Draft, facts: &Facts) -> Review {
    let mut case = Case::new(draft, facts);
    for rule in rules().filter(|rule| rule.actions.contains(&draft.action)) {
        rule.apply(&mut case);
    }
    let (findings, questions) = case.close();
    let clear = questions.is_empty() && findings.iter().all(|finding| finding.severity < Severity::Error);
    let request = if clear { request::of(draft, facts) } else { None };
    Review { findings, questions, request }
}
