//! Grants of keys, made and taken back (KMS CreateGrant, RevokeGrant).

use aws_sdk_kms::operation::RequestId as _;
use aws_sdk_kms::operation::create_grant::builders::CreateGrantFluentBuilder;
use aws_sdk_kms::operation::revoke_grant::builders::RevokeGrantFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

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
    let request = sending.fill(sending.clients.kms.create_grant())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), answer.grant_id()))
}

/// Takes a grant back.
pub(super) async fn revoke(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.kms.revoke_grant())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}
