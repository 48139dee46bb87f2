//! Every order carried out by the demo cloud, and seen by what is asked afterwards.

use super::*;

const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k1";

fn arn(resource: &str) -> SnapshotArn {
    format!("arn:aws:rds:us-east-1:111111111111:{resource}").parse().expect("an ARN")
}

/// Sends an order; what was made.
async fn made(
    trial: &Trial,
    operation: Operation,
    parameters: &[(&'static str, Argument)],
) -> Option<String> {
    let receipt = trial.aws.send(&order(operation, parameters)).await;
    let receipt = receipt.unwrap_or_else(|fault| panic!("{}: {fault:?}", operation.name()));
    assert!(receipt.request_id.is_some(), "{}", operation.name());
    assert_eq!(trial.operations(), [operation.name()], "one order, one call");
    receipt.made.map(|made| made.exact().to_owned())
}

async fn names(trial: &Trial, kind: Kind) -> BTreeSet<String> {
    match trial.ask(Question::Snapshots(ours(), kind)).await {
        Ok(Answer::Snapshots(there)) => {
            trial.calls();
            there.names
        }
        other => panic!("{other:?}"),
    }
}

async fn databases(trial: &Trial) -> Vec<String> {
    match trial.ask(Question::Databases(ours())).await {
        Ok(Answer::Databases(all)) => {
            trial.calls();
            all.iter().map(|one| format!("{} {}", one.name.exact(), one.status.exact())).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn snapshots_are_copied_taken_and_deleted() {
    let trial = Trial::of(&fleet(), &json!({})).await;
    let copy = [
        ("SourceDBSnapshotIdentifier", text("orders")),
        ("TargetDBSnapshotIdentifier", text("orders-copy")),
        ("KmsKeyId", text("alias/dba")),
        ("Tags", Argument::Tags(vec![Tag { key: "why".into(), value: "test".into() }])),
    ];
    let of_copy = made(&trial, Operation::CopyDBSnapshot, &copy).await;
    assert_eq!(of_copy, Some(arn("snapshot:orders-copy").exact()));
    let question = Question::Snapshot(ours(), arn("snapshot:orders-copy"));
    let Ok(Answer::Snapshot(Some(seen))) = trial.ask(question).await else { panic!("a copy") };
    assert_eq!(
        (seen.row.tags.len(), seen.row.encryption.clone()),
        (1, crate::domain::Encryption::Kms(KEY.parse().expect("an ARN")))
    );
    trial.calls();
    let copy = [
        ("SourceDBClusterSnapshotIdentifier", text("clu")),
        ("TargetDBClusterSnapshotIdentifier", text("clu-copy")),
        ("CopyTags", Argument::Flag(true)),
    ];
    let of_copy = made(&trial, Operation::CopyDBClusterSnapshot, &copy).await;
    assert_eq!(of_copy, Some(arn("cluster-snapshot:clu-copy").exact()));
    let taken = [("DBSnapshotIdentifier", text("fresh")), ("DBInstanceIdentifier", text("shop"))];
    let taken = made(&trial, Operation::CreateDBSnapshot, &taken).await;
    assert_eq!(taken, Some(arn("snapshot:fresh").exact()));
    let taken = [("DBClusterSnapshotIdentifier", text("fresh")), ("DBClusterIdentifier", text("big"))];
    let taken = made(&trial, Operation::CreateDBClusterSnapshot, &taken).await;
    assert_eq!(taken, Some(arn("cluster-snapshot:fresh").exact()));
    assert_eq!(
        made(&trial, Operation::DeleteDBSnapshot, &[("DBSnapshotIdentifier", text("orders"))]).await,
        None
    );
    let gone = [("DBClusterSnapshotIdentifier", text("clu"))];
    assert_eq!(made(&trial, Operation::DeleteDBClusterSnapshot, &gone).await, None);
    assert_eq!(names(&trial, Kind::Instance).await, ["fresh", "orders-copy"].map(str::to_owned).into());
    assert_eq!(names(&trial, Kind::Cluster).await, ["clu-copy", "fresh"].map(str::to_owned).into());
}

#[tokio::test]
async fn snapshots_are_shared_and_shut() {
    let trial = Trial::of(&fleet(), &json!({})).await;
    let taker: AccountId = "222222222222".parse().expect("an id");
    for (operation, name, arn) in [
        (
            Operation::ModifyDBSnapshotAttribute,
            ("DBSnapshotIdentifier", text("orders")),
            arn("snapshot:orders"),
        ),
        (
            Operation::ModifyDBClusterSnapshotAttribute,
            ("DBClusterSnapshotIdentifier", text("clu")),
            arn("cluster-snapshot:clu"),
        ),
    ] {
        let attribute = ("AttributeName", text("restore"));
        for (change, wanted) in [
            (("ValuesToAdd", list(&["222222222222"])), Share::Accounts([taker].into())),
            (("ValuesToAdd", list(&["all"])), Share::Public([taker].into())),
            (("ValuesToRemove", list(&["all", "222222222222"])), Share::Private),
        ] {
            made(&trial, operation, &[name.clone(), attribute.clone(), change]).await;
            let share = trial.ask(Question::Attributes(ours(), arn.clone())).await;
            assert_eq!(share, Ok(Answer::Attributes(wanted)));
            trial.calls();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn databases_are_restored_and_deleted() {
    let trial = Trial::of(&fleet(), &json!({})).await;
    let restore = [
        ("DBInstanceIdentifier", text("back")),
        ("DBSnapshotIdentifier", text("orders")),
        ("MultiAZ", Argument::Flag(true)),
        ("Port", Argument::Number(3307)),
    ];
    let instance = made(&trial, Operation::RestoreDBInstanceFromDBSnapshot, &restore).await;
    assert_eq!(instance.as_deref(), Some("arn:aws:rds:us-east-1:111111111111:db:back"));
    let restore = [
        ("DBClusterIdentifier", text("wide")),
        ("SnapshotIdentifier", text("clu")),
        ("Engine", text("aurora-mysql")),
        ("EngineVersion", text("8.0.mysql_aurora.3.08.2")),
    ];
    let cluster = made(&trial, Operation::RestoreDBClusterFromSnapshot, &restore).await;
    assert_eq!(cluster.as_deref(), Some("arn:aws:rds:us-east-1:111111111111:cluster:wide"));
    let names = |all: Vec<String>| -> Vec<String> {
        all.iter().filter_map(|one| one.split(' ').next().map(str::to_owned)).collect()
    };
    assert_eq!(names(databases(&trial).await), ["back", "shop", "big", "wide"]);
    let skip = ("SkipFinalSnapshot", Argument::Flag(true));
    made(&trial, Operation::DeleteDBInstance, &[("DBInstanceIdentifier", text("shop")), skip.clone()]).await;
    made(&trial, Operation::DeleteDBCluster, &[("DBClusterIdentifier", text("big")), skip]).await;
    let left = databases(&trial).await;
    let is_there = |name: &str| left.iter().any(|one| one.starts_with(name) && !one.ends_with("deleting"));
    assert!(!is_there("shop") && !is_there("big"), "{left:?}");
}

#[tokio::test]
async fn exports_are_started() {
    let trial = Trial::of(&fleet(), &json!({})).await;
    let export = [
        ("ExportTaskIdentifier", text("nightly")),
        ("SourceArn", text(&arn("snapshot:orders").exact())),
        ("S3BucketName", text("lake")),
        ("IamRoleArn", text("arn:aws:iam::111111111111:role/export")),
        ("KmsKeyId", text(KEY)),
        ("ExportOnly", list(&["shop.orders"])),
    ];
    assert_eq!(made(&trial, Operation::StartExportTask, &export).await.as_deref(), Some("nightly"));
    let Ok(Answer::ExportTasks(tasks)) = trial.ask(Question::ExportTasks(ours())).await else {
        panic!("tasks")
    };
    assert_eq!(tasks[0].id.exact(), "nightly");
}

#[tokio::test]
async fn keys_let_others_in_by_policy_and_by_grant() {
    let trial = Trial::of(&fleet(), &json!({})).await;
    let key: KeyArn = KEY.parse().expect("an ARN");
    let policies = async || {
        let asked = trial.ask(Question::KeyPolicy(Scope { ..ours() }, key.clone())).await;
        trial.calls();
        match asked {
            Ok(Answer::KeyPolicy(policies)) => policies,
            other => panic!("{other:?}"),
        }
    };
    let admits = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
        "Principal": {"AWS": ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"]},
        "Action": "kms:*", "Resource": "*"}]});
    let put = [("KeyId", text("k1")), ("PolicyName", text("default")), ("Policy", text(&admits.to_string()))];
    assert_eq!(made(&trial, Operation::PutKeyPolicy, &put).await, None);
    let put = crate::domain::Policy::parse(&admits.to_string()).expect("a policy");
    assert_eq!(policies().await.default.expect("a policy").statements, put.statements);
    let grant = [
        ("KeyId", text(KEY)),
        ("GranteePrincipal", text("arn:aws:iam::222222222222:root")),
        ("Operations", list(&["Decrypt", "CreateGrant", "DescribeKey"])),
    ];
    let id = made(&trial, Operation::CreateGrant, &grant).await.expect("a grant's id");
    let grants = policies().await.grants.expect("grants");
    assert_eq!((grants[0].id.exact(), grants[0].operations.len()), (id.as_str(), 3));
    assert_eq!(
        made(&trial, Operation::RevokeGrant, &[("KeyId", text(KEY)), ("GrantId", text(&id))]).await,
        None
    );
    assert_eq!(policies().await.grants, Ok(vec![]));
}

#[tokio::test]
async fn a_key_is_brought_back_and_disabled_again() {
    let trial = Trial::of(&fleet(), &json!({})).await;
    let state = async || match trial.ask(Question::Key(ours(), KEY.to_owned())).await {
        Ok(Answer::Key(Some(key))) => {
            trial.calls();
            key.state
        }
        other => panic!("{other:?}"),
    };
    for (operation, then) in
        [(Operation::DisableKey, KeyState::Disabled), (Operation::EnableKey, KeyState::Enabled)]
    {
        assert_eq!(made(&trial, operation, &[("KeyId", text(KEY))]).await, None);
        assert_eq!(state().await, then);
    }
    // There is nothing to cancel.
    let cancel = order(Operation::CancelKeyDeletion, &[("KeyId", text(KEY))]);
    let fault = trial.aws.send(&cancel).await.expect_err("a refusal");
    assert_eq!(fault.code.expect("a code").exact(), "KMSInvalidStateException");
}
