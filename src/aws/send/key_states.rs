//! Keys brought back into use and switched off again (KMS CancelKeyDeletion, EnableKey, DisableKey).

use aws_sdk_kms::operation::RequestId as _;
use aws_sdk_kms::operation::cancel_key_deletion::builders::CancelKeyDeletionFluentBuilder;
use aws_sdk_kms::operation::disable_key::builders::DisableKeyFluentBuilder;
use aws_sdk_kms::operation::enable_key::builders::EnableKeyFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

parameters! { CancelKeyDeletionFluentBuilder { "KeyId" set_key_id text, } leaves [] }

parameters! { EnableKeyFluentBuilder { "KeyId" set_key_id text, } leaves [] }

parameters! { DisableKeyFluentBuilder { "KeyId" set_key_id text, } leaves [] }

/// Cancels the deletion of a key, which is disabled then.
pub(super) async fn cancel_deletion(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.kms().cancel_key_deletion())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}

/// Enables a key.
pub(super) async fn enable(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.kms().enable_key())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}

/// Disables a key.
pub(super) async fn disable(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.kms().disable_key())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}
