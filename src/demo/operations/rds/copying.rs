//! What the two copy operations have in common: the key of the copy, and its beginning.

use super::offered;
use crate::demo::judge::access::{self, Purpose};
use crate::demo::judge::source::{self, Family, Source};
use crate::demo::judge::tags::{self, Ownership};
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::arn;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// What protects a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Protection {
    /// What protects its source, be it nothing or a key of AWS's own (COPY-18).
    AsSource,
    /// The key of that ARN.
    Key(String),
}

/// Decides the key of a copy (COPY-10 to COPY-17, COPY-19, COPY-21, COPY-25).
pub(crate) fn protection(state: &mut State, call: &Call, source: &Source) -> Result<Protection, Refusal> {
    let wanted = call.params.text("KmsKeyId");
    if let Some(wanted) = wanted {
        access::ensure_default_key(state, call, wanted);
    }
    let state = &*state;
    let target = |name: &str| {
        access::usable(state, call, name, &call.region, Purpose::Target)
            .map(|key| Protection::Key(key.arn().to_owned()))
    };
    if !source::has_kms_key(&source.snapshot) {
        return match wanted {
            None => Ok(Protection::AsSource),
            Some(wanted) => {
                refuse_key_for_plain_cluster(&source.snapshot)?;
                target(wanted)
            }
        };
    }
    if source.is_remote(call) {
        if arn::partition(&call.region) == "aws-us-gov" && call.params.text("PreSignedUrl").is_none() {
            return Err(Refusal::invalid(
                "A pre-signed url must be specified for copying encrypted snapshot across region.",
            ));
        }
        if wanted.is_none() {
            return Err(Refusal::invalid(
                "Must specify new KMS key for cross region encrypted snapshot copy.",
            ));
        }
    }
    // COPY-14 names no code for the missing key of a shared snapshot; it is the same parameter that is missing.
    if source.ownership == Ownership::Foreign && wanted.is_none() {
        return Err(Refusal::invalid(
            "Must specify a KMS key to copy an encrypted snapshot that is shared with you.",
        ));
    }
    if let Some(key) = source.snapshot.key_arn() {
        access::usable(state, call, key, &source.region, Purpose::Source)?;
    }
    wanted.map_or(Ok(Protection::AsSource), target)
}

/// A cluster snapshot without a key is not encrypted by copying (COPY-17, which names no code).
///
/// One under a key of AWS's own is let through: what AWS does with it is not documented (COPY-18).
fn refuse_key_for_plain_cluster(snapshot: &Snapshot) -> Result<(), Refusal> {
    let plain = snapshot.record.text("StorageEncryptionType") != Some("sse-rds");
    match source::family(snapshot) {
        Family::Aurora | Family::Neptune | Family::DocumentDb if plain => Err(Refusal::combination(
            "KmsKeyId cannot be specified when copying an unencrypted DB cluster snapshot.",
        )),
        _ => Ok(()),
    }
}

/// Refuses public snapshots of engine versions that are deprecated in the region, or gone (COPY-09, no code named).
pub(crate) fn refuse_deprecated_public(state: &State, call: &Call, source: &Source) -> Result<(), Refusal> {
    let snapshot = &source.snapshot;
    let public_only =
        source.ownership == Ownership::Foreign && !state.shared_with(snapshot.arn()).contains(&call.account);
    let version = snapshot.record.text("EngineVersion").unwrap_or_default();
    if public_only && !offered::supported(state, call, snapshot.engine(), version) {
        return Err(source::bad_state(
            snapshot.kind,
            "A public snapshot of a deprecated engine version can be neither copied nor restored.".to_owned(),
        ));
    }
    Ok(())
}

/// Puts the copy on its shelf, `copying`, at the end of its line, and answers it.
pub(crate) fn begin(
    state: &mut State,
    call: &Call,
    source: &Source,
    id: &str,
    protection: &Protection,
    adjust: impl FnOnce(&mut Record),
) -> Result<Xml, Refusal> {
    let kind = source.snapshot.kind;
    let mut record = source.snapshot.record.clone();
    record.set("TagList", tags::of_copy(&call.params, &record, source.ownership)?);
    record.set(kind.id_field(), id);
    record.set(
        kind.arn_field(),
        format!(
            "arn:{}:rds:{}:{}:{}:{id}",
            arn::partition(&call.region),
            call.region,
            call.account,
            kind.infix()
        ),
    );
    record.set("SnapshotType", "manual");
    record.set("Status", "copying");
    record.set("PercentProgress", 0);
    record.set("SnapshotCreateTime", state.now());
    if let Protection::Key(arn) = protection {
        record.set("KmsKeyId", arn.as_str());
        record.set(kind.encrypted_field(), true);
        record.set("StorageEncryptionType", "sse-kms");
    }
    note_origin(&mut record, call, source);
    move_zones(&mut record, call, source);
    adjust(&mut record);
    let copy = Snapshot { kind, record };
    let mut xml = Xml::new();
    xml.record(kind.member(), &copy.record);
    state.sources.insert(copy.arn().to_owned(), source.snapshot.arn().to_owned());
    state.start_work(&copy);
    state.insert_snapshot(copy);
    Ok(xml)
}

/// A copy tells where it comes from. A copy of an instance snapshot does so only where that is another
/// region or account, and keeps the time of the first snapshot of the chain (LIST-11, LIST-12).
fn note_origin(record: &mut Record, call: &Call, source: &Source) {
    match source.snapshot.kind {
        SnapshotKind::Cluster => record.set("SourceDBClusterSnapshotArn", source.snapshot.arn()),
        SnapshotKind::Instance => {
            record.take("SourceDBSnapshotIdentifier");
            record.take("SourceRegion");
            if source.is_remote(call) || source.ownership == Ownership::Foreign {
                record.set("SourceDBSnapshotIdentifier", source.snapshot.arn());
                record.set("SourceRegion", source.region.as_str());
            }
            if let Some(first) = source.snapshot.record.time("SnapshotCreateTime") {
                record.set_default("OriginalSnapshotCreateTime", first);
            }
        }
    }
}

/// The zones of a copy are those of its own region.
fn move_zones(record: &mut Record, call: &Call, source: &Source) {
    let moved = |zone: &str| zone.replacen(source.region.as_str(), &call.region, 1);
    match source.snapshot.kind {
        SnapshotKind::Cluster => {
            let zones: Vec<String> =
                record.texts("AvailabilityZones").iter().map(|zone| moved(zone)).collect();
            record.set("AvailabilityZones", zones);
        }
        SnapshotKind::Instance => {
            if let Some(zone) = record.text("AvailabilityZone").map(moved) {
                record.set("AvailabilityZone", zone);
            }
        }
    }
}
