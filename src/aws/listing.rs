//! The listings of a scope, a page at a time: which snapshots are asked for, and how AWS is asked.

use aws_sdk_rds::operation::describe_db_cluster_snapshots::builders::DescribeDBClusterSnapshotsFluentBuilder;
use aws_sdk_rds::operation::describe_db_snapshots::builders::DescribeDBSnapshotsFluentBuilder;
use aws_sdk_rds::types::{DbClusterSnapshot, DbSnapshot, Filter};

use super::action::Action;
use super::clients::Clients;
use super::gate::Rank;
use super::row::Described;
use crate::domain::{Fault, Kind, Scope, SnapshotArn};

/// Rows on a page: AWS allows 20 to 100 (LIST-07).
pub(super) const FULL: i32 = 100;
/// The smallest page that AWS allows.
pub(super) const SMALLEST: i32 = 20;

/// Which snapshots of a scope are listed.
///
/// `public` is not among them: it lists everybody's public snapshots of the region (LIST-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of the account's own (LIST-02): no `SnapshotType`.
    Own,
    /// Those of AWS Backup, which the default listing may leave out.
    AwsBackup,
    /// Those that other accounts share with this one.
    Shared,
    /// The manual ones.
    Manual,
    /// The automated ones.
    Automated,
    /// The manual ones of an engine.
    ManualOf(String),
    /// The automated ones of a few databases.
    AutomatedOf(Vec<String>),
}

impl Part {
    /// Whether a cloud refuses to be asked so: clusters have the type of AWS Backup by no document
    /// (LIST-01), and one that refuses it has none.
    pub(super) fn is_refused(&self, kind: Kind, fault: &Fault) -> bool {
        let refusals = ["InvalidParameterValue", "InvalidParameterCombination", "ValidationError"];
        let is_refusal = fault.code.as_ref().is_some_and(|code| refusals.contains(&code.exact()));
        is_refusal && (kind, self) == (Kind::Cluster, &Self::AwsBackup)
    }

    /// Whether it is a part of [`Part::Own`], worth asking for only because that takes long.
    pub(super) fn is_ahead(&self) -> bool {
        matches!(self, Self::ManualOf(_) | Self::AutomatedOf(_))
    }

    fn snapshot_type(&self) -> Option<&'static str> {
        match self {
            Self::Own => None,
            Self::AwsBackup => Some("awsbackup"),
            Self::Shared => Some("shared"),
            Self::Manual | Self::ManualOf(_) => Some("manual"),
            Self::Automated | Self::AutomatedOf(_) => Some("automated"),
        }
    }

    /// The filters (LIST-08); databases are named by another one for each kind.
    fn filters(&self, of_databases: &str) -> Option<Vec<Filter>> {
        let (name, values) = match self {
            Self::Own | Self::AwsBackup | Self::Shared | Self::Manual | Self::Automated => return None,
            Self::ManualOf(engine) => ("engine", std::slice::from_ref(engine)),
            Self::AutomatedOf(databases) => (of_databases, &databases[..]),
        };
        Some(vec![Filter::builder().name(name).set_values(Some(values.to_vec())).build()])
    }
}

/// One question for a page.
#[derive(Debug, Clone)]
pub(super) struct Question<'a> {
    pub(super) kind: Kind,
    pub(super) part: &'a Part,
    /// One snapshot by its name or ARN.
    pub(super) identifier: Option<&'a str>,
    pub(super) marker: Option<String>,
    pub(super) rows: i32,
}

/// A page in the SDK's own structs.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) entries: Entries,
    /// Where the next page begins; `None` after the last one.
    pub(super) marker: Option<String>,
}

/// The snapshots of a page.
#[derive(Debug)]
pub(super) enum Entries {
    Instances(Vec<DbSnapshot>),
    Clusters(Vec<DbClusterSnapshot>),
}

impl Entries {
    /// The snapshots under one description.
    pub(super) fn described(&self) -> Vec<Described<'_>> {
        match self {
            Self::Instances(entries) => entries.iter().map(Described::from).collect(),
            Self::Clusters(entries) => entries.iter().map(Described::from).collect(),
        }
    }

    /// How many there are.
    fn len(&self) -> usize {
        match self {
            Self::Instances(entries) => entries.len(),
            Self::Clusters(entries) => entries.len(),
        }
    }

    /// Where the snapshot of an ARN is among them, as a scope sees them.
    pub(super) fn position(&self, arn: &SnapshotArn, scope: &Scope) -> Option<usize> {
        self.described().iter().position(|one| one.arn(arn.kind(), scope).as_ref() == Some(arn))
    }
}

/// The operation that lists a kind.
pub(super) fn action(kind: Kind) -> Action {
    match kind {
        Kind::Instance => Action::DescribeDBSnapshots,
        Kind::Cluster => Action::DescribeDBClusterSnapshots,
    }
}

impl Clients {
    /// Asks for a page (DescribeDBSnapshots, DescribeDBClusterSnapshots).
    pub(super) async fn page(&self, question: &Question<'_>) -> Result<Page, Fault> {
        self.page_in_turn(question, Rank::Now).await
    }

    /// Asks for a page when it is its turn among the pages of all scopes.
    pub(super) async fn page_in_turn(&self, question: &Question<'_>, rank: Rank) -> Result<Page, Fault> {
        let action = action(question.kind);
        // A request is made when its turn has come: thousands may wait, and each is large.
        let (entries, marker) = match question.kind {
            Kind::Instance => {
                let call = || self.gate().through(rank, || self.instances(question).send());
                let answer = self.ask(action, call).await?;
                (Entries::Instances(answer.db_snapshots.unwrap_or_default()), answer.marker)
            }
            Kind::Cluster => {
                let call = || self.gate().through(rank, || self.clusters(question).send());
                let answer = self.ask(action, call).await?;
                (Entries::Clusters(answer.db_cluster_snapshots.unwrap_or_default()), answer.marker)
            }
        };
        self.gate().learn(rank, entries.len(), FULL as usize);
        Ok(Page { entries, marker: marker.filter(|marker| !marker.is_empty()) })
    }

    fn instances(&self, question: &Question<'_>) -> DescribeDBSnapshotsFluentBuilder {
        self.rds()
            .describe_db_snapshots()
            .set_db_snapshot_identifier(question.identifier.map(str::to_owned))
            .set_snapshot_type(question.part.snapshot_type().map(str::to_owned))
            .set_filters(question.part.filters("db-instance-id"))
            .set_marker(question.marker.clone())
            .set_max_records(question.max_records())
    }

    fn clusters(&self, question: &Question<'_>) -> DescribeDBClusterSnapshotsFluentBuilder {
        self.rds()
            .describe_db_cluster_snapshots()
            .set_db_cluster_snapshot_identifier(question.identifier.map(str::to_owned))
            .set_snapshot_type(question.part.snapshot_type().map(str::to_owned))
            .set_filters(question.part.filters("db-cluster-id"))
            .set_marker(question.marker.clone())
            .set_max_records(question.max_records())
    }
}

impl Question<'_> {
    /// With an identifier AWS takes no size of a page for granted, and needs none.
    fn max_records(&self) -> Option<i32> {
        self.identifier.is_none().then_some(self.rows)
    }
}
