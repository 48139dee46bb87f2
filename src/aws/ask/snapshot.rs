//! One snapshot as a scope sees it (DescribeDBSnapshots, DescribeDBClusterSnapshots).
//!
//! An own one is asked for by its name, with the type that its name tells and then with the others,
//! since RDS finds an automated one only with its type (LIST-05). Another account's is known by its
//! ARN only (LIST-06); one call finds it whether it is shared or public, and where a cloud finds
//! nothing so, the listing of what is shared has the last word.

use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot};

use super::super::clients::Clients;
use super::super::listing::{Entries, FULL, Part, Question, action};
use super::super::pages;
use super::absence::is_not_there;
use crate::domain::{Fault, Kind, Shown, SnapshotArn, SnapshotFacts, SnapshotType};

/// What RDS says when there is no such snapshot, or the asker may not see it.
const NOT_THERE: [&str; 4] = [
    "DBSnapshotNotFound",
    "DBSnapshotNotFoundFault",
    "DBClusterSnapshotNotFoundFault",
    "DBClusterSnapshotNotFound",
];

/// Describes a snapshot; `None` when the scope sees none of this ARN.
pub(super) async fn snapshot(clients: &Clients, arn: &SnapshotArn) -> Result<Option<SnapshotFacts>, Fault> {
    if arn.region() != clients.scope.region.name() {
        return Ok(None);
    }
    if arn.account() != clients.scope.account {
        return foreign(clients, arn).await;
    }
    for part in parts(arn) {
        let question = Question {
            kind: arn.kind(),
            part: &part,
            identifier: Some(arn.exact_name()),
            marker: None,
            rows: FULL,
        };
        match clients.page(&question).await {
            Ok(page) => {
                if let Some(found) = find(&page.entries, clients, arn) {
                    return Ok(Some(found));
                }
            }
            Err(fault) if is_not_there(&fault, &NOT_THERE) => {}
            Err(fault) if part.is_refused(arn.kind(), &fault) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(None)
}

/// The ways to ask for an own snapshot, the likeliest first.
fn parts(arn: &SnapshotArn) -> Vec<Part> {
    match SnapshotType::of("", arn.exact_name()) {
        SnapshotType::Automated => vec![Part::Automated, Part::Own],
        SnapshotType::AwsBackup => vec![Part::AwsBackup, Part::Own, Part::Automated],
        SnapshotType::Manual => vec![Part::Own, Part::Automated, Part::AwsBackup],
    }
}

async fn foreign(clients: &Clients, arn: &SnapshotArn) -> Result<Option<SnapshotFacts>, Fault> {
    match by_arn(clients, arn).await {
        Ok(entries) => {
            if let Some(found) = find(&entries, clients, arn) {
                return Ok(Some(found));
            }
        }
        Err(fault) if is_not_there(&fault, &NOT_THERE) => {}
        Err(fault) => return Err(fault),
    }
    let shared = pages::all(clients, action(arn.kind()), |marker| async move {
        let question =
            Question { kind: arn.kind(), part: &Part::Shared, identifier: None, marker, rows: FULL };
        let page = clients.page(&question).await?;
        Ok((find(&page.entries, clients, arn).into_iter().collect(), page.marker))
    });
    Ok(shared.await?.pop())
}

/// Asks for another account's snapshot, shared or public.
async fn by_arn(clients: &Clients, arn: &SnapshotArn) -> Result<Entries, Fault> {
    let ask = action(arn.kind());
    Ok(match arn.kind() {
        Kind::Instance => {
            let request = clients.rds().describe_db_snapshots().db_snapshot_identifier(arn.exact());
            let request = request.include_shared(true).include_public(true);
            let answer = clients.ask(ask, || request.clone().send()).await?;
            Entries::Instances(answer.db_snapshots.unwrap_or_default())
        }
        Kind::Cluster => {
            let request =
                clients.rds().describe_db_cluster_snapshots().db_cluster_snapshot_identifier(arn.exact());
            let request = request.include_shared(true).include_public(true);
            let answer = clients.ask(ask, || request.clone().send()).await?;
            Entries::Clusters(answer.db_cluster_snapshots.unwrap_or_default())
        }
    })
}

fn find(entries: &Entries, clients: &Clients, arn: &SnapshotArn) -> Option<SnapshotFacts> {
    let at = entries.position(arn, &clients.scope)?;
    let row = entries.described()[at].row(arn.kind(), &clients.scope, clients.words())?;
    let more = match entries {
        Entries::Instances(entries) => More::from(&entries[at]),
        Entries::Clusters(entries) => More::from(&entries[at]),
    };
    let word = |text: Option<&str>| -> Option<Shown> {
        text.filter(|text| !text.is_empty()).map(|text| clients.words().word(text))
    };
    Some(SnapshotFacts {
        tde_credential: word(more.tde_credential),
        snapshot_target: word(more.snapshot_target),
        engine_mode: word(more.engine_mode),
        license_model: word(more.license_model),
        iops: more.iops.and_then(|iops| u32::try_from(iops).ok()).filter(|iops| *iops > 0),
        row,
    })
}

/// What a row leaves out, of either kind.
#[derive(Default)]
struct More<'a> {
    tde_credential: Option<&'a str>,
    snapshot_target: Option<&'a str>,
    engine_mode: Option<&'a str>,
    license_model: Option<&'a str>,
    iops: Option<i32>,
}

impl<'a> From<&'a DbSnapshot> for More<'a> {
    fn from(from: &'a DbSnapshot) -> Self {
        Self {
            tde_credential: from.tde_credential_arn(),
            snapshot_target: from.snapshot_target(),
            engine_mode: None,
            license_model: from.license_model(),
            iops: from.iops(),
        }
    }
}

impl<'a> From<&'a DbClusterSnapshot> for More<'a> {
    fn from(from: &'a DbClusterSnapshot) -> Self {
        Self { engine_mode: from.engine_mode(), license_model: from.license_model(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::script::{self, signed_in};
    use super::super::super::trial::{Trial, ours, theirs};
    use crate::domain::{Answer, Origin, Question as Asked, Scope};
    use crate::ports::Cloud as _;

    use super::*;

    fn arn(account: &str, resource: &str) -> SnapshotArn {
        format!("arn:aws:rds:us-east-1:{account}:{resource}").parse().expect("an ARN")
    }

    fn fleet() -> Value {
        json!({
            "DBSnapshots": [
                {"DBSnapshotIdentifier": "orders", "Engine": "oracle-ee", "LicenseModel": "bring-your-own-license",
                    "Iops": 3000, "TdeCredentialArn": "arn:tde", "SnapshotTarget": "region"},
                {"DBSnapshotIdentifier": "rds:orders-1", "SnapshotType": "automated"},
                {"DBSnapshotIdentifier": "preupgrade-1", "SnapshotType": "automated"},
                {"DBSnapshotIdentifier": "awsbackup:job-1", "SnapshotType": "awsbackup"},
                {"DBSnapshotIdentifier": "public"}],
            "DBClusterSnapshots": [
                {"DBClusterSnapshotIdentifier": "clu", "Engine": "aurora-mysql", "EngineMode": "serverless"},
                {"DBClusterSnapshotIdentifier": "awsbackup:job-2", "SnapshotType": "awsbackup"}],
            "SnapshotAttributes": {
                "arn:aws:rds:us-east-1:111111111111:snapshot:orders": ["222222222222"],
                "arn:aws:rds:us-east-1:111111111111:snapshot:public": ["all"],
                "arn:aws:rds:us-east-1:111111111111:cluster-snapshot:clu": ["222222222222"]}})
    }

    async fn found(trial: &Trial, scope: Scope, resource: &str) -> Option<SnapshotFacts> {
        match trial.ask(Asked::Snapshot(scope, arn("111111111111", resource))).await.expect("an answer") {
            Answer::Snapshot(found) => found.map(|found| *found),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn an_own_snapshot_of_any_type_is_found_with_what_its_row_leaves_out() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        for resource in ["snapshot:rds:orders-1", "snapshot:awsbackup:job-1", "snapshot:preupgrade-1"] {
            let found = found(&trial, ours(), resource).await.expect(resource);
            assert_eq!((found.row.origin, found.row.arn.exact_name()), (Origin::Own, &resource[9..]));
        }
        let cluster = found(&trial, ours(), "cluster-snapshot:clu").await.expect("a snapshot");
        assert_eq!(cluster.engine_mode.as_ref().map(Shown::exact), Some("serverless"));
        assert!(found(&trial, ours(), "cluster-snapshot:awsbackup:job-2").await.is_some());
        let found = found(&trial, ours(), "snapshot:orders").await.expect("a snapshot");
        let told = [&found.license_model, &found.tde_credential, &found.snapshot_target];
        let told = told.map(|text| text.as_ref().map(Shown::exact));
        assert_eq!(told, [Some("bring-your-own-license"), Some("arn:tde"), Some("region")]);
        assert_eq!(found.iops, Some(3000));
    }

    #[tokio::test]
    async fn another_accounts_snapshot_is_found_when_it_is_shared_or_public() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        for (resource, origin) in [
            ("snapshot:orders", Origin::Shared),
            ("cluster-snapshot:clu", Origin::Shared),
            ("snapshot:public", Origin::Public),
        ] {
            let found = found(&trial, theirs(), resource).await.expect(resource);
            assert_eq!((found.row.origin, found.row.owner()), (origin, ours().account));
            assert_eq!(trial.operations().len(), 1, "{resource}: one call, and no list");
        }
    }

    #[tokio::test]
    async fn one_that_is_not_there_or_not_shared_is_none() {
        let trial = Trial::of(&fleet(), &json!({})).await;
        assert_eq!(found(&trial, ours(), "snapshot:gone").await, None);
        assert_eq!(found(&trial, ours(), "cluster-snapshot:gone").await, None);
        assert_eq!(found(&trial, theirs(), "snapshot:rds:orders-1").await, None);
        let elsewhere = Scope { region: crate::domain::Region::new("eu-west-1"), ..ours() };
        trial.calls();
        assert_eq!(found(&trial, elsewhere, "snapshot:orders").await, None);
        assert!(trial.calls().is_empty(), "the ARN says that it lies elsewhere");
    }

    #[tokio::test]
    async fn a_cloud_that_knows_no_arn_is_asked_for_what_is_shared() {
        let theirs = arn("222222222222", "snapshot:theirs");
        let (aws, _) = signed_in(|ask| {
            match (ask.get("DBSnapshotIdentifier"), ask.get("SnapshotType"), ask.get("Marker")) {
                ("", "shared", "") => Some(script::Answer::instances(&["x"], Some("m"))),
                ("", "shared", _) => Some(script::Answer::instances(
                    &["arn:aws:rds:us-east-1:222222222222:snapshot:theirs"],
                    None,
                )),
                ("", ..) => None,
                _ => Some(script::Answer::error("DBSnapshotNotFound", "not found")),
            }
        })
        .await;
        let answer = aws.ask(&Asked::Snapshot(ours(), theirs.clone())).await;
        let Ok(Answer::Snapshot(Some(found))) = answer else { panic!("{answer:?}") };
        assert_eq!(found.row.arn, theirs);
    }
}
