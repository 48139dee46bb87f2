//! A small world to try calls on, and answers to look at. For tests.
//!
//! Account 111 owns nearly everything, in us-east-1; 222 is who it shares with; 333 is a stranger. Each
//! snapshot and each key is named for what is special about it.

use hyper::Request;
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::{Cloud, Fleet};

pub(crate) const OWNER: &str = "111111111111";
pub(crate) const OTHER: &str = "222222222222";
pub(crate) const STRANGER: &str = "333333333333";
pub(crate) const HOME: &str = "us-east-1";
pub(crate) const AWAY: &str = "eu-west-1";

/// A cloud over that world.
pub(crate) struct World {
    cloud: Cloud,
}

/// What the cloud answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) body: String,
}

/// The ARN of a DB instance snapshot of account 111 in us-east-1.
pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:rds:{HOME}:{OWNER}:snapshot:{name}")
}

/// The ARN of a DB cluster snapshot of account 111 in us-east-1.
pub(crate) fn cluster_arn(name: &str) -> String {
    format!("arn:aws:rds:{HOME}:{OWNER}:cluster-snapshot:{name}")
}

/// The ARN of a key of that world; its id is its alias.
pub(crate) fn key(account: &str, region: &str, name: &str) -> String {
    format!("arn:aws:kms:{region}:{account}:key/{name}")
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The world, changed before it begins.
    pub(crate) fn with(change: impl FnOnce(&mut Value)) -> Self {
        let mut fleet = fleet();
        change(&mut fleet);
        let fleet = Fleet::parse(&fleet.to_string()).expect("BUG: the world is a fleet");
        Self { cloud: Cloud::new(fleet, 1.0) }
    }

    /// The built-in fleet instead of that world.
    pub(crate) fn built_in() -> Self {
        Self { cloud: Cloud::new(Fleet::built_in(), 1.0) }
    }

    /// Calls RDS as an account, or with an access key, in a region.
    pub(crate) async fn rds(
        &self,
        who: &str,
        region: &str,
        operation: &str,
        params: &[(&str, &str)],
    ) -> Answer {
        self.query("rds", who, region, operation, params).await
    }

    /// Calls KMS.
    pub(crate) async fn kms(&self, who: &str, region: &str, operation: &str, params: Value) -> Answer {
        let ask = signed("kms", who, region).header("x-amz-target", format!("TrentService.{operation}"));
        self.send(ask, params.to_string()).await
    }

    /// Gives the access key of a session of a role.
    pub(crate) async fn assume(&self, role: &str) -> String {
        let params = [("RoleArn", role), ("RoleSessionName", "someone")];
        let answer = self.query("sts", OWNER, HOME, "AssumeRole", &params).await;
        answer.text("AccessKeyId").expect("BUG: the role is of an account of the world").to_owned()
    }

    async fn query(
        &self,
        service: &str,
        who: &str,
        region: &str,
        operation: &str,
        params: &[(&str, &str)],
    ) -> Answer {
        let mut form = format!("Action={operation}");
        for (name, value) in params {
            form.extend(["&", name, "="]);
            form.extend(value.bytes().flat_map(|byte| format!("%{byte:02x}").into_bytes()).map(char::from));
        }
        self.send(signed(service, who, region), form).await
    }

    async fn send(&self, ask: hyper::http::request::Builder, body: String) -> Answer {
        let ask = ask.body(Bytes::from(body)).expect("BUG: the request is well-formed");
        let answer = self.cloud.answer(ask).await;
        Answer { body: String::from_utf8_lossy(answer.body()).into_owned() }
    }
}

fn signed(service: &str, who: &str, region: &str) -> hyper::http::request::Builder {
    let access_key = if who.len() == 12 { format!("AKIA{who}") } else { who.to_owned() };
    let credential =
        format!("AWS4-HMAC-SHA256 Credential={access_key}/20261124/{region}/{service}/aws4_request");
    Request::builder().method("POST").header("authorization", credential)
}

impl Answer {
    /// The first element of that name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(&format!("<{name}>"))?;
        rest.split_once('<').map(|(text, _)| text)
    }

    /// All elements of that name.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        self.body
            .split(&format!("<{name}>"))
            .skip(1)
            .filter_map(|rest| rest.split_once('<').map(|(text, _)| text))
            .collect()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("BUG: the answer is JSON")
    }

    /// The code of a refusal; `ok` for an answer.
    pub(crate) fn code(&self) -> String {
        let of_json =
            || serde_json::from_str::<Value>(&self.body).ok()?.get("__type")?.as_str().map(str::to_owned);
        self.text("Code").map(str::to_owned).or_else(of_json).unwrap_or_else(|| "ok".to_owned())
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code(), "ok", "{}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn refused(self, code: &str) {
        assert_eq!(self.code(), code, "{}", self.body);
    }
}

fn snapshot(name: &str, more: &Value) -> Value {
    let usual = json!({"DBSnapshotIdentifier": name, "DBInstanceIdentifier": format!("db-of-{}", name.replace(':', "-")),
        "Engine": "mysql", "EngineVersion": "8.0.43", "AllocatedStorage": 10, "OptionGroupName": "default:mysql-8-0", "AvailabilityZone": "us-east-1a"});
    extended(usual, more)
}

fn cluster(name: &str, more: &Value) -> Value {
    let usual = json!({"DBClusterSnapshotIdentifier": name, "DBClusterIdentifier": format!("db-of-{name}"),
        "Engine": "aurora-mysql", "EngineVersion": "8.0.mysql_aurora.3.10.1", "AllocatedStorage": 1});
    extended(usual, more)
}

fn extended(mut object: Value, more: &Value) -> Value {
    if let (Some(object), Some(more)) = (object.as_object_mut(), more.as_object()) {
        object.extend(more.clone());
    }
    object
}

fn a_key(name: &str, statements: &[Value], metadata: &Value) -> Value {
    let own = lets(&format!("arn:aws:iam::{OWNER}:root"), &["kms:*"]);
    let statements = [&[own][..], statements].concat();
    json!({"KeyMetadata": extended(json!({"KeyId": name}), metadata), "Aliases": [format!("alias/{name}")],
        "Policy": {"Statement": statements}})
}

fn lets(principal: &str, actions: &[&str]) -> Value {
    json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": actions, "Resource": "*"})
}

/// Whether an option is persistent and permanent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clings {
    Yes,
    No,
}

fn option_group(name: &str, engine: &str, major: &str, option: &str, clings: Clings) -> Value {
    let clings = clings == Clings::Yes;
    json!({"OptionGroupName": name, "EngineName": engine, "MajorEngineVersion": major,
        "Options": [{"OptionName": option, "Persistent": clings, "Permanent": clings}]})
}

fn keys() -> Value {
    let crypto = ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"];
    let full = [&["kms:CreateGrant"][..], &crypto[..]].concat();
    let other = format!("arn:aws:iam::{OTHER}:root");
    let backup = format!("arn:aws:iam::{OTHER}:role/Backup");
    let deny = json!({"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": OWNER}}});
    let nothing = json!({});
    json!([
        a_key("cmk", &[lets(&other, &full)], &nothing),
        a_key("no-grant", &[lets(&other, &crypto)], &nothing),
        a_key("role-only", &[lets(&backup, &full)], &nothing),
        a_key("denied", &[lets(&other, &full), deny], &nothing),
        a_key("closed", &[], &nothing),
        a_key("disabled", &[], &json!({"KeyState": "Disabled"})),
        a_key("dying", &[], &json!({"KeyState": "PendingDeletion"})),
        a_key("signing", &[], &json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"})),
        {"KeyMetadata": {"KeyId": "default", "KeyManager": "AWS"}, "Aliases": ["alias/aws/rds"]},
    ])
}

fn snapshots() -> Value {
    let of = |engine: &str, version: &str, group: &str| json!({"Engine": engine, "EngineVersion": version, "OptionGroupName": group});
    let custom =
        |engine: &str| json!({"Engine": engine, "Encrypted": true, "KmsKeyId": key(OWNER, HOME, "cmk")});
    let oracle = "19.0.0.0.ru-2025-10.rur-2025-10.r1";
    let mut all = vec![
        snapshot(
            "plain",
            &json!({"TagList": [{"Key": "env", "Value": "prod"}, {"Key": "aws:backup:x", "Value": "y"}]}),
        ),
        snapshot("old", &json!({"OriginalSnapshotCreateTime": "2024-11-01T00:00:00Z"})),
        snapshot("creating", &json!({"Status": "creating", "AllocatedStorage": 100_000})),
        snapshot("failed", &json!({"Status": "failed"})),
        snapshot("magnetic", &json!({"StorageType": "standard"})),
        snapshot("tde", &of("oracle-ee", oracle, "tde")),
        snapshot("timezone", &of("oracle-se2", oracle, "timezone")),
        snapshot("native", &of("sqlserver-se", "16.00.4210.1.v1", "native")),
        snapshot("postgres", &of("postgres", "16.4", "default:postgres-16")),
        snapshot("custom-sqlserver", &custom("custom-sqlserver-ee")),
        snapshot("custom-oracle", &custom("custom-oracle-ee")),
    ];
    all.extend(["rds:auto", "awsbackup:job-1", "public", "private"].map(|name| snapshot(name, &json!({}))));
    let keys = ["cmk", "no-grant", "role-only", "denied", "closed", "default", "disabled", "dying"];
    all.extend(
        keys.map(|name| snapshot(name, &json!({"Encrypted": true, "KmsKeyId": key(OWNER, HOME, name)}))),
    );
    Value::Array(all)
}

fn clusters() -> Value {
    let keyed = |name: &str| json!({"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": key(OWNER, HOME, name)});
    json!([
        cluster("aurora", &json!({"StorageEncryptionType": "none"})),
        cluster("aurora-owned", &json!({"StorageEncryptionType": "sse-rds"})),
        cluster("aurora-cmk", &keyed("cmk")),
        cluster("aurora-closed", &keyed("closed")),
        cluster("aurora-default", &keyed("default")),
        cluster("rds:aurora-auto", &json!({})),
        cluster("neptune", &json!({"Engine": "neptune", "EngineVersion": "1.4.5.1"})),
        cluster("docdb", &json!({"Engine": "docdb", "EngineVersion": "5.0.0"})),
        cluster("maz", &json!({"Engine": "mysql", "EngineVersion": "8.0.43", "AllocatedStorage": 10})),
    ])
}

fn shares() -> Value {
    let instances = [
        "plain",
        "timezone",
        "cmk",
        "no-grant",
        "role-only",
        "denied",
        "closed",
        "default",
        "old",
        "custom-sqlserver",
    ];
    let clusters = ["aurora", "aurora-cmk", "aurora-closed", "docdb", "aurora-owned"];
    let arns = instances.map(arn).into_iter().chain(clusters.map(cluster_arn));
    let mut shares: serde_json::Map<String, Value> = arns.map(|arn| (arn, json!([OTHER]))).collect();
    shares.insert(arn("public"), json!(["all"]));
    Value::Object(shares)
}

fn fleet() -> Value {
    let groups = json!([
        option_group("tde", "oracle-ee", "19", "TDE", Clings::Yes),
        option_group("timezone", "oracle-se2", "19", "Timezone", Clings::Yes),
        option_group("native", "sqlserver-se", "16.00", "SQLSERVER_BACKUP_RESTORE", Clings::No),
        option_group("audit", "mysql", "8.0", "MARIADB_AUDIT_PLUGIN", Clings::No),
    ]);
    let there = json!([option_group("tde-there", "oracle-ee", "19", "TDE", Clings::Yes)]);
    let of_other = json!([option_group("timezone-there", "oracle-se2", "19", "Timezone", Clings::Yes)]);
    let subnets = json!([{"DBSubnetGroupName": "private", "VpcId": "vpc-1", "Subnets": [
        {"SubnetIdentifier": "subnet-a", "SubnetAvailabilityZone": {"Name": "us-east-1a"}},
        {"SubnetIdentifier": "subnet-b", "SubnetAvailabilityZone": {"Name": "us-east-1b"}}]},
        {"DBSubnetGroupName": "narrow", "VpcId": "vpc-1", "Subnets": [
        {"SubnetIdentifier": "subnet-a", "SubnetAvailabilityZone": {"Name": "us-east-1a"}}]}]);
    let parameters = json!([
        {"DBParameterGroupName": "tuned", "DBParameterGroupFamily": "mysql8.0"},
        {"DBParameterGroupName": "tuned-84", "DBParameterGroupFamily": "mysql8.4"}]);
    let own_key = |account: &str| {
        let statements = [lets(&format!("arn:aws:iam::{account}:root"), &["kms:*"])];
        json!([{"KeyMetadata": {"KeyId": "own"}, "Aliases": ["alias/own"], "Policy": {"Statement": statements}}])
    };
    json!({
        "now": "2026-11-24T03:00:00Z", "caller": OWNER, "copy_seconds_per_gib": 1,
        "accounts": {
            OWNER: {"name": "owner", "regions_disabled": ["ap-east-1"], "regions": {
                HOME: {"DBSnapshots": snapshots(), "DBClusterSnapshots": clusters(), "SnapshotAttributes": shares(),
                    "Keys": keys(), "OptionGroups": groups, "DBSubnetGroups": subnets, "DBParameterGroups": parameters},
                AWAY: {"Keys": own_key(OWNER), "OptionGroups": there}}},
            OTHER: {"name": "other", "regions": {
                HOME: {"Keys": own_key(OTHER), "OptionGroups": of_other}, AWAY: {"Keys": own_key(OTHER)}}},
            STRANGER: {"name": "stranger", "regions": {HOME: {"Keys": own_key(STRANGER)}}}
        }
    })
}
