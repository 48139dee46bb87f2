//! Keys that a draft uses and that do not work: brought back before anything else, where it says so.

use crate::domain::{Action, Draft, Facts, Field, KeyRepair, KeyState};
use crate::rules::{Case, Finding, Severity, key_name, rules};

/// The keys that a draft brings back: its snapshot's, its result's and its first copy's, as far as each is known.
pub(super) fn of(draft: &Draft, facts: &Facts) -> Vec<KeyRepair> {
    if !draft.is_on(Field::RepairKey) {
        return vec![];
    }
    let mut case = Case::new(draft, facts);
    let used = [case.source_key(), case.chosen_key(), case.first_key()];
    let mut repairs: Vec<KeyRepair> = vec![];
    for key in used.into_iter().flatten().flatten() {
        if key_name::can_be_repaired(&case, key) && repairs.iter().all(|repair| repair.key != key.arn) {
            repairs.push(KeyRepair { key: key.arn.clone(), was: key.state.clone() });
        }
    }
    repairs
}

/// What is said of a key that is brought back.
pub(super) fn said(draft: &Draft, repair: &KeyRepair, facts: &Facts) -> Finding {
    let rule = if draft.action == Action::Export { "EXP-18" } else { "KMS-03" };
    let source = rules().find(|own| own.id == rule).map_or("", |own| own.source);
    let key = facts.key_alias(&repair.key).map_or_else(|| repair.key.id().to_owned(), ToString::to_string);
    let (severity, message) = match repair.was {
        KeyState::PendingDeletion => (
            Severity::Warning,
            format!("{key} was to be deleted: that is cancelled first, and the key is enabled."),
        ),
        _ => (Severity::Info, format!("{key} is enabled first.")),
    };
    Finding { rule, severity, field: Field::RepairKey, message, source, fix: None }
}
