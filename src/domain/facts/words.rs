//! What a question asks, in a few words.

use crate::domain::Shown;

use super::Question;

impl Question {
    /// What it asks, as "the option groups of eu-west-1".
    pub fn words(&self) -> String {
        match self {
            Self::Snapshot(_, arn) => format!("the snapshot {}", arn.name()),
            Self::Attributes(_, arn) => format!("who can read {}", arn.name()),
            Self::Key(scope, name) => {
                format!("the key {} in {}", Shown::from(name.as_str()), scope.region)
            }
            Self::Keys(scope) => format!("the keys of {}", scope.region),
            Self::KeyPolicy(_, key) => format!("who may use the key {key}"),
            Self::OptionGroups(scope) => format!("the option groups of {}", scope.region),
            Self::Snapshots(scope, _) => format!("the snapshots of {}", scope.region),
            Self::Quotas(scope) => format!("the snapshot quota of {}", scope.region),
            Self::SourceRegions(scope) => format!("which regions {} can copy from", scope.region),
            Self::EngineVersion(scope, engine, version) => {
                let (engine, version) = (Shown::from(engine.as_str()), Shown::from(version.as_str()));
                format!("whether {} offers {engine} {version}", scope.region)
            }
            Self::DefaultVersion(scope, engine) => {
                format!("the default version of {} in {}", Shown::from(engine.as_str()), scope.region)
            }
            Self::Databases(scope) => format!("the databases of {}", scope.region),
            Self::SubnetGroups(scope) => format!("the subnet groups of {}", scope.region),
            Self::ParameterGroups(scope, _) => format!("the parameter groups of {}", scope.region),
            Self::ExportTasks(scope) => format!("the export tasks of {}", scope.region),
        }
    }
}
