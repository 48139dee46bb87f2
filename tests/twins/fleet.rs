//! Fleets as anybody could write them: mostly sound, and here and there something that AWS minds.
//!
//! Two or three accounts are ours (they have a name), one more exists and is not ours, and one nobody can sign in to
//! only shares. A fleet has two or three regions of one partition.

use serde_json::{Value as Json, json};

use super::dice::Dice;
use super::fleet_keys;

/// Our accounts, the first being the one that calls.
pub(crate) const OURS: [&str; 3] = ["111111111111", "222222222222", "333333333333"];
/// An account that exists, and that the program cannot sign in to.
pub(crate) const THEIRS: &str = "444444444444";
/// An account that nobody can sign in to.
pub(crate) const STRANGER: &str = "987654321098";

/// A fleet, and what of it a draft can name.
pub(crate) struct Fleet {
    pub(crate) json: Json,
    pub(crate) accounts: Vec<&'static str>,
    pub(crate) regions: Vec<&'static str>,
    /// The snapshots that a draft can be about, by ARN, each with the accounts of ours that see it.
    pub(crate) snapshots: Vec<(String, Vec<&'static str>)>,
}

/// A place in a fleet.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) account: &'a str,
    pub(crate) region: &'a str,
}

impl Place<'_> {
    pub(crate) fn partition(self) -> &'static str {
        match self.region {
            region if region.starts_with("us-gov-") => "aws-us-gov",
            region if region.starts_with("cn-") => "aws-cn",
            _ => "aws",
        }
    }

    pub(crate) fn key(self, id: &str) -> String {
        format!("arn:{}:kms:{}:{}:key/{id}", self.partition(), self.region, self.account)
    }
}

/// Engines of instances, with versions of which the last is gone.
const INSTANCES: [(usize, (&str, &[&str])); 12] = [
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

const CLUSTERS: [(usize, (&str, &[&str])); 6] = [
    (40, ("aurora-mysql", &["8.0.mysql_aurora.3.08.2", "8.0.mysql_aurora.3.10.1", "5.7.mysql_aurora.2.11.2"])),
    (25, ("aurora-postgresql", &["16.9", "17.5", "11.21"])),
    (8, ("neptune", &["1.4.5.1", "1.3.4.0"])),
    (8, ("docdb", &["5.0.0"])),
    (10, ("mysql", &["8.0.43", "8.4.7"])),
    (6, ("postgres", &["16.4", "17.6"])),
];

/// A fleet of that seed.
pub(crate) fn fleet(seed: u64) -> Fleet {
    let dice = &mut Dice::new(seed);
    let regions: Vec<&'static str> = dice
        .weigh::<&[&str]>(&[
            (24, &["us-east-1", "eu-west-1"]),
            (26, &["eu-west-1", "ap-east-1"]),
            (14, &["us-east-1", "eu-south-1", "eu-west-1"]),
            (20, &["mx-central-1", "us-east-1"]),
            (12, &["us-gov-west-1", "us-gov-east-1"]),
            (8, &["cn-north-1", "cn-northwest-1"]),
        ])
        .to_vec();
    let ours = if dice.percent(30) { 3 } else { 2 };
    let mut accounts = OURS[..ours].to_vec();
    accounts.push(THEIRS);
    let mut fleet = Fleet { json: json!({}), accounts, regions, snapshots: Vec::new() };
    let mut listed = json!({});
    for account in fleet.accounts.clone() {
        listed[account] = self::account(dice, &mut fleet, account);
    }
    fleet.json = json!({"now": "2026-11-24T03:00:00Z", "caller": OURS[0], "accounts": listed});
    fleet
}

fn account(dice: &mut Dice, fleet: &mut Fleet, account: &'static str) -> Json {
    let mut json = json!({"regions": {}});
    if let Some(at) = OURS.iter().position(|ours| *ours == account) {
        json["name"] = json!(["prod", "dr", "lab"][at]);
        let opt_in = fleet.regions.iter().find(|region| ["ap-east-1", "eu-south-1"].contains(region));
        if let Some(region) = opt_in.filter(|_| at > 0 && dice.percent(40)) {
            json["regions_disabled"] = json!([region]);
        }
    }
    for region in fleet.regions.clone() {
        if json["regions_disabled"][0] != region {
            json["regions"][region] = self::region(dice, fleet, Place { account, region });
        }
    }
    json
}

fn region(dice: &mut Dice, fleet: &mut Fleet, place: Place<'_>) -> Json {
    let keys = fleet_keys::keys(dice, fleet, place);
    let home = place.account == OURS[0];
    let count = match (home, place.region == fleet.regions[0]) {
        (true, true) => 9,
        (true, false) => 3,
        (false, first) => 2 + usize::from(first),
    };
    let (mut instances, mut clusters, mut attributes) = (Vec::new(), Vec::new(), json!({}));
    for n in 0..count {
        let clustered = dice.percent(35);
        let json = snapshot(dice, place, &keys, n, clustered);
        let field = if clustered { "DBClusterSnapshotIdentifier" } else { "DBSnapshotIdentifier" };
        let kind = if clustered { "cluster-snapshot" } else { "snapshot" };
        let name = json[field].as_str().expect("BUG: a name");
        let arn = format!("arn:{}:rds:{}:{}:{kind}:{name}", place.partition(), place.region, place.account);
        let shares = shares(dice, fleet, place, &json, clustered);
        let mut seen_by: Vec<&'static str> =
            OURS.into_iter().filter(|ours| fleet.accounts.contains(ours)).collect();
        seen_by.retain(|ours| *ours == place.account || shares.iter().any(|with| with == ours || with == "all"));
        // What nobody of ours sees is asked for all the same now and then.
        if seen_by.is_empty() && dice.percent(40) {
            seen_by.push(OURS[0]);
        }
        if !shares.is_empty() {
            attributes[&arn] = json!(shares);
        }
        if !seen_by.is_empty() {
            fleet.snapshots.push((arn, seen_by));
        }
        if clustered { clusters.push(json) } else { instances.push(json) }
    }
    if home && dice.percent(40) {
        let arn = format!("arn:{}:rds:{}:{STRANGER}:snapshot:gift", place.partition(), place.region);
        let kind = *dice.pick(&["shared", "public"]);
        let version = *dice.pick(&["8.0.43", "5.7.44"]);
        instances.push(json!({"DBSnapshotIdentifier": arn, "SnapshotType": kind, "Engine": "mysql",
            "EngineVersion": version}));
        fleet.snapshots.push((arn, vec![OURS[0]]));
    }
    under_way(dice, &mut instances, &mut clusters);
    let mut json = json!({
        "DBSnapshots": instances, "DBClusterSnapshots": clusters, "SnapshotAttributes": attributes, "Keys": keys,
        "OptionGroups": some(dice, 70, &option_groups())
    });
    if place.account == THEIRS {
        return json;
    }
    json["DBParameterGroups"] = parameter_groups(
        "DBParameterGroupName",
        &[("pg-mysql8", "mysql8.0"), ("pg-mysql57", "mysql5.7"), ("pg-pg16", "postgres16"), ("pg-db2", "db2-se-11.5")],
    );
    json["DBClusterParameterGroups"] = parameter_groups(
        "DBClusterParameterGroupName",
        &[("cpg-aurora", "aurora-mysql8.0"), ("cpg-apg16", "aurora-postgresql16"), ("cpg-mysql8", "mysql8.0")],
    );
    json["DBSubnetGroups"] =
        json!([subnets("net-one", "vpc-1", 1), subnets("net-two", "vpc-1", 2), subnets("net-three", "vpc-2", 3)]);
    json["DBInstances"] = json!([{"DBInstanceIdentifier": "orders", "Engine": "mysql", "EngineVersion": "8.0.43"}]);
    json["DBClusters"] = json!([{"DBClusterIdentifier": "shop", "Engine": "aurora-mysql",
        "EngineVersion": "8.0.mysql_aurora.3.08.2"}]);
    json["ExportTasks"] = exports(dice, fleet, place);
    json["AccountQuotas"] = quotas(dice);
    if dice.percent(12) {
        let others = ["us-west-2", fleet.regions[dice.below(fleet.regions.len())]];
        json["SourceRegions"] = others.iter().map(|name| json!({"RegionName": name})).collect();
    }
    if dice.percent(10) {
        json["DBEngineVersions"] = versions(dice);
    }
    if dice.percent(4) {
        let operation = *dice.pick(&["DescribeKey", "GetKeyPolicy", "DescribeOptionGroups", "DescribeDBInstances"]);
        json["Faults"] = json!([{"Operation": operation, "Code": "AccessDenied", "Status": 403}]);
    }
    json
}

/// A snapshot; the first ones of a place are plain, so that something is allowed everywhere.
fn snapshot(dice: &mut Dice, place: Place<'_>, keys: &[Json], n: usize, clustered: bool) -> Json {
    let (engine, versions) = if clustered { dice.weigh(&CLUSTERS) } else { dice.weigh(&INSTANCES) };
    let gone = versions.len() > 1 && dice.percent(6);
    let version = if gone { versions[versions.len() - 1] } else { versions[dice.below(versions.len().max(2) - 1)] };
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
        json["LicenseModel"] = json!(dice.weigh(&[(60, "bring-your-own-license"), (40, "marketplace-license")]));
        if dice.percent(10) {
            json["LicenseModel"] = Json::Null;
        }
    }
    if dice.percent(3) {
        json["SnapshotTarget"] = json!("outposts");
    }
}

/// Whom a snapshot is shared with; AWS shares manual ones, none of a Multi-AZ DB cluster or with options that last.
fn shares(dice: &mut Dice, fleet: &Fleet, place: Place<'_>, json: &Json, clustered: bool) -> Vec<String> {
    let multi_az = clustered && matches!(json["Engine"].as_str(), Some("mysql" | "postgres"));
    let bound = !json["TdeCredentialArn"].is_null()
        || matches!(json["OptionGroupName"].as_str(), Some("tde" | "sql-tde" | "mirror"));
    if json["SnapshotType"] != "manual" || multi_az || bound || (place.account == OURS[0] && dice.percent(45)) {
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
fn under_way(dice: &mut Dice, instances: &mut Vec<Json>, clusters: &mut Vec<Json>) {
    if dice.percent(6) {
        let count = *dice.pick(&[19, 20]);
        instances.extend((0..count).map(|n| json!({"DBSnapshotIdentifier": format!("copy-{n}"), "Status": "copying",
            "DBInstanceIdentifier": format!("db-{n}"), "AllocatedStorage": 9000})));
    }
    if dice.percent(10) {
        let count = *dice.pick(&[4, 5]);
        clusters.extend((0..count).map(|n| json!({"DBClusterSnapshotIdentifier": format!("copy-{n}"),
            "DBClusterIdentifier": format!("db-{n}"), "Status": "copying", "AllocatedStorage": 9000})));
    }
}

fn option_groups() -> Vec<Json> {
    let group = |name: &str, engine: &str, major: &str, option: &str, lasting: (bool, bool)| {
        json!({"OptionGroupName": name, "EngineName": engine, "MajorEngineVersion": major,
            "Options": [{"OptionName": option, "Persistent": lasting.0, "Permanent": lasting.1}]})
    };
    let mut bound = group("bound", "mysql", "8.0", "MARIADB_AUDIT_PLUGIN", (false, false));
    bound["VpcId"] = json!("vpc-1");
    vec![
        group("audit", "mysql", "8.0", "MARIADB_AUDIT_PLUGIN", (false, false)),
        group("audit-57", "mysql", "5.7", "MARIADB_AUDIT_PLUGIN", (false, false)),
        bound,
        group("tde", "oracle-ee", "19", "TDE", (true, true)),
        group("timezone-ee", "oracle-ee", "19", "Timezone", (true, true)),
        group("timezone", "oracle-se2", "19", "Timezone", (true, true)),
        group("sql-tde", "sqlserver-ee", "15.00", "TDE", (true, false)),
        group("mirror", "sqlserver-ee", "15.00", "Mirroring", (true, false)),
        group("native", "sqlserver-ee", "15.00", "SQLSERVER_BACKUP_RESTORE", (false, false)),
    ]
}

/// Some of several, each with a chance.
fn some(dice: &mut Dice, percent: usize, all: &[Json]) -> Vec<Json> {
    all.iter().filter(|_| dice.percent(percent)).cloned().collect()
}

fn parameter_groups(field: &str, groups: &[(&str, &str)]) -> Json {
    groups.iter().map(|(name, family)| json!({field: name, "DBParameterGroupFamily": family})).collect()
}

fn subnets(name: &str, vpc: &str, zones: usize) -> Json {
    let subnets: Vec<Json> = (0..zones)
        .map(|n| json!({"SubnetIdentifier": format!("subnet-{n}"), "SubnetAvailabilityZone": {"Name": format!("z{n}")}}))
        .collect();
    json!({"DBSubnetGroupName": name, "VpcId": vpc, "Subnets": subnets})
}

fn exports(dice: &mut Dice, fleet: &Fleet, place: Place<'_>) -> Json {
    let running = dice.weigh(&[(80, 0), (8, 4), (12, 5)]);
    let task = |n: usize, source: &str, status: &str| {
        json!({"ExportTaskIdentifier": format!("export-{n}"), "SourceArn": source, "Status": status})
    };
    let elsewhere = format!("arn:{}:rds:{}:{}:snapshot:other", place.partition(), place.region, place.account);
    let mut tasks: Vec<Json> = (1..=running).map(|n| task(n, &elsewhere, "IN_PROGRESS")).collect();
    tasks.push(task(0, &elsewhere, "COMPLETE"));
    let own = fleet.snapshots.iter().find(|(arn, _)| arn.contains(place.account) && arn.contains(place.region));
    if let Some((arn, _)) = own.filter(|_| dice.percent(25)) {
        tasks.push(task(9, arn, "STARTING"));
    }
    json!(tasks)
}

fn quotas(dice: &mut Dice) -> Json {
    let mut quota = |name: &str| {
        let used = dice.weigh(&[(88, 40), (5, 99), (7, 100)]);
        json!({"AccountQuotaName": name, "Used": used, "Max": 100})
    };
    json!([quota("ManualSnapshots"), quota("ManualClusterSnapshots")])
}

/// A short list of what a region offers, some of it on its way out.
fn versions(dice: &mut Dice) -> Json {
    let mut offers = Vec::new();
    let engines = INSTANCES.iter().chain(&CLUSTERS).map(|(_, engine)| engine);
    for (engine, versions) in engines {
        let known = offers.iter().any(|offer: &Json| offer["Engine"] == *engine);
        for version in &versions[..versions.len().max(2) - 1] {
            if known || dice.percent(25) {
                continue;
            }
            offers.push(json!({"Engine": engine, "EngineVersion": version, "Status": "available",
                "DBParameterGroupFamily": family(engine, version), "MajorEngineVersion": major(engine, version)}));
            if dice.percent(20) {
                offers.last_mut().expect("BUG: one was put there")["Status"] = json!("deprecated");
            }
        }
    }
    json!(offers)
}

fn major(engine: &str, version: &str) -> String {
    let numbers = if engine.contains("postgres") || engine.contains("oracle") { 1 } else { 2 };
    version.split('.').take(numbers).collect::<Vec<_>>().join(".")
}

fn family(engine: &str, version: &str) -> String {
    let major = major(engine, version);
    match engine {
        _ if engine.contains("sqlserver") => format!("{engine}-15.0"),
        _ if engine.contains("oracle") || engine.contains("db2") => format!("{engine}-{major}"),
        _ => format!("{engine}{major}"),
    }
}

/// The snapshot of an ARN in a fleet.
pub(crate) fn snapshot_of<'f>(fleet: &'f Json, arn: &str) -> Option<&'f Json> {
    let mut parts = arn.splitn(7, ':').skip(3);
    let (region, account, kind, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let (list, field) = match kind {
        "snapshot" => ("DBSnapshots", "DBSnapshotIdentifier"),
        _ => ("DBClusterSnapshots", "DBClusterSnapshotIdentifier"),
    };
    let of = |account: &str| fleet["accounts"][account]["regions"][region][list].as_array();
    let own = of(account).and_then(|all| all.iter().find(|one| one[field] == name));
    own.or_else(|| of(OURS[0]).and_then(|all| all.iter().find(|one| one[field] == arn)))
}
