//! `CreateGrant`: lets a principal of any account use a key.

use serde_json::{Value, json};

use super::{authorize, reach};
use crate::demo::record::{Datum, Record};
use crate::demo::shape::keys::{GRANT_CONSTRAINTS, GRANT_LIST_ENTRY};
use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::state::key::{Key, KeyName};
use crate::demo::wire::call::Call;
use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;

/// The operations that a grant on a symmetric key can allow.
const OPERATIONS: [&str; 11] = [
    "CreateGrant",
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
];

/// Answers the id of a new grant, or of the one with that name that is just like it.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Value, Refusal> {
    let key = reach::any(state, call)?;
    authorize::check(state, call, key)?;
    authorize::check_not_gone(key)?;
    if key.state() == "Disabled" {
        return Err(Refusal::new("DisabledException", format!("{} is disabled.", key.arn())));
    }
    let wanted = read(&call.params, key, &state.principal(call))?;
    if call.params.flag("DryRun")? == Some(true) {
        return Err(dry_run());
    }
    if let Some(present) =
        key.grants.iter().find(|grant| wanted.text("Name").is_some() && is_alike(grant, &wanted))
    {
        return Ok(said(present));
    }
    let arn = key.arn().to_owned();
    let id = format!("{}{}", state.uuid(), state.uuid()).replace('-', "");
    let grant = wanted.with("GrantId", id).with("CreationDate", state.now());
    let answer = said(&grant);
    key_mut(state, &arn).grants.push(grant);
    Ok(answer)
}

/// The refusal that means: it would have been done (KMS-02).
pub(crate) fn dry_run() -> Refusal {
    Refusal::new(
        "DryRunOperationException",
        "The request would have succeeded, but the DryRun option is set.",
    )
}

/// What names a grant to `RetireGrant` without its key.
pub(crate) fn token(grant_id: &str) -> String {
    format!("grant-token-of-{grant_id}")
}

/// The key of that ARN, to change it.
pub(crate) fn key_mut<'s>(state: &'s mut State, arn: &str) -> &'s mut Key {
    let place = Arn::parse(arn).expect("BUG: the ARN of a key is one");
    let region = state.region_mut(place.account, place.region);
    region.key_mut(&KeyName::parse(arn)).expect("BUG: the key was found a moment ago")
}

fn said(grant: &Record) -> Value {
    let id = grant.text("GrantId").unwrap_or_default();
    json!({"GrantId": id, "GrantToken": token(id)})
}

fn read(params: &Params, key: &Key, issuer: &str) -> Result<Record, Refusal> {
    let grantee = principal(params.required("GranteePrincipal")?)?;
    let operations = params.list("Operations");
    if operations.is_empty() {
        return Err(Refusal::new("ValidationException", "Operations must not be empty."));
    }
    if let Some(unknown) = operations.iter().find(|operation| !OPERATIONS.contains(operation)) {
        return Err(Refusal::new(
            "ValidationException",
            format!("Grant operation {unknown} is not valid for {}.", key.arn()),
        ));
    }
    let mut grant = Record::new(&GRANT_LIST_ENTRY)
        .with("KeyId", key.arn())
        .with("GranteePrincipal", grantee)
        .with("IssuingAccount", issuer)
        .with("Operations", operations.into_iter().map(str::to_owned).collect::<Vec<_>>());
    if let Some(retiring) = params.text("RetiringPrincipal") {
        grant.set("RetiringPrincipal", principal(retiring)?);
    }
    if let Some(name) = params.text("Name") {
        grant.set("Name", name);
    }
    if let Some(constraints) = constraints(&params.under("Constraints")) {
        grant.set("Constraints", constraints);
    }
    Ok(grant)
}

/// A principal that can hold a grant: an account, a user, a role or a session, never a group (KMS-09).
fn principal(text: &str) -> Result<&str, Refusal> {
    let holds = Arn::parse(text).is_some_and(|arn| {
        let account = arn.account.len() == 12 && arn.account.bytes().all(|digit| digit.is_ascii_digit());
        let kind = arn.resource.split('/').next().unwrap_or_default();
        let known = match arn.service {
            "iam" => matches!(kind, "root" | "user" | "role"),
            "sts" => matches!(kind, "assumed-role" | "federated-user"),
            _ => false,
        };
        account && known && arn.region.is_empty()
    });
    if holds {
        Ok(text)
    } else {
        Err(Refusal::new("InvalidArnException", format!("ARN does not refer to a valid principal: {text}")))
    }
}

fn constraints(params: &Params) -> Option<Record> {
    let mut constraints = Record::new(&GRANT_CONSTRAINTS);
    for name in ["EncryptionContextSubset", "EncryptionContextEquals"] {
        let pairs: Vec<(String, String)> =
            params.under(name).iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        if !pairs.is_empty() {
            constraints.set(name, Datum::Map(pairs));
        }
    }
    if let Some(arn) = params.text("SourceArn") {
        constraints.set("SourceArn", arn);
    }
    (constraints.fields().count() > 0).then_some(constraints)
}

fn is_alike(grant: &Record, wanted: &Record) -> bool {
    wanted.fields().all(|(field, datum)| grant.get(field.name) == Some(datum))
        && grant.get("Constraints") == wanted.get("Constraints")
}
