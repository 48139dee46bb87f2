//! The snapshots of one kind that a scope owns: the names in use, and the copies under way.

use std::collections::HashSet;

use super::super::clients::Clients;
use super::super::listing::{FULL, Part, Question, action};
use super::super::pages;
use crate::domain::{Fault, Kind, Snapshot, SnapshotsThere, Status};

/// Lists them, those of AWS Backup too: their names are taken like all others.
pub(super) async fn there(clients: &Clients, kind: Kind) -> Result<SnapshotsThere, Fault> {
    let (own, backups) =
        tokio::join!(listed(clients, kind, &Part::Own), listed(clients, kind, &Part::AwsBackup));
    let backups = match backups {
        Err(fault) if Part::AwsBackup.is_refused(kind, &fault) => Vec::new(),
        backups => backups?,
    };
    let mut seen = HashSet::new();
    let mut there = SnapshotsThere::default();
    for row in own?.into_iter().chain(backups) {
        if seen.insert(row.arn.clone()) {
            count(&mut there, &row);
        }
    }
    Ok(there)
}

async fn listed(clients: &Clients, kind: Kind, part: &Part) -> Result<Vec<Snapshot>, Fault> {
    pages::all(clients, action(kind), |marker| async move {
        let question = Question { kind, part, identifier: None, marker, rows: FULL };
        let page = clients.page(&question).await?;
        let row = |entry: &super::super::row::Described<'_>| {
            entry
                .row(kind, &clients.scope, clients.words())
                .ok_or_else(|| clients.invalid(action(kind), "a snapshot without a name and without an ARN"))
        };
        let rows = page.entries.described().iter().map(row).collect::<Result<_, _>>()?;
        Ok((rows, page.marker))
    })
    .await
}

fn count(there: &mut SnapshotsThere, row: &Snapshot) {
    there.names.insert(row.arn.exact_name().to_ascii_lowercase());
    *there.by_database.entry(row.source_db.exact().to_ascii_lowercase()).or_default() += 1;
    let source = row.source_snapshot.as_ref().map(|source| source.exact().to_owned());
    // A copy within a region names no source (LIST-12), and a snapshot being taken has none.
    let is_copy = match &row.status {
        Status::Copying => true,
        Status::Creating => source.is_some(),
        Status::Available | Status::Other(_) => false,
    };
    if is_copy {
        there.copying += 1;
        there.copying_from.extend(source);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question as Asked};

    use super::*;

    #[tokio::test]
    async fn names_are_those_of_all_types_and_copies_are_told_from_new_snapshots() {
        let source = "arn:aws:rds:eu-west-1:111111111111:snapshot:a";
        let fleet = json!({
            "DBSnapshots": [
                {"DBSnapshotIdentifier": "Orders", "DBInstanceIdentifier": "Shop"},
                {"DBSnapshotIdentifier": "rds:shop-1", "DBInstanceIdentifier": "shop", "SnapshotType": "automated"},
                {"DBSnapshotIdentifier": "awsbackup:job-1", "DBInstanceIdentifier": "shop"},
                {"DBSnapshotIdentifier": "new", "DBInstanceIdentifier": "mail", "Status": "creating"},
                {"DBSnapshotIdentifier": "far", "DBInstanceIdentifier": "mail", "Status": "creating",
                    "SourceDBSnapshotIdentifier": source},
                {"DBSnapshotIdentifier": "near", "DBInstanceIdentifier": "mail", "Status": "copying"},
                {"DBSnapshotIdentifier": "done", "DBInstanceIdentifier": "mail",
                    "SourceDBSnapshotIdentifier": "b"}],
            "DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "clu", "DBClusterIdentifier": "c"},
                {"DBClusterSnapshotIdentifier": "awsbackup:job-2", "DBClusterIdentifier": "c"}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let there = async |kind| match trial.ask(Asked::Snapshots(ours(), kind)).await {
            Ok(Answer::Snapshots(there)) => there,
            other => panic!("{other:?}"),
        };
        let instances = there(Kind::Instance).await;
        let names: Vec<&str> = instances.names.iter().map(String::as_str).collect();
        assert_eq!(names, ["awsbackup:job-1", "done", "far", "near", "new", "orders", "rds:shop-1"]);
        assert_eq!((instances.copying, instances.copying_from.len()), (2, 1));
        assert!(instances.copying_from.contains(source));
        assert_eq!((instances.by_database["shop"], instances.by_database["mail"]), (3, 4));
        let clusters = there(Kind::Cluster).await;
        assert_eq!((clusters.names.len(), clusters.by_database["c"], clusters.copying), (2, 2, 0));
    }
}
