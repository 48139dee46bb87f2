//! `ListKeys`.

use serde_json::{Value, json};

use super::page;
use crate::demo::state::State;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Answers the keys of the caller's account in the region, AWS managed ones included.
pub(crate) fn answer(state: &State, call: &Call) -> Result<Value, Refusal> {
    let keys = state.here(call).keys.iter();
    let keys =
        keys.map(|key| (key.id().to_owned(), json!({"KeyId": key.id(), "KeyArn": key.arn()}))).collect();
    page::answer(&call.params, "Keys", (100, 1000), keys)
}
