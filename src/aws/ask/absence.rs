//! "There is no such thing", told from every other refusal.

use crate::domain::Fault;

/// Whether a fault is AWS's word that there is no such thing.
pub(super) fn is_not_there(fault: &Fault, codes: &[&str]) -> bool {
    fault.code.as_ref().is_some_and(|code| codes.contains(&code.exact()))
}
