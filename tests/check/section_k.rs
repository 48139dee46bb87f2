//! The example cases T01 to T85 by their numbers: each as a fleet, judged by the real `check`.
//!
//! Four cases are no drafts: T19 and T89 are about the list, T87 about upgrades, and T73 (a cluster snapshot in an
//! instance restore) cannot be asked for, since the kind of the snapshot decides what is restored.

use serde_json::json;

use super::check;
use super::fleet::{
    CRYPTO, DR, Fleet, HOME, PROD, admit, allow, cluster, cluster_under, instance, key, under,
};

/// A case: its number, its fleet, the action, and what is expected.
type Case = (&'static str, Fleet, String, &'static str);

async fn judge(cases: Vec<Case>) {
    for (name, fleet, line, expected) in cases {
        check(fleet, &line).await.expect(&format!("{name} `{line}`"), expected);
    }
}

fn plain() -> Fleet {
    Fleet::new().instance(PROD, json!({}))
}

fn copy(options: &str) -> String {
    format!("copy --snapshot {} {options}", instance("orders"))
}

fn copy_cluster(options: &str) -> String {
    format!("copy --snapshot {} {options}", cluster("orders"))
}

#[tokio::test]
async fn copies_by_name_and_state() {
    let automated = Fleet::new().instance(PROD, json!({ "DBSnapshotIdentifier": "rds:db-2026-11-01" }));
    let line = format!("copy --snapshot {} --name db-copy", instance("rds:db-2026-11-01"));
    let mut cases = vec![
        ("T01", automated, line, "allowed; COPY-03 info name"),
        ("T03", plain(), copy(&format!("--name {}", "a".repeat(255))), "allowed; no COPY-04"),
        ("T03", plain(), copy(&format!("--name {}", "a".repeat(256))), "blocked; COPY-04 error name"),
    ];
    for name in ["my--copy", "copy-", "1copy", "my_copy"] {
        cases.push(("T05", plain(), copy(&format!("--name {name}")), "blocked; COPY-04 error name"));
    }
    let creating = Fleet::new().instance(PROD, json!({ "Status": "creating" }));
    cases.push(("T07", creating, copy(""), "blocked; COPY-01 error snapshot"));
    judge(cases).await;
}

#[tokio::test]
async fn copies_by_key() {
    let own = |id: &str| Fleet::new().instance(PROD, under(PROD, id));
    let there = "--to-region eu-west-1";
    let shared = || {
        let theirs = Fleet::new().instance(DR, under(DR, "cmk")).policy(DR, &[admit(PROD)]);
        theirs.shared(DR, &instance("orders").replace(PROD, DR), &[PROD])
    };
    let take = |options: &str| copy(&format!("--to-account {PROD} {options}")).replacen(PROD, DR, 1);
    judge(vec![
        ("T09", own("aws-rds"), copy(there), "blocked; COPY-12 error kms-key"),
        (
            "T11",
            own("cmk"),
            copy(&format!("{there} --kms-key {}", key(PROD, HOME, "cmk"))),
            "blocked; COPY-12 error kms-key",
        ),
        (
            "T13",
            own("mrk-1"),
            copy(&format!("{there} --kms-key {}", key(PROD, "eu-west-1", "mrk-1"))),
            "allowed; no COPY-12; no COPY-13",
        ),
        ("T15", plain(), copy("--kms-key alias/dba"), "allowed; COPY-16 info kms-key"),
        (
            "T17",
            Fleet::new().cluster(PROD, json!({})),
            copy_cluster(there),
            "allowed; no COPY-12; no COPY-17",
        ),
        (
            "T21",
            Fleet::new().cluster(PROD, json!({ "StorageEncryptionType": "sse-rds" })),
            copy_cluster(there),
            "warned; COPY-18 warning snapshot; no COPY-12",
        ),
        ("T23", shared(), take("--kms-key alias/dba"), "allowed; no COPY-14; no KMS-07; no SHARE-08"),
        (
            "T25",
            shared(),
            take(&format!("{there} --kms-key {}", key(PROD, "eu-west-1", "cmk"))),
            "allowed; COPY-22 info to-region",
        ),
    ])
    .await;
}

#[tokio::test]
async fn copies_by_engine_and_region() {
    let docdb = Fleet::new().cluster(DR, json!({ "Engine": "docdb", "EngineVersion": "5.0.0" })).shared(
        DR,
        &cluster("orders").replace(PROD, DR),
        &[PROD],
    );
    let oracle = |engine: &str, option: &str| {
        let version = "19.0.0.0.ru-2025-10.rur-2025-10.r1";
        Fleet::new()
            .instance(
                PROD,
                json!({ "Engine": engine, "EngineVersion": version, "OptionGroupName": "lasting" }),
            )
            .option_group("lasting", engine, "19", option, true)
    };
    let gov = |more| Fleet::new().instance_in(PROD, "us-gov-west-1", more);
    let gov_arn = instance("orders").replace("aws:rds", "aws-us-gov:rds").replace(HOME, "us-gov-west-1");
    let there = "--to-region eu-west-1";
    judge(vec![
        (
            "T27",
            docdb,
            copy_cluster(&format!("--to-account {PROD} {there}")).replacen(PROD, DR, 1),
            "warned; COPY-23 warning to-region",
        ),
        ("T29", plain(), copy(""), "allowed; no COPY-30"),
        ("T31", oracle("oracle-ee", "TDE"), copy(there), "blocked; COPY-33 error option-group"),
        ("T33", oracle("oracle-se2", "Timezone"), copy(there), "blocked; COPY-34 error option-group"),
        (
            "T35",
            gov(json!({})),
            format!("copy --snapshot {gov_arn} --to-region us-east-1"),
            "blocked; COPY-24 error to-region",
        ),
        (
            "T37",
            Fleet::new().instance_in(PROD, "ap-east-1", json!({})),
            copy("--to-region us-east-1").replacen(HOME, "ap-east-1", 1),
            "warned; COPY-28 warning to-region ~ STS",
        ),
    ])
    .await;
    let gov_key = |region: &str| format!("arn:aws-us-gov:kms:{region}:{PROD}:key/cmk");
    let keyed = ["us-gov-west-1", "us-gov-east-1"]
        .into_iter()
        .fold(gov(json!({ "Encrypted": true, "KmsKeyId": gov_key("us-gov-west-1") })), |fleet, region| {
            fleet.put(PROD, region, "Keys", json!({ "KeyMetadata": { "KeyId": "cmk" } }))
        });
    let line =
        format!("copy --snapshot {gov_arn} --to-region us-gov-east-1 --kms-key {}", gov_key("us-gov-east-1"));
    judge(vec![("T35", keyed, line, "allowed; no COPY-24; COPY-25 info to-region")]).await;
}

#[tokio::test]
async fn copies_by_quota_and_tag() {
    let copying = |fleet: Fleet| {
        (0..5).fold(fleet, |fleet, n| {
            let running =
                json!({ "DBClusterSnapshotIdentifier": format!("running-{n}"), "Status": "copying" });
            fleet.put(PROD, "eu-west-1", "DBClusterSnapshots", running)
        })
    };
    let quota = json!({ "AccountQuotaName": "ManualSnapshots", "Used": 98, "Max": 100 });
    let nearly_full = (0..40).fold(plain().put(PROD, HOME, "AccountQuotas", quota), |fleet, n| {
        fleet.put(PROD, HOME, "DBSnapshots", json!({ "DBSnapshotIdentifier": format!("awsbackup:job-{n}") }))
    });
    let there = "--to-region eu-west-1";
    judge(vec![
        (
            "T39",
            copying(Fleet::new().cluster(PROD, json!({}))),
            copy_cluster(there),
            "blocked; COPY-40 error to-region",
        ),
        ("T39", copying(plain()), copy(there), "allowed; no COPY-40"),
        ("T41", nearly_full, copy(""), "allowed; no COPY-43"),
        ("T43", plain(), copy("--tag aws:cloudformation:stack-name=x"), "blocked; COPY-46 error tag"),
        ("T43", plain(), copy("--tag env=prod"), "allowed; no COPY-46"),
    ])
    .await;
}

#[tokio::test]
async fn shares_by_key() {
    let line = || format!("share --snapshot {} --with {DR}", instance("orders"));
    let under_policy = |statements: &[serde_json::Value]| {
        Fleet::new().instance(PROD, under(PROD, "cmk")).policy(PROD, statements)
    };
    let mut role = admit(DR);
    role["Principal"] = json!({ "AWS": format!("arn:aws:iam::{DR}:role/Backup") });
    let deny = json!({
        "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
        "Condition": { "StringNotEquals": { "aws:PrincipalAccount": PROD } },
    });
    let mut through_ec2 = admit(DR);
    through_ec2["Condition"] = json!({ "StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com" } });
    judge(vec![
        (
            "T47",
            Fleet::new().instance(PROD, under(PROD, "aws-rds")),
            line(),
            "blocked; SHARE-06 error snapshot",
        ),
        ("T49", under_policy(&[allow(DR, &CRYPTO)]), line(), "blocked; SHARE-08 error with ~ CreateGrant"),
        ("T51", under_policy(&[role]), line(), "warned; SHARE-08 warning with ~ role/Backup"),
        ("T53", under_policy(&[admit(DR), deny]), line(), "blocked; SHARE-08 error with ~ denies"),
        ("T55", under_policy(&[through_ec2]), line(), "blocked; SHARE-08 error with"),
        ("admitted", under_policy(&[admit(DR)]), line(), "allowed; ok SHARE-08"),
    ])
    .await;
}

#[tokio::test]
async fn shares_by_type_and_option() {
    let line = |options: &str| format!("share --snapshot {} {options}", instance("orders"));
    let with = format!("--with {DR}");
    let automated = Fleet::new().instance(PROD, json!({ "DBSnapshotIdentifier": "rds:orders" }));
    let sqlserver = |engine: &str, option: &str, lasting: bool| {
        let version = "16.00.4210.1.v1";
        Fleet::new()
            .instance(PROD, json!({ "Engine": engine, "EngineVersion": version, "OptionGroupName": "group" }))
            .option_group("group", engine, "16.00", option, lasting)
    };
    let nineteen: Vec<String> = (0..19).map(|n| format!("{}", 300_000_000_000_u64 + n)).collect();
    let nineteen: Vec<&str> = nineteen.iter().map(String::as_str).collect();
    let listed = || plain().shared(PROD, &instance("orders"), &nineteen);
    let maz = Fleet::new()
        .cluster(PROD, json!({ "Engine": "mysql", "EngineVersion": "8.4.7", "StorageType": "io1" }));
    judge(vec![
        (
            "T45",
            automated,
            format!("share --snapshot {} {with}", instance("rds:orders")),
            "blocked; SHARE-01 error snapshot",
        ),
        ("T57", plain(), line("--public"), "warned; SHARE-22 warning visibility"),
        ("T59", listed(), line("--with 222222222222,333333333333"), "blocked; SHARE-04 error with"),
        ("T59", listed(), line(&format!("--with {},{DR}", nineteen[0])), "warned; ok SHARE-04"),
        ("T61", sqlserver("sqlserver-ee", "TDE", true), line(&with), "blocked; SHARE-09 error snapshot"),
        (
            "T63",
            sqlserver("sqlserver-se", "SQLSERVER_BACKUP_RESTORE", false),
            line(&with),
            "allowed; no SHARE-09; no SHARE-10",
        ),
        (
            "T65",
            maz,
            format!("share --snapshot {} {with}", cluster("orders")),
            "blocked; SHARE-12 error snapshot",
        ),
    ])
    .await;
}

#[tokio::test]
async fn restores() {
    let theirs = |arn: &str| arn.replace(PROD, DR);
    let instance_of_dr = Fleet::new().instance(DR, under(DR, "cmk")).policy(DR, &[admit(PROD)]).shared(
        DR,
        &theirs(&instance("orders")),
        &[PROD],
    );
    let cluster_of_dr = Fleet::new().cluster(DR, cluster_under(DR, "cmk")).policy(DR, &[admit(PROD)]).shared(
        DR,
        &theirs(&cluster("orders")),
        &[PROD],
    );
    let unencrypted = Fleet::new().cluster(PROD, json!({}));
    let restore = |arn: &str, options: &str| format!("restore --snapshot {arn} --db x {options}");
    let to = format!("--to-account {PROD}");
    judge(vec![
        (
            "T67",
            instance_of_dr,
            restore(&theirs(&instance("orders")), &to),
            "blocked; REST-03 error snapshot",
        ),
        (
            "T69",
            cluster_of_dr.clone(),
            restore(&theirs(&cluster("orders")), &to),
            "warned; REST-04 warning kms-key",
        ),
        (
            "T69",
            cluster_of_dr,
            restore(&theirs(&cluster("orders")), &format!("{to} --kms-key alias/dba")),
            "warned; no REST-04",
        ),
        (
            "T71",
            unencrypted.clone(),
            restore(&cluster("orders"), "--kms-key alias/dba"),
            "warned; ENC-03 info kms-key; ok ENC-04",
        ),
        ("T71", unencrypted, restore(&cluster("orders"), ""), "warned; ENC-04 warning kms-key"),
    ])
    .await;
}

#[tokio::test]
async fn exports_and_deletions() {
    let postgres = |name: &str| {
        let row = json!({ "DBSnapshotIdentifier": name, "Engine": "postgres", "EngineVersion": "16.10" });
        Fleet::new().instance(PROD, row)
    };
    let inputs = format!("--task t --bucket b --bucket-region {HOME} --role arn:aws:iam::{PROD}:role/export");
    let export = |arn: &str, options: &str| format!("export --snapshot {arn} {inputs} {options}");
    let keyed = "--kms-key alias/dba";
    let maz = Fleet::new()
        .cluster(PROD, json!({ "Engine": "postgres", "EngineVersion": "16.10", "StorageType": "io1" }));
    let public = plain().shared(PROD, &instance("orders"), &["all", DR]);
    judge(vec![
        (
            "T75",
            postgres("rds:orders"),
            export(&instance("rds:orders"), ""),
            "blocked; EXP-01 error kms-key; EXP-04 info snapshot",
        ),
        (
            "T77",
            Fleet::new().instance(PROD, json!({ "StorageType": "standard" })),
            export(&instance("orders"), keyed),
            "blocked; EXP-02 error snapshot ~ magnetic",
        ),
        ("T79", postgres("orders"), export(&instance("orders"), keyed), "warned; ok EXP-05"),
        (
            "T81",
            postgres("orders"),
            export(&instance("orders"), &format!("{keyed} --prefix rds:mydb-2026")),
            "blocked; EXP-11 error prefix ~ colon",
        ),
        ("T83", maz, export(&cluster("orders"), keyed), "warned; ok EXP-02"),
        (
            "T85",
            public,
            format!("delete --snapshot {}", instance("orders")),
            "warned; DEL-05 warning snapshot",
        ),
    ])
    .await;
}
