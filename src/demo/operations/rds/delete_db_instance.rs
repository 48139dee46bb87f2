//! `DeleteDBInstance` and `DeleteDBCluster`, with or without a final snapshot.
//!
//! With the database go its automated snapshots, unless its automated backups are to be kept (COPY-03).

use super::create_db_snapshot::{database, new_name, require_available, take};
use super::delete_db_snapshot::forget;
use crate::demo::judge::quota;
use crate::demo::record::Record;
use crate::demo::state::State;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `DeleteDBInstance`.
pub(crate) fn instance(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `DeleteDBCluster`.
pub(crate) fn cluster(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

fn answer(state: &mut State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let name = call.params.required(kind.source_field())?;
    let gone = database(state, call, kind, name)?.clone();
    let what = kind.pick("DB Instance", "DB Cluster");
    if gone.flag("DeletionProtection") {
        return Err(Refusal::combination(format!(
            "Cannot delete protected {what}, please disable deletion protection and try again."
        )));
    }
    if kind == SnapshotKind::Cluster && !gone.many("DBClusterMembers").is_empty() {
        return Err(Refusal::new(
            "InvalidDBClusterStateFault",
            "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
        ));
    }
    if let Some(id) = final_snapshot(state, call, kind, &gone)? {
        require_available(&gone, kind, name)?;
        quota::room_for_snapshot(state, call, kind)?;
        take(state, call, kind, &gone, &id, Vec::new());
    }
    remove(state, call, kind, &gone)?;
    let mut answered = gone;
    answered.set(kind.pick("DBInstanceStatus", "Status"), "deleting");
    let mut xml = Xml::new();
    xml.record(kind.pick("DBInstance", "DBCluster"), &answered);
    Ok(xml)
}

/// The name of the final snapshot, if there is to be one: it is either named or skipped.
fn final_snapshot(
    state: &State,
    call: &Call,
    kind: SnapshotKind,
    gone: &Record,
) -> Result<Option<String>, Refusal> {
    let parameter = "FinalDBSnapshotIdentifier";
    let skip = call.params.flag("SkipFinalSnapshot")?.unwrap_or(false);
    let member = kind == SnapshotKind::Instance && gone.text("DBClusterIdentifier").is_some();
    match call.params.text(parameter) {
        Some(_) if skip => Err(Refusal::combination(format!(
            "{parameter} cannot be specified when SkipFinalSnapshot is true."
        ))),
        Some(_) if member => {
            Err(Refusal::combination("A member of a DB cluster has no final snapshot of its own."))
        }
        Some(given) => new_name(state, call, kind, parameter, given).map(Some),
        None if skip || member => Ok(None),
        None => Err(Refusal::combination(format!(
            "{parameter} is required unless SkipFinalSnapshot is specified."
        ))),
    }
}

fn remove(state: &mut State, call: &Call, kind: SnapshotKind, gone: &Record) -> Result<(), Refusal> {
    let id = gone.text(kind.source_field()).unwrap_or_default();
    let resource = gone.text(kind.resource_id_field()).unwrap_or_default();
    let keeps = call.params.flag("DeleteAutomatedBackups")? == Some(false);
    let here = state.here_mut(call);
    here.remove(kind.pick(Listing::DbInstances, Listing::DbClusters), id);
    let backups = kind.pick(Listing::DbInstanceAutomatedBackups, Listing::DbClusterAutomatedBackups);
    if keeps {
        if let Some(backup) = here.find_mut(backups, resource) {
            backup.set("Status", "retained");
        }
    } else {
        here.remove(backups, resource);
    }
    leave_cluster(state, call, kind, gone);
    if let Some(arn) = gone.text(kind.pick("DBInstanceArn", "DBClusterArn")) {
        state.lines.leave(arn);
    }
    let vanishing: Vec<String> = state
        .here(call)
        .shelf(kind)
        .iter()
        .filter(|snapshot| !keeps && snapshot.snapshot_type() == "automated")
        .filter(|snapshot| snapshot.record.text(kind.resource_id_field()) == Some(resource))
        .map(|snapshot| snapshot.arn().to_owned())
        .collect();
    for arn in vanishing {
        forget(state, &arn);
    }
    Ok(())
}

/// A deleted instance is no member of its cluster any more.
fn leave_cluster(state: &mut State, call: &Call, kind: SnapshotKind, gone: &Record) {
    let (SnapshotKind::Instance, Some(home)) = (kind, gone.text("DBClusterIdentifier")) else { return };
    let Some(cluster) = state.here_mut(call).find_mut(Listing::DbClusters, home) else { return };
    let id = gone.text("DBInstanceIdentifier");
    let members: Vec<Record> = cluster
        .many("DBClusterMembers")
        .iter()
        .filter(|member| member.text("DBInstanceIdentifier") != id)
        .cloned()
        .collect();
    cluster.set("DBClusterMembers", members);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::world::{Answer, HOME, OWNER, World};

    fn world() -> World {
        World::with(|fleet| {
            let here = &mut fleet["accounts"][OWNER]["regions"][HOME];
            here["DBInstances"] = json!([
                {"DBInstanceIdentifier": "db", "Engine": "mysql", "DbiResourceId": "db-A", "AllocatedStorage": 1},
                {"DBInstanceIdentifier": "guarded", "Engine": "mysql", "DeletionProtection": true},
                {"DBInstanceIdentifier": "member", "Engine": "aurora-mysql", "DBClusterIdentifier": "cluster"}]);
            here["DBInstanceAutomatedBackups"] =
                json!([{"DBInstanceIdentifier": "db", "DbiResourceId": "db-A"}]);
            here["DBClusters"] = json!([{"DBClusterIdentifier": "cluster", "Engine": "aurora-mysql", "AllocatedStorage": 1,
                "DBClusterMembers": [{"DBInstanceIdentifier": "member", "IsClusterWriter": true}]}]);
            let snapshots = here["DBSnapshots"].as_array_mut().expect("snapshots");
            snapshots.push(json!({"DBSnapshotIdentifier": "rds:db-1", "DBInstanceIdentifier": "db", "DbiResourceId": "db-A"}));
        })
    }

    async fn delete(world: &World, id: &str, more: &[(&str, &str)]) -> Answer {
        world.rds(OWNER, HOME, "DeleteDBInstance", &[&[("DBInstanceIdentifier", id)], more].concat()).await
    }

    async fn automated(world: &World) -> String {
        let params = [("DBSnapshotIdentifier", "rds:db-1"), ("SnapshotType", "automated")];
        world.rds(OWNER, HOME, "DescribeDBSnapshots", &params).await.code()
    }

    const SKIP: (&str, &str) = ("SkipFinalSnapshot", "true");

    #[tokio::test]
    async fn automated_snapshots_go_with_their_instance_unless_backups_are_kept() {
        let gone = world();
        assert_eq!(delete(&gone, "db", &[SKIP]).await.ok().text("DBInstanceStatus"), Some("deleting"));
        assert_eq!(automated(&gone).await, "DBSnapshotNotFound");
        delete(&gone, "db", &[SKIP]).await.refused("DBInstanceNotFound");
        let kept = world();
        delete(&kept, "db", &[SKIP, ("DeleteAutomatedBackups", "false")]).await.ok();
        assert_eq!(automated(&kept).await, "ok");
        let backups = kept.rds(OWNER, HOME, "DescribeDBInstanceAutomatedBackups", &[]).await.ok();
        assert_eq!(backups.text("Status"), Some("retained"));
    }

    #[tokio::test]
    async fn a_final_snapshot_is_named_or_skipped() {
        let world = world();
        let named = ("FinalDBSnapshotIdentifier", "final");
        delete(&world, "db", &[]).await.refused("InvalidParameterCombination");
        delete(&world, "db", &[SKIP, named]).await.refused("InvalidParameterCombination");
        delete(&world, "db", &[("FinalDBSnapshotIdentifier", "plain")])
            .await
            .refused("DBSnapshotAlreadyExists");
        delete(&world, "guarded", &[SKIP]).await.refused("InvalidParameterCombination");
        delete(&world, "db", &[named]).await.ok();
        let seen =
            world.rds(OWNER, HOME, "DescribeDBSnapshots", &[("DBSnapshotIdentifier", "final")]).await.ok();
        assert_eq!(seen.text("SnapshotType"), Some("manual"));
    }

    #[tokio::test]
    async fn a_cluster_goes_after_its_members() {
        let world = world();
        let cluster = async |more: &[(&str, &str)]| {
            world
                .rds(OWNER, HOME, "DeleteDBCluster", &[&[("DBClusterIdentifier", "cluster")], more].concat())
                .await
        };
        cluster(&[SKIP]).await.refused("InvalidDBClusterStateFault");
        delete(&world, "member", &[]).await.ok();
        cluster(&[]).await.refused("InvalidParameterCombination");
        cluster(&[("FinalDBSnapshotIdentifier", "aurora")])
            .await
            .refused("DBClusterSnapshotAlreadyExistsFault");
        cluster(&[("FinalDBSnapshotIdentifier", "final")]).await.ok();
        cluster(&[SKIP]).await.refused("DBClusterNotFoundFault");
    }
}
