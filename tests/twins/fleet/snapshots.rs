//! The snapshots of a place: of every engine and type, under any of its keys, and whom they are shared with.

use serde_json::{Value as Json, json};

use super::{Fleet, OURS, Place};
use crate::twins::dice::Dice;

/// Engines of instances, with versions of which the last is gone.
pub(super) const INSTANCES: [(usize, (&str, &[&str])); 12] = [
    (30, ("mysql", &["8.0.43", "8.4.7", "8.0.42", "5.7.44"])),
    (14, ("postgres", &["16.4", "17.6", "12.19"])),
    (5, ("mariadb", &["10.11.13", "10.3.39"])),
    (12, ("oracle-ee", &["19.0.0.0.ru-2025-10.rur-2025-10.r1"])),
    (8, ("oracle-se2", &["19.0.0.0.ru-2025-10.rur-2025-10.r1"])),
    (16, ("sqlserver-ee", &["15.00.4430.1.v1"])),
    (4, ("sqlserver-se", &["15.00.4430.1.v1", "16.00.4210.1.v1"])),
    (10, ("db2-se", &["11.5.9.0.sb00063198.r1"])),
    (4, ("custom-oracle-ee", &["19.my_cev1"])),
    (6, ("custom-sqlserver-ee", &["15.00.4430.1.v1"])),
    (2, ("db2-ae", &["11.5.9.0.sb00063198.r1"])),
    (2, ("sqlserver-web", &["15.00.4430.1.v1"])),
];

/// Engines of clusters, alike.
pub(super) const CLUSTERS: [(usize, (&str, &[&str])); 6] = [
    (
        40,
        ("aurora-mysql", &["8.0.mysql_aurora.3.08.2", "8.0.mysql_aurora.3.10.1", "5.7.mysql_aurora.2.11.2"]),
    ),
    (25, ("aurora-postgresql", &["16.9", "17.5", "11.21"])),
    (8, ("neptune", &["1.4.5.1", "1.3.4.0"])),
    (8, ("docdb", &["5.0.0"])),
    (10, ("mysql", &["8.0.43", "8.4.7"])),
    (6, ("postgres", &["16.4", "17.6"])),
];

/// A snapshot.
pub(super) fn snapshot(dice: &mut Dice, place: Place<'_>, keys: &[Json], n: usize, clustered: bool) -> Json {
    let (engine, versions) = if clustered { dice.weigh(&CLUSTERS) } else { dice.weigh(&INSTANCES) };
    let gone = versions.len() > 1 && dice.percent(6);
    let version =
        if gone { versions[versions.len() - 1] } else { versions[dice.below(versions.len().max(2) - 1)] };
    let named = dice.weigh(&[(62, "manual"), (22, "automated"), (16, "awsbackup")]);
    let database = if clustered { "shop" } else { "orders" };
    let name = match named {
        "automated" => format!("rds:{database}-2026-11-{:02}", n + 1),
        "awsbackup" => format!("awsbackup:job-{n}"),
        _ => format!("{database}-{n}"),
    };
    let mut json = json!({
        if clustered { "DBClusterSnapshotIdentifier" } else { "DBSnapshotIdentifier" }: name,
        if clustered { "DBClusterIdentifier" } else { "DBInstanceIdentifier" }: database,
        "SnapshotType": named, "Engine": engine, "EngineVersion": version, "AllocatedStorage": 20,
        "Status": dice.weigh(&[(92, "available"), (3, "creating"), (2, "copying"), (2, "failed"), (2, "upgrading")]),
        "TagList": [{"Key": "env", "Value": "prod"}]
    });
    encrypt(dice, place, keys, &mut json, clustered);
    if clustered {
        if engine.starts_with("aurora") && dice.percent(12) {
            json["StorageType"] = json!("aurora-iopt1");
        }
        if engine == "aurora-mysql" && dice.percent(4) {
            json["EngineMode"] = json!("serverless");
        }
    } else {
        storage(dice, &mut json, engine);
    }
    json
}

/// Under one of the place's keys, of a key that is gone, of AWS's own, or not at all.
fn encrypt(dice: &mut Dice, place: Place<'_>, keys: &[Json], json: &mut Json, clustered: bool) {
    let field = if clustered { "StorageEncrypted" } else { "Encrypted" };
    let aurora = json["Engine"].as_str().is_some_and(|engine| engine.starts_with("aurora"));
    match dice.weigh(&[(38, "none"), (54, "key"), (3, "gone"), (5, "aws")]) {
        "key" => {
            // What is no key for data has encrypted none.
            let fit: Vec<&Json> = keys.iter().filter(|key| key["KeyMetadata"]["KeySpec"].is_null()).collect();
            let fit = &fit[dice.weigh(&[(40, 0), (12, 1), (48, 2)]).min(fit.len() - 1)..];
            let key = dice.pick(fit)["KeyMetadata"]["KeyId"].as_str().expect("BUG: an id").to_owned();
            json["KmsKeyId"] = json!(place.key(&key));
            json[field] = json!(true);
        }
        "gone" => {
            json["KmsKeyId"] = json!(place.key("gone"));
            json[field] = json!(true);
        }
        "aws" if aurora => json["StorageEncryptionType"] = json!("sse-rds"),
        _ => {}
    }
}

fn storage(dice: &mut Dice, json: &mut Json, engine: &str) {
    json["StorageType"] = json!(dice.weigh(&[(70, "gp3"), (12, "io1"), (6, "io2"), (12, "standard")]));
    if json["StorageType"].as_str().is_some_and(|storage| storage.starts_with("io")) {
        json["Iops"] = json!(3000);
    }
    let group = match engine {
        "mysql" => dice.weigh(&[(50, "default:mysql-8-0"), (38, "audit"), (12, "gone")]),
        "oracle-ee" => dice.weigh(&[(30, "default:oracle-ee-19"), (40, "tde"), (30, "timezone-ee")]),
        "oracle-se2" => dice.weigh(&[(40, "default:oracle-se2-19"), (60, "timezone")]),
        "sqlserver-ee" => {
            dice.weigh(&[(30, "default:sqlserver-ee-15-00"), (20, "sql-tde"), (35, "mirror"), (15, "native")])
        }
        _ => "",
    };
    if !group.is_empty() {
        json["OptionGroupName"] = json!(group);
    }
    if engine == "oracle-ee" && dice.percent(10) {
        json["TdeCredentialArn"] = json!("arn:aws:secretsmanager:tde");
    }
    if engine.starts_with("db2") {
        json["LicenseModel"] =
            json!(dice.weigh(&[(60, "bring-your-own-license"), (40, "marketplace-license")]));
        if dice.percent(10) {
            json["LicenseModel"] = Json::Null;
        }
    }
    if dice.percent(3) {
        json["SnapshotTarget"] = json!("outposts");
    }
}

/// Whom a snapshot is shared with; AWS shares manual ones, none of a Multi-AZ DB cluster or with options that last.
pub(super) fn shares(
    dice: &mut Dice,
    fleet: &Fleet,
    place: Place<'_>,
    json: &Json,
    clustered: bool,
) -> Vec<String> {
    let multi_az = clustered && matches!(json["Engine"].as_str(), Some("mysql" | "postgres"));
    let bound = !json["TdeCredentialArn"].is_null()
        || matches!(json["OptionGroupName"].as_str(), Some("tde" | "sql-tde" | "mirror"));
    if json["SnapshotType"] != "manual" || multi_az || bound || (place.account == OURS[0] && dice.percent(45))
    {
        return Vec::new();
    }
    let plain = json["KmsKeyId"].is_null() && json["StorageEncryptionType"].is_null();
    if plain && dice.percent(18) {
        return vec!["all".to_owned()];
    }
    if dice.percent(7) {
        return (0..20).map(|n| format!("{:012}", 500_000_000_000_u64 + n)).collect();
    }
    let others = fleet.accounts.iter().filter(|account| **account != place.account);
    others.filter(|_| dice.percent(60)).map(|account| (*account).to_owned()).collect()
}

/// Copies under way: as many as there may be, now and then.
pub(super) fn under_way(dice: &mut Dice, instances: &mut Vec<Json>, clusters: &mut Vec<Json>) {
    if dice.percent(6) {
        let count = *dice.pick(&[19, 20]);
        instances.extend((0..count).map(|n| {
            json!({"DBSnapshotIdentifier": format!("copy-{n}"), "Status": "copying",
            "DBInstanceIdentifier": format!("db-{n}"), "AllocatedStorage": 9000})
        }));
    }
    if dice.percent(10) {
        let count = *dice.pick(&[4, 5]);
        clusters.extend((0..count).map(|n| {
            json!({"DBClusterSnapshotIdentifier": format!("copy-{n}"),
            "DBClusterIdentifier": format!("db-{n}"), "Status": "copying", "AllocatedStorage": 9000})
        }));
    }
}
