//! `RestoreDBInstanceFromDBSnapshot`: always a new DB instance, in the snapshot's region, under its key.

use super::restoring::{self, Zones};
use crate::demo::judge::names::{self, DATABASE};
use crate::demo::judge::options::{self, Misfit};
use crate::demo::judge::source::{self, Family, Source};
use crate::demo::judge::tags::{self, Ownership};
use crate::demo::record::Record;
use crate::demo::shape::databases::{
    DB_INSTANCE, DB_PARAMETER_GROUP_STATUS, ENDPOINT, OPTION_GROUP_MEMBERSHIP,
};
use crate::demo::state::State;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Begins a restore and answers the DB instance as `creating`.
///
/// There is no key among the parameters: what is unencrypted stays so (ENC-02).
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let params = &call.params;
    let given = params.required("DBInstanceIdentifier")?;
    let id = names::new_identifier("DBInstanceIdentifier", given, DATABASE)?;
    let source = source(state, call)?;
    let record = &source.snapshot.record;
    let engine = engine(params, source.snapshot.engine())?;
    // There is no engine version among the parameters: it is the snapshot's.
    let version = record.text("EngineVersion").unwrap_or_default();
    // Another engine has other versions: the restored one gets whatever that engine has.
    if engine == source.snapshot.engine() {
        restoring::require_version(state, call, engine, version)?;
    }
    restoring::require_source_key(state, call, &source)?;
    check_storage(params, &source)?;
    check_db2(params, &source)?;
    let multi_az = params.flag("MultiAZ")?.unwrap_or(false);
    if multi_az && params.text("AvailabilityZone").is_some() {
        return Err(Refusal::combination("AvailabilityZone cannot be specified when MultiAZ is true."));
    }
    let zones = if multi_az { Zones::Several } else { Zones::One };
    let port = restoring::port(params)?.or(record.whole("Port"));
    let parameters = restoring::parameter_group(state, call, Listing::DbParameterGroups, engine, version)?;
    let options = option_group(state, call, &source)?;
    if state.here(call).find(Listing::DbInstances, &id).is_some() {
        return Err(Refusal::new("DBInstanceAlreadyExists", "DB instance already exists"));
    }
    restoring::room(state, call, "DBInstances", "InstanceQuotaExceeded")?;
    let subnets = restoring::subnet_group(state, call, zones)?.cloned();
    let mut instance = Record::new(&DB_INSTANCE)
        .with("DBInstanceIdentifier", id.as_str())
        .with("DBInstanceClass", class(state, call, &source))
        .with("Engine", engine)
        .with("EngineVersion", version)
        .with("DBInstanceStatus", "creating")
        .with(
            "Endpoint",
            Record::new(&ENDPOINT).with("Port", port.unwrap_or_else(|| restoring::usual_port(engine))),
        )
        .with(
            "AllocatedStorage",
            params.whole("AllocatedStorage")?.unwrap_or_else(|| source.snapshot.size_gib().into()),
        )
        .with("InstanceCreateTime", state.now())
        .with("MultiAZ", multi_az)
        .with("StorageType", storage_type(params))
        .with("StorageEncrypted", source.snapshot.encrypted())
        .with("VpcSecurityGroups", restoring::security_groups(params))
        .with(
            "DBParameterGroups",
            vec![
                Record::new(&DB_PARAMETER_GROUP_STATUS)
                    .with(
                        "DBParameterGroupName",
                        parameters.unwrap_or_else(|| {
                            format!("default.{}", super::offered::family(engine, version))
                        }),
                    )
                    .with("ParameterApplyStatus", "in-sync"),
            ],
        )
        .with(
            "OptionGroupMemberships",
            vec![
                Record::new(&OPTION_GROUP_MEMBERSHIP)
                    .with("OptionGroupName", options)
                    .with("Status", "in-sync"),
            ],
        )
        // These are off and on by default whatever the source had (REST-08, REST-29).
        .with("DeletionProtection", params.flag("DeletionProtection")?.unwrap_or(false))
        .with("PubliclyAccessible", params.flag("PubliclyAccessible")?.unwrap_or(false))
        .with(
            "IAMDatabaseAuthenticationEnabled",
            params.flag("EnableIAMDatabaseAuthentication")?.unwrap_or(false),
        )
        .with("DBInstanceArn", restoring::arn_here(call, "db", &id))
        .with("TagList", tags_of_restored(state, call, &source)?);
    for field in ["KmsKeyId", "StorageEncryptionType", "MasterUsername", "LicenseModel"] {
        if let Some(text) = record.text(field) {
            instance.set(field, text);
        }
    }
    if let Some(subnets) = subnets {
        instance.set("DBSubnetGroup", subnets);
    }
    instance.set("DbiResourceId", restoring::resource_id(state, "db"));
    Ok(super::create_db_instance::begin(state, call, instance))
}

/// The one snapshot that is named: an instance's, or one of a Multi-AZ DB cluster (REST-01).
fn source(state: &State, call: &Call) -> Result<Source, Refusal> {
    match (call.params.text("DBSnapshotIdentifier"), call.params.text("DBClusterSnapshotIdentifier")) {
        (Some(instance), None) => restoring::find(state, call, SnapshotKind::Instance, instance),
        (None, Some(cluster)) => {
            let source = restoring::find(state, call, SnapshotKind::Cluster, cluster)?;
            if source::family(&source.snapshot) == Family::MultiAzCluster {
                return Ok(source);
            }
            Err(Refusal::combination(
                "Only a snapshot of a Multi-AZ DB cluster can be restored to a DB instance.",
            ))
        }
        (Some(_), Some(_)) | (None, None) => Err(Refusal::combination(
            "Exactly one of DBSnapshotIdentifier and DBClusterSnapshotIdentifier must be specified.",
        )),
    }
}

/// The engine to be, of an edition that can take over the snapshot's (REST-12).
fn engine<'a>(params: &'a Params, from: &'a str) -> Result<&'a str, Refusal> {
    let to = params.text("Engine").unwrap_or(from);
    let compatible = to == from
        || matches!(
            (from, to),
            ("sqlserver-se", "sqlserver-ee")
                | ("sqlserver-web", "sqlserver-se" | "sqlserver-ee")
                | ("sqlserver-ex", "sqlserver-web" | "sqlserver-se" | "sqlserver-ee")
                | ("mysql", "mariadb")
        );
    if compatible {
        Ok(to)
    } else {
        Err(Refusal::combination(format!("A snapshot of {from} cannot be restored as {to}.")))
    }
}

/// Storage grows by a tenth or not at all, and of SQL Server not on restore (REST-14); the codes are inferred.
fn check_storage(params: &Params, source: &Source) -> Result<(), Refusal> {
    let present = i64::from(source.snapshot.size_gib());
    if let Some(wanted) = params.whole("AllocatedStorage")? {
        if source.snapshot.engine().contains("sqlserver") {
            return Err(Refusal::combination("AllocatedStorage is not valid for SQL Server."));
        }
        if wanted < present {
            return Err(Refusal::combination(format!(
                "The storage cannot be reduced from {present} to {wanted} GiB."
            )));
        }
        if wanted > present && wanted * 10 < present * 11 {
            return Err(Refusal::combination("The storage must be increased by at least 10 percent."));
        }
    }
    match params.text("StorageType") {
        // Where none are asked for, they are taken from the snapshot.
        Some(provisioned @ ("io1" | "io2"))
            if params.whole("Iops")?.or(source.snapshot.record.whole("Iops")).is_none() =>
        {
            Err(Refusal::combination(format!("Iops must be specified for {provisioned}.")))
        }
        None | Some("standard" | "gp2" | "gp3" | "io1" | "io2") => Ok(()),
        Some(other) => Err(Refusal::invalid(format!("Invalid storage type: {other}"))),
    }
}

/// With IOPS `io1`, else `gp3`, whatever the source had (REST-13).
fn storage_type(params: &Params) -> &str {
    params.text("StorageType").unwrap_or(if params.text("Iops").is_some() { "io1" } else { "gp3" })
}

/// Db2 under one's own licence needs a parameter group with IBM's ids in it (REST-16, no code named).
fn check_db2(params: &Params, source: &Source) -> Result<(), Refusal> {
    let license = params.text("LicenseModel").or_else(|| source.snapshot.record.text("LicenseModel"));
    let custom = params.text("DBParameterGroupName").is_some_and(|name| !name.starts_with("default."));
    // A snapshot that does not tell its licence is let through: nobody could know better before the call.
    if source.snapshot.engine().starts_with("db2-") && license == Some("bring-your-own-license") && !custom {
        return Err(Refusal::combination(
            "Db2 with your own license needs a custom parameter group with the IBM site and customer ids.",
        ));
    }
    Ok(())
}

/// The option group of the restored instance (REST-10, OG-09).
fn option_group(state: &State, call: &Call, source: &Source) -> Result<String, Refusal> {
    let snapshot = &source.snapshot;
    let clinging = source.clinging(state);
    let Some(name) = call.params.text("OptionGroupName") else {
        return match clinging.first() {
            None => Ok(default_option_group(
                snapshot.engine(),
                snapshot.record.text("EngineVersion").unwrap_or_default(),
            )),
            Some(option) => Err(Refusal::combination(format!(
                "The snapshot requires an option group with the option {option}."
            ))),
        };
    };
    let group = state.here(call).find(Listing::OptionGroups, name);
    options::check(name, group, &snapshot.record, &clinging).map_err(|misfit| match misfit {
        Misfit::Missing => Refusal::not_found("OptionGroupNotFoundFault", misfit.message(name)),
        Misfit::Engine | Misfit::Lacks(_) => Refusal::combination(misfit.message(name)),
    })?;
    let bound_to = group.and_then(|group| group.text("VpcId"));
    let subnets = restoring::subnet_group(state, call, Zones::One)?;
    let home = subnets.and_then(|group| group.text("VpcId"));
    if bound_to.is_some() && home.is_some() && bound_to != home {
        return Err(Refusal::combination(format!("The option group {name} belongs to another VPC.")));
    }
    Ok(name.to_owned())
}

fn default_option_group(engine: &str, version: &str) -> String {
    let mut numbers = version.split('.');
    let (major, minor) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    if engine.contains("postgres") || engine.contains("oracle") {
        format!("default:{engine}-{major}")
    } else {
        format!("default:{engine}-{major}-{minor}")
    }
}

/// As the source's class, if it is still there to tell (REST-08).
fn class(state: &State, call: &Call, source: &Source) -> String {
    let living = state.here(call).find(Listing::DbInstances, source.snapshot.source());
    let of_source = living.and_then(|instance| instance.text("DBInstanceClass"));
    call.params.text("DBInstanceClass").or(of_source).unwrap_or("db.m6g.large").to_owned()
}

/// Tags given, or those of the source instance within one account (REST-19).
fn tags_of_restored(state: &State, call: &Call, source: &Source) -> Result<Vec<Record>, Refusal> {
    let given = tags::given(&call.params)?;
    let living = state.here(call).find(Listing::DbInstances, source.snapshot.source());
    Ok(match living {
        Some(living) if given.is_empty() && source.ownership == Ownership::Own => {
            living.many("TagList").to_vec()
        }
        _ => given,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use crate::demo::world::{AWAY, Answer, HOME, OTHER, OWNER, STRANGER, World, arn, cluster_arn, key};

    async fn restore(world: &World, who: &str, snapshot: &str, more: &[(&str, &str)]) -> Answer {
        let params = [("DBInstanceIdentifier", "new"), ("DBSnapshotIdentifier", snapshot)];
        let params: Vec<_> =
            params.into_iter().filter(|(name, _)| !more.iter().any(|(more, _)| more == name)).collect();
        world.rds(who, HOME, "RestoreDBInstanceFromDBSnapshot", &[&params[..], more].concat()).await
    }

    async fn code(snapshot: &str, more: &[(&str, &str)]) -> String {
        restore(&World::new(), OWNER, snapshot, more).await.code()
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_instance_comes_into_being_under_the_key_of_its_snapshot() {
        let world = World::new();
        let begun = restore(&world, OWNER, "cmk", &[("DBInstanceIdentifier", "New")]).await.ok();
        assert_eq!(begun.text("DBInstanceStatus"), Some("creating"));
        assert_eq!(begun.text("KmsKeyId"), Some(&*key(OWNER, HOME, "cmk")));
        assert_eq!(begun.text("StorageType"), Some("gp3"));
        tokio::time::advance(Duration::from_secs(11)).await;
        let seen =
            world.rds(OWNER, HOME, "DescribeDBInstances", &[("DBInstanceIdentifier", "new")]).await.ok();
        assert_eq!(seen.text("DBInstanceStatus"), Some("available"));
        assert!(seen.text("Address").is_some_and(|address| address.starts_with("new.")));
        restore(&world, OWNER, "plain", &[]).await.refused("DBInstanceAlreadyExists");
    }

    #[tokio::test]
    async fn exactly_one_snapshot_is_named_and_of_clusters_only_multi_az() {
        let cluster = |name| ("DBClusterSnapshotIdentifier", name);
        let only = |name| [("DBSnapshotIdentifier", ""), cluster(name)];
        assert_eq!(code("", &[]).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &[cluster("maz")]).await, "InvalidParameterCombination");
        assert_eq!(code("", &only("maz")).await, "ok");
        assert_eq!(code("", &only("aurora")).await, "InvalidParameterCombination");
        assert_eq!(code("", &only("nowhere")).await, "DBClusterSnapshotNotFoundFault");
        assert_eq!(code("nowhere", &[]).await, "DBSnapshotNotFound");
        assert_eq!(code("creating", &[]).await, "InvalidDBSnapshotState");
        assert_eq!(code("rds:auto", &[]).await, "ok");
    }

    #[tokio::test]
    async fn a_shared_snapshot_is_restored_by_its_arn_unless_it_is_encrypted() {
        let world = World::new();
        restore(&world, OTHER, "plain", &[]).await.refused("DBSnapshotNotFound");
        restore(&world, OTHER, &arn("cmk"), &[]).await.refused("InvalidDBSnapshotState");
        restore(&world, OTHER, &arn("plain"), &[]).await.ok();
        restore(&world, STRANGER, &arn("plain"), &[]).await.refused("DBSnapshotNotFound");
        restore(&world, STRANGER, &arn("public"), &[]).await.ok();
        let away = [("DBInstanceIdentifier", "new"), ("DBSnapshotIdentifier", &*arn("plain"))];
        world.rds(OWNER, AWAY, "RestoreDBInstanceFromDBSnapshot", &away).await.refused("DBSnapshotNotFound");
    }

    #[tokio::test]
    async fn a_key_that_does_not_work_lets_nothing_be_restored() {
        assert_eq!(code("disabled", &[]).await, "KMSKeyNotAccessibleFault");
        assert_eq!(code("dying", &[]).await, "KMSKeyNotAccessibleFault");
        assert_eq!(code("default", &[]).await, "ok");
    }

    #[tokio::test]
    async fn the_name_is_that_of_a_database() {
        let named = async |name: &str| code("plain", &[("DBInstanceIdentifier", name)]).await;
        assert_eq!(named(&"a".repeat(63)).await, "ok");
        assert_eq!(named(&"a".repeat(64)).await, "InvalidParameterValue");
        assert_eq!(named("1new").await, "InvalidParameterValue");
    }

    #[tokio::test]
    async fn subnets_zones_and_port_must_fit() {
        let multi = ("MultiAZ", "true");
        assert_eq!(code("plain", &[("DBSubnetGroupName", "nowhere")]).await, "DBSubnetGroupNotFoundFault");
        assert_eq!(code("plain", &[("DBSubnetGroupName", "narrow")]).await, "ok");
        let narrow = code("plain", &[("DBSubnetGroupName", "narrow"), multi]).await;
        assert_eq!(narrow, "DBSubnetGroupDoesNotCoverEnoughAZs");
        assert_eq!(code("plain", &[("DBSubnetGroupName", "private"), multi]).await, "ok");
        let zone = ("AvailabilityZone", "us-east-1a");
        assert_eq!(code("plain", &[zone, multi]).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &[zone]).await, "ok");
        for (port, expect) in [
            ("1149", "InvalidParameterValue"),
            ("1150", "ok"),
            ("65535", "ok"),
            ("65536", "InvalidParameterValue"),
        ] {
            assert_eq!(code("plain", &[("Port", port)]).await, expect, "{port}");
        }
    }

    #[tokio::test]
    async fn groups_must_be_there_and_fit_the_engine() {
        let parameters = |name| [("DBParameterGroupName", name)];
        assert_eq!(code("plain", &parameters("tuned")).await, "ok");
        assert_eq!(code("plain", &parameters("default.mysql8.0")).await, "ok");
        assert_eq!(code("plain", &parameters("tuned-84")).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &parameters("nowhere")).await, "DBParameterGroupNotFound");
        let options = |name| [("OptionGroupName", name)];
        assert_eq!(code("plain", &options("audit")).await, "ok");
        assert_eq!(code("plain", &options("nowhere")).await, "OptionGroupNotFoundFault");
        assert_eq!(code("plain", &options("tde")).await, "InvalidParameterCombination");
        assert_eq!(code("tde", &[]).await, "InvalidParameterCombination");
        assert_eq!(code("tde", &options("tde")).await, "ok");
        assert_eq!(code("native", &[]).await, "ok");
    }

    #[tokio::test]
    async fn an_option_group_of_another_vpc_does_not_fit() {
        let bound = |vpc: &str| {
            World::with(|fleet| {
                let group = json!({"OptionGroupName": "bound", "EngineName": "mysql", "MajorEngineVersion": "8.0", "VpcId": vpc});
                let groups =
                    fleet["accounts"][OWNER]["regions"][HOME]["OptionGroups"].as_array_mut().expect("groups");
                groups.push(group);
            })
        };
        let params = [("OptionGroupName", "bound"), ("DBSubnetGroupName", "private")];
        restore(&bound("vpc-1"), OWNER, "plain", &params).await.ok();
        restore(&bound("vpc-2"), OWNER, "plain", &params).await.refused("InvalidParameterCombination");
    }

    #[tokio::test]
    async fn editions_change_upwards_only() {
        let to = |engine| [("Engine", engine)];
        assert_eq!(code("native", &to("sqlserver-ee")).await, "ok");
        assert_eq!(code("native", &to("sqlserver-web")).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &to("mysql")).await, "ok");
        assert_eq!(code("plain", &to("postgres")).await, "InvalidParameterCombination");
    }

    #[tokio::test]
    async fn storage_grows_by_a_tenth_or_stays() {
        let storage = async |gib: &str| code("plain", &[("AllocatedStorage", gib)]).await;
        assert_eq!(storage("9").await, "InvalidParameterCombination");
        assert_eq!(storage("10").await, "ok");
        assert_eq!(storage("11").await, "ok");
        assert_eq!(code("native", &[("AllocatedStorage", "100")]).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &[("StorageType", "io2")]).await, "InvalidParameterCombination");
        assert_eq!(code("plain", &[("StorageType", "io2"), ("Iops", "3000")]).await, "ok");
        assert_eq!(code("plain", &[("StorageType", "tape")]).await, "InvalidParameterValue");
    }

    #[tokio::test]
    async fn a_version_that_the_region_does_not_offer_is_not_restored() {
        let aged = World::with(|fleet| {
            let snapshots =
                fleet["accounts"][OWNER]["regions"][HOME]["DBSnapshots"].as_array_mut().expect("snapshots");
            snapshots
                .push(json!({"DBSnapshotIdentifier": "aged", "Engine": "mysql", "EngineVersion": "5.6.51"}));
        });
        restore(&aged, OWNER, "aged", &[]).await.refused("InvalidParameterCombination");
        restore(&aged, OWNER, "plain", &[]).await.ok();
    }

    #[tokio::test]
    async fn db2_under_ones_own_license_wants_a_parameter_group() {
        let world = World::with(|fleet| {
            let here = &mut fleet["accounts"][OWNER]["regions"][HOME];
            here["DBSnapshots"].as_array_mut().expect("snapshots").push(json!({"DBSnapshotIdentifier": "db2",
                "Engine": "db2-se", "EngineVersion": "11.5.9.0.sb00063198.r1", "LicenseModel": "bring-your-own-license"}));
            here["DBParameterGroups"]
                .as_array_mut()
                .expect("groups")
                .push(json!({"DBParameterGroupName": "ibm", "DBParameterGroupFamily": "db2-se-11.5"}));
        });
        restore(&world, OWNER, "db2", &[]).await.refused("InvalidParameterCombination");
        restore(&world, OWNER, "db2", &[("DBParameterGroupName", "default.db2-se-11.5")])
            .await
            .refused("InvalidParameterCombination");
        restore(&world, OWNER, "db2", &[("DBParameterGroupName", "ibm")]).await.ok();
    }

    #[tokio::test]
    async fn the_source_instance_lends_class_and_tags_within_its_account() {
        let world = World::with(|fleet| {
            fleet["accounts"][OWNER]["regions"][HOME]["DBInstances"] = json!([{"DBInstanceIdentifier": "db-of-plain",
                "DBInstanceClass": "db.r6g.4xlarge", "Engine": "mysql", "TagList": [{"Key": "team", "Value": "dba"}]}]);
        });
        let own = restore(&world, OWNER, "plain", &[]).await.ok();
        assert_eq!(own.text("DBInstanceClass"), Some("db.r6g.4xlarge"));
        assert_eq!(own.texts("Key"), ["team"]);
        assert!(restore(&world, OTHER, &arn("plain"), &[]).await.ok().texts("Key").is_empty());
    }

    #[tokio::test]
    async fn a_multi_az_cluster_snapshot_becomes_an_instance_that_can_be_snapshotted() {
        let world = World::new();
        let from_cluster =
            [("DBSnapshotIdentifier", ""), ("DBClusterSnapshotIdentifier", &*cluster_arn("maz"))];
        let made = restore(&world, OWNER, "", &from_cluster).await.ok();
        assert_eq!(made.text("Engine"), Some("mysql"));
    }
}
