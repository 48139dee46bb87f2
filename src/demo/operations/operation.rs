//! What an operation of the registry is.

use crate::demo::state::State;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// An operation that answers with an `A`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation<A> {
    Read(fn(&State, &Call) -> Result<A, Refusal>),
    Change(fn(&mut State, &Call) -> Result<A, Refusal>),
}

impl<A> Operation<A> {
    /// Carries it out.
    pub(crate) fn run(self, state: &mut State, call: &Call) -> Result<A, Refusal> {
        match self {
            Self::Read(answer) => answer(state, call),
            Self::Change(answer) => answer(state, call),
        }
    }
}
