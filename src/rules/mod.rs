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
mod others;
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
mod stages;
#[cfg(test)]
pub(crate) mod testing;
mod verdict;
mod way;

pub use case::Case;
use case::{SourceOptions, names};
pub use copy::copies_at_once;
pub use derived::{Derived, derived};
pub use finding::{Detour, Edit, Finding, Fix, Severity};
use key_name::{KeyFault, NamedKey};
pub use kms::{Access, Doubt, Need, Place, Refusal, judge};
pub use others::{Other, others};
pub use registry::rules;
pub use rule::{Confidence, Rule};
pub use stages::review;
pub use verdict::{Review, Verdict};
pub use way::{Taken, Way, way};
