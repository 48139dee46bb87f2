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
            let value: String = value.bytes().map(|byte| format!("%{byte:02x}")).collect();
            form.push_str(&format!("&{name}={value}"));
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

fn snapshot(name: &str, more: Value) -> Value {
    let mut snapshot = json!({"DBSnapshotIdentifier": name, "DBInstanceIdentifier": format!("db-of-{}", name.replace(':', "-")),
        "Engine": "mysql", "EngineVersion": "8.0.39", "AllocatedStorage": 10, "OptionGroupName": "default:mysql-8-0"});
    extend(&mut snapshot, more);
    snapshot
}

fn cluster(name: &str, more: Value) -> Value {
    let mut snapshot = json!({"DBClusterSnapshotIdentifier": name, "DBClusterIdentifier": format!("db-of-{name}"),
        "Engine": "aurora-mysql", "EngineVersion": "8.0.mysql_aurora.3.08.0", "AllocatedStorage": 1});
    extend(&mut snapshot, more);
    snapshot
}

fn extend(object: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}

fn encrypted(name: &str) -> Value {
    json!({"Encrypted": true, "KmsKeyId": key(OWNER, HOME, name)})
}

fn encrypted_cluster(name: &str) -> Value {
    json!({"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": key(OWNER, HOME, name)})
}

fn a_key(name: &str, statements: &[Value], metadata: Value) -> Value {
    let own = json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{OWNER}:root")}, "Action": "kms:*", "Resource": "*"});
    let statements = [&[own][..], statements].concat();
    let mut key = json!({"KeyMetadata": {"KeyId": name}, "Aliases": [format!("alias/{name}")],
        "Policy": {"Statement": statements}});
    extend(&mut key["KeyMetadata"], metadata);
    key
}

fn lets(principal: &str, actions: &[&str]) -> Value {
    json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": actions, "Resource": "*"})
}

fn option_group(name: &str, engine: &str, major: &str, option: &str, clings: bool) -> Value {
    json!({"OptionGroupName": name, "EngineName": engine, "MajorEngineVersion": major,
        "Options": [{"OptionName": option, "Persistent": clings, "Permanent": clings}]})
}

fn fleet() -> Value {
    let crypto = ["kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"];
    let full = [&["kms:CreateGrant"][..], &crypto[..]].concat();
    let other = format!("arn:aws:iam::{OTHER}:root");
    let deny = json!({"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": OWNER}}});
    let none = json!({});
    let keys = json!([
        a_key("cmk", &[lets(&other, &full)], none.clone()),
        a_key("no-grant", &[lets(&other, &crypto)], none.clone()),
        a_key("role-only", &[lets(&format!("arn:aws:iam::{OTHER}:role/Backup"), &full)], none.clone()),
        a_key("denied", &[lets(&other, &full), deny], none.clone()),
        a_key("closed", &[], none.clone()),
        a_key("disabled", &[], json!({"KeyState": "Disabled"})),
        a_key("dying", &[], json!({"KeyState": "PendingDeletion"})),
        a_key("signing", &[], json!({"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"})),
        {"KeyMetadata": {"KeyId": "default", "KeyManager": "AWS"}, "Aliases": ["alias/aws/rds"]},
    ]);
    let oracle = |group: &str, engine: &str| json!({"Engine": engine, "EngineVersion": "19.0.0.0.ru", "OptionGroupName": group});
    let named = |key: &str| snapshot(key, encrypted(key));
    let snapshots = json!([
        snapshot(
            "plain",
            json!({"TagList": [{"Key": "env", "Value": "prod"}, {"Key": "aws:backup:x", "Value": "y"}]})
        ),
        snapshot(
            "old",
            json!({"SnapshotCreateTime": "2026-11-01T00:00:00Z", "OriginalSnapshotCreateTime": "2024-11-01T00:00:00Z"})
        ),
        snapshot("rds:auto", none.clone()),
        snapshot("awsbackup:job-1", none.clone()),
        snapshot("creating", json!({"Status": "creating", "AllocatedStorage": 100_000})),
        snapshot("failed", json!({"Status": "failed"})),
        snapshot("tde", oracle("tde", "oracle-ee")),
        snapshot("timezone", oracle("timezone", "oracle-se2")),
        snapshot(
            "native",
            json!({"Engine": "sqlserver-se", "EngineVersion": "16.00.1", "OptionGroupName": "native"})
        ),
        snapshot("public", none.clone()),
        snapshot("private", none.clone()),
        named("cmk"),
        named("no-grant"),
        named("role-only"),
        named("denied"),
        named("closed"),
        named("default"),
        named("disabled"),
        named("dying"),
        snapshot(
            "custom-sqlserver",
            json!({"Engine": "custom-sqlserver-ee", "Encrypted": true, "KmsKeyId": key(OWNER, HOME, "cmk")})
        ),
        snapshot(
            "custom-oracle",
            json!({"Engine": "custom-oracle-ee", "Encrypted": true, "KmsKeyId": key(OWNER, HOME, "cmk")})
        ),
        snapshot(
            "postgres",
            json!({"Engine": "postgres", "EngineVersion": "16.4", "OptionGroupName": "default:postgres-16"})
        ),
        snapshot("magnetic", json!({"StorageType": "standard"})),
    ]);
    let clusters = json!([
        cluster("aurora", json!({"StorageEncryptionType": "none"})),
        cluster("aurora-owned", json!({"StorageEncryptionType": "sse-rds"})),
        cluster("aurora-cmk", encrypted_cluster("cmk")),
        cluster("aurora-default", encrypted_cluster("default")),
        cluster("rds:aurora-auto", none.clone()),
        cluster("neptune", json!({"Engine": "neptune", "EngineVersion": "1.3.2.1"})),
        cluster("docdb", json!({"Engine": "docdb", "EngineVersion": "5.0.0"})),
        cluster("maz", json!({"Engine": "mysql", "EngineVersion": "8.0.39", "AllocatedStorage": 10})),
    ]);
    let mut shares = serde_json::Map::new();
    for name in [
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
    ] {
        shares.insert(arn(name), json!([OTHER]));
    }
    shares.insert(arn("public"), json!(["all"]));
    for name in ["aurora", "aurora-cmk", "docdb", "aurora-owned"] {
        shares.insert(cluster_arn(name), json!([OTHER]));
    }
    let groups = json!([
        option_group("tde", "oracle-ee", "19", "TDE", true),
        option_group("timezone", "oracle-se2", "19", "Timezone", true),
        option_group("native", "sqlserver-se", "16.00", "SQLSERVER_BACKUP_RESTORE", false),
        option_group("audit", "mysql", "8.0", "MARIADB_AUDIT_PLUGIN", false),
    ]);
    let subnets = json!([{"DBSubnetGroupName": "private", "VpcId": "vpc-1", "Subnets": [
        {"SubnetIdentifier": "subnet-a", "SubnetAvailabilityZone": {"Name": "us-east-1a"}},
        {"SubnetIdentifier": "subnet-b", "SubnetAvailabilityZone": {"Name": "us-east-1b"}}]}]);
    let own_key = |account: &str| {
        json!({"KeyMetadata": {"KeyId": "own"}, "Aliases": ["alias/own"], "Policy": {"Statement":
            [lets(&format!("arn:aws:iam::{account}:root"), &["kms:*"])]}})
    };
    json!({
        "now": "2026-11-24T03:00:00Z", "caller": OWNER, "copy_seconds_per_gib": 1,
        "accounts": {
            OWNER: {"name": "owner", "regions_disabled": ["ap-east-1"], "regions": {
                HOME: {"DBSnapshots": snapshots, "DBClusterSnapshots": clusters, "SnapshotAttributes": shares, "Keys": keys,
                    "OptionGroups": groups, "DBSubnetGroups": subnets},
                AWAY: {"Keys": [own_key(OWNER)], "OptionGroups": [option_group("tde-there", "oracle-ee", "19", "TDE", true)]}}},
            OTHER: {"name": "other", "regions": {
                HOME: {"Keys": [own_key(OTHER)], "OptionGroups": [option_group("timezone-there", "oracle-se2", "19", "Timezone", true)]},
                AWAY: {"Keys": [own_key(OTHER)]}}},
            STRANGER: {"name": "stranger", "regions": {HOME: {"Keys": [own_key(STRANGER)]}}}
        }
    })
}
