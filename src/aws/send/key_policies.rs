//! The policy of a key, written as a whole (KMS PutKeyPolicy).

use aws_sdk_kms::operation::RequestId as _;
use aws_sdk_kms::operation::put_key_policy::builders::PutKeyPolicyFluentBuilder;

use super::parameters::parameters;
use super::sending::Sending;
use crate::domain::Fault;
use crate::plan::Receipt;

// Without the check against locking oneself out no order is sent.
parameters! { PutKeyPolicyFluentBuilder {
    "KeyId" set_key_id text,
    "PolicyName" set_policy_name text,
    "Policy" set_policy text,
} leaves [bypass_policy_lockout_safety_check] }

/// Writes the policy.
pub(super) async fn put(sending: &Sending<'_>) -> Result<Receipt, Fault> {
    let request = sending.fill(sending.clients.kms().put_key_policy())?;
    let answer = sending.once(|| request.clone().send()).await?;
    Ok(Sending::receipt(answer.request_id(), None))
}
