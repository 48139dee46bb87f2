//! What AWS allows: every rule as a pure function over a draft and facts.
//!
//! [`review`] never fails. What must be known first comes back as questions, what is wrong as
//! findings with a way out, and a request only when nothing blocks. One rule is one file, named like
//! its id, with its check, its sentences, its source and its tests; [`rules`] is the manual.

mod case;
mod copy;
mod delete;
mod derived;
mod encrypt;
mod export;
mod finding;
#[cfg(test)]
mod fixes_tests;
mod groups;
mod key_name;
mod kms;
mod registry;
mod request;
mod restore;
mod rule;
#[cfg(test)]
mod section_j_tests;
#[cfg(test)]
mod section_k_copy_tests;
#[cfg(test)]
mod section_k_tests;
mod share;
#[cfg(test)]
pub(crate) mod testing;
mod way;

pub use case::Case;
use case::{SourceOptions, names};
pub use copy::copies_at_once;
pub use derived::{Derived, derived};
pub use finding::{Detour, Edit, Finding, Fix, Severity};
use key_name::{KeyFault, NamedKey};
pub use kms::{Access, Doubt, Need, Place, Refusal, judge};
pub use registry::rules;
pub use rule::{Confidence, Rule};
pub use way::{Taken, Way, way};

use crate::domain::{Draft, Facts, Question, Request};

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

/// Judges a draft by everything that is known.
pub fn review(draft: &Draft, facts: &Facts) -> Review {
    let mut case = Case::new(draft, facts);
    for rule in rules().filter(|rule| rule.actions.contains(&draft.action)) {
        rule.apply(&mut case);
    }
    let (findings, questions) = case.close();
    let clear = questions.is_empty() && findings.iter().all(|finding| finding.severity < Severity::Error);
    let request = if clear { request::of(draft, facts) } else { None };
    Review { findings, questions, request }
}
