//! `CreateDBSnapshot` and `CreateDBClusterSnapshot`: a snapshot of a living database, under its key (ENC-09).

use super::restoring;
use crate::demo::judge::names::{self, CLUSTER_SNAPSHOT, INSTANCE_SNAPSHOT};
use crate::demo::judge::{quota, tags};
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `CreateDBSnapshot`.
pub(crate) fn instance(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `CreateDBClusterSnapshot`.
pub(crate) fn cluster(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

fn answer(state: &mut State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let params = &call.params;
    let given = params.required(kind.id_field())?;
    let id = new_name(state, call, kind, kind.id_field(), given)?;
    let name = params.required(kind.source_field())?;
    let database = database(state, call, kind, name)?;
    require_available(database, kind, name)?;
    if kind == SnapshotKind::Instance && database.text("DBClusterIdentifier").is_some() {
        return Err(Refusal::new(
            "InvalidDBInstanceState",
            format!("{name} is a member of a DB cluster: create a snapshot of the cluster."),
        ));
    }
    quota::room_for_snapshot(state, call, kind)?;
    let tags = tags::given(params)?;
    let record = take(state, call, kind, &database.clone(), &id, tags);
    let mut xml = Xml::new();
    xml.record(kind.member(), &record);
    Ok(xml)
}

/// A free and well-formed name for a snapshot.
pub(crate) fn new_name(
    state: &State,
    call: &Call,
    kind: SnapshotKind,
    parameter: &str,
    given: &str,
) -> Result<String, Refusal> {
    let id = names::new_identifier(parameter, given, kind.pick(INSTANCE_SNAPSHOT, CLUSTER_SNAPSHOT))?;
    if state.here(call).shelf(kind).get(&id).is_none() {
        return Ok(id);
    }
    let code = kind.pick("DBSnapshotAlreadyExists", "DBClusterSnapshotAlreadyExistsFault");
    Err(Refusal::new(
        code,
        format!("Cannot create the snapshot because one with the identifier {id} already exists."),
    ))
}

/// The caller's DB instance or DB cluster of that name.
pub(crate) fn database<'s>(
    state: &'s State,
    call: &Call,
    kind: SnapshotKind,
    name: &str,
) -> Result<&'s Record, Refusal> {
    let listing = kind.pick(Listing::DbInstances, Listing::DbClusters);
    let code = kind.pick("DBInstanceNotFound", "DBClusterNotFoundFault");
    let what = kind.pick("DBInstance", "DBCluster");
    state
        .here(call)
        .find(listing, name)
        .ok_or_else(|| Refusal::not_found(code, format!("{what} {name} not found.")))
}

/// Refuses a database that is not `available`.
pub(crate) fn require_available(database: &Record, kind: SnapshotKind, name: &str) -> Result<(), Refusal> {
    let status = database.text(kind.pick("DBInstanceStatus", "Status")).unwrap_or_default();
    if status == "available" {
        return Ok(());
    }
    let code = kind.pick("InvalidDBInstanceState", "InvalidDBClusterStateFault");
    Err(Refusal::new(code, format!("{name} is not available: it is {status}.")))
}

/// Puts a manual snapshot of a database on its shelf, `creating`.
pub(crate) fn take(
    state: &mut State,
    call: &Call,
    kind: SnapshotKind,
    database: &Record,
    id: &str,
    tags: Vec<Record>,
) -> Record {
    let now = state.now();
    let mut record = Record::new(kind.shape())
        .with(kind.id_field(), id)
        .with(kind.arn_field(), restoring::arn_here(call, kind.infix(), id))
        .with("SnapshotType", "manual")
        .with("Status", "creating")
        .with("PercentProgress", 0)
        .with("SnapshotCreateTime", now)
        .with("TagList", tags)
        .with(kind.encrypted_field(), database.flag("StorageEncrypted"));
    // Field of the database, and what the snapshot calls it.
    let alike = [
        (kind.source_field(), kind.source_field()),
        (kind.resource_id_field(), kind.resource_id_field()),
        ("Engine", "Engine"),
        ("EngineVersion", "EngineVersion"),
        ("AllocatedStorage", "AllocatedStorage"),
        ("MasterUsername", "MasterUsername"),
        ("StorageType", "StorageType"),
        ("StorageEncryptionType", "StorageEncryptionType"),
        ("KmsKeyId", "KmsKeyId"),
        (
            kind.pick("InstanceCreateTime", "ClusterCreateTime"),
            kind.pick("InstanceCreateTime", "ClusterCreateTime"),
        ),
    ];
    for (from, to) in alike {
        if let Some(datum) = database.get(from) {
            record.set(to, datum.clone());
        }
    }
    match kind {
        SnapshotKind::Instance => {
            record.set("OriginalSnapshotCreateTime", now);
            record.set("SnapshotTarget", "region");
            let options = database.many("OptionGroupMemberships").first();
            if let Some(name) = options.and_then(|group| group.text("OptionGroupName")) {
                record.set("OptionGroupName", name);
            }
            for field in ["LicenseModel", "AvailabilityZone"] {
                if let Some(text) = database.text(field) {
                    record.set(field, text);
                }
            }
            let port = database.one("Endpoint").and_then(|endpoint| endpoint.whole("Port"));
            record.set(
                "Port",
                port.unwrap_or_else(|| restoring::usual_port(database.text("Engine").unwrap_or_default())),
            );
        }
        SnapshotKind::Cluster => {
            for field in ["AvailabilityZones", "Port", "EngineMode"] {
                if let Some(datum) = database.get(field) {
                    record.set(field, datum.clone());
                }
            }
        }
    }
    let snapshot = Snapshot { kind, record: record.clone() };
    state.start_work(&snapshot);
    state.insert_snapshot(snapshot);
    record
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use crate::demo::world::{Answer, HOME, OWNER, World, key};

    fn world() -> World {
        World::with(|fleet| {
            let here = &mut fleet["accounts"][OWNER]["regions"][HOME];
            here["DBInstances"] = json!([
                {"DBInstanceIdentifier": "db", "Engine": "mysql", "EngineVersion": "8.0.43", "AllocatedStorage": 10,
                    "StorageEncrypted": true, "KmsKeyId": key(OWNER, HOME, "cmk"), "DbiResourceId": "db-A"},
                {"DBInstanceIdentifier": "busy", "Engine": "mysql", "DBInstanceStatus": "modifying"},
                {"DBInstanceIdentifier": "member", "Engine": "aurora-mysql", "DBClusterIdentifier": "cluster"}]);
            here["DBClusters"] =
                json!([{"DBClusterIdentifier": "cluster", "Engine": "aurora-mysql", "AllocatedStorage": 1}]);
        })
    }

    async fn create(world: &World, id: &str, database: &str) -> Answer {
        let params = [("DBSnapshotIdentifier", id), ("DBInstanceIdentifier", database)];
        world.rds(OWNER, HOME, "CreateDBSnapshot", &params).await
    }

    #[tokio::test(start_paused = true)]
    async fn a_snapshot_has_the_key_of_its_database_and_becomes_available() {
        let world = world();
        let made = create(&world, "new", "db").await.ok();
        assert_eq!(made.text("Status"), Some("creating"));
        assert_eq!(made.text("KmsKeyId"), Some(&*key(OWNER, HOME, "cmk")));
        assert_eq!(made.text("SnapshotType"), Some("manual"));
        tokio::time::advance(Duration::from_secs(11)).await;
        let seen =
            world.rds(OWNER, HOME, "DescribeDBSnapshots", &[("DBSnapshotIdentifier", "new")]).await.ok();
        assert_eq!(seen.text("Status"), Some("available"));
    }

    #[tokio::test]
    async fn the_database_must_be_there_and_available_and_the_name_free() {
        let world = world();
        create(&world, "new", "nowhere").await.refused("DBInstanceNotFound");
        create(&world, "new", "busy").await.refused("InvalidDBInstanceState");
        create(&world, "new", "member").await.refused("InvalidDBInstanceState");
        create(&world, "plain", "db").await.refused("DBSnapshotAlreadyExists");
        create(&world, "no--name", "db").await.refused("InvalidParameterValue");
        let cluster = |name| [("DBClusterSnapshotIdentifier", name), ("DBClusterIdentifier", "cluster")];
        let create =
            async |name| world.rds(OWNER, HOME, "CreateDBClusterSnapshot", &cluster(name)).await.code();
        assert_eq!(create("aurora").await, "DBClusterSnapshotAlreadyExistsFault");
        assert_eq!(create("new").await, "ok");
    }

    #[tokio::test]
    async fn the_quota_of_manual_snapshots_holds_here_too() {
        let full = World::with(|fleet| {
            let here = &mut fleet["accounts"][OWNER]["regions"][HOME];
            here["DBInstances"] = json!([{"DBInstanceIdentifier": "db", "Engine": "mysql"}]);
            here["AccountQuotas"] = json!([{"AccountQuotaName": "ManualSnapshots", "Used": 100, "Max": 100}]);
        });
        create(&full, "new", "db").await.refused("SnapshotQuotaExceeded");
    }
}
