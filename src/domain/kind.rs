//! The two kinds of snapshot.

/// Instance or cluster snapshot: the two kinds have operations of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `DBSnapshot`.
    Instance,
    /// `DBClusterSnapshot`.
    Cluster,
}

impl Kind {
    /// The name, as JSON and the filter language write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::Cluster => "cluster",
        }
    }

    /// The resource type in an ARN.
    pub fn resource(self) -> &'static str {
        match self {
            Self::Instance => "snapshot",
            Self::Cluster => "cluster-snapshot",
        }
    }

    pub(super) fn of_resource(resource: &str) -> Option<Self> {
        [Self::Instance, Self::Cluster].into_iter().find(|kind| kind.resource() == resource)
    }
}
