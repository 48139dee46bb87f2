//! Orders, sent once: the only calls that change anything.
//!
//! - Nothing is sent in an account that is read-only, whoever made the order.
//! - Nothing is sent again that may have been carried out: the SDK's own retries are off. Only a
//!   call that AWS refused for its pace is waited with, since that did nothing.
//! - A call whose end is not known fails as `FaultClass::Unreachable` or
//!   `FaultClass::InvalidResponse`, with a hint to look first; one that never left has the code
//!   [`sending::NOT_SENT`]; every other fault means that AWS did nothing.
//! - What an order leaves open, the id of a grant that it knows by its name, is asked first; when that
//!   fails, the order never left.
//! - A parameter that an operation does not take is never left out silently: nothing is sent.

mod copies;
mod databases;
mod export_tasks;
mod grants;
mod key_policies;
mod key_states;
mod parameters;
mod restores;
mod sending;
mod shares;
mod snapshots;
#[cfg(test)]
mod tests;

use self::sending::Sending;
use super::clients::Clients;
use crate::domain::Fault;
use crate::plan::Receipt;
use crate::plan::{Operation, Order};

/// Sends an order.
pub(super) async fn send(clients: &Clients, order: &Order) -> Result<Receipt, Fault> {
    let call = order.call();
    let sending = &Sending::of(clients, call)?;
    match call.operation {
        Operation::CopyDBSnapshot => copies::instance(sending).await,
        Operation::CopyDBClusterSnapshot => copies::cluster(sending).await,
        Operation::ModifyDBSnapshotAttribute => shares::instance(sending).await,
        Operation::ModifyDBClusterSnapshotAttribute => shares::cluster(sending).await,
        Operation::RestoreDBInstanceFromDBSnapshot => restores::instance(sending).await,
        Operation::RestoreDBClusterFromSnapshot => restores::cluster(sending).await,
        Operation::StartExportTask => export_tasks::start(sending).await,
        Operation::DeleteDBSnapshot => snapshots::delete_instance(sending).await,
        Operation::DeleteDBClusterSnapshot => snapshots::delete_cluster(sending).await,
        Operation::CreateDBSnapshot => snapshots::create_instance(sending).await,
        Operation::CreateDBClusterSnapshot => snapshots::create_cluster(sending).await,
        Operation::DeleteDBInstance => databases::delete_instance(sending).await,
        Operation::DeleteDBCluster => databases::delete_cluster(sending).await,
        Operation::PutKeyPolicy => key_policies::put(sending).await,
        Operation::CreateGrant => grants::create(sending).await,
        Operation::RevokeGrant => grants::revoke(sending).await,
        Operation::CancelKeyDeletion => key_states::cancel_deletion(sending).await,
        Operation::EnableKey => key_states::enable(sending).await,
        Operation::DisableKey => key_states::disable(sending).await,
    }
}
