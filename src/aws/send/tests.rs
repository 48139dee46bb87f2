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
    Access, AccountId, Answer, FaultClass, KeyArn, KeyState, Kind, Question, Scope, Share, SnapshotArn, Tag,
};
use crate::plan::{Argument, Call};
use crate::ports::Cloud as _;

use super::*;

mod carried_out;
mod grants_by_name;

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
        CancelKeyDeletion kms cancel_key_deletion
        EnableKey kms enable_key
        DisableKey kms disable_key
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
