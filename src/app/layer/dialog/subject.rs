//! One snapshot of a dialog: its draft, what the rules say of it, and the plan that it becomes.

use std::collections::BTreeMap;

use crate::domain::{Action, Draft, Facts, Field, Scope, Snapshot, Value};
use crate::plan::{Plan, compile};
use crate::rules::{Derived, Review, Severity, derived, review};

use super::form::Form;
use super::spec;

/// A snapshot, and everything that follows from what was filled in.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// As it was listed.
    pub(super) snapshot: Snapshot,
    /// What holds for this snapshot alone, of several.
    pub(super) own: BTreeMap<Field, Value>,
    asked: Action,
    /// What is done with it: what was asked for, or the restore that takes its place.
    pub(super) action: Action,
    pub(super) draft: Draft,
    pub(super) derived: Derived,
    pub(super) review: Review,
    pub(super) plan: Option<Plan>,
}

impl Subject {
    pub(super) fn new(action: Action, snapshot: Snapshot) -> Self {
        let draft = Draft::new(action, snapshot.arn.clone(), snapshot.scope.account);
        let review = Review { findings: Vec::new(), questions: Vec::new(), request: None };
        let derived = Derived { to: None, first: None, name: None };
        Self { snapshot, own: BTreeMap::new(), asked: action, action, draft, derived, review, plan: None }
    }

    /// Drafts it by what is filled in and what is known; names that others claim are left to them.
    pub(super) fn fill_in(&mut self, form: &Form, facts: &Facts, claims: Claims<'_>) {
        let has_key = self.own.get(&Field::KmsKey).is_some_and(|key| *key != Value::Text(String::new()))
            || form.holds(Field::KmsKey);
        // A restore encrypts only under a key: without one it is not what was asked for.
        let action = if self.asked == Action::Encrypt && !has_key { self.asked } else { self.action };
        let mut draft = Draft::new(action, self.snapshot.arn.clone(), self.snapshot.scope.account);
        for field in action.fields() {
            let own = self.own.get(field).cloned();
            let shared = || form.value(*field).filter(|_| spec::has(action, &self.snapshot, *field));
            if let Some(value) = own.or_else(shared) {
                draft.set(*field, value);
            }
        }
        self.derived = derived(&draft, facts, |to, name| claims.hold(to, name));
        // Where several are named, and where AWS has to be told a name, the draft says it.
        let named = match action {
            Action::Restore => Some(Field::Db),
            Action::Export => Some(Field::Task),
            Action::Copy | Action::Encrypt if claims.is_any() => Some(Field::Name),
            _ => None,
        };
        if let (Some(field), Some(name)) = (named, &self.derived.name)
            && draft.text(field).is_none()
        {
            draft.set(field, Value::Text(name.clone()));
        }
        self.draft = draft;
    }

    /// Judges the draft by what is known, and plans what it asks for.
    pub(super) fn judge(&mut self, facts: &Facts) {
        self.review = review(&self.draft, facts);
        self.plan = self.review.request.as_ref().map(|request| compile(request, facts));
    }

    /// Whether it makes the snapshot public.
    pub(super) fn is_made_public(&self) -> bool {
        self.draft.action == Action::Share && self.draft.text(Field::Visibility) == Some("public")
    }

    /// How many errors there are.
    pub(super) fn errors(&self) -> usize {
        self.review.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }
}

/// The names that other snapshots of the same dialog take, in lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claims<'a>(pub(super) Option<&'a [(Scope, String)]>);

impl Claims<'_> {
    fn hold(self, to: &Scope, name: &str) -> bool {
        self.0.is_some_and(|all| all.iter().any(|(scope, taken)| scope == to && taken == name))
    }

    /// Whether there are others at all.
    fn is_any(self) -> bool {
        self.0.is_some()
    }
}
