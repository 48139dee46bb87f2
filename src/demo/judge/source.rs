//! The snapshot that a call reads from: which it is, whose it is, and whether the caller may see it.

use crate::demo::judge::tags::Ownership;
use crate::demo::state::State;
use crate::demo::state::arn::{self, Arn};
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// A snapshot as the caller of an operation meets it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) snapshot: Snapshot,
    pub(crate) owner: String,
    /// The region it lies in.
    pub(crate) region: String,
    pub(crate) ownership: Ownership,
}

/// What engine family a snapshot is of, where that decides what AWS allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// A DB instance of RDS.
    Instance,
    /// RDS Custom.
    Custom,
    Aurora,
    Neptune,
    DocumentDb,
    /// A Multi-AZ DB cluster: a cluster snapshot of engine `mysql` or `postgres`.
    MultiAzCluster,
}

impl Source {
    /// The snapshot that an identifier means: a plain name in the caller's own region, or the ARN of any
    /// snapshot that the caller owns, is shared with, or is public (COPY-02, COPY-08).
    pub(crate) fn find(
        state: &State,
        call: &Call,
        kind: SnapshotKind,
        identifier: &str,
    ) -> Result<Self, Refusal> {
        let not_found =
            || Refusal::not_found(kind.not_found(), format!("{} not found: {identifier}", kind.member()));
        let Some(place) = Arn::parse(identifier) else {
            let snapshot = state.own_snapshot(call, kind, identifier).ok_or_else(not_found)?.clone();
            let (owner, region) = (call.account.clone(), call.region.clone());
            return Ok(Self { snapshot, owner, region, ownership: Ownership::Own });
        };
        if SnapshotKind::of_resource(place.resource).is_none_or(|(named, _)| named != kind)
            || place.service != "rds"
        {
            return Err(Refusal::invalid(format!("{identifier} is not the ARN of a {}.", kind.member())));
        }
        within_reach(state, call, place)?;
        let snapshot = state.snapshot(identifier).ok_or_else(not_found)?.clone();
        let ownership = if place.account == call.account { Ownership::Own } else { Ownership::Foreign };
        let with = state.shared_with(identifier);
        if ownership == Ownership::Foreign && !with.iter().any(|with| with == "all" || *with == call.account)
        {
            return Err(not_found());
        }
        Ok(Self { snapshot, owner: place.account.to_owned(), region: place.region.to_owned(), ownership })
    }

    /// Refuses a snapshot that is not `available` (COPY-01, REST-05, SHARE-24).
    pub(crate) fn require_available(&self) -> Result<(), Refusal> {
        require_available(&self.snapshot)
    }

    /// Whether it lies in another region than the call is made in.
    pub(crate) fn is_remote(&self, call: &Call) -> bool {
        self.region != call.region
    }

    /// The names of the options that cling to it, by its owner's option group.
    pub(crate) fn clinging(&self, state: &State) -> Vec<String> {
        clinging(state, &self.snapshot)
    }
}

/// Refuses a snapshot that is not `available`.
pub(crate) fn require_available(snapshot: &Snapshot) -> Result<(), Refusal> {
    if snapshot.status() == "available" {
        return Ok(());
    }
    Err(bad_state(
        snapshot.kind,
        format!(
            "{} {} is not available: it is {}.",
            snapshot.kind.member(),
            snapshot.id(),
            snapshot.status()
        ),
    ))
}

/// The refusal for a snapshot that an operation cannot be applied to as it is.
pub(crate) fn bad_state(kind: SnapshotKind, message: String) -> Refusal {
    Refusal::new(kind.pick("InvalidDBSnapshotState", "InvalidDBClusterSnapshotStateFault"), message)
}

/// The names of the options that cling to a snapshot, by the option group it names in its own scope.
pub(crate) fn clinging(state: &State, snapshot: &Snapshot) -> Vec<String> {
    let group =
        Arn::parse(snapshot.arn()).zip(snapshot.record.text("OptionGroupName")).and_then(|(place, name)| {
            state.region(place.account, place.region).find(Listing::OptionGroups, name)
        });
    super::options::clinging(&snapshot.record, group)
}

/// The family of a snapshot.
pub(crate) fn family(snapshot: &Snapshot) -> Family {
    match (snapshot.kind, snapshot.engine()) {
        (_, engine) if engine.starts_with("custom-") => Family::Custom,
        (SnapshotKind::Instance, _) => Family::Instance,
        (SnapshotKind::Cluster, "neptune") => Family::Neptune,
        (SnapshotKind::Cluster, "docdb") => Family::DocumentDb,
        (SnapshotKind::Cluster, "mysql" | "postgres") => Family::MultiAzCluster,
        (SnapshotKind::Cluster, _) => Family::Aurora,
    }
}

/// Whether its data is encrypted with a KMS key (COPY-18: `sse-rds` is not).
pub(crate) fn has_kms_key(snapshot: &Snapshot) -> bool {
    match snapshot.record.text("StorageEncryptionType") {
        Some(kind) => kind == "sse-kms",
        None => snapshot.encrypted(),
    }
}

/// Whether a snapshot of that place can be read from where the call is made.
///
/// No rule names a code for these (COPY-24, COPY-26 to COPY-28): it is the parameter that cannot be.
fn within_reach(state: &State, call: &Call, place: Arn<'_>) -> Result<(), Refusal> {
    if place.partition != arn::partition(&call.region) || arn::partition(place.region) != place.partition {
        return Err(Refusal::invalid(format!(
            "A snapshot in {} cannot be reached from {}: they lie in different partitions.",
            place.region, call.region
        )));
    }
    if place.region == call.region {
        return Ok(());
    }
    let enabled = state
        .accounts
        .get(&call.account)
        .is_none_or(|account| !account.regions_disabled.contains(place.region));
    let sources = state.here(call).list(Listing::SourceRegions);
    let listed = sources.iter().any(|region| {
        region.text("RegionName") == Some(place.region) && region.text("Status") == Some("available")
    });
    let open = if place.partition == "aws-cn" { listed } else { listed || sources.is_empty() };
    if enabled && open {
        return Ok(());
    }
    Err(Refusal::invalid(format!(
        "The source region {} is not available from {}.",
        place.region, call.region
    )))
}
