//! The operations that are called, by the names of their IAM actions.
//!
//! Every call names one of these, and assets/iam/read.json allows exactly these: neither can be
//! forgotten when the other changes.

/// An operation of AWS that reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    DescribeDBSnapshots,
    DescribeDBClusterSnapshots,
    DescribeDBSnapshotAttributes,
    DescribeDBClusterSnapshotAttributes,
    ListAliases,
    DescribeKey,
    GetCallerIdentity,
    AssumeRole,
}

impl Action {
    /// The name in a policy, as `rds:DescribeDBSnapshots`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::DescribeDBSnapshots => "rds:DescribeDBSnapshots",
            Self::DescribeDBClusterSnapshots => "rds:DescribeDBClusterSnapshots",
            Self::DescribeDBSnapshotAttributes => "rds:DescribeDBSnapshotAttributes",
            Self::DescribeDBClusterSnapshotAttributes => "rds:DescribeDBClusterSnapshotAttributes",
            Self::ListAliases => "kms:ListAliases",
            Self::DescribeKey => "kms:DescribeKey",
            Self::GetCallerIdentity => "sts:GetCallerIdentity",
            Self::AssumeRole => "sts:AssumeRole",
        }
    }

    /// Those that a reader's policy must allow: GetCallerIdentity needs no permission, and
    /// AssumeRole is the business of whoever assumes a role, not of the role.
    #[cfg(test)]
    pub(super) const READING: [Self; 6] = [
        Self::DescribeDBSnapshots,
        Self::DescribeDBClusterSnapshots,
        Self::DescribeDBSnapshotAttributes,
        Self::DescribeDBClusterSnapshotAttributes,
        Self::ListAliases,
        Self::DescribeKey,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_exactly_what_is_called() {
        let policy: serde_json::Value =
            serde_json::from_str(include_str!("../../assets/iam/read.json")).expect("JSON");
        let statements = policy["Statement"].as_array().expect("statements");
        let allowed: Vec<&str> = statements
            .iter()
            .inspect(|statement| assert_eq!(statement["Effect"], "Allow"))
            .flat_map(|statement| statement["Action"].as_array().expect("actions"))
            .map(|action| action.as_str().expect("an action"))
            .collect();
        assert_eq!(allowed, Action::READING.map(Action::name));
    }
}
