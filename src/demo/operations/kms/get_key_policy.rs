//! `GetKeyPolicy` and `ListKeyPolicies`: the one or two policies of a key (KMS-10).

use serde_json::{Value, json};

use super::{page, reach};
use crate::demo::state::State;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Answers a policy as the text that it is for KMS. Only the key's own account may ask.
pub(crate) fn answer(state: &State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::own_by_id(state, call)?;
    let name = call.params.text("PolicyName").unwrap_or("default");
    let policy = match name {
        "default" => Some(&key.policy),
        "AWS_RAM" => key.policy_aws_ram.as_ref(),
        _ => None,
    };
    let policy = policy.ok_or_else(|| Refusal::new("NotFoundException", "No such policy exists"))?;
    Ok(json!({"Policy": format!("{policy:#}"), "PolicyName": name}))
}

/// Answers the names of a key's policies.
pub(crate) fn names(state: &State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::own_by_id(state, call)?;
    let ram = key.policy_aws_ram.as_ref().map(|_| "AWS_RAM");
    let names = ["default"].into_iter().chain(ram).map(|name| (name.to_owned(), json!(name))).collect();
    page::answer(&call.params, "PolicyNames", (100, 1000), names)
}
