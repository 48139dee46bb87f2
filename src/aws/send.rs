//! Orders, sent once: the only calls that change anything.

use super::action::Action;
use super::clients::Clients;
use crate::domain::Fault;
use crate::plan::Order;
use crate::ports::Receipt;

/// Sends an order.
pub(super) async fn send(clients: &Clients, _: &Order) -> Result<Receipt, Fault> {
    Err(clients.invalid(Action::DescribeDBSnapshots, "not sent yet"))
}
