//! `DescribeKey`.

use serde_json::{Value, json};

use super::reach;
use crate::demo::fleet::key::default_key;
use crate::demo::state::State;
use crate::demo::state::key::{DEFAULT_ALIAS, KeyName};
use crate::demo::wire::call::Call;
use crate::demo::wire::json;
use crate::demo::wire::refusal::Refusal;

/// Answers a key's metadata. Asking for `alias/aws/rds` brings that key into being (KMS-15).
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let name = KeyName::parse(call.params.required("KeyId")?);
    let own = name.account().is_none_or(|account| account == call.account);
    let here = name.region().is_none_or(|region| region == call.region);
    if name.alias() == Some(DEFAULT_ALIAS) && own && here && state.here(call).key(&name).is_none() {
        let key = default_key(&state.uuid(), state.now(), &call.account, &call.region);
        state.here_mut(call).keys.push(key);
    }
    let key = reach::any(state, call)?;
    Ok(json!({"KeyMetadata": json::object(&key.metadata)}))
}
