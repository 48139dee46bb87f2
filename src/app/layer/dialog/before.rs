//! A dialog as it was, to be gone back to.

use crate::domain::Field;

use super::form::Form;
use super::subject::Subject;

/// A dialog before a change.
#[derive(Debug, Clone)]
pub(super) struct Before {
    pub(super) form: Form,
    pub(super) subjects: Vec<Subject>,
    pub(super) focus: Field,
}
