//! What could not be read, one line each, and how the command ends for it.

use crate::domain::{AccountEntry, Inventory, ScopeState, SignIn};

use super::super::{Exit, fault};

/// What could not be read: accounts first, then scopes; why, and what to do.
pub(super) fn lines(inventory: &Inventory) -> Vec<String> {
    let accounts = inventory.accounts().iter().filter_map(|entry| account_line(entry, inventory));
    let scopes = inventory.scopes().filter_map(|(scope, entry)| {
        let why = match &entry.state {
            ScopeState::Failed(fault) => fault::sentence(fault),
            ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled => {
                "the reading did not come to its end".to_owned()
            }
            ScopeState::Complete | ScopeState::Disabled(_) => return None,
        };
        let name = inventory.account_name(scope.account).map(ToString::to_string);
        Some(format!("{} {}: {why}", name.unwrap_or_else(|| scope.account.to_string()), scope.region))
    });
    accounts.chain(scopes).collect()
}

/// How a command that has read what it could ends.
pub(super) fn exit(inventory: &Inventory) -> Exit {
    let signed_in = inventory.accounts().iter().any(|entry| matches!(entry.sign_in, SignIn::In(_)));
    let coverage = inventory.coverage();
    if !signed_in {
        Exit::Failed
    } else if coverage.has_gaps() || !coverage.is_settled() {
        Exit::Partial
    } else {
        Exit::Done
    }
}

fn account_line(entry: &AccountEntry, inventory: &Inventory) -> Option<String> {
    let name = &entry.account.name;
    match &entry.sign_in {
        SignIn::In(_) => None,
        SignIn::Waiting => Some(format!("{name}: signing in was not answered")),
        SignIn::Failed(fault) => Some(format!("{name}: {}", fault::sentence(fault))),
        SignIn::Same(id) => {
            let first = inventory.account_name(*id).map(ToString::to_string).unwrap_or_default();
            Some(format!("{name}: the same account as {first} ({id}), and read once"))
        }
    }
}
