//! Each reading operation tried once in a scope, with as little as AWS allows.

use super::action::Action;
use super::clients::Clients;
use super::listing::{Part, Question, SMALLEST, action};
use super::share::{attributes, share};
use crate::domain::{Fault, Kind, Share, Snapshot, Unasked};

/// What came of an operation.
type Tried = (&'static str, Result<(), Fault>);

/// Tries the operations that can be tried: attributes need an own manual snapshot, and a
/// description a key, that is met on the first page.
pub(super) async fn probe(clients: &Clients) -> Vec<Tried> {
    let (instances, clusters, aliases) = tokio::join!(
        first_page(clients, Kind::Instance),
        first_page(clients, Kind::Cluster),
        list_aliases(clients),
    );
    let rows = || [&instances, &clusters].into_iter().flatten().flatten();
    let (of_instance, of_cluster, key) = tokio::join!(
        ask_share(clients, Kind::Instance, rows().collect()),
        ask_share(clients, Kind::Cluster, rows().collect()),
        describe_key(clients, rows().collect()),
    );
    let listed = |kind, page: &Result<Vec<Snapshot>, Fault>| {
        let end = page.as_ref().map(|_| ()).map_err(Clone::clone);
        (action(kind).name(), end)
    };
    let mut tried = vec![listed(Kind::Instance, &instances), listed(Kind::Cluster, &clusters)];
    tried.extend(of_instance);
    tried.extend(of_cluster);
    tried.push(aliases);
    tried.extend(key);
    tried
}

async fn first_page(clients: &Clients, kind: Kind) -> Result<Vec<Snapshot>, Fault> {
    let part = Part::Own;
    let question = Question { kind, part: &part, identifier: None, marker: None, rows: SMALLEST };
    let page = clients.page(&question).await?;
    let rows = page.entries.described();
    Ok(rows.iter().filter_map(|row| row.row(kind, &clients.scope, clients.words())).collect())
}

async fn ask_share(clients: &Clients, kind: Kind, rows: Vec<&Snapshot>) -> Option<Tried> {
    let one =
        rows.into_iter().find(|row| row.kind() == kind && row.share == Share::Unknown(Unasked::NotYet))?;
    Some((attributes(kind).name(), share(clients, &one.arn).await.map(|_| ())))
}

async fn list_aliases(clients: &Clients) -> Tried {
    let request = clients.kms().list_aliases().limit(1);
    let end = clients.ask(Action::ListAliases, || request.clone().send()).await;
    (Action::ListAliases.name(), end.map(|_| ()))
}

async fn describe_key(clients: &Clients, rows: Vec<&Snapshot>) -> Option<Tried> {
    let key = rows.into_iter().find_map(|row| row.encryption.key())?;
    let request = clients.kms().describe_key().key_id(key.exact());
    let end = clients.ask(Action::DescribeKey, || request.clone().send()).await;
    Some((Action::DescribeKey.name(), end.map(|_| ())))
}
