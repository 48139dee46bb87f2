//! `DescribeDBSnapshots` and `DescribeDBClusterSnapshots`: what of all snapshots a caller sees, and as what.
//!
//! A listing is own snapshots in order of their identifiers, then those of others in order of their
//! ARNs. The marker is the ARN of the last one seen, so a page costs what it shows and nothing more.

use std::ops::Bound;

use super::filter::{self, Filters};
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
        source.is_none_or(|source| filter::means(source, snapshot.source()))
            && resource.is_none_or(|id| snapshot.record.text(kind.resource_id_field()) == Some(id))
            && filters.match_all(&snapshot.record)
    };
    let (found, next) = if let Some(identifier) = params.text(kind.id_field()) {
        let found = one(state, call, kind, wanted, identifier).ok_or_else(|| {
            Refusal::not_found(kind.not_found(), format!("{} {identifier} not found.", kind.member()))
        })?;
        (Some(found).filter(|(snapshot, _)| matches(snapshot)).into_iter().collect(), None)
    } else {
        let marker = page.marker.map(|marker| parse_marker(marker, kind)).transpose()?;
        let rest = listing(state, call, kind, wanted, marker).filter(|(snapshot, _)| matches(snapshot));
        page.fill(rest, |(snapshot, _)| snapshot.arn().to_owned())
    };
    let mut xml = Xml::new();
    xml.element(kind.list(), |xml| {
        for (snapshot, seen_as) in found {
            write(xml, snapshot, seen_as);
        }
    });
    write_marker(&mut xml, next.as_deref());
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::trial::{Said, Trial};

    /// Own manual, automated, awsbackup and public ones; of 222222222222 one shared, one public, one private.
    fn trial() -> Trial {
        let arn = |account: &str, id: &str| format!("arn:aws:rds:us-east-1:{account}:snapshot:{id}");
        let cluster =
            |account: &str, id: &str| format!("arn:aws:rds:us-east-1:{account}:cluster-snapshot:{id}");
        Trial::new(&json!({"accounts": {
            "111111111111": {"regions": {"us-east-1": {
                "DBSnapshots": [
                    {"DBSnapshotIdentifier": "mine", "DBInstanceIdentifier": "orders", "DbiResourceId": "db-A"},
                    {"DBSnapshotIdentifier": "rds:orders-2026-11-24", "DBInstanceIdentifier": "orders", "Engine": "mariadb"},
                    {"DBSnapshotIdentifier": "awsbackup:job-1", "DBInstanceIdentifier": "billing"},
                    {"DBSnapshotIdentifier": "open", "DBInstanceIdentifier": "billing"}],
                "DBClusterSnapshots": [
                    {"DBClusterSnapshotIdentifier": "mine"},
                    {"DBClusterSnapshotIdentifier": "rds:ledger-2026-11-24"},
                    {"DBClusterSnapshotIdentifier": "awsbackup:job-2"}],
                "SnapshotAttributes": {arn("111111111111", "open"): ["all", "222222222222"]}}}},
            "222222222222": {"regions": {"us-east-1": {
                "DBSnapshots": [
                    {"DBSnapshotIdentifier": "theirs", "TagList": [{"Key": "env", "Value": "dr"}]},
                    {"DBSnapshotIdentifier": "for-all"},
                    {"DBSnapshotIdentifier": "private"}],
                "DBClusterSnapshots": [{"DBClusterSnapshotIdentifier": "theirs"}],
                "SnapshotAttributes": {
                    arn("222222222222", "theirs"): ["111111111111"],
                    arn("222222222222", "for-all"): ["all"],
                    cluster("222222222222", "theirs"): ["111111111111"]}}}}}}))
    }

    async fn ids(trial: &Trial, params: &str) -> Vec<String> {
        trial.rds("DescribeDBSnapshots", params).await.texts("DBSnapshotIdentifier")
    }

    async fn cluster_ids(trial: &Trial, params: &str) -> Vec<String> {
        trial.rds("DescribeDBClusterSnapshots", params).await.texts("DBClusterSnapshotIdentifier")
    }

    fn names(said: &Said) -> Vec<String> {
        said.texts("DBSnapshotIdentifier")
            .iter()
            .map(|arn| arn.rsplit(':').next().unwrap_or_default().into())
            .collect()
    }

    #[tokio::test]
    async fn without_a_type_come_ones_own_manual_and_automated_ones() {
        let trial = trial();
        assert_eq!(ids(&trial, "").await, ["mine", "open", "rds:orders-2026-11-24"]);
        assert_eq!(cluster_ids(&trial, "").await, ["awsbackup:job-2", "mine", "rds:ledger-2026-11-24"]);
    }

    #[tokio::test]
    async fn a_type_narrows_to_that_type() {
        let trial = trial();
        assert_eq!(ids(&trial, "SnapshotType=manual").await, ["mine", "open"]);
        assert_eq!(ids(&trial, "SnapshotType=automated").await, ["rds:orders-2026-11-24"]);
        assert_eq!(ids(&trial, "SnapshotType=awsbackup").await, ["awsbackup:job-1"]);
        assert_eq!(cluster_ids(&trial, "SnapshotType=awsbackup").await, ["awsbackup:job-2"]);
        assert_eq!(
            trial.rds("DescribeDBSnapshots", "SnapshotType=mine").await.code(),
            "InvalidParameterValue"
        );
    }

    #[tokio::test]
    async fn a_shared_one_has_its_arn_for_a_name_and_no_tags() {
        let trial = trial();
        let said = trial.rds("DescribeDBSnapshots", "SnapshotType=shared").await;
        assert_eq!(said.text("DBSnapshotIdentifier"), "arn:aws:rds:us-east-1:222222222222:snapshot:theirs");
        assert_eq!(said.text("SnapshotType"), "shared");
        assert!(said.texts("Tag").is_empty());
        assert_eq!(
            cluster_ids(&trial, "SnapshotType=shared").await,
            ["arn:aws:rds:us-east-1:222222222222:cluster-snapshot:theirs"]
        );
    }

    #[tokio::test]
    async fn public_means_everybodys_and_ones_own() {
        let said = trial().rds("DescribeDBSnapshots", "SnapshotType=public").await;
        assert_eq!(names(&said), ["open", "for-all"]);
        assert_eq!(said.texts("SnapshotType"), ["public", "public"]);
        let theirs = trial().caller("222222222222");
        assert_eq!(names(&theirs.rds("DescribeDBSnapshots", "SnapshotType=shared").await), ["open"]);
    }

    #[tokio::test]
    async fn shared_and_public_ones_come_on_request_each_once() {
        let trial = trial();
        let said = trial.rds("DescribeDBSnapshots", "IncludeShared=true&IncludePublic=true").await;
        assert_eq!(names(&said), ["mine", "open", "orders-2026-11-24", "for-all", "theirs"]);
        assert_eq!(said.texts("SnapshotType"), ["manual", "manual", "automated", "public", "shared"]);
        // Where a type is named, the flags say nothing.
        for named in ["SnapshotType=manual&IncludeShared=true", "SnapshotType=manual&IncludePublic=true"] {
            assert_eq!(ids(&trial, named).await, ["mine", "open"]);
        }
        assert_eq!(ids(&trial, "SnapshotType=shared&IncludePublic=true").await.len(), 1);
    }

    #[tokio::test]
    async fn an_identifier_finds_what_the_listing_would_show() {
        let trial = trial();
        let theirs = "DBSnapshotIdentifier=arn:aws:rds:us-east-1:222222222222:snapshot:theirs";
        for found in [
            "DBSnapshotIdentifier=MINE".to_owned(),
            "DBSnapshotIdentifier=arn:aws:rds:us-east-1:111111111111:snapshot:mine".to_owned(),
            "DBSnapshotIdentifier=rds:orders-2026-11-24&SnapshotType=automated".to_owned(),
            "DBSnapshotIdentifier=awsbackup:job-1&SnapshotType=awsbackup".to_owned(),
            format!("{theirs}&SnapshotType=shared"),
            format!("{theirs}&IncludeShared=true"),
        ] {
            assert_eq!(ids(&trial, &found).await.len(), 1, "{found}");
        }
        for missed in [
            theirs,
            "DBSnapshotIdentifier=gone",
            "DBSnapshotIdentifier=theirs&IncludeShared=true",
            "DBSnapshotIdentifier=rds:orders-2026-11-24",
            "DBSnapshotIdentifier=mine&SnapshotType=automated",
            "DBSnapshotIdentifier=arn:aws:rds:us-east-1:222222222222:snapshot:private&IncludeShared=true",
            "DBSnapshotIdentifier=arn:aws:rds:eu-west-1:111111111111:snapshot:mine",
        ] {
            let said = trial.rds("DescribeDBSnapshots", missed).await;
            assert_eq!((said.status, said.code().as_str()), (404, "DBSnapshotNotFound"), "{missed}");
        }
        let said = trial.rds("DescribeDBClusterSnapshots", "DBClusterSnapshotIdentifier=gone").await;
        assert_eq!(said.code(), "DBClusterSnapshotNotFoundFault");
    }

    #[tokio::test]
    async fn a_listing_can_be_of_one_database_or_filtered() {
        let trial = trial();
        assert_eq!(ids(&trial, "DBInstanceIdentifier=orders").await.len(), 2);
        assert_eq!(ids(&trial, "DBInstanceIdentifier=gone").await.len(), 0);
        assert_eq!(ids(&trial, "DbiResourceId=db-A").await, ["mine"]);
        let filter =
            |name, value| format!("Filters.Filter.1.Name={name}&Filters.Filter.1.Values.Value.1={value}");
        assert_eq!(ids(&trial, &filter("engine", "mariadb")).await, ["rds:orders-2026-11-24"]);
        let arn = "arn:aws:rds:us-east-1:111111111111:db:orders";
        assert_eq!(ids(&trial, &filter("db-instance-id", arn)).await.len(), 2);
        assert_eq!(
            trial.rds("DescribeDBSnapshots", &filter("tag:env", "x")).await.code(),
            "InvalidParameterValue"
        );
    }

    #[tokio::test]
    async fn pages_are_complete_and_show_nothing_twice() {
        let snapshots = |count: usize, prefix: &str| {
            (0..count).map(|n| json!({"DBSnapshotIdentifier": format!("{prefix}{n:03}")})).collect::<Vec<_>>()
        };
        let shares: serde_json::Map<_, _> = (0..70)
            .map(|n| {
                (format!("arn:aws:rds:us-east-1:222222222222:snapshot:b{n:03}"), json!(["111111111111"]))
            })
            .collect();
        let trial = Trial::new(&json!({"accounts": {
            "111111111111": {"regions": {"us-east-1": {"DBSnapshots": snapshots(130, "A")}}},
            "222222222222": {"regions": {"us-east-1": {"DBSnapshots": snapshots(70, "b"), "SnapshotAttributes": shares}}}}}));
        for size in [20, 37, 65, 100] {
            let (mut all, mut marker) = (Vec::new(), String::new());
            loop {
                let params = format!("IncludeShared=true&MaxRecords={size}&Marker={marker}");
                let said = trial.rds("DescribeDBSnapshots", &params).await;
                let page = names(&said);
                assert!(page.len() <= size);
                all.extend(page);
                marker = said.text("Marker");
                if marker.is_empty() {
                    break;
                }
                assert_eq!(all.len() % size, 0, "only the last page is not full");
            }
            let expected: Vec<String> =
                (0..130).map(|n| format!("A{n:03}")).chain((0..70).map(|n| format!("b{n:03}"))).collect();
            assert_eq!(all, expected, "pages of {size}");
        }
    }

    #[tokio::test]
    async fn a_page_has_20_to_100_records() {
        let trial = trial();
        for refused in ["19", "101", "0", "-5"] {
            let said = trial.rds("DescribeDBSnapshots", &format!("MaxRecords={refused}")).await;
            assert_eq!(said.code(), "InvalidParameterValue", "{refused}");
        }
        for taken in ["20", "100"] {
            assert_eq!(trial.rds("DescribeDBSnapshots", &format!("MaxRecords={taken}")).await.status, 200);
        }
        assert_eq!(trial.rds("DescribeDBSnapshots", "Marker=nonsense").await.code(), "InvalidParameterValue");
    }

    #[tokio::test]
    async fn a_region_of_which_nobody_wrote_is_empty_and_works() {
        let mut trial = trial();
        trial.region = "eu-north-1".into();
        let said = trial.rds("DescribeDBSnapshots", "").await;
        assert_eq!((said.status, said.texts("DBSnapshot").len()), (200, 0));
        assert!(said.body.contains("<DBSnapshots></DBSnapshots>"));
    }
}
