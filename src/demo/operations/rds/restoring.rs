//! What the operations that make a database have in common: what they read, and where it will live.

use super::{copying, default_groups, offered};
use crate::demo::judge::access::{self, Purpose};
use crate::demo::judge::source::{self, Source};
use crate::demo::judge::tags::Ownership;
use crate::demo::record::Record;
use crate::demo::shape::groups::VPC_SECURITY_GROUP_MEMBERSHIP;
use crate::demo::state::State;
use crate::demo::state::arn;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;

/// The snapshot that an identifier means, if it can be restored where the call is made.
pub(crate) fn find(
    state: &State,
    call: &Call,
    kind: SnapshotKind,
    identifier: &str,
) -> Result<Source, Refusal> {
    let source = Source::find(state, call, kind, identifier)?;
    // A restore has no way to name another region: the snapshot is not in this one (REST-07).
    if source.is_remote(call) {
        return Err(Refusal::not_found(
            kind.not_found(),
            format!("{} not found in {}: {identifier}", kind.member(), call.region),
        ));
    }
    source.require_available()?;
    copying::refuse_deprecated_public(state, call, &source)?;
    // REST-03 names no code. It goes for Multi-AZ DB clusters too, which only Aurora's siblings escape.
    let directly =
        kind == SnapshotKind::Cluster && source::family(&source.snapshot) != source::Family::MultiAzCluster;
    if source.ownership == Ownership::Foreign && source::has_kms_key(&source.snapshot) && !directly {
        return Err(source::bad_state(
            kind,
            "A shared encrypted snapshot cannot be restored: copy it first, with a key of your own."
                .to_owned(),
        ));
    }
    Ok(source)
}

/// Refuses a source whose key cannot be used (REST-05).
pub(crate) fn require_source_key(state: &State, call: &Call, source: &Source) -> Result<(), Refusal> {
    match source.snapshot.key_arn() {
        Some(key) if source::has_kms_key(&source.snapshot) => {
            access::usable(state, call, key, &source.region, Purpose::Source).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// Refuses an engine version that the region does not offer (REST-17, REST-27, which name no code).
pub(crate) fn require_version(
    state: &State,
    call: &Call,
    engine: &str,
    version: &str,
) -> Result<(), Refusal> {
    if offered::version(state, call, engine, version) {
        return Ok(());
    }
    Err(Refusal::combination(format!("Cannot find version {version} for {engine}")))
}

/// The same, and refuses one that is offered for what runs already, and past its support (REST-27).
pub(crate) fn require_supported_version(
    state: &State,
    call: &Call,
    engine: &str,
    version: &str,
) -> Result<(), Refusal> {
    require_version(state, call, engine, version)?;
    if offered::supported(state, call, engine, version) {
        return Ok(());
    }
    Err(Refusal::combination(format!("{engine} {version} is past its support")))
}

/// A port that a database may listen on (REST-09).
pub(crate) fn port(params: &Params) -> Result<Option<i64>, Refusal> {
    let port = params.whole("Port")?;
    match port {
        Some(outside) if !(1150..=65535).contains(&outside) => {
            Err(Refusal::invalid(format!("Invalid port {outside}: it must be between 1150 and 65535.")))
        }
        _ => Ok(port),
    }
}

/// How many zones a database will spread over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zones {
    One,
    Several,
    /// A Multi-AZ DB cluster has an instance in each of three.
    Three,
}

/// The subnet group that the call names, if it covers enough zones (REST-09).
pub(crate) fn subnet_group<'s>(
    state: &'s State,
    call: &Call,
    zones: Zones,
) -> Result<Option<&'s Record>, Refusal> {
    let Some(name) = call.params.text("DBSubnetGroupName") else { return Ok(None) };
    let group = state.here(call).find(Listing::DbSubnetGroups, name).ok_or_else(|| {
        Refusal::not_found("DBSubnetGroupNotFoundFault", format!("DB subnet group {name} does not exist."))
    })?;
    let mut covered: Vec<&str> = group
        .many("Subnets")
        .iter()
        .filter_map(|subnet| subnet.one("SubnetAvailabilityZone")?.text("Name"))
        .collect();
    covered.sort_unstable();
    covered.dedup();
    let wanted = match zones {
        Zones::One => 1,
        Zones::Several => 2,
        Zones::Three => 3,
    };
    if covered.len() < wanted {
        return Err(Refusal::new(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            format!("DB subnet group {name} does not cover {wanted} Availability Zones."),
        ));
    }
    Ok(Some(group))
}

/// Checks that a parameter group is there and of the family of the engine version (REST-11).
pub(crate) fn parameter_group(
    state: &State,
    call: &Call,
    listing: Listing,
    engine: &str,
    version: &str,
) -> Result<Option<String>, Refusal> {
    let Some(name) = call.params.text(listing.id_field()) else { return Ok(None) };
    let default = default_groups::named(listing, name, call);
    let group = state.here(call).find(listing, name).or(default.as_ref());
    let code = if listing == Listing::DbParameterGroups {
        "DBParameterGroupNotFound"
    } else {
        "DBClusterParameterGroupNotFound"
    };
    let group = group.ok_or_else(|| Refusal::not_found(code, format!("{name} not found.")))?;
    let family = offered::family(engine, version);
    if group.text("DBParameterGroupFamily") == Some(family.as_str()) {
        return Ok(Some(name.to_owned()));
    }
    // That the family must fit is documented, the code is inferred.
    Err(Refusal::combination(format!(
        "The parameter group {name} is not of family {family}, which {engine} {version} needs."
    )))
}

/// The security groups that the call names, or the default one of the VPC.
pub(crate) fn security_groups(params: &Params) -> Vec<Record> {
    let named = params.list("VpcSecurityGroupIds");
    let groups = if named.is_empty() { vec!["sg-default"] } else { named };
    groups
        .into_iter()
        .map(|id| {
            Record::new(&VPC_SECURITY_GROUP_MEMBERSHIP)
                .with("VpcSecurityGroupId", id)
                .with("Status", "active")
        })
        .collect()
}

/// Refuses one more database where the account has all it may.
pub(crate) fn room(state: &State, call: &Call, quota: &str, code: &str) -> Result<(), Refusal> {
    let quota = state.quota(&call.account, &call.region, quota);
    if quota.used < quota.max {
        return Ok(());
    }
    Err(Refusal::new(code, format!("The account may have {} of them in {}.", quota.max, call.region)))
}

/// The ARN of something of the caller's in the region of the call.
pub(crate) fn arn_here(call: &Call, word: &str, id: &str) -> String {
    format!("arn:{}:rds:{}:{}:{word}:{id}", arn::partition(&call.region), call.region, call.account)
}

/// A fresh immutable id, as `db-ABC...`.
pub(crate) fn resource_id(state: &mut State, prefix: &str) -> String {
    let letters = state.uuid().replace('-', "").to_ascii_uppercase();
    format!("{prefix}-{}", &letters[letters.len() - 26..])
}

/// The port that an engine listens on where nobody says.
pub(crate) fn usual_port(engine: &str) -> i64 {
    match engine {
        _ if engine.contains("postgres") => 5432,
        _ if engine.contains("oracle") => 1521,
        _ if engine.contains("sqlserver") => 1433,
        _ if engine.starts_with("db2") => 50_000,
        "neptune" => 8182,
        "docdb" => 27_017,
        _ => 3306,
    }
}
