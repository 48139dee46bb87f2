//! From where a region can copy, if the fleet does not say: from every other one of its partition.

use crate::demo::record::Record;
use crate::demo::shape::groups::SOURCE_REGION;
use crate::demo::state::State;
use crate::demo::state::arn::partition;
use crate::demo::wire::call::Call;

/// Regions, in order of their names.
const REGIONS: [&str; 32] = [
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-west-1",
    "us-west-2",
];

/// The region that a name ends in, as `lake-eu-west-1` does.
pub(crate) fn named_at_the_end_of(name: &str) -> Option<&'static str> {
    REGIONS.into_iter().find(|region| {
        name.strip_suffix(region).is_some_and(|rest| rest.is_empty() || rest.ends_with(['-', '.']))
    })
}

/// What `DescribeSourceRegions` says in a region of which the fleet says nothing.
pub(crate) fn usual(state: &State, call: &Call) -> Vec<Record> {
    let account = state.accounts.get(&call.account);
    let disabled = |region: &str| account.is_some_and(|account| account.regions_disabled.contains(region));
    REGIONS
        .into_iter()
        .filter(|region| *region != call.region && partition(region) == partition(&call.region))
        .filter(|region| !disabled(region))
        .map(|region| {
            Record::new(&SOURCE_REGION)
                .with("RegionName", region)
                .with("Endpoint", format!("https://rds.{region}.amazonaws.com"))
                .with("Status", "available")
                .with("SupportsDBInstanceAutomatedBackupsReplication", true)
        })
        .collect()
}
