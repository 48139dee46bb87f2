//! Grants of keys, made and taken back (KMS CreateGrant, RevokeGrant; ListGrants for one that is known by its name).

use aws_sdk_kms::operation::RequestId as _;
use aws_sdk_kms::operation::create_grant::builders::CreateGrantFluentBuilder;
use aws_sdk_kms::operation::revoke_grant::builders::RevokeGrantFluentBuilder;

use super::super::grants::of_key;
use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::{Argument, Receipt};

/// What names the grant of a RevokeGrant.
const GRANT: &str = "GrantId";

parameters! { CreateGrantFluentBuilder {
    "KeyId" set_key_id text,
    "GranteePrincipal" set_grantee_principal text,
    "RetiringPrincipal" set_retiring_principal text,
    "Operations" set_operations operations,
    "GrantTokens" set_grant_tokens list,
    "Name" set_name text,
    "DryRun" set_dry_run flag,
    "GranteeServicePrincipal" set_grantee_service_principal text,
    "RetiringServicePrincipal" set_retiring_service_principal text,
} leaves [constraints] }

parameters! { RevokeGrantFluentBuilder {
    "KeyId" set_key_id text,
    "GrantId" set_grant_id text,
    "DryRun" set_dry_run flag,
} leaves [] }

/// Makes a grant; made is its id. A grant of the same name and content is made once, and answered again.
pub(super) async fn create(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.kms().create_grant())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), answer.grant_id()))
}

/// Takes a grant back, by its id or by its name.
///
/// That no grant has the name, or has it any longer, is what was wanted: the receipt then says nothing.
pub(super) async fn revoke(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let Some(Argument::GrantNamed(name)) = sending.call.parameter(GRANT) else {
        return revoke_by_id(sending, &sending.call.parameters).await;
    };
    let Some(id) = id_of(sending, name).await? else { return Ok(Receipt::default()) };
    let mut parameters = sending.call.parameters.clone();
    for (_, argument) in parameters.iter_mut().filter(|(parameter, _)| *parameter == GRANT) {
        *argument = Argument::Text(id.clone());
    }
    match revoke_by_id(sending, &parameters).await {
        // KMS lists a grant for a while after it is revoked.
        Err(fault) if is_gone(&fault) => Ok(Receipt::default()),
        revoked => revoked,
    }
}

async fn revoke_by_id(
    sending: &Sending<'_>,
    parameters: &[(&'static str, Argument)],
) -> Result<Receipt, Fault> {
    let request = sending.fill_with(sending.clients.kms().revoke_grant(), parameters)?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}

/// The id of the grant of this name on the key of the call.
///
/// KMS lets several grants have one name: which of them is meant is not guessed.
async fn id_of(sending: &Sending<'_>, name: &str) -> Result<Option<String>, Fault> {
    let key = sending.call.text("KeyId").unwrap_or_default();
    let mut ids: Vec<String> = sending
        .ask(|clients| of_key(clients, key))
        .await?
        .into_iter()
        .filter(|grant| grant.name() == Some(name))
        .filter_map(|grant| grant.grant_id)
        .collect();
    match ids.len() {
        0 | 1 => Ok(ids.pop()),
        _ => Err(sending.unsent(&format!("several grants of the key are named {name}: {}", ids.join(", ")))),
    }
}

/// Whether KMS no longer knows a grant that it listed a moment ago.
fn is_gone(fault: &Fault) -> bool {
    fault.code.as_ref().is_some_and(|code| code.exact() == "NotFoundException")
}
