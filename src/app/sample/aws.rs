//! What AWS answers in the sample fleet: a function of the question alone, so that no test waits for another.
//!
//! - Every account has these customer keys in every region: `alias/dba` (its replicas are in the other regions) and
//!   `alias/off`, which is disabled; prod has `alias/old-backups`, pending deletion, in eu-west-1.
//! - A key admits its own account alone. Quotas have room, and every name is free but those of the rows.
//! - Who may not be asked who can read a snapshot is refused here too.

#![cfg(test)]

use std::collections::{BTreeSet, HashMap};

use crate::domain::{
    Answer, Database, EngineVersion, Fault, FaultClass, KeyArn, KeyFacts, KeyManager, KeyPolicies, KeyState,
    Kind, OptionGroup, Origin, ParameterGroup, Policy, Question, Quotas, Region, Report, Scope, Share,
    Snapshot, SnapshotArn, SnapshotFacts, SnapshotsThere, SubnetGroup, Unasked, catalogue,
};

use super::{PROD, fault, fresh, key_default, key_old, reports};

/// What AWS answers to a question.
pub(crate) fn answer(question: &Question) -> Result<Answer, Fault> {
    Ok(match question {
        Question::Snapshot(scope, arn) => Answer::Snapshot(row(scope, arn).map(described)),
        Question::Attributes(scope, arn) => Answer::Attributes(match row(scope, arn).map(|row| row.share) {
            Some(Share::Unknown(Unasked::Refused)) => return Err(fault(FaultClass::AccessDenied)),
            Some(Share::Unknown(Unasked::NotYet)) | None => Share::Private,
            Some(share) => share,
        }),
        Question::Key(scope, name) => Answer::Key(key(scope, name)),
        Question::Keys(scope) => {
            let customers = keys(scope).into_iter().filter(|key| key.manager == KeyManager::Customer);
            Answer::Keys(customers.collect())
        }
        Question::KeyPolicy(_, key) => Answer::KeyPolicy(policies(key)),
        Question::OptionGroups(_) => Answer::OptionGroups(vec![OptionGroup {
            name: "default:mysql-8-0".into(),
            engine: "mysql".into(),
            major_version: "8.0".into(),
            vpc: None,
            options: vec![],
        }]),
        Question::Snapshots(scope, kind) => Answer::Snapshots(there(scope, *kind)),
        Question::Quotas(_) => Answer::Quotas(Quotas {
            manual_snapshots: Some((14, 100)),
            manual_cluster_snapshots: Some((3, 100)),
        }),
        Question::SourceRegions(_) => {
            Answer::SourceRegions(catalogue().iter().map(|place| Region::new(place.name)).collect())
        }
        Question::EngineVersion(_, engine, version) => Answer::EngineVersion(Some(offered(engine, version))),
        Question::DefaultVersion(_, engine) => {
            let version = if engine.contains("postgres") { "16.4" } else { "8.0.40" };
            Answer::DefaultVersion(Some(offered(engine, version)))
        }
        Question::Databases(_) => Answer::Databases(vec![Database {
            kind: Kind::Cluster,
            name: "ledger".into(),
            status: "available".into(),
            engine: "aurora-postgresql".into(),
            class: None,
            subnet_group: Some("data".into()),
            parameter_group: Some("default.aurora-postgresql16".into()),
            vpc: Some("vpc-1".into()),
            tags: vec![],
        }]),
        Question::SubnetGroups(_) => Answer::SubnetGroups(vec![SubnetGroup {
            name: "data".into(),
            vpc: Some("vpc-1".into()),
            zones: 3,
        }]),
        Question::ParameterGroups(..) => Answer::ParameterGroups(vec![ParameterGroup {
            name: "default.aurora-postgresql16".into(),
            family: "aurora-postgresql16".into(),
        }]),
        Question::ExportTasks(_) => Answer::ExportTasks(vec![]),
    })
}

/// Every row there is, seen by whom it is listed for; a later page has the last word.
fn rows() -> Vec<Snapshot> {
    let pages = reports().into_iter().chain(fresh()).filter_map(|report| match report {
        Report::Page { rows, .. } => Some(rows),
        _ => None,
    });
    let mut all: Vec<Snapshot> = Vec::new();
    for row in pages.flatten() {
        all.retain(|other| (&other.scope, &other.arn) != (&row.scope, &row.arn));
        all.push(row);
    }
    all
}

fn row(scope: &Scope, arn: &SnapshotArn) -> Option<Snapshot> {
    let seen: Vec<Snapshot> = rows().into_iter().filter(|row| row.arn == *arn).collect();
    let own = || {
        // What one account is given, its owner has.
        let given = seen.first().filter(|_| scope.account == arn.account())?;
        Some(Snapshot { scope: scope.clone(), origin: Origin::Own, share: shared_by(&seen), ..given.clone() })
    };
    seen.iter().find(|row| row.scope == *scope).cloned().or_else(own)
}

fn shared_by(seen: &[Snapshot]) -> Share {
    Share::Accounts(seen.iter().map(|row| row.scope.account).collect())
}

fn described(row: Snapshot) -> Box<SnapshotFacts> {
    let is_instance = row.kind() == Kind::Instance;
    Box::new(SnapshotFacts {
        tde_credential: None,
        snapshot_target: is_instance.then(|| "region".into()),
        engine_mode: (!is_instance).then(|| "provisioned".into()),
        license_model: None,
        iops: None,
        row,
    })
}

fn there(scope: &Scope, kind: Kind) -> SnapshotsThere {
    let rows: Vec<Snapshot> = rows()
        .into_iter()
        .filter(|row| row.scope == *scope && row.kind() == kind && row.origin == Origin::Own)
        .collect();
    let mut by_database = HashMap::new();
    for row in &rows {
        *by_database.entry(row.source_db.exact().to_ascii_lowercase()).or_default() += 1;
    }
    let names: BTreeSet<String> = rows.iter().map(|row| row.arn.exact_name().to_ascii_lowercase()).collect();
    SnapshotsThere { names, copying: 0, copying_from: BTreeSet::new(), by_database }
}

fn offered(engine: &str, version: &str) -> EngineVersion {
    let parts: Vec<&str> = version.split('.').collect();
    let one = engine.contains("postgres");
    let major = parts[..if one { 1 } else { parts.len().min(2) }].join(".");
    EngineVersion {
        version: version.into(),
        family: format!("{engine}{major}").into(),
        major: Some(major.into()),
        available: true,
    }
}

/// A key by its id, its ARN or its alias, as a scope finds it.
fn key(scope: &Scope, name: &str) -> Option<KeyFacts> {
    let owned = |key: &KeyFacts| {
        let id = key.arn.text().exact().rsplit('/').next() == Some(name);
        id || key.aliases.iter().any(|alias| alias.exact() == name)
    };
    if !name.starts_with("arn:") {
        return keys(scope).into_iter().find(owned);
    }
    let arn: KeyArn = name.parse().ok()?;
    let home = arn.home()?;
    let mut found = keys(&home).into_iter().find(|key| key.arn == arn)?;
    if home.account != scope.account {
        // The aliases of another account cannot be listed.
        found.aliases.clear();
    }
    (home.region == scope.region).then_some(found)
}

fn keys(scope: &Scope) -> Vec<KeyFacts> {
    let (owner, region) = (scope.account, &scope.region);
    let arn = |id: &str| -> KeyArn {
        format!("arn:aws:kms:{region}:{owner}:key/{id}").parse().expect("the ARN of a key")
    };
    let customer = |arn: KeyArn, alias: &str, state: KeyState| KeyFacts {
        arn,
        manager: KeyManager::Customer,
        state,
        spec: "SYMMETRIC_DEFAULT".into(),
        usage: "ENCRYPT_DECRYPT".into(),
        origin: "AWS_KMS".into(),
        valid_to: None,
        replicas: vec![],
        aliases: vec![alias.into()],
    };
    let default = match (owner.to_string().as_str(), region.name()) {
        (PROD, "us-east-1") => key_default(),
        _ => arn("aws-rds"),
    };
    let mut all = vec![
        customer(arn("mrk-1111"), "alias/dba", KeyState::Enabled),
        customer(arn("8888"), "alias/off", KeyState::Disabled),
        KeyFacts { manager: KeyManager::Aws, ..customer(default, "alias/aws/rds", KeyState::Enabled) },
    ];
    if key_old().account() == Some(owner) && key_old().region() == region.name() {
        all.push(customer(key_old(), "alias/old-backups", KeyState::PendingDeletion));
    }
    let elsewhere = ["us-east-1", "eu-west-1"].into_iter().filter(|other| *other != region.name());
    all[0].replicas = elsewhere
        .map(|other| format!("arn:aws:kms:{other}:{owner}:key/mrk-1111").parse().expect("the ARN of a key"))
        .collect();
    all
}

fn policies(key: &KeyArn) -> KeyPolicies {
    let owner = key.account().expect("BUG: a key without an owner");
    let statement = format!(
        r#"{{"Sid":"Owner","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{owner}:root"}},"Action":"kms:*","Resource":"*"}}"#
    );
    KeyPolicies {
        default: Policy::parse(&format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)),
        aws_ram: None,
        grants: Ok(vec![]),
    }
}
