//! Orders through the real SDK: to the letter on the wire, once, and carried out by the demo cloud.

#![cfg(test)]

use std::collections::BTreeSet;
use std::time::Duration;

use aws_sdk_kms::config::BehaviorVersion;
use serde_json::{Value, json};

use super::super::script::{self, ACCOUNT, Ask, Log, signed_in};
use super::super::trial::{Trial, ours};
use super::parameters::Parameters;
use super::sending::NOT_SENT;
use crate::domain::{
    Access, AccountId, Answer, FaultClass, KeyArn, Kind, Question, Scope, Share, SnapshotArn, Tag,
};
use crate::plan::{Argument, Call};
use crate::ports::Cloud as _;

use super::*;

fn order(operation: Operation, parameters: &[(&'static str, Argument)]) -> Order {
    let call = Call { scope: ours(), operation, parameters: parameters.to_vec() };
    call.order(Access::ReadWrite).expect("an order")
}

fn text(text: &str) -> Argument {
    Argument::Text(text.into())
}

fn list(texts: &[&str]) -> Argument {
    Argument::List(texts.iter().map(|text| (*text).into()).collect())
}

/// What a request takes and leaves, and the fields that the SDK has for it.
struct Declared {
    operation: Operation,
    takes: &'static [(&'static str, &'static str, &'static str)],
    leaves: &'static [&'static str],
    fields: BTreeSet<String>,
}

fn declared<R: Parameters>(operation: Operation, request: &R, input: &str) -> Declared {
    let _ = request;
    // A builder shows its fields: `CopyDbSnapshotInput { tags: None, ... }`.
    let (_, fields) = input.split_once(" { ").expect("fields");
    let fields = fields.trim_end_matches(" }").split(", ").filter_map(|field| field.split_once(": "));
    let fields = fields.map(|(name, _)| name.to_owned()).collect();
    Declared { operation, takes: R::TAKES, leaves: R::LEAVES, fields }
}

fn every() -> Vec<Declared> {
    let rds = aws_sdk_rds::Client::from_conf(
        aws_sdk_rds::Config::builder().behavior_version(BehaviorVersion::latest()).build(),
    );
    let kms = aws_sdk_kms::Client::from_conf(
        aws_sdk_kms::Config::builder().behavior_version(BehaviorVersion::latest()).build(),
    );
    macro_rules! declared {
        ($($operation:ident $client:ident $method:ident)+) => {
            vec![$({
                let request = $client.$method();
                declared(Operation::$operation, &request, &format!("{:?}", request.as_input()))
            }),+]
        };
    }
    declared! {
        CopyDBSnapshot rds copy_db_snapshot
        CopyDBClusterSnapshot rds copy_db_cluster_snapshot
        ModifyDBSnapshotAttribute rds modify_db_snapshot_attribute
        ModifyDBClusterSnapshotAttribute rds modify_db_cluster_snapshot_attribute
        RestoreDBInstanceFromDBSnapshot rds restore_db_instance_from_db_snapshot
        RestoreDBClusterFromSnapshot rds restore_db_cluster_from_snapshot
        StartExportTask rds start_export_task
        DeleteDBSnapshot rds delete_db_snapshot
        DeleteDBClusterSnapshot rds delete_db_cluster_snapshot
        CreateDBSnapshot rds create_db_snapshot
        CreateDBClusterSnapshot rds create_db_cluster_snapshot
        DeleteDBInstance rds delete_db_instance
        DeleteDBCluster rds delete_db_cluster
        PutKeyPolicy kms put_key_policy
        CreateGrant kms create_grant
        RevokeGrant kms revoke_grant
    }
}

#[test]
fn every_parameter_that_the_sdk_knows_is_taken_or_left_on_purpose() {
    for Declared { operation, takes, leaves, fields } in every() {
        let taken = takes.iter().map(|(_, setter, _)| setter.trim_start_matches("set_"));
        let declared: BTreeSet<String> = taken.chain(leaves.iter().copied()).map(str::to_owned).collect();
        assert_eq!(declared, fields, "{}", operation.name());
    }
}

/// A value of each form, and how its name and value look on the wire of RDS and in the JSON of KMS.
fn sample(name: &str, form: &str) -> (Argument, Vec<(String, String)>, Value) {
    let own = |value: &str| vec![(name.to_owned(), value.to_owned())];
    match form {
        "text" => (text(&format!("of {name}")), own(&format!("of {name}")), json!(format!("of {name}"))),
        "flag" => (Argument::Flag(true), own("true"), json!(true)),
        "number" | "long" => (Argument::Number(42), own("42"), json!(42)),
        "operations" => (list(&["Decrypt"]), vec![], json!(["Decrypt"])),
        "list" => {
            let value = format!("in {name}");
            (list(&[&value]), vec![(format!("{name}."), value.clone())], json!([value]))
        }
        "tags" => {
            let tag = Tag { key: "k".into(), value: "v".into() };
            let pairs = [("Key", "k"), ("Value", "v")];
            let wire = pairs.map(|(part, value)| (format!("{name}.Tag.1.{part}"), value.to_owned())).to_vec();
            (Argument::Tags(vec![tag]), wire, json!(null))
        }
        other => panic!("no sample of {other}"),
    }
}

#[tokio::test]
async fn every_parameter_reaches_the_wire_under_its_own_name() {
    let (aws, log) = signed_in(|ask| {
        (ask.operation != "GetCallerIdentity").then(|| script::Answer::error("AccessDenied", "no"))
    })
    .await;
    for Declared { operation, takes, .. } in every() {
        let samples: Vec<_> = takes.iter().map(|(name, _, form)| (*name, sample(name, form))).collect();
        let parameters: Vec<_> =
            samples.iter().map(|(name, (argument, ..))| (*name, argument.clone())).collect();
        aws.send(&order(operation, &parameters)).await.expect_err("a refusal");
        let asked = log.lock().expect("a log").pop().expect("a call");
        assert_eq!(asked.operation, operation.name());
        let json: Value = serde_json::from_str(asked.get("")).unwrap_or_default();
        for (name, (_, wire, value)) in samples {
            match operation.service() {
                "kms" => assert_eq!(json[name], value, "{}: {name}", operation.name()),
                _ => assert!(wire.iter().all(|pair| asked.has(pair)), "{}: {name}", operation.name()),
            }
        }
    }
}

#[tokio::test]
async fn a_parameter_that_is_not_taken_is_told_and_nothing_is_sent() {
    let (aws, log) = signed_in(|_| None).await;
    for parameter in [("Colour", text("red")), ("CopyTags", text("yes")), ("KmsKeyId", Argument::Number(1))] {
        let fault = aws.send(&order(Operation::CopyDBSnapshot, &[parameter])).await.expect_err("a fault");
        assert_eq!(fault.code.expect("a code").exact(), NOT_SENT);
    }
    let too_much = [("Port", Argument::Number(i64::MAX))];
    let order = order(Operation::RestoreDBClusterFromSnapshot, &too_much);
    assert_eq!(aws.send(&order).await.expect_err("a fault").class, FaultClass::Other);
    assert!(log.lock().expect("a log").is_empty());
}

#[tokio::test]
async fn nothing_is_sent_in_an_account_that_is_read_only() {
    let trial = Trial::with_access(Access::ReadOnly, &fleet(), &json!({})).await;
    for Declared { operation, .. } in every() {
        let fault = trial.aws.send(&order(operation, &[])).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::AccessDenied, "{}", operation.name());
        assert_eq!(fault.code.expect("a code").exact(), NOT_SENT);
    }
    assert!(trial.calls().is_empty());
}

fn delete() -> Order {
    order(Operation::DeleteDBSnapshot, &[("DBSnapshotIdentifier", text("orders"))])
}

fn sent(log: &Log) -> usize {
    log.lock().expect("a log").iter().filter(|ask| ask.operation == "DeleteDBSnapshot").count()
}

/// Sends to a cloud that always answers so; the fault, and how often it was sent.
async fn end(answer: impl Fn(&Ask) -> script::Answer + Send + Sync + 'static) -> (Fault, usize) {
    let (aws, log) = signed_in(move |ask| (ask.operation == "DeleteDBSnapshot").then(|| answer(ask))).await;
    let fault = aws.send(&delete()).await.expect_err("a fault");
    (fault, sent(&log))
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_carried_out_is_not_sent_again_and_said_to_be_unsure() {
    let never = Duration::from_secs(1_000_000);
    let hung = end(move |ask| script::Answer::xml(&ask.operation, "").after(never)).await;
    let failed =
        end(|_| script::Answer { status: 500, ..script::Answer::error("InternalFailure", "oops") }).await;
    let gateway = end(|_| script::Answer { status: 503, ..script::Answer::body("<html>busy</html>") }).await;
    for (fault, sent) in [hung, failed, gateway] {
        assert_eq!((fault.class, sent), (FaultClass::Unreachable, 1), "{fault:?}");
        assert!(fault.hint.exact().contains(ACCOUNT), "{}", fault.hint);
    }
    let (fault, sent) = end(|_| script::Answer::body("<DeleteDBSnapshotResponse><Delete")).await;
    assert_eq!((fault.class, sent), (FaultClass::InvalidResponse, 1));
    assert!(fault.hint.exact().contains("not known"), "{}", fault.hint);
}

#[tokio::test(start_paused = true)]
async fn what_aws_refuses_is_told_as_refused() {
    let (fault, sent) = end(|_| script::Answer::error("InvalidDBSnapshotState", "no")).await;
    assert_eq!((fault.class, sent), (FaultClass::Other, 1));
    assert_eq!(fault.code.expect("a code").exact(), "InvalidDBSnapshotState");
    let (fault, sent) = end(|_| script::Answer::error("AccessDenied", "no")).await;
    assert_eq!((fault.class, sent), (FaultClass::AccessDenied, 1));
    assert_eq!(fault.action.expect("an action").exact(), "rds:DeleteDBSnapshot");
    let (fault, sent) = end(|_| script::Answer::error("LimitExceededException", "no more grants")).await;
    assert_eq!((fault.class, sent), (FaultClass::Other, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_aws_refuses_for_its_pace_is_waited_with() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let (aws, log) = signed_in(move |ask| {
        (ask.operation == "DeleteDBSnapshot").then(|| {
            match asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 | 1 => script::Answer::error("Throttling", "Rate exceeded"),
                _ => script::Answer::xml("DeleteDBSnapshot", ""),
            }
        })
    })
    .await;
    let receipt = aws.send(&delete()).await.expect("a receipt");
    assert_eq!(receipt.request_id.expect("an id").exact(), "r-1");
    assert_eq!(sent(&log), 3);
    let (fault, sent) = end(|_| script::Answer::error("ThrottlingException", "Rate exceeded")).await;
    assert_eq!((fault.class, sent), (FaultClass::Throttled, 5));
}

const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k1";

fn fleet() -> Value {
    json!({
        "DBSnapshots": [{"DBSnapshotIdentifier": "orders", "Engine": "mysql", "EngineVersion": "8.4.6"}],
        "DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "clu", "Engine": "aurora-mysql",
            "EngineVersion": "8.0.mysql_aurora.3.08.2"}],
        "DBInstances": [{"DBInstanceIdentifier": "shop", "Engine": "mysql", "EngineVersion": "8.4.6"}],
        "DBClusters": [{"DBClusterIdentifier": "big", "Engine": "aurora-mysql",
            "EngineVersion": "8.0.mysql_aurora.3.08.2"}],
        "Keys": [{"KeyMetadata": {"KeyId": "k1"}, "Aliases": ["alias/dba"]}]})
}

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
    assert_eq!(of_copy.as_deref(), Some(arn("snapshot:orders-copy").exact()));
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
    assert_eq!(of_copy.as_deref(), Some(arn("cluster-snapshot:clu-copy").exact()));
    let taken = [("DBSnapshotIdentifier", text("fresh")), ("DBInstanceIdentifier", text("shop"))];
    let taken = made(&trial, Operation::CreateDBSnapshot, &taken).await;
    assert_eq!(taken.as_deref(), Some(arn("snapshot:fresh").exact()));
    let taken = [("DBClusterSnapshotIdentifier", text("fresh")), ("DBClusterIdentifier", text("big"))];
    let taken = made(&trial, Operation::CreateDBClusterSnapshot, &taken).await;
    assert_eq!(taken.as_deref(), Some(arn("cluster-snapshot:fresh").exact()));
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
        ("SourceArn", text(arn("snapshot:orders").exact())),
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
