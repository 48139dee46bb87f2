//! The operations that are called, by the names of their IAM actions.
//!
//! Every call names one of these, and the reader's policy in assets/iam allows exactly those that read: neither
//! can be forgotten when the other changes. The policies of what changes are held to the plans, where these are made.

use crate::plan::Operation;

/// An operation of AWS that is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    DescribeDBSnapshots,
    DescribeDBClusterSnapshots,
    DescribeDBSnapshotAttributes,
    DescribeDBClusterSnapshotAttributes,
    DescribeOptionGroups,
    DescribeAccountAttributes,
    DescribeSourceRegions,
    DescribeDBEngineVersions,
    DescribeDBInstances,
    DescribeDBClusters,
    DescribeDBSubnetGroups,
    DescribeDBParameterGroups,
    DescribeDBClusterParameterGroups,
    DescribeExportTasks,
    ListAliases,
    DescribeKey,
    ListKeys,
    GetKeyPolicy,
    ListGrants,
    GetCallerIdentity,
    AssumeRole,
    /// One that changes something.
    Change(Operation),
}

impl Action {
    /// The name in a policy, as `rds:DescribeDBSnapshots`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DescribeDBSnapshots => "rds:DescribeDBSnapshots",
            Self::DescribeDBClusterSnapshots => "rds:DescribeDBClusterSnapshots",
            Self::DescribeDBSnapshotAttributes => "rds:DescribeDBSnapshotAttributes",
            Self::DescribeDBClusterSnapshotAttributes => "rds:DescribeDBClusterSnapshotAttributes",
            Self::DescribeOptionGroups => "rds:DescribeOptionGroups",
            Self::DescribeAccountAttributes => "rds:DescribeAccountAttributes",
            Self::DescribeSourceRegions => "rds:DescribeSourceRegions",
            Self::DescribeDBEngineVersions => "rds:DescribeDBEngineVersions",
            Self::DescribeDBInstances => "rds:DescribeDBInstances",
            Self::DescribeDBClusters => "rds:DescribeDBClusters",
            Self::DescribeDBSubnetGroups => "rds:DescribeDBSubnetGroups",
            Self::DescribeDBParameterGroups => "rds:DescribeDBParameterGroups",
            Self::DescribeDBClusterParameterGroups => "rds:DescribeDBClusterParameterGroups",
            Self::DescribeExportTasks => "rds:DescribeExportTasks",
            Self::ListAliases => "kms:ListAliases",
            Self::DescribeKey => "kms:DescribeKey",
            Self::ListKeys => "kms:ListKeys",
            Self::GetKeyPolicy => "kms:GetKeyPolicy",
            Self::ListGrants => "kms:ListGrants",
            Self::GetCallerIdentity => "sts:GetCallerIdentity",
            Self::AssumeRole => "sts:AssumeRole",
            Self::Change(operation) => operation.action(),
        }
    }
}

#[cfg(test)]
impl Action {
    /// What it takes to list snapshots, their keys and who can read them; `doctor` tries these.
    pub(super) const LISTING: [Self; 6] = [
        Self::DescribeDBSnapshots,
        Self::DescribeDBClusterSnapshots,
        Self::DescribeDBSnapshotAttributes,
        Self::DescribeDBClusterSnapshotAttributes,
        Self::ListAliases,
        Self::DescribeKey,
    ];

    /// What the questions of the rules take besides.
    pub(super) const ASKING: [Self; 13] = [
        Self::DescribeOptionGroups,
        Self::DescribeAccountAttributes,
        Self::DescribeSourceRegions,
        Self::DescribeDBEngineVersions,
        Self::DescribeDBInstances,
        Self::DescribeDBClusters,
        Self::DescribeDBSubnetGroups,
        Self::DescribeDBParameterGroups,
        Self::DescribeDBClusterParameterGroups,
        Self::DescribeExportTasks,
        Self::ListKeys,
        Self::GetKeyPolicy,
        Self::ListGrants,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(policy: &str) -> Vec<String> {
        let policy: serde_json::Value = serde_json::from_str(policy).expect("JSON");
        assert_eq!(policy["Version"], "2012-10-17");
        let statements = policy["Statement"].as_array().expect("statements");
        statements
            .iter()
            .inspect(|statement| assert_eq!(statement["Effect"], "Allow"))
            .flat_map(|statement| statement["Action"].as_array().expect("actions"))
            .map(|action| action.as_str().expect("an action").to_owned())
            .collect()
    }

    #[test]
    fn the_readers_policy_allows_exactly_what_is_called() {
        // GetCallerIdentity needs no permission, and AssumeRole is the business of whoever assumes
        // a role, not of the role.
        let called = Action::LISTING.iter().chain(&Action::ASKING).map(|action| action.name());
        let policy = include_str!("../../assets/iam/read.json");
        assert_eq!(allowed(policy), called.collect::<Vec<_>>());
    }

    #[test]
    fn a_change_is_named_as_its_operation() {
        for operation in Operation::ALL {
            let name = format!("{}:{}", operation.service(), operation.name());
            assert_eq!(Action::Change(operation).name(), name);
        }
    }
}
