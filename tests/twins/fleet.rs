//! Fleets as anybody could write them: mostly sound, and here and there something that AWS minds.
//!
//! Two or three accounts are ours (they have a name), one more exists and is not ours, and one nobody can sign in to
//! only shares. A fleet has two or three regions of one partition.

mod keys;
mod snapshots;

use serde_json::{Value as Json, json};

use super::dice::Dice;

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
    let keys = keys::keys(dice, fleet, place);
    let home = place.account == OURS[0];
    let count = match (home, place.region == fleet.regions[0]) {
        (true, true) => 9,
        (true, false) => 3,
        (false, first) => 2 + usize::from(first),
    };
    let (mut instances, mut clusters, mut attributes) = (Vec::new(), Vec::new(), json!({}));
    for n in 0..count {
        let clustered = dice.percent(35);
        let json = snapshots::snapshot(dice, place, &keys, n, clustered);
        let field = if clustered { "DBClusterSnapshotIdentifier" } else { "DBSnapshotIdentifier" };
        let kind = if clustered { "cluster-snapshot" } else { "snapshot" };
        let name = json[field].as_str().expect("BUG: a name");
        let arn = format!("arn:{}:rds:{}:{}:{kind}:{name}", place.partition(), place.region, place.account);
        let shares = snapshots::shares(dice, fleet, place, &json, clustered);
        let mut seen_by: Vec<&'static str> =
            OURS.into_iter().filter(|ours| fleet.accounts.contains(ours)).collect();
        seen_by
            .retain(|ours| *ours == place.account || shares.iter().any(|with| with == ours || with == "all"));
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
    snapshots::under_way(dice, &mut instances, &mut clusters);
    let mut json = json!({
        "DBSnapshots": instances, "DBClusterSnapshots": clusters, "SnapshotAttributes": attributes, "Keys": keys,
        "OptionGroups": some(dice, 70, &option_groups())
    });
    if place.account == THEIRS {
        return json;
    }
    json["DBParameterGroups"] = parameter_groups(
        "DBParameterGroupName",
        &[
            ("pg-mysql8", "mysql8.0"),
            ("pg-mysql57", "mysql5.7"),
            ("pg-pg16", "postgres16"),
            ("pg-db2", "db2-se-11.5"),
        ],
    );
    json["DBClusterParameterGroups"] = parameter_groups(
        "DBClusterParameterGroupName",
        &[
            ("cpg-aurora", "aurora-mysql8.0"),
            ("cpg-apg16", "aurora-postgresql16"),
            ("cpg-mysql8", "mysql8.0"),
        ],
    );
    json["DBSubnetGroups"] = json!([
        subnets("net-one", "vpc-1", 1),
        subnets("net-two", "vpc-1", 2),
        subnets("net-three", "vpc-2", 3)
    ]);
    json["DBInstances"] =
        json!([{"DBInstanceIdentifier": "orders", "Engine": "mysql", "EngineVersion": "8.0.43"}]);
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
        let operation =
            *dice.pick(&["DescribeKey", "GetKeyPolicy", "DescribeOptionGroups", "DescribeDBInstances"]);
        json["Faults"] = json!([{"Operation": operation, "Code": "AccessDenied", "Status": 403}]);
    }
    json
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
    let task = |n: usize, source: &str, status: &str| json!({"ExportTaskIdentifier": format!("export-{n}"), "SourceArn": source, "Status": status});
    let elsewhere =
        format!("arn:{}:rds:{}:{}:snapshot:other", place.partition(), place.region, place.account);
    let mut tasks: Vec<Json> = (1..=running).map(|n| task(n, &elsewhere, "IN_PROGRESS")).collect();
    tasks.push(task(0, &elsewhere, "COMPLETE"));
    let own =
        fleet.snapshots.iter().find(|(arn, _)| arn.contains(place.account) && arn.contains(place.region));
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
    let engines = snapshots::INSTANCES.iter().chain(&snapshots::CLUSTERS).map(|(_, engine)| engine);
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
