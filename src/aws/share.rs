//! Who can read a snapshot: the attribute `restore` (DescribeDBSnapshotAttributes, DescribeDBClusterSnapshotAttributes).

use super::action::Action;
use super::clients::Clients;
use crate::domain::{AccountId, Fault, Kind, Share, SnapshotArn};

/// Asks for the share state of an own manual snapshot.
pub(super) async fn share(clients: &Clients, arn: &SnapshotArn) -> Result<Share, Fault> {
    let values = match arn.kind() {
        Kind::Instance => {
            let request =
                clients.rds().describe_db_snapshot_attributes().db_snapshot_identifier(arn.exact_name());
            let answer = clients.ask(attributes(arn.kind()), || request.clone().send()).await?;
            let attributes = answer
                .db_snapshot_attributes_result
                .map(|result| result.db_snapshot_attributes.unwrap_or_default());
            attributes.map(|attributes| {
                let restore = attributes.into_iter().filter(|a| a.attribute_name() == Some("restore"));
                restore.flat_map(|attribute| attribute.attribute_values.unwrap_or_default()).collect()
            })
        }
        Kind::Cluster => {
            let request = clients
                .rds()
                .describe_db_cluster_snapshot_attributes()
                .db_cluster_snapshot_identifier(arn.exact_name());
            let answer = clients.ask(attributes(arn.kind()), || request.clone().send()).await?;
            let attributes = answer
                .db_cluster_snapshot_attributes_result
                .map(|result| result.db_cluster_snapshot_attributes.unwrap_or_default());
            attributes.map(|attributes| {
                let restore = attributes.into_iter().filter(|a| a.attribute_name() == Some("restore"));
                restore.flat_map(|attribute| attribute.attribute_values.unwrap_or_default()).collect()
            })
        }
    };
    let invalid = |why| clients.invalid(attributes(arn.kind()), why);
    let values: Vec<String> = values.ok_or_else(|| invalid("an answer without the snapshot's attributes"))?;
    // Whoever cannot be named can read it all the same: that is not "private".
    state(&values).ok_or_else(|| invalid("the snapshot is shared with somebody who is no account"))
}

/// The operation for a kind.
pub(super) fn attributes(kind: Kind) -> Action {
    match kind {
        Kind::Instance => Action::DescribeDBSnapshotAttributes,
        Kind::Cluster => Action::DescribeDBClusterSnapshotAttributes,
    }
}

/// The state that the values of `restore` mean: account ids, and `all`; `None` for anything else.
fn state(values: &[String]) -> Option<Share> {
    let accounts = values.iter().filter(|value| *value != "all");
    let mut accounts: Vec<AccountId> = accounts.map(|value| value.parse()).collect::<Result<_, _>>().ok()?;
    accounts.sort_unstable();
    accounts.dedup();
    Some(match (values.iter().any(|value| value == "all"), accounts.is_empty()) {
        (true, _) => Share::Public(accounts.into()),
        (false, true) => Share::Private,
        (false, false) => Share::Accounts(accounts.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Option<Share> {
        state(&values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn all_is_public_whoever_is_named_besides() {
        let id: AccountId = "222222222222".parse().expect("an id");
        assert_eq!(of(&[]), Some(Share::Private));
        assert_eq!(of(&["222222222222", "222222222222"]), Some(Share::Accounts([id].into())));
        assert_eq!(of(&["222222222222", "all"]), Some(Share::Public([id].into())));
        assert_eq!(of(&["all"]), Some(Share::Public([].into())));
    }

    #[test]
    fn somebody_who_cannot_be_named_is_not_nobody() {
        assert_eq!(of(&["o-organisation"]), None);
    }
}
