//! The grants of a key as KMS lists them (KMS ListGrants).

use aws_sdk_kms::types::GrantListEntry;

use super::action::Action;
use super::clients::Clients;
use super::pages;
use crate::domain::Fault;

/// Grants of a page: the most that KMS gives.
const FULL: i32 = 100;

/// All grants of a key, by its id or ARN.
pub(super) async fn of_key(clients: &Clients, key: &str) -> Result<Vec<GrantListEntry>, Fault> {
    let action = Action::ListGrants;
    pages::all(clients, action, |marker| {
        let request = clients.kms().list_grants().key_id(key).limit(FULL).set_marker(marker);
        async move {
            let page = clients.ask(action, || request.clone().send()).await?;
            let more = page.next_marker.filter(|_| page.truncated);
            Ok((page.grants.unwrap_or_default(), more))
        }
    })
    .await
}
