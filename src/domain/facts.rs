//! What must be known of the outside to judge a draft: questions, answers, and their store.
//!
//! A question names the scope that can answer it: the key's owner for a policy, the destination
//! for names and quotas. A fact that could not be learned stays [`Fact::Failed`], never a default.

mod there;
mod words;

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::{
    Account, AccountId, BadPolicy, Fault, KeyArn, KeyManager, KeyState, Kind, Policy, Region, Scope, Share,
    Shown, Snapshot, SnapshotArn,
};

pub use there::{
    Database, EngineVersion, ExportTask, GroupOption, OptionGroup, ParameterGroup, Quotas, SnapshotsThere,
    SubnetGroup,
};

/// One thing to ask, and of whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// A snapshot as one scope sees it (DescribeDBSnapshots, DescribeDBClusterSnapshots).
    Snapshot(Scope, SnapshotArn),
    /// Who can read a snapshot; asked of its owner (DescribeDBSnapshotAttributes, ...).
    Attributes(Scope, SnapshotArn),
    /// A key by any of its names, as one scope sees it (KMS DescribeKey, ListAliases).
    Key(Scope, String),
    /// The customer keys of a scope (KMS ListKeys, ListAliases, DescribeKey).
    Keys(Scope),
    /// The policies and grants of a key; asked of its owner (KMS GetKeyPolicy, ListGrants).
    KeyPolicy(Scope, KeyArn),
    /// The option groups of a scope (DescribeOptionGroups).
    OptionGroups(Scope),
    /// The names in use and the copies under way (DescribeDBSnapshots, DescribeDBClusterSnapshots).
    Snapshots(Scope, Kind),
    /// Quotas (DescribeAccountAttributes).
    Quotas(Scope),
    /// The regions that can be copied from (DescribeSourceRegions).
    SourceRegions(Scope),
    /// One engine version (DescribeDBEngineVersions).
    EngineVersion(Scope, String, String),
    /// The default version of an engine (DescribeDBEngineVersions, DefaultOnly).
    DefaultVersion(Scope, String),
    /// Instances and clusters (DescribeDBInstances, DescribeDBClusters).
    Databases(Scope),
    /// DB subnet groups (DescribeDBSubnetGroups).
    SubnetGroups(Scope),
    /// Parameter groups of instances or clusters (DescribeDBParameterGroups, DescribeDBClusterParameterGroups).
    ParameterGroups(Scope, Kind),
    /// Export tasks (DescribeExportTasks).
    ExportTasks(Scope),
}

impl Question {
    /// The scope that is asked.
    pub fn scope(&self) -> &Scope {
        match self {
            Self::Snapshot(scope, _)
            | Self::Attributes(scope, _)
            | Self::Key(scope, _)
            | Self::Keys(scope)
            | Self::KeyPolicy(scope, _)
            | Self::OptionGroups(scope)
            | Self::Snapshots(scope, _)
            | Self::Quotas(scope)
            | Self::SourceRegions(scope)
            | Self::EngineVersion(scope, _, _)
            | Self::DefaultVersion(scope, _)
            | Self::Databases(scope)
            | Self::SubnetGroups(scope)
            | Self::ParameterGroups(scope, _)
            | Self::ExportTasks(scope) => scope,
        }
    }

    /// The permission that would tell.
    pub fn permission(&self) -> &'static str {
        match self {
            Self::Snapshot(_, arn) => match arn.kind() {
                Kind::Instance => "rds:DescribeDBSnapshots",
                Kind::Cluster => "rds:DescribeDBClusterSnapshots",
            },
            Self::Attributes(_, arn) => match arn.kind() {
                Kind::Instance => "rds:DescribeDBSnapshotAttributes",
                Kind::Cluster => "rds:DescribeDBClusterSnapshotAttributes",
            },
            Self::Key(..) => "kms:DescribeKey",
            Self::Keys(_) => "kms:ListKeys",
            Self::KeyPolicy(..) => "kms:GetKeyPolicy",
            Self::OptionGroups(_) => "rds:DescribeOptionGroups",
            Self::Snapshots(_, Kind::Instance) => "rds:DescribeDBSnapshots",
            Self::Snapshots(_, Kind::Cluster) => "rds:DescribeDBClusterSnapshots",
            Self::Quotas(_) => "rds:DescribeAccountAttributes",
            Self::SourceRegions(_) => "rds:DescribeSourceRegions",
            Self::EngineVersion(..) | Self::DefaultVersion(..) => "rds:DescribeDBEngineVersions",
            Self::Databases(_) => "rds:DescribeDBInstances",
            Self::SubnetGroups(_) => "rds:DescribeDBSubnetGroups",
            Self::ParameterGroups(_, Kind::Instance) => "rds:DescribeDBParameterGroups",
            Self::ParameterGroups(_, Kind::Cluster) => "rds:DescribeDBClusterParameterGroups",
            Self::ExportTasks(_) => "rds:DescribeExportTasks",
        }
    }
}

/// The answer to a question, of the same name.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To [`Question::Snapshot`]; `None` when there is no such snapshot, or it is not shared with the asker.
    Snapshot(Option<Box<SnapshotFacts>>),
    /// To [`Question::Attributes`].
    Attributes(Share),
    /// To [`Question::Key`]; `None` when there is no such key.
    Key(Option<KeyFacts>),
    /// To [`Question::Keys`].
    Keys(Vec<KeyFacts>),
    /// To [`Question::KeyPolicy`].
    KeyPolicy(KeyPolicies),
    /// To [`Question::OptionGroups`].
    OptionGroups(Vec<OptionGroup>),
    /// To [`Question::Snapshots`].
    Snapshots(SnapshotsThere),
    /// To [`Question::Quotas`].
    Quotas(Quotas),
    /// To [`Question::SourceRegions`]: those that are available.
    SourceRegions(BTreeSet<Region>),
    /// To [`Question::EngineVersion`]; `None` when the region does not offer it.
    EngineVersion(Option<EngineVersion>),
    /// To [`Question::DefaultVersion`]; `None` when the region does not offer the engine.
    DefaultVersion(Option<EngineVersion>),
    /// To [`Question::Databases`].
    Databases(Vec<Database>),
    /// To [`Question::SubnetGroups`].
    SubnetGroups(Vec<SubnetGroup>),
    /// To [`Question::ParameterGroups`].
    ParameterGroups(Vec<ParameterGroup>),
    /// To [`Question::ExportTasks`].
    ExportTasks(Vec<ExportTask>),
}

/// Whether a question has been answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact<T> {
    /// Nobody has asked.
    Unasked,
    /// It was asked, and could not be learned.
    Failed(Fault),
    /// It is known.
    Known {
        /// The answer.
        value: T,
        /// When it was learned.
        at: Timestamp,
    },
}

/// What is known, by question; and the accounts that are ours.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    answers: HashMap<Question, Result<(Answer, Timestamp), Fault>>,
    /// The scopes that were asked for a snapshot.
    seers: HashMap<SnapshotArn, BTreeSet<Scope>>,
    accounts: HashMap<AccountId, Account>,
    known: HashMap<AccountId, Shown>,
}

impl Facts {
    /// Facts about the world of these accounts, none learned yet.
    pub fn new(
        accounts: impl IntoIterator<Item = (AccountId, Account)>,
        known: impl IntoIterator<Item = (AccountId, Shown)>,
    ) -> Self {
        Self {
            answers: HashMap::new(),
            seers: HashMap::new(),
            accounts: accounts.into_iter().collect(),
            known: known.into_iter().collect(),
        }
    }

    /// Takes in an answer, or why there is none.
    pub fn learn(&mut self, question: Question, answer: Result<Answer, Fault>, at: Timestamp) {
        if let Question::Snapshot(scope, arn) = &question {
            self.seers.entry(arn.clone()).or_default().insert(scope.clone());
        }
        self.answers.insert(question, answer.map(|answer| (answer, at)));
    }

    /// What is known of a question.
    pub fn get(&self, question: &Question) -> Fact<&Answer> {
        match self.answers.get(question) {
            None => Fact::Unasked,
            Some(Err(fault)) => Fact::Failed(fault.clone()),
            Some(Ok((value, at))) => Fact::Known { value, at: *at },
        }
    }

    /// A snapshot as those saw it that were asked for it and found it, by account and region.
    pub fn sightings(&self, arn: &SnapshotArn) -> impl Iterator<Item = (&Scope, &SnapshotFacts)> {
        self.seers.get(arn).into_iter().flatten().filter_map(|scope| {
            match self.get(&Question::Snapshot(scope.clone(), arn.clone())) {
                Fact::Known { value: Answer::Snapshot(Some(found)), .. } => Some((scope, &**found)),
                _ => None,
            }
        })
    }

    /// The same as it will be once these keys are brought back into use.
    #[must_use]
    pub fn with_enabled(mut self, keys: &[KeyArn]) -> Self {
        for (answer, _) in self.answers.values_mut().flatten() {
            let described = match answer {
                Answer::Key(key) => key.as_mut_slice(),
                Answer::Keys(keys) => keys,
                _ => &mut [],
            };
            for key in described.iter_mut().filter(|key| keys.contains(&key.arn)) {
                key.state = KeyState::Enabled;
            }
        }
        self
    }

    /// The same as it will be once a snapshot of ours is made that nobody has seen yet.
    #[must_use]
    pub fn with_made(mut self, made: SnapshotFacts) -> Self {
        let (home, arn) = (made.row.arn.home(), made.row.arn.clone());
        let mut suppose = |question, answer| self.learn(question, Ok(answer), Timestamp::UNIX_EPOCH);
        suppose(Question::Attributes(home.clone(), arn.clone()), Answer::Attributes(Share::Private));
        suppose(Question::Snapshot(home, arn), Answer::Snapshot(Some(Box::new(made))));
        self
    }

    /// What was asked: when each answer was learned, or why there is none. In no order.
    pub fn asked(&self) -> impl Iterator<Item = (&Question, Result<Timestamp, &Fault>)> {
        self.answers.iter().map(|(question, answer)| (question, answer.as_ref().map(|(_, at)| *at)))
    }

    /// The first alias of a key, from whichever answer names one; foreign keys are described without.
    pub fn key_alias(&self, arn: &KeyArn) -> Option<&Shown> {
        let answers = self.answers.values().filter_map(|answer| answer.as_ref().ok());
        let mut keys = answers.flat_map(|(answer, _)| match answer {
            Answer::Key(key) => key.as_slice(),
            Answer::Keys(keys) => keys,
            _ => &[],
        });
        keys.find_map(|key| key.aliases.first().filter(|_| key.arn == *arn))
    }

    /// The account of ours with this id.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(&id)
    }

    /// The accounts that are ours.
    pub fn accounts(&self) -> impl Iterator<Item = (&AccountId, &Account)> {
        self.accounts.iter()
    }

    /// An account in words: its name and id, as "dr (222222222222)", or its id alone.
    pub fn account_words(&self, id: AccountId) -> String {
        match self.account_name(id) {
            Some(name) => format!("{name} ({id})"),
            None => id.to_string(),
        }
    }

    /// The name of an account: ours, or one that the settings know.
    pub fn account_name(&self, id: AccountId) -> Option<&Shown> {
        self.accounts.get(&id).map(|account| &account.name).or_else(|| self.known.get(&id))
    }
}

/// A snapshot with what its row leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct SnapshotFacts {
    /// The row.
    pub row: Snapshot,
    /// `TdeCredentialArn`: the data files are encrypted by the engine.
    pub tde_credential: Option<Shown>,
    /// `SnapshotTarget`: `region`, `local` or `outposts`; instances only.
    pub snapshot_target: Option<Shown>,
    /// `EngineMode`; clusters only.
    pub engine_mode: Option<Shown>,
    /// `LicenseModel`.
    pub license_model: Option<Shown>,
    /// `Iops`.
    pub iops: Option<u32>,
}

/// A key (KMS DescribeKey and ListAliases).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// Its ARN.
    pub arn: KeyArn,
    /// Who manages it; the reserved alias counts, whatever DescribeKey says.
    pub manager: KeyManager,
    /// Its state.
    pub state: KeyState,
    /// `KeySpec`, as `SYMMETRIC_DEFAULT`.
    pub spec: Shown,
    /// `KeyUsage`, as `ENCRYPT_DECRYPT`.
    pub usage: Shown,
    /// `Origin`, as `AWS_KMS` or `EXTERNAL`.
    pub origin: Shown,
    /// `ValidTo`: when imported key material expires.
    pub valid_to: Option<Timestamp>,
    /// The other keys of its multi-Region set; empty for a key of one region.
    pub replicas: Vec<KeyArn>,
    /// Its aliases, as `alias/dba`; empty for a foreign key, whose aliases cannot be listed.
    pub aliases: Vec<Shown>,
}

/// The policies and grants of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPolicies {
    /// The policy `default`.
    pub default: Result<Policy, BadPolicy>,
    /// The policy `AWS_RAM`, where there is one (KMS-10).
    pub aws_ram: Option<Result<Policy, BadPolicy>>,
    /// The grants; `Err` when they could not be listed.
    pub grants: Result<Vec<Grant>, Fault>,
}

/// A grant (KMS ListGrants).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: Shown,
    /// `GranteePrincipal`.
    pub grantee: Shown,
    /// `Operations`, as `CreateGrant`.
    pub operations: Vec<Shown>,
    /// Whether it has constraints (encryption context, source ARN), which cannot be decided.
    pub constrained: bool,
}
