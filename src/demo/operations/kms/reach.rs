//! Which key a call means, and whether the caller may ask about it.

use serde_json::Value;

use crate::demo::state::State;
use crate::demo::state::key::{Key, KeyName};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// The key of `KeyId`, for operations that work only in the key's own account (KMS-02).
pub(crate) fn own<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let given = call.params.required("KeyId")?;
    let name = KeyName::parse(given);
    in_region(call, &name)?;
    if name.account().is_some_and(|account| account != call.account) {
        return Err(denied(state, call, given));
    }
    state.key(&call.account, &call.region, given).ok_or_else(|| not_found(call, &name, given))
}

/// As [`own`], for operations that take a key id or key ARN but no alias.
pub(crate) fn own_by_id<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let given = call.params.required("KeyId")?;
    if KeyName::parse(given).alias().is_some() {
        return Err(Refusal::new("NotFoundException", format!("Invalid keyId '{given}'")));
    }
    own(state, call)
}

/// The key of `KeyId`, for operations that work across accounts, if the key's policy admits the caller.
pub(crate) fn any<'s>(state: &'s State, call: &Call) -> Result<&'s Key, Refusal> {
    let given = call.params.required("KeyId")?;
    let name = KeyName::parse(given);
    if name.account().is_none_or(|account| account == call.account) {
        return own(state, call);
    }
    in_region(call, &name)?;
    state
        .key(&call.account, &call.region, given)
        .filter(|key| admits(&key.policy, &call.account) || granted(key, &call.account))
        .ok_or_else(|| denied(state, call, given))
}

/// Does a key policy plausibly let an account in? Conditions and denials are not weighed here.
fn admits(policy: &Value, account: &str) -> bool {
    let statements = &policy["Statement"];
    let statements = statements.as_array().map_or(std::slice::from_ref(statements), Vec::as_slice);
    statements.iter().filter(|statement| statement["Effect"] == "Allow").any(|statement| {
        let principal = &statement["Principal"];
        let named = if principal.is_object() { &principal["AWS"] } else { principal };
        let named = named.as_array().map_or(std::slice::from_ref(named), Vec::as_slice);
        named.iter().filter_map(Value::as_str).any(|one| {
            match statement.pointer("/Condition/StringEquals/kms:CallerAccount") {
                Some(only) if one == "*" => only == account,
                _ => one == "*" || one == account || one.contains(&format!("::{account}:")),
            }
        })
    })
}

fn granted(key: &Key, account: &str) -> bool {
    let account = format!("::{account}:");
    key.grants
        .iter()
        .any(|grant| grant.text("GranteePrincipal").is_some_and(|grantee| grantee.contains(&account)))
}

/// A key is known in its own region only.
fn in_region(call: &Call, name: &KeyName<'_>) -> Result<(), Refusal> {
    match name.region() {
        Some(region) if region != call.region => {
            Err(Refusal::new("NotFoundException", format!("Invalid arn {region}")))
        }
        _ => Ok(()),
    }
}

fn not_found(call: &Call, name: &KeyName<'_>, given: &str) -> Refusal {
    let place = format!(
        "arn:{}:kms:{}:{}",
        crate::demo::state::arn::partition(&call.region),
        call.region,
        call.account
    );
    let message = match (name.alias(), name.account()) {
        (Some(alias), _) => format!("Alias {place}:{alias} is not found."),
        (None, Some(_)) => format!("Key '{given}' does not exist"),
        (None, None) => format!("Key '{place}:key/{given}' does not exist"),
    };
    Refusal::new("NotFoundException", message)
}

fn denied(state: &State, call: &Call, given: &str) -> Refusal {
    Refusal::new(
        "AccessDeniedException",
        format!(
            "User: {} is not authorized to perform: kms:{} on resource: {given} because the resource does not exist in \
             this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
            state.principal(call),
            call.operation
        ),
    )
}
