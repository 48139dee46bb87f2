//! What a rule is: its entry in the manual, and its check.

use crate::domain::Action;

use super::finding::Speaker;
use super::{Case, Severity};

/// A rule of AWS: its entry in the manual, and its check.
pub struct Rule {
    /// Its id, as `COPY-12`.
    pub id: &'static str,
    /// The rule in one sentence.
    pub says: &'static str,
    /// What to do when it is broken, in general.
    pub way_out: &'static str,
    /// How grave its findings are at most.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where AWS says so: an API operation, a page of a guide, an issue.
    pub source: &'static str,
    /// The actions that it judges.
    pub actions: &'static [Action],
    /// Rules whose error on the same draft has the same cause and says it better; this one is silent then.
    pub yields_to: &'static [&'static str],
    /// Judges a case: adds findings, asks for facts.
    pub check: fn(&mut Case<'_>),
}

impl Rule {
    /// Judges a case.
    pub(super) fn apply(&self, case: &mut Case<'_>) {
        let Self { id, severity, source, yields_to, .. } = *self;
        case.give_the_word(Speaker { id, severity, source, yields_to });
        (self.check)(case);
    }
}

/// The check of an entry that no draft can meet; it is in the manual all the same.
pub(super) fn says_nothing(_: &mut Case<'_>) {}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// AWS's own text says so.
    Documented,
    /// A real error was seen in public.
    Observed,
    /// Our reading.
    Inferred,
    /// Texts of AWS disagree.
    Conflict,
    /// Nothing was found that confirms it.
    Unconfirmed,
}

impl Confidence {
    /// The name, as the manual writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Conflict => "conflict",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}
