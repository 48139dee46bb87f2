//! `DescribeDBSnapshots` and `DescribeDBClusterSnapshots`: what of all snapshots a caller sees, and as what.
//!
//! A listing is own snapshots in order of their identifiers, then those of others in order of their
//! ARNs. The marker is the ARN of the last one seen, so a page costs what it shows and nothing more.

use std::ops::Bound;

use super::filter::Filters;
use super::page::{Page, write_marker};
use crate::demo::record::Datum;
use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `DescribeDBSnapshots`.
pub(crate) fn instances(state: &State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `DescribeDBClusterSnapshots`.
pub(crate) fn clusters(state: &State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

/// Which snapshots are asked for, by `SnapshotType` and the two `Include` flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wanted {
    own: Own,
    shared: bool,
    public: bool,
}

/// Which of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    None,
    /// No type was named (LIST-02): what that means differs by kind.
    Usual,
    Manual,
    Automated,
    AwsBackup,
}

/// As what a caller sees a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SeenAs {
    Own,
    Shared,
    Public,
}

fn answer(state: &State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let params = &call.params;
    let page = Page::of(params)?;
    let wanted = Wanted::of(call)?;
    let filters = Filters::of(params, filters_of(kind))?;
    let source = params.text(kind.source_field());
    let resource = params.text(kind.resource_id_field());
    let matches = |snapshot: &Snapshot| {
        source.is_none_or(|source| names_database(source, snapshot))
            && resource.is_none_or(|id| snapshot.record.text(kind.resource_id_field()) == Some(id))
            && filters.match_all(&snapshot.record)
    };
    let (found, next) = match params.text(kind.id_field()) {
        Some(identifier) => {
            let found = one(state, call, kind, wanted, identifier).ok_or_else(|| {
                Refusal::not_found(kind.not_found(), format!("{} {identifier} not found.", kind.member()))
            })?;
            (Some(found).filter(|(snapshot, _)| matches(snapshot)).into_iter().collect(), None)
        }
        None => {
            let marker = page.marker.map(|marker| parse_marker(marker, kind)).transpose()?;
            let rest = listing(state, call, kind, wanted, marker).filter(|(snapshot, _)| matches(snapshot));
            page.fill(rest, |(snapshot, _)| snapshot.arn().to_owned())
        }
    };
    let mut xml = Xml::new();
    write_marker(&mut xml, next.as_deref());
    xml.element(kind.list(), |xml| {
        for (snapshot, seen_as) in found {
            write(xml, snapshot, seen_as);
        }
    });
    Ok(xml)
}

impl Wanted {
    fn of(call: &Call) -> Result<Self, Refusal> {
        let shared = call.params.flag("IncludeShared")?.unwrap_or_default();
        let public = call.params.flag("IncludePublic")?.unwrap_or_default();
        let own = |own| Self { own, shared: false, public: false };
        Ok(match call.params.text("SnapshotType") {
            None => Self { own: Own::Usual, shared, public },
            // The flags do not apply where a type is named (LIST-03).
            Some("manual") => own(Own::Manual),
            Some("automated") => own(Own::Automated),
            Some("awsbackup") => own(Own::AwsBackup),
            Some("shared") => Self { shared: true, ..own(Own::None) },
            Some("public") => Self { public: true, ..own(Own::None) },
            Some(other) => return Err(Refusal::invalid(format!("Invalid snapshot type: {other}"))),
        })
    }
}

impl Own {
    fn admits(self, snapshot: &Snapshot) -> bool {
        let wanted = match self {
            Self::None => return false,
            // Where the API names the type `awsbackup` (instances), the usual listing leaves it out; for
            // clusters it does not, so they come with the rest (LIST-01; neither is confirmed).
            Self::Usual => {
                return snapshot.kind == SnapshotKind::Cluster || snapshot.snapshot_type() != "awsbackup";
            }
            Self::Manual => "manual",
            Self::Automated => "automated",
            Self::AwsBackup => "awsbackup",
        };
        snapshot.snapshot_type() == wanted
    }
}

/// All that is wanted and follows a marker.
fn listing<'s>(
    state: &'s State,
    call: &'s Call,
    kind: SnapshotKind,
    wanted: Wanted,
    marker: Option<(Arn<'s>, &'s str)>,
) -> impl Iterator<Item = (&'s Snapshot, SeenAs)> {
    // A marker in one's own part says where to go on there; one among others means that part is done.
    // Where no own ones are wanted, one's own public ones stand among the others.
    let own_part = wanted.own != Own::None;
    let in_own = marker.filter(|(arn, _)| own_part && arn.account == call.account);
    let own_done = marker.is_some() && in_own.is_none();
    let own_after = in_own.map(|(_, marker)| marker).and_then(name_in);
    let own = state
        .here(call)
        .shelf(kind)
        .after(own_after)
        .filter(move |snapshot| !own_done && wanted.own.admits(snapshot))
        .map(|snapshot| (snapshot, SeenAs::Own));
    let after =
        marker.filter(|_| in_own.is_none()).map_or(Bound::Unbounded, |(_, marker)| Bound::Excluded(marker));
    let others = state
        .shares
        .get(&call.region)
        .into_iter()
        .flat_map(move |shares| shares.range::<str, _>((after, Bound::Unbounded)))
        .filter_map(move |(arn, with)| {
            let seen_as = seen_as(call, wanted, arn, with)?;
            state.snapshot(arn).filter(|snapshot| snapshot.kind == kind).map(|snapshot| (snapshot, seen_as))
        });
    own.chain(others)
}

/// As what a caller sees a snapshot that is shared with these, if it wants to see it at all.
fn seen_as(call: &Call, wanted: Wanted, arn: &str, with: &[String]) -> Option<SeenAs> {
    let mine = Arn::parse(arn)?.account == call.account;
    let is_with = |account: &str| with.iter().any(|one| one == account);
    if wanted.shared && !mine && is_with(&call.account) {
        return Some(SeenAs::Shared);
    }
    let listed_already = mine && wanted.own != Own::None;
    (wanted.public && !listed_already && is_with("all")).then_some(SeenAs::Public)
}

/// The one snapshot that an identifier names, if it is among those wanted.
fn one<'s>(
    state: &'s State,
    call: &Call,
    kind: SnapshotKind,
    wanted: Wanted,
    identifier: &str,
) -> Option<(&'s Snapshot, SeenAs)> {
    if wanted.own != Own::None
        && let Some(own) = state.own_snapshot(call, kind, identifier)
    {
        // An automated one is found only if its type is named too (LIST-05).
        let hidden = wanted.own == Own::Usual && own.snapshot_type() == "automated";
        return (!hidden && wanted.own.admits(own)).then_some((own, SeenAs::Own));
    }
    let place = Arn::parse(identifier).filter(|arn| arn.region == call.region)?;
    let snapshot = state.snapshot(identifier).filter(|snapshot| snapshot.kind == kind)?;
    debug_assert_eq!(Some(place.account), Arn::parse(snapshot.arn()).map(|arn| arn.account));
    let seen_as = seen_as(call, wanted, snapshot.arn(), state.shared_with(snapshot.arn()))?;
    Some((snapshot, seen_as))
}

/// Writes a snapshot as a caller sees it: one of others has its ARN for a name (LIST-06), and no tags.
fn write(xml: &mut Xml, snapshot: &Snapshot, seen_as: SeenAs) {
    let kind = snapshot.kind;
    let type_seen = match seen_as {
        SeenAs::Own => {
            xml.record(kind.member(), &snapshot.record);
            return;
        }
        SeenAs::Shared => "shared",
        SeenAs::Public => "public",
    };
    xml.element(kind.member(), |xml| {
        for (field, datum) in snapshot.record.fields() {
            match field.name {
                "SnapshotType" => {
                    xml.text(field.name, type_seen);
                }
                "TagList" => xml.datum(field.name, field.kind, &Datum::Many(Vec::new())),
                name if name == kind.id_field() => {
                    xml.text(name, snapshot.arn());
                }
                _ => xml.datum(field.name, field.kind, datum),
            }
        }
    });
}

fn parse_marker(marker: &str, kind: SnapshotKind) -> Result<(Arn<'_>, &str), Refusal> {
    Arn::parse(marker)
        .filter(|arn| SnapshotKind::of_resource(arn.resource).is_some_and(|(named, _)| named == kind))
        .map(|arn| (arn, marker))
        .ok_or_else(|| Refusal::invalid(format!("Invalid value {marker} for Marker.")))
}

fn name_in(arn: &str) -> Option<&str> {
    Some(SnapshotKind::of_resource(Arn::parse(arn)?.resource)?.1)
}

/// Is that database, by name or ARN, the one a snapshot is of?
fn names_database(database: &str, snapshot: &Snapshot) -> bool {
    let id = Arn::parse(database).and_then(|arn| arn.resource.split_once(':')).map_or(database, |(_, id)| id);
    id.eq_ignore_ascii_case(snapshot.source())
}

fn filters_of(kind: SnapshotKind) -> &'static [(&'static str, &'static str)] {
    kind.pick(
        &[
            ("db-instance-id", "DBInstanceIdentifier"),
            ("db-snapshot-id", "DBSnapshotIdentifier"),
            ("dbi-resource-id", "DbiResourceId"),
            ("snapshot-type", "SnapshotType"),
            ("engine", "Engine"),
        ],
        &[
            ("db-cluster-id", "DBClusterIdentifier"),
            ("db-cluster-snapshot-id", "DBClusterSnapshotIdentifier"),
            ("snapshot-type", "SnapshotType"),
            ("engine", "Engine"),
        ],
    )
}
