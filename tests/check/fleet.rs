//! Small fleets: two accounts with the same keys, a snapshot, and what a case adds.

use serde_json::{Value, json};
use snapdeck::demo;

pub(crate) const PROD: &str = "111111111111";
pub(crate) const DR: &str = "222222222222";

/// Where a snapshot lies that nobody says otherwise of.
pub(crate) const HOME: &str = "us-east-1";

/// A fleet that is being put together.
#[derive(Clone)]
pub(crate) struct Fleet(Value);

/// The ARN of an instance snapshot of prod.
pub(crate) fn instance(name: &str) -> String {
    format!("arn:aws:rds:{HOME}:{PROD}:snapshot:{name}")
}

/// The ARN of a cluster snapshot of prod.
pub(crate) fn cluster(name: &str) -> String {
    format!("arn:aws:rds:{HOME}:{PROD}:cluster-snapshot:{name}")
}

/// The ARN of a key: `cmk`, `aws-rds`, `mrk-1`.
pub(crate) fn key(account: &str, region: &str, id: &str) -> String {
    format!("arn:aws:kms:{region}:{account}:key/{id}")
}

impl Fleet {
    /// Keys in both accounts and regions: `cmk` (alias/dba), `mrk-1` (alias/multi, a multi-Region one), aws/rds.
    pub(crate) fn new() -> Self {
        let regions = |account: &str| {
            let keys = |region: &str| json!({ "Keys": keys(account, region) });
            json!({ "us-east-1": keys("us-east-1"), "eu-west-1": keys("eu-west-1") })
        };
        Self(json!({
            "now": "2026-11-24T03:00:00Z", "caller": PROD, "latency_ms": 0,
            "accounts": {
                PROD: { "name": "prod", "regions": regions(PROD) },
                DR: { "name": "dr", "regions": regions(DR) },
            },
        }))
    }

    /// Adds an entry to a list of a scope.
    pub(crate) fn put(mut self, account: &str, region: &str, list: &str, entry: Value) -> Self {
        let place = &mut self.0["accounts"][account]["regions"][region][list];
        match place.as_array_mut() {
            Some(entries) => entries.push(entry),
            None => *place = json!([entry]),
        }
        self
    }

    /// An instance snapshot `orders` of an account in us-east-1: mysql, manual, unencrypted, where nothing else is said.
    pub(crate) fn instance(self, account: &str, more: Value) -> Self {
        self.instance_in(account, HOME, more)
    }

    pub(crate) fn instance_in(self, account: &str, region: &str, more: Value) -> Self {
        let plain = json!({
            "DBSnapshotIdentifier": "orders", "DBInstanceIdentifier": "orders-db", "Engine": "mysql",
            "EngineVersion": "8.4.7", "StorageType": "gp3", "OptionGroupName": "default:mysql-8-4",
        });
        self.put(account, region, "DBSnapshots", merged(plain, more))
    }

    /// A cluster snapshot `orders` of an account in us-east-1: aurora-mysql, manual, unencrypted.
    pub(crate) fn cluster(self, account: &str, more: Value) -> Self {
        let plain = json!({
            "DBClusterSnapshotIdentifier": "orders", "DBClusterIdentifier": "orders-db", "Engine": "aurora-mysql",
            "EngineVersion": "8.0.mysql_aurora.3.10.1", "StorageType": "aurora",
            "VpcId": "vpc-1",
        });
        self.put(account, HOME, "DBClusterSnapshots", merged(plain, more))
    }

    /// Shares a snapshot of an account with others.
    pub(crate) fn shared(mut self, account: &str, arn: &str, with: &[&str]) -> Self {
        self.0["accounts"][account]["regions"][HOME]["SnapshotAttributes"][arn] = json!(with);
        self
    }

    /// Gives `cmk` of an account in us-east-1 a policy: the owner may do all, and these statements hold too.
    pub(crate) fn policy(mut self, account: &str, statements: &[Value]) -> Self {
        let owner = json!({
            "Sid": "Owner", "Effect": "Allow", "Action": "kms:*", "Resource": "*",
            "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
        });
        let statements: Vec<&Value> = std::iter::once(&owner).chain(statements).collect();
        let policy = json!({ "Version": "2012-10-17", "Statement": statements });
        self.0["accounts"][account]["regions"][HOME]["Keys"][0]["Policy"] = policy;
        self
    }

    /// An option group of prod in us-east-1 with one option.
    pub(crate) fn option_group(
        self,
        name: &str,
        engine: &str,
        major: &str,
        option: &str,
        lasting: bool,
    ) -> Self {
        let option = json!({ "OptionName": option, "Persistent": lasting, "Permanent": lasting });
        let group = json!({
            "OptionGroupName": name, "EngineName": engine, "MajorEngineVersion": major, "Options": [option],
        });
        self.put(PROD, HOME, "OptionGroups", group)
    }

    /// How long a copy takes for each GiB, in seconds.
    pub(crate) fn copying_at(mut self, seconds_per_gib: f64) -> Self {
        self.0["copy_seconds_per_gib"] = json!(seconds_per_gib);
        self
    }

    /// The fleet as a file holds it.
    pub(crate) fn json(&self) -> String {
        self.0.to_string()
    }

    pub(crate) fn cloud(&self) -> demo::Cloud {
        demo::Cloud::new(demo::Fleet::parse(&self.json()).expect("a sound fleet"), 1.0)
    }
}

/// A statement that allows an account these actions.
pub(crate) fn allow(account: &str, actions: &[&str]) -> Value {
    json!({
        "Sid": "Other", "Effect": "Allow", "Action": actions, "Resource": "*",
        "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
    })
}

/// All that another account needs but CreateGrant.
pub(crate) const CRYPTO: [&str; 5] =
    ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/// A statement that allows an account all that it needs.
pub(crate) fn admit(account: &str) -> Value {
    allow(account, &[&CRYPTO[..], &["kms:CreateGrant"]].concat())
}

fn keys(account: &str, region: &str) -> Value {
    let multi = json!({
        "MultiRegionKeyType": if region == HOME { "PRIMARY" } else { "REPLICA" },
        "PrimaryKey": { "Arn": key(account, HOME, "mrk-1"), "Region": HOME },
        "ReplicaKeys": [{ "Arn": key(account, "eu-west-1", "mrk-1"), "Region": "eu-west-1" }],
    });
    json!([
        { "KeyMetadata": { "KeyId": "cmk" }, "Aliases": ["alias/dba"] },
        { "KeyMetadata": { "KeyId": "mrk-1", "MultiRegion": true, "MultiRegionConfiguration": multi },
          "Aliases": ["alias/multi"] },
        { "KeyMetadata": { "KeyId": "aws-rds" }, "Aliases": ["alias/aws/rds"] },
    ])
}

fn merged(mut plain: Value, more: Value) -> Value {
    match (&mut plain, more) {
        (Value::Object(fields), Value::Object(more)) => fields.extend(more),
        (_, more) => panic!("not an object: {more}"),
    }
    plain
}

/// That an instance snapshot is encrypted under a key of its owner.
pub(crate) fn under(account: &str, id: &str) -> Value {
    json!({ "Encrypted": true, "KmsKeyId": key(account, HOME, id) })
}

/// That a cluster snapshot is.
pub(crate) fn cluster_under(account: &str, id: &str) -> Value {
    json!({ "StorageEncrypted": true, "KmsKeyId": key(account, HOME, id) })
}
