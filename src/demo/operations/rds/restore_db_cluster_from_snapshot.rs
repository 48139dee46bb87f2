//! `RestoreDBClusterFromSnapshot`: a new DB cluster from a cluster snapshot, or from an instance's.
//!
//! A cluster of Aurora comes without instances (REST-23).

use super::{offered, restoring};
use crate::demo::judge::access::{self, Purpose};
use crate::demo::judge::names::{self, DATABASE};
use crate::demo::judge::source::{self, Source};
use crate::demo::judge::tags;
use crate::demo::record::Record;
use crate::demo::shape::databases::DB_CLUSTER;
use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Begins a restore and answers the DB cluster as `creating`.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let params = &call.params;
    let given = params.required("DBClusterIdentifier")?;
    let id = names::new_identifier("DBClusterIdentifier", given, DATABASE)?;
    let identifier = params.required("SnapshotIdentifier")?;
    let engine = params.required("Engine")?;
    let source = restoring::find(state, call, kind_of(identifier), identifier)?;
    check_engine(engine, &source)?;
    // Serverless v1 is gone; no code is named for asking for it (REST-27).
    if params.text("EngineMode").is_some_and(|mode| mode != "provisioned") {
        return Err(Refusal::combination("The engine mode must be provisioned."));
    }
    let version = match params.text("EngineVersion") {
        Some(version) => version.to_owned(),
        None => offered::default_version(state, call, engine).unwrap_or_default(),
    };
    restoring::require_supported_version(state, call, engine, &version)?;
    let multi_az = matches!(engine, "mysql" | "postgres");
    check_storage(params, engine)?;
    let port = restoring::port(params)?.unwrap_or_else(|| restoring::usual_port(engine));
    let parameters =
        restoring::parameter_group(state, call, Listing::DbClusterParameterGroups, engine, &version)?;
    let zones = if multi_az { restoring::Zones::Three } else { restoring::Zones::Several };
    let subnets = restoring::subnet_group(state, call, zones)?
        .and_then(|group| group.text("DBSubnetGroupName"))
        .unwrap_or("default")
        .to_owned();
    let protection = protection(state, call, &source, engine)?;
    if state.here(call).find(Listing::DbClusters, &id).is_some() {
        return Err(Refusal::new("DBClusterAlreadyExistsFault", "DB Cluster already exists"));
    }
    restoring::room(state, call, "DBClusters", "DBClusterQuotaExceededFault")?;
    let size = i64::from(source.snapshot.size_gib());
    let host = format!("c0demo0cloud.{}.rds.amazonaws.com", call.region);
    let zones = ["a", "b", "c"].map(|zone| format!("{}{zone}", call.region));
    let mut cluster = Record::new(&DB_CLUSTER)
        .with("DBClusterIdentifier", id.as_str())
        .with("DBClusterArn", restoring::arn_here(call, "cluster", &id))
        .with("Status", "creating")
        .with("Engine", engine)
        .with("EngineVersion", version.as_str())
        .with("EngineMode", "provisioned")
        .with("AllocatedStorage", size)
        .with("AvailabilityZones", zones.to_vec())
        .with("MultiAZ", multi_az)
        .with("Port", port)
        .with("Endpoint", format!("{id}.cluster-{host}"))
        .with("ReaderEndpoint", format!("{id}.cluster-ro-{host}"))
        .with("ClusterCreateTime", state.now())
        .with("DBSubnetGroup", subnets)
        .with("VpcSecurityGroups", restoring::security_groups(params))
        .with(
            "DBClusterParameterGroup",
            parameters.unwrap_or_else(|| format!("default.{}", offered::family(engine, &version))),
        )
        .with("DeletionProtection", params.flag("DeletionProtection")?.unwrap_or(false))
        // `aurora`, even where the source had `aurora-iopt1` (REST-25).
        .with("StorageType", params.text("StorageType").unwrap_or(if multi_az { "gp3" } else { "aurora" }))
        .with("DBClusterMembers", Vec::<Record>::new())
        .with("TagList", tags::given(params)?);
    if let Some(class) = params.text("DBClusterInstanceClass") {
        cluster.set("DBClusterInstanceClass", class);
    }
    if let Some(user) = source.snapshot.record.text("MasterUsername") {
        cluster.set("MasterUsername", user);
    }
    protection.note(&mut cluster);
    cluster.set("DbClusterResourceId", restoring::resource_id(state, "cluster"));
    let arn = restoring::arn_here(call, "cluster", &id);
    let mut xml = Xml::new();
    xml.record("DBCluster", &cluster);
    state.here_mut(call).insert(Listing::DbClusters, cluster);
    state.start_coming(&arn, size);
    Ok(xml)
}

/// A name, or the ARN of either kind: instance snapshots go by ARN only (REST-22).
fn kind_of(identifier: &str) -> SnapshotKind {
    Arn::parse(identifier)
        .and_then(|arn| SnapshotKind::of_resource(arn.resource))
        .map_or(SnapshotKind::Cluster, |(kind, _)| kind)
}

/// Which engine takes over which (REST-22, REST-30).
fn check_engine(to: &str, source: &Source) -> Result<(), Refusal> {
    let from = source.snapshot.engine();
    let same_kind =
        to == from && (source.snapshot.kind == SnapshotKind::Cluster || matches!(to, "mysql" | "postgres"));
    if same_kind || matches!((from, to), ("mysql", "aurora-mysql") | ("postgres", "aurora-postgresql")) {
        return Ok(());
    }
    Err(Refusal::combination(format!("A snapshot of {from} cannot be restored to a DB cluster of {to}.")))
}

/// A Multi-AZ DB cluster has a class, and IOPS with its storage type (REST-24).
fn check_storage(params: &Params, engine: &str) -> Result<(), Refusal> {
    let storage = params.text("StorageType");
    if !matches!(engine, "mysql" | "postgres") {
        return match storage {
            None | Some("aurora" | "aurora-iopt1") => Ok(()),
            // Neptune and its sibling have the same two under names of their own.
            Some("iopt1" | "standard") if matches!(engine, "neptune" | "docdb") => Ok(()),
            Some(other) => Err(Refusal::invalid(format!("Invalid storage type {other} for {engine}."))),
        };
    }
    if params.text("DBClusterInstanceClass").is_none() {
        return Err(Refusal::combination("A Multi-AZ DB cluster needs a DBClusterInstanceClass."));
    }
    match storage {
        None => Ok(()),
        Some("io1" | "io2" | "gp3") if params.whole("Iops")?.is_some() => Ok(()),
        Some("io1" | "io2" | "gp3") => Err(Refusal::combination("Iops must be specified with StorageType.")),
        Some(other) => Err(Refusal::invalid(format!("Invalid storage type {other} for {engine}."))),
    }
}

/// What protects the new cluster.
enum Protection {
    None,
    /// A key of AWS's own, which is what Aurora has at least (ENC-04).
    AwsOwned,
    Key(String),
}

impl Protection {
    fn note(&self, cluster: &mut Record) {
        let (encrypted, kind) = match self {
            Self::None => (false, "none"),
            Self::AwsOwned => (false, "sse-rds"),
            Self::Key(_) => (true, "sse-kms"),
        };
        cluster.set("StorageEncrypted", encrypted);
        cluster.set("StorageEncryptionType", kind);
        if let Self::Key(arn) = self {
            cluster.set("KmsKeyId", arn.as_str());
        }
    }
}

/// Decides it (ENC-03 to ENC-06, REST-04): the key of the call, else that of the source, be it foreign.
fn protection(state: &mut State, call: &Call, source: &Source, engine: &str) -> Result<Protection, Refusal> {
    let wanted = call.params.text("KmsKeyId");
    if let Some(wanted) = wanted {
        access::ensure_default_key(state, call, wanted);
    }
    restoring::require_source_key(state, call, source)?;
    let encrypted = source::has_kms_key(&source.snapshot);
    let multi_az = matches!(engine, "mysql" | "postgres");
    match wanted {
        // ENC-05 names no code.
        Some(_) if !encrypted && multi_az => Err(Refusal::combination(
            "A Multi-AZ DB cluster restored from an unencrypted snapshot cannot be encrypted.",
        )),
        Some(wanted) => access::usable(state, call, wanted, &call.region, Purpose::Target)
            .map(|key| Protection::Key(key.arn().to_owned())),
        None => Ok(match source.snapshot.key_arn() {
            Some(key) if encrypted => Protection::Key(key.to_owned()),
            _ if engine.starts_with("aurora") => Protection::AwsOwned,
            _ => Protection::None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::demo::world::{Answer, HOME, OTHER, OWNER, World, arn, cluster_arn, key};

    async fn restore(who: &str, snapshot: &str, engine: &str, more: &[(&str, &str)]) -> Answer {
        let params = [("DBClusterIdentifier", "new"), ("SnapshotIdentifier", snapshot), ("Engine", engine)];
        World::new().rds(who, HOME, "RestoreDBClusterFromSnapshot", &[&params[..], more].concat()).await
    }

    async fn code(snapshot: &str, engine: &str, more: &[(&str, &str)]) -> String {
        restore(OWNER, snapshot, engine, more).await.code()
    }

    const MULTI_AZ: (&str, &str) = ("DBClusterInstanceClass", "db.r6gd.large");

    #[tokio::test]
    async fn an_unencrypted_aurora_gets_a_key_or_one_of_aws() {
        let keyed = restore(OWNER, "aurora", "aurora-mysql", &[("KmsKeyId", "alias/cmk")]).await.ok();
        assert_eq!(keyed.text("KmsKeyId"), Some(&*key(OWNER, HOME, "cmk")));
        assert_eq!(keyed.text("StorageEncryptionType"), Some("sse-kms"));
        let owned = restore(OWNER, "aurora", "aurora-mysql", &[]).await.ok();
        assert_eq!(owned.text("StorageEncryptionType"), Some("sse-rds"));
        assert_eq!(
            code("aurora", "aurora-mysql", &[("KmsKeyId", "alias/disabled")]).await,
            "KMSKeyNotAccessibleFault"
        );
    }

    #[tokio::test]
    async fn a_shared_encrypted_aurora_is_restored_directly_with_a_key_or_under_the_owners() {
        let source = cluster_arn("aurora-cmk");
        let own = restore(OTHER, &source, "aurora-mysql", &[("KmsKeyId", "alias/own")]).await.ok();
        assert_eq!(own.text("KmsKeyId"), Some(&*key(OTHER, HOME, "own")));
        let owners = restore(OTHER, &source, "aurora-mysql", &[]).await.ok();
        assert_eq!(owners.text("KmsKeyId"), Some(&*key(OWNER, HOME, "cmk")));
        let closed = cluster_arn("aurora-closed");
        restore(OTHER, &closed, "aurora-mysql", &[("KmsKeyId", "alias/own")])
            .await
            .refused("KMSKeyNotAccessibleFault");
    }

    #[tokio::test]
    async fn an_instance_snapshot_goes_by_its_arn_to_an_engine_that_takes_it() {
        assert_eq!(code("plain", "aurora-mysql", &[]).await, "DBClusterSnapshotNotFoundFault");
        assert_eq!(code(&arn("plain"), "aurora-mysql", &[]).await, "ok");
        assert_eq!(code(&arn("postgres"), "aurora-postgresql", &[]).await, "ok");
        assert_eq!(code(&arn("postgres"), "aurora-mysql", &[]).await, "InvalidParameterCombination");
        assert_eq!(code(&arn("tde"), "aurora-mysql", &[]).await, "InvalidParameterCombination");
        restore(OTHER, &arn("cmk"), "aurora-mysql", &[]).await.refused("InvalidDBSnapshotState");
    }

    #[tokio::test]
    async fn neptune_and_documentdb_stay_what_they_are() {
        assert_eq!(code("neptune", "neptune", &[]).await, "ok");
        assert_eq!(code("docdb", "docdb", &[]).await, "ok");
        assert_eq!(code("docdb", "aurora-mysql", &[]).await, "InvalidParameterCombination");
        assert_eq!(code("aurora", "neptune", &[]).await, "InvalidParameterCombination");
    }

    #[tokio::test]
    async fn a_multi_az_cluster_has_a_class_iops_with_its_storage_and_no_new_key() {
        assert_eq!(code("maz", "mysql", &[]).await, "InvalidParameterCombination");
        assert_eq!(code("maz", "mysql", &[MULTI_AZ]).await, "ok");
        let storage = ("StorageType", "io1");
        assert_eq!(code("maz", "mysql", &[MULTI_AZ, storage]).await, "InvalidParameterCombination");
        assert_eq!(code("maz", "mysql", &[MULTI_AZ, storage, ("Iops", "1000")]).await, "ok");
        assert_eq!(
            code("maz", "mysql", &[MULTI_AZ, ("KmsKeyId", "alias/cmk")]).await,
            "InvalidParameterCombination"
        );
        let from_encrypted = [MULTI_AZ, ("KmsKeyId", "alias/closed")];
        assert_eq!(code(&arn("cmk"), "mysql", &from_encrypted).await, "ok");
    }

    #[tokio::test]
    async fn version_and_storage_are_the_defaults_unless_they_are_asked_for() {
        let cluster = restore(OWNER, "aurora", "aurora-mysql", &[]).await.ok();
        assert_eq!(cluster.text("StorageType"), Some("aurora"));
        assert_eq!(cluster.text("EngineVersion"), Some("8.0.mysql_aurora.3.10.1"));
        let asked = ("EngineVersion", "8.0.mysql_aurora.3.08.2");
        assert_eq!(code("aurora", "aurora-mysql", &[asked]).await, "ok");
        let gone = ("EngineVersion", "5.7.mysql_aurora.2.11.1");
        assert_eq!(code("aurora", "aurora-mysql", &[gone]).await, "InvalidParameterCombination");
        let mode = |mode| [("EngineMode", mode)];
        assert_eq!(code("aurora", "aurora-mysql", &mode("serverless")).await, "InvalidParameterCombination");
        assert_eq!(code("aurora", "aurora-mysql", &mode("provisioned")).await, "ok");
        assert_eq!(code("aurora", "aurora-mysql", &[("StorageType", "gp3")]).await, "InvalidParameterValue");
        assert_eq!(code("aurora", "aurora-mysql", &[("StorageType", "aurora-iopt1")]).await, "ok");
    }

    #[tokio::test]
    async fn names_and_groups_must_fit() {
        let world = World::new();
        let params =
            [("DBClusterIdentifier", "new"), ("SnapshotIdentifier", "aurora"), ("Engine", "aurora-mysql")];
        world.rds(OWNER, HOME, "RestoreDBClusterFromSnapshot", &params).await.ok();
        world
            .rds(OWNER, HOME, "RestoreDBClusterFromSnapshot", &params)
            .await
            .refused("DBClusterAlreadyExistsFault");
        let group = |name| [("DBClusterParameterGroupName", name)];
        assert_eq!(
            code("aurora", "aurora-mysql", &group("nowhere")).await,
            "DBClusterParameterGroupNotFound"
        );
        assert_eq!(code("aurora", "aurora-mysql", &group("default.aurora-mysql8.0")).await, "ok");
        let wrong = code("aurora", "aurora-mysql", &group("default.aurora-postgresql16")).await;
        assert_eq!(wrong, "InvalidParameterCombination");
        assert_eq!(
            code("aurora", "aurora-mysql", &[("DBSubnetGroupName", "narrow")]).await,
            "DBSubnetGroupDoesNotCoverEnoughAZs"
        );
        assert_eq!(code("rds:aurora-auto", "aurora-mysql", &[]).await, "ok");
    }
}
