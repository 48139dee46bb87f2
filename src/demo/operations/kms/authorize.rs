//! Whether a caller of KMS may do what the call asks, by the key's own policy and grants.

use crate::demo::judge::access::{self, Via};
use crate::demo::state::State;
use crate::demo::state::key::Key;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Refuses the call where the key does not let the caller make it.
pub(crate) fn check(state: &State, call: &Call, key: &Key) -> Result<(), Refusal> {
    if access::may(state, call, key, &format!("kms:{}", call.operation), Via::Direct) {
        return Ok(());
    }
    Err(denied(state, call, key))
}

/// The refusal of a call that nothing allows.
pub(crate) fn denied(state: &State, call: &Call, key: &Key) -> Refusal {
    Refusal::new(
        "AccessDeniedException",
        format!(
            "User: {} is not authorized to perform: kms:{} on resource: {} because no resource-based policy allows the \
             kms:{} action",
            state.principal(call),
            call.operation,
            key.arn(),
            call.operation
        ),
    )
}

/// Refuses a key that is on its way out, or has no material.
pub(crate) fn check_not_gone(key: &Key) -> Result<(), Refusal> {
    match key.state() {
        "PendingDeletion" | "PendingReplicaDeletion" => Err(bad_state(key, "is pending deletion")),
        "PendingImport" => Err(bad_state(key, "is pending import")),
        "Creating" | "Unavailable" => Err(bad_state(key, "is not available")),
        _ => Ok(()),
    }
}

/// The refusal of a call for the state that the key is in.
pub(crate) fn bad_state(key: &Key, what: &str) -> Refusal {
    Refusal::new("KMSInvalidStateException", format!("{} {what}.", key.arn()))
}
