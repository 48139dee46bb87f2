//! The small world of the rule tests: three accounts of ours, a foreign one, and what AWS would answer.
//!
//! - `111` prod, `222` dr and `333` lab are ours, `999` is foreign; every region has the same keys in every
//!   account: `cmk` (alias/dba), `mrk` (alias/multi, in us-east-1 and eu-west-1), `disabled` (alias/off),
//!   `pending` (alias/going), `asymmetric`, `hmac`, `importing`, `external`, `store`, `updating`, `aws/rds`.
//! - Option groups by name: `tde`, `timezone`, `ols`, `both` (timezone and OLS), `lasting` hold lasting options, `audit`,
//!   `backup-restore` passing ones, `plain` none, `vpc-bound` is of a VPC, `gone` is in no region. `og:NAME` is
//!   the snapshot's and lies in its region; `+og:NAME@euw1` puts one elsewhere, `+og-empty:NAME@euw1`
//!   one of that name without options.
//! - `+taken:NAME` (a snapshot of that name at every place), `+copying:5`, `+copying-from:ARN`,
//!   `+quota:98/100`, `+share:222,333`, `+share:public`, `+share:public,222`, `+absent` (no such snapshot, or it is
//!   not shared with the asker), `+no-version`, `+deprecated`, `+default:8.4.0`, `+no-source-regions`, `+not-from:use1`,
//!   `+db:NAME`, `+cluster:NAME`, `+subnets:NAME:ZONES:VPC`, `+parameters:NAME:FAMILY`, `+task:ID:STATUS`,
//!   `+keys:20` (so many more customer keys), `+export-of-it` (a task of this snapshot), `+policy:WHAT` and `+grant:222` (see [`policies`]).

mod engines;
mod keys;
mod neighbours;
mod policies;

use jiff::Timestamp;

use crate::domain::{
    Access, Account, AccountId, Answer, Encryption, EngineVersion, Facts, Family, Fault, FaultClass, KeyArn,
    KeyFacts, Kind, OptionGroup, Origin, Question, Quotas, Region, Scope, Share, Shown, Snapshot,
    SnapshotArn, SnapshotFacts, SnapshotType, SnapshotsThere, Standing, Status, Tag, catalogue,
};

use super::{account, region};
use engines::{default_version, engine_is_real, major, options};

/// A snapshot and the AWS around it.
#[derive(Debug, Clone)]
pub(in crate::rules) struct World {
    /// The region of the snapshot.
    pub(in crate::rules) region: Region,
    owner: AccountId,
    kind: Kind,
    engine: String,
    version: String,
    snapshot_type: SnapshotType,
    status: Status,
    name: Option<String>,
    encryption: Option<String>,
    /// Words `key:value` about the snapshot and words about the world, as they were given.
    said: Vec<String>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            region: Region::new("us-east-1"),
            owner: account("111"),
            kind: Kind::Instance,
            engine: "mysql".to_owned(),
            version: String::new(),
            snapshot_type: SnapshotType::Manual,
            status: Status::Available,
            name: None,
            encryption: None,
            said: vec![],
        }
    }
}

const DETAILS: [&str; 14] = [
    "og:",
    "tde",
    "storage:",
    "target:",
    "mode:",
    "license:",
    "iops:",
    "size:",
    "stag:",
    "source:",
    "denied:",
    "garbled:",
    "as-public",
    "+",
];

impl World {
    /// When everything was learned.
    pub(in crate::rules) const NOW: Timestamp = Timestamp::constant(1_795_489_200, 0);

    /// Takes a word of the language; `false` when it is none.
    pub(super) fn take(&mut self, word: &str) -> bool {
        match word {
            "inst" => self.kind = Kind::Instance,
            "clu" => (self.kind, self.engine) = (Kind::Cluster, "aurora-mysql".to_owned()),
            "maz" => self.kind = Kind::Cluster,
            "docdb" | "neptune" => (self.kind, self.engine) = (Kind::Cluster, word.to_owned()),
            "manual" => self.snapshot_type = SnapshotType::Manual,
            "automated" => self.snapshot_type = SnapshotType::Automated,
            "awsbackup" => self.snapshot_type = SnapshotType::AwsBackup,
            "creating" | "copying" => self.status = Status::of(word),
            "none" => self.encryption = None,
            "sse-rds" | "unnamed" => self.encryption = Some(word.to_owned()),
            _ if keys::is_key(word) => self.encryption = Some(word.to_owned()),
            _ => return self.take_open(word),
        }
        true
    }

    fn take_open(&mut self, word: &str) -> bool {
        let engines = ["mysql", "mariadb", "postgres", "oracle-", "sqlserver-", "db2-", "custom-", "aurora-"];
        if let Some(status) = word.strip_prefix("status:") {
            self.status = Status::of(status);
        } else if let Some(name) = word.strip_prefix("snap:") {
            self.name = Some(name.to_owned());
        } else if let Some(owner) = word.strip_prefix("of:") {
            self.owner = account(owner);
        } else if engines.iter().any(|engine| word.starts_with(engine)) {
            word.clone_into(&mut self.engine);
        } else if word.starts_with('v') && word[1..].starts_with(|c: char| c.is_ascii_digit()) {
            word[1..].clone_into(&mut self.version);
        } else if catalogue().iter().any(|place| region(word).name() == place.name) {
            self.region = region(word);
        } else if DETAILS.iter().any(|detail| word.starts_with(detail)) {
            self.said.push(word.to_owned());
        } else {
            return false;
        }
        true
    }

    /// The snapshot's ARN.
    pub(in crate::rules) fn arn(&self) -> SnapshotArn {
        let name = self.name.as_deref().unwrap_or(match self.snapshot_type {
            SnapshotType::Manual => "orders",
            SnapshotType::Automated => "rds:orders-2026-11-24",
            SnapshotType::AwsBackup => "awsbackup:job-17",
        });
        SnapshotArn::new(&self.region, self.owner, self.kind, name)
    }

    /// Who looks at the snapshot when the line does not say: its owner, or prod when that is a stranger.
    pub(in crate::rules) fn asker(&self) -> AccountId {
        if self.owner == account("999") { account("111") } else { self.owner }
    }

    /// The accounts that are ours, and nothing learned yet.
    pub(in crate::rules) fn facts() -> Facts {
        let ours = [("111", "prod"), ("222", "dr"), ("333", "lab")].map(|(id, name)| {
            let id = account(id);
            let standing = if name == "prod" { Standing::Production } else { Standing::Ordinary };
            (id, Account { name: name.into(), id: Some(id), access: Access::ReadWrite, standing, tint: None })
        });
        Facts::new(ours, [])
    }

    /// The ARN of a key of this world.
    pub(in crate::rules) fn key_arn(key: &str, owner: AccountId, region: &Region) -> KeyArn {
        keys::arn(key, owner, region)
    }

    /// The customer key `cmk` of an account and region.
    pub(in crate::rules) fn customer_key(owner: AccountId, region: &Region) -> KeyFacts {
        let scope = Scope { account: owner, region: region.clone() };
        keys::described(&scope, "cmk").expect("BUG: every region has this key")
    }

    /// What AWS answers to a question.
    pub(in crate::rules) fn answer(&self, question: &Question) -> Result<Answer, Fault> {
        if self.all("denied:").any(|denied| denied == question.permission()) {
            return Err(denied(question.permission()));
        }
        if self.all("garbled:").any(|garbled| garbled == question.permission()) {
            return Err(garbled());
        }
        Ok(match question {
            Question::Snapshot(scope, arn) => Answer::Snapshot(
                (*arn == self.arn() && !self.says("+absent")).then(|| Box::new(self.snapshot(scope))),
            ),
            Question::Attributes(..) => Answer::Attributes(self.share()),
            Question::Key(scope, name) => Answer::Key(keys::described(scope, name)),
            Question::Keys(scope) => Answer::Keys(keys::all(scope, self.number("+keys:").unwrap_or(0))),
            Question::KeyPolicy(_, key) => Answer::KeyPolicy(self.policies(key)),
            Question::OptionGroups(scope) => Answer::OptionGroups(self.option_groups(scope)),
            Question::Snapshots(scope, kind) => Answer::Snapshots(self.snapshots_there(scope, *kind)),
            Question::Quotas(_) => Answer::Quotas(self.quotas()),
            Question::SourceRegions(scope) => {
                let regions = catalogue().iter().map(|place| Region::new(place.name));
                let not_from: Vec<Region> = self.all("+not-from:").map(region).collect();
                let regions = regions.filter(|region| region.partition() == scope.region.partition());
                let regions = regions.filter(|region| !not_from.contains(region));
                Answer::SourceRegions(if self.says("+no-source-regions") {
                    [].into()
                } else {
                    regions.collect()
                })
            }
            Question::EngineVersion(_, engine, version) => Answer::EngineVersion(
                (!self.says("+no-version") && engine_is_real(engine)).then(|| self.offered(engine, version)),
            ),
            Question::DefaultVersion(_, engine) => {
                let version = self.one("+default:").unwrap_or_else(|| default_version(engine));
                Answer::DefaultVersion(engine_is_real(engine).then(|| self.offered(engine, version)))
            }
            Question::Databases(_) => Answer::Databases(self.databases()),
            Question::SubnetGroups(_) => Answer::SubnetGroups(self.subnet_groups()),
            Question::ParameterGroups(..) => Answer::ParameterGroups(self.parameter_groups()),
            Question::ExportTasks(_) => Answer::ExportTasks(self.export_tasks()),
        })
    }

    fn snapshot(&self, scope: &Scope) -> SnapshotFacts {
        let origin = match scope.account == self.owner {
            true => Origin::Own,
            false if self.says("as-public") => Origin::Public,
            false => Origin::Shared,
        };
        let encryption = match self.encryption.as_deref() {
            None => Encryption::None,
            Some("sse-rds") => Encryption::AwsOwned,
            Some("unnamed") => Encryption::Unnamed,
            Some(key) => {
                let (key, owner) = key.split_once('@').map_or((key, self.owner), |(k, o)| (k, account(o)));
                Encryption::Kms(keys::arn(key, owner, &self.region))
            }
        };
        let tags = self.all("stag:").map(|tag| tag.split_once('=').unwrap_or((tag, "")));
        let row = Snapshot {
            scope: scope.clone(),
            arn: self.arn(),
            family: Family::of(self.kind, &self.engine),
            engine: self.engine.as_str().into(),
            engine_version: self.engine_version().into(),
            source_db: "orders".into(),
            snapshot_type: self.snapshot_type,
            origin,
            status: self.status.clone(),
            progress: Some(100),
            created_at: Self::NOW.into(),
            data_at: Self::NOW.into(),
            size_gib: match self.kind {
                Kind::Instance => Some(self.number("size:").unwrap_or(100)),
                Kind::Cluster => None,
            },
            encryption,
            share: self.share(),
            option_group: (self.kind == Kind::Instance).then(|| self.option_group().into()),
            storage_type: Some(self.one("storage:").map_or_else(|| self.storage(), Shown::from)),
            source_snapshot: self.one("source:").map(Shown::from),
            tags: tags.map(|(key, value)| Tag { key: key.into(), value: value.into() }).collect(),
        };
        SnapshotFacts {
            row,
            tde_credential: self.says("tde").then(|| "arn:aws:cloudhsm:tde".into()),
            snapshot_target: (self.kind == Kind::Instance)
                .then(|| self.one("target:").unwrap_or("region").into()),
            engine_mode: (self.kind == Kind::Cluster)
                .then(|| self.one("mode:").unwrap_or("provisioned").into()),
            license_model: self.one("license:").map(Shown::from),
            iops: self.number("iops:"),
        }
    }

    fn storage(&self) -> Shown {
        let aurora = Family::of(self.kind, &self.engine) == Family::Aurora;
        if aurora { "aurora".into() } else { "gp3".into() }
    }

    fn engine_version(&self) -> &str {
        if self.version.is_empty() { default_version(&self.engine) } else { &self.version }
    }

    fn option_group(&self) -> String {
        let major = major(&self.engine, self.engine_version()).replace('.', "-");
        self.one("og:").map_or_else(|| format!("default:{}-{major}", self.engine), str::to_owned)
    }

    fn share(&self) -> Share {
        let listed: Vec<&str> = self.all("+share:").flat_map(|list| list.split(',')).collect();
        let ids = listed.iter().filter(|word| **word != "public").map(|word| account(word)).collect();
        match &listed[..] {
            [] if self.snapshot_type != SnapshotType::Manual => Share::NotShareable,
            [] => Share::Private,
            listed if listed.contains(&"public") => Share::Public(ids),
            _ => Share::Accounts(ids),
        }
    }

    fn option_groups(&self, scope: &Scope) -> Vec<OptionGroup> {
        let (engine, major) = (self.engine.as_str(), major(&self.engine, self.engine_version()));
        let default = format!("default:{engine}-{}", major.replace('.', "-"));
        let own = self.one("og:").filter(|_| scope.region == self.region && scope.account == self.owner);
        let there = self.all("+og:").filter_map(|word| word.split_once('@'));
        let there = there.filter(|(_, place)| region(place) == scope.region).map(|(name, _)| name);
        let names = own.into_iter().chain(there).chain([default.as_str()]).filter(|name| *name != "gone");
        let group = |name: &str| OptionGroup {
            name: name.into(),
            // `other-engine` and `other-version` fit no snapshot of this world.
            engine: if name == "other-engine" { "sqlserver-web" } else { engine }.into(),
            major_version: if name == "other-version" { "1.0" } else { major.as_str() }.into(),
            vpc: (name == "vpc-bound").then(|| "vpc-1".into()),
            options: options(name),
        };
        let empty = self.all("+og-empty:").filter_map(|word| word.split_once('@'));
        let empty = empty.filter(|(_, place)| region(place) == scope.region);
        let empty = empty.map(|(name, _)| OptionGroup { options: vec![], ..group(name) });
        names.map(group).chain(empty).collect()
    }

    fn snapshots_there(&self, scope: &Scope, kind: Kind) -> SnapshotsThere {
        let home = scope.region == self.region && scope.account == self.owner && kind == self.kind;
        let own = home.then(|| self.arn().exact_name().to_lowercase());
        let copying = self.one("+copying:").filter(|_| kind == self.kind);
        SnapshotsThere {
            names: self.all("+taken:").map(str::to_lowercase).chain(own).collect(),
            copying: copying.map_or(0, |n| n.parse().expect("a number")),
            copying_from: self.all("+copying-from:").map(str::to_owned).collect(),
            by_database: [("orders".to_owned(), self.number("+of-database:").unwrap_or(2))].into(),
        }
    }

    fn quotas(&self) -> Quotas {
        let quota = self.one("+quota:").map(|word| word.split_once('/').expect("USED/MAX"));
        let quota = quota.map_or((3, 100), |(used, most)| {
            (used.parse().expect("a number"), most.parse().expect("a number"))
        });
        Quotas { manual_snapshots: Some(quota), manual_cluster_snapshots: Some(quota) }
    }

    fn offered(&self, engine: &str, version: &str) -> EngineVersion {
        let major = major(engine, version);
        EngineVersion {
            version: version.into(),
            family: format!("{engine}{major}").into(),
            major: Some(major.into()),
            available: !self.says("+deprecated"),
        }
    }

    fn says(&self, word: &str) -> bool {
        self.said.iter().any(|said| said == word)
    }

    fn all<'w>(&'w self, prefix: &'w str) -> impl Iterator<Item = &'w str> {
        self.said.iter().filter_map(move |word| word.strip_prefix(prefix))
    }

    fn one<'w>(&'w self, prefix: &'w str) -> Option<&'w str> {
        self.all(prefix).last()
    }

    fn number<T: std::str::FromStr>(&self, prefix: &str) -> Option<T> {
        self.one(prefix).map(|n| n.parse().unwrap_or_else(|_| panic!("`{prefix}{n}` holds no number")))
    }
}

fn denied(permission: &str) -> Fault {
    Fault {
        class: FaultClass::AccessDenied,
        code: Some("AccessDenied".into()),
        message: format!("not authorized to perform: {permission}").into(),
        action: Some(permission.into()),
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "Ask for the permission.".into(),
    }
}

fn garbled() -> Fault {
    Fault {
        class: FaultClass::InvalidResponse,
        code: None,
        message: "the answer is not XML".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "Try again.".into(),
    }
}
