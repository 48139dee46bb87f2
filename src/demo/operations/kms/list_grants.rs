//! `ListGrants`.

use serde_json::Value;

use super::{page, reach};
use crate::demo::state::State;
use crate::demo::wire::call::Call;
use crate::demo::wire::json;
use crate::demo::wire::refusal::Refusal;

/// Answers the grants of a key, of another account too if its policy lets the caller in.
pub(crate) fn answer(state: &State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::any(state, call)?;
    let (id, grantee) = (call.params.text("GrantId"), call.params.text("GranteePrincipal"));
    let grants = key
        .grants
        .iter()
        .filter(|grant| id.is_none() || grant.text("GrantId") == id)
        .filter(|grant| grantee.is_none() || grant.text("GranteePrincipal") == grantee)
        .map(|grant| (grant.text("GrantId").unwrap_or_default().to_owned(), json::object(grant)))
        .collect();
    page::answer(&call.params, "Grants", (50, 100), grants)
}
