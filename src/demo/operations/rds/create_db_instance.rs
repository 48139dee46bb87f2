//! `CreateDBInstance`, into a DB cluster: what an Aurora cluster needs after a restore (REST-23).
//!
//! Standalone instances are deliberately absent: here they come from snapshots only.

use super::restoring;
use crate::demo::judge::names::{self, DATABASE};
use crate::demo::judge::tags;
use crate::demo::record::Record;
use crate::demo::shape::databases::{DB_CLUSTER_MEMBER, DB_INSTANCE, ENDPOINT};
use crate::demo::state::State;
use crate::demo::state::listing::Listing;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Begins an instance and answers it as `creating`.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let params = &call.params;
    let given = params.required("DBInstanceIdentifier")?;
    let id = names::new_identifier("DBInstanceIdentifier", given, DATABASE)?;
    let class = params.required("DBInstanceClass")?;
    let engine = params.required("Engine")?;
    let home = params.text("DBClusterIdentifier").ok_or_else(|| {
        Refusal::combination(
            "DBClusterIdentifier must be specified: this cloud creates DB instances in DB clusters only.",
        )
    })?;
    let cluster = state.here(call).find(Listing::DbClusters, home).ok_or_else(|| {
        Refusal::not_found("DBClusterNotFoundFault", format!("DBCluster {home} not found."))
    })?;
    check_cluster(cluster, home, engine)?;
    if state.here(call).find(Listing::DbInstances, &id).is_some() {
        return Err(Refusal::new("DBInstanceAlreadyExists", "DB instance already exists"));
    }
    restoring::room(state, call, "DBInstances", "InstanceQuotaExceeded")?;
    let writer = cluster.many("DBClusterMembers").is_empty();
    let mut instance = Record::new(&DB_INSTANCE)
        .with("DBInstanceIdentifier", id.as_str())
        .with("DBInstanceArn", restoring::arn_here(call, "db", &id))
        .with("DBInstanceClass", class)
        .with("Engine", engine)
        .with("DBInstanceStatus", "creating")
        .with("DBClusterIdentifier", cluster.text("DBClusterIdentifier").unwrap_or(home))
        .with("Endpoint", Record::new(&ENDPOINT).with("Port", cluster.whole("Port").unwrap_or_default()))
        .with("AllocatedStorage", 1)
        .with("InstanceCreateTime", state.now())
        .with("StorageEncrypted", cluster.flag("StorageEncrypted"))
        .with("PubliclyAccessible", params.flag("PubliclyAccessible")?.unwrap_or(false))
        .with("TagList", tags::given(params)?);
    for field in ["EngineVersion", "KmsKeyId", "StorageEncryptionType", "StorageType", "MasterUsername"] {
        if let Some(text) = cluster.text(field) {
            instance.set(field, text);
        }
    }
    let mut members = cluster.many("DBClusterMembers").to_vec();
    members.push(
        Record::new(&DB_CLUSTER_MEMBER)
            .with("DBInstanceIdentifier", id.as_str())
            .with("IsClusterWriter", writer)
            .with("DBClusterParameterGroupStatus", "in-sync")
            .with("PromotionTier", params.whole("PromotionTier")?.unwrap_or(1)),
    );
    let home = home.to_owned();
    instance.set("DbiResourceId", restoring::resource_id(state, "db"));
    if let Some(cluster) = state.here_mut(call).find_mut(Listing::DbClusters, &home) {
        cluster.set("DBClusterMembers", members);
    }
    Ok(begin(state, call, instance))
}

/// Puts a DB instance into the caller's region, `creating`, and answers it.
pub(crate) fn begin(state: &mut State, call: &Call, instance: Record) -> Xml {
    let mut xml = Xml::new();
    xml.record("DBInstance", &instance);
    let arn = instance.text("DBInstanceArn").expect("BUG: a DB instance has an ARN").to_owned();
    let size = instance.whole("AllocatedStorage").unwrap_or_default();
    state.here_mut(call).insert(Listing::DbInstances, instance);
    state.start_coming(&arn, size);
    xml
}

fn check_cluster(cluster: &Record, name: &str, engine: &str) -> Result<(), Refusal> {
    if cluster.text("Status") != Some("available") {
        return Err(Refusal::new(
            "InvalidDBClusterStateFault",
            format!("DBCluster {name} is not available."),
        ));
    }
    if matches!(cluster.text("Engine"), Some("mysql" | "postgres")) {
        return Err(Refusal::new(
            "InvalidDBClusterStateFault",
            format!("{name} is a Multi-AZ DB cluster: its instances come with it."),
        ));
    }
    if cluster.text("Engine") != Some(engine) {
        return Err(Refusal::combination(format!("The engine of {name} is not {engine}.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::demo::world::{Answer, HOME, OWNER, World};

    async fn cluster(world: &World) {
        let params =
            [("DBClusterIdentifier", "home"), ("SnapshotIdentifier", "aurora"), ("Engine", "aurora-mysql")];
        world.rds(OWNER, HOME, "RestoreDBClusterFromSnapshot", &params).await.ok();
        tokio::time::advance(Duration::from_secs(2)).await;
    }

    async fn create(world: &World, id: &str, cluster: &str, engine: &str) -> Answer {
        let params = [
            ("DBInstanceIdentifier", id),
            ("DBInstanceClass", "db.r6g.large"),
            ("Engine", engine),
            ("DBClusterIdentifier", cluster),
        ];
        world.rds(OWNER, HOME, "CreateDBInstance", &params).await
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_instance_of_a_cluster_writes_and_the_next_one_reads() {
        let world = World::new();
        cluster(&world).await;
        create(&world, "one", "home", "aurora-mysql").await.ok();
        create(&world, "two", "home", "aurora-mysql").await.ok();
        let seen =
            world.rds(OWNER, HOME, "DescribeDBClusters", &[("DBClusterIdentifier", "home")]).await.ok();
        assert_eq!(seen.texts("IsClusterWriter"), ["true", "false"]);
        create(&world, "ONE", "home", "aurora-mysql").await.refused("DBInstanceAlreadyExists");
    }

    #[tokio::test(start_paused = true)]
    async fn the_cluster_must_be_there_and_of_that_engine() {
        let world = World::new();
        cluster(&world).await;
        create(&world, "one", "nowhere", "aurora-mysql").await.refused("DBClusterNotFoundFault");
        create(&world, "one", "home", "aurora-postgresql").await.refused("InvalidParameterCombination");
        create(&world, "one", "", "aurora-mysql").await.refused("InvalidParameterCombination");
    }

    #[tokio::test(start_paused = true)]
    async fn a_cluster_that_is_still_creating_takes_no_instance() {
        let world = World::new();
        let params =
            [("DBClusterIdentifier", "home"), ("SnapshotIdentifier", "aurora"), ("Engine", "aurora-mysql")];
        world.rds(OWNER, HOME, "RestoreDBClusterFromSnapshot", &params).await.ok();
        create(&world, "one", "home", "aurora-mysql").await.refused("InvalidDBClusterStateFault");
    }
}
