//! `StartExportTask` and `CancelExportTask`: a snapshot as Parquet files in a bucket.
//!
//! There is no S3 and no IAM here: a bucket and a role are what their names say (EXP-05, EXP-08).

use super::{restoring, source_regions};
use crate::demo::judge::access::{self, Purpose};
use crate::demo::judge::source::Source;
use crate::demo::record::Record;
use crate::demo::shape::snapshots::EXPORT_TASK;
use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::state::coming::EXPORT;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Exports that an account may have in progress (EXP-09), counted in each region as every quota of RDS is.
const MOST: usize = 5;

/// The most bytes that `ExportOnly` may have (EXP-12).
const LONGEST_LIST: usize = 200 * 1024;

/// Answers `StartExportTask`.
pub(crate) fn start(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let params = &call.params;
    let id = params.required("ExportTaskIdentifier")?;
    let source_arn = params.required("SourceArn")?;
    let bucket = params.required("S3BucketName")?;
    let role = params.required("IamRoleArn")?;
    let key = params.required("KmsKeyId")?;
    let source = source(state, call, source_arn)?;
    check_engine(&source)?;
    check_bucket(call, bucket)?;
    let prefix = prefix(params.text("S3Prefix"))?;
    check_role(call, role)?;
    let only = params.list("ExportOnly");
    check_only(&only, source.snapshot.engine())?;
    check_running(state, call, source_arn)?;
    if state.here(call).find(Listing::ExportTasks, id).is_some() {
        return Err(Refusal::new(
            "ExportTaskAlreadyExists",
            format!("The export task with the ID {id} already exists."),
        ));
    }
    access::ensure_default_key(state, call, key);
    // The task restores the snapshot, so its key is used too (EXP-18).
    restoring::require_source_key(state, call, &source)?;
    let key = access::usable(state, call, key, &call.region, Purpose::Export)?.arn().to_owned();
    let mut task = Record::new(&EXPORT_TASK)
        .with("ExportTaskIdentifier", id)
        .with("SourceArn", source_arn)
        .with("SourceType", "SNAPSHOT")
        .with("S3Bucket", bucket)
        .with("IamRoleArn", role)
        .with("KmsKeyId", key)
        .with("Status", "STARTING")
        .with("PercentProgress", 0)
        .with("TotalExtractedDataInGB", 0)
        .with("TaskStartTime", state.now())
        .with("ExportOnly", only.into_iter().map(str::to_owned).collect::<Vec<_>>());
    if let Some(prefix) = prefix {
        task.set("S3Prefix", prefix);
    }
    if let Some(taken) = source.snapshot.record.time("SnapshotCreateTime") {
        task.set("SnapshotTime", taken);
    }
    let mut xml = Xml::new();
    xml.fields(&task);
    let arn = restoring::arn_here(call, EXPORT, id);
    state.here_mut(call).insert(Listing::ExportTasks, task);
    state.start_coming(&arn, source.snapshot.size_gib().into());
    Ok(xml)
}

/// Answers `CancelExportTask`; what is written stays where it is (EXP-15).
pub(crate) fn cancel(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let id = call.params.required("ExportTaskIdentifier")?;
    let now = state.now();
    let arn = restoring::arn_here(call, EXPORT, id);
    let task = state
        .here_mut(call)
        .find_mut(Listing::ExportTasks, id)
        .ok_or_else(|| Refusal::not_found("ExportTaskNotFound", format!("Export task {id} not found.")))?;
    if !is_running(task) {
        return Err(Refusal::new(
            "InvalidExportTaskStateFault",
            format!("Export task {id} is not in progress."),
        ));
    }
    task.set("Status", "CANCELED");
    task.set("TaskEndTime", now);
    let mut answered = task.clone();
    answered.set("Status", "CANCELING");
    state.lines.leave(&arn);
    let mut xml = Xml::new();
    xml.fields(&answered);
    Ok(xml)
}

/// The snapshot of the ARN, of any type (EXP-04), `available`, in this region (EXP-05, EXP-17).
fn source(state: &State, call: &Call, arn: &str) -> Result<Source, Refusal> {
    let kind = Arn::parse(arn)
        .and_then(|arn| SnapshotKind::of_resource(arn.resource))
        .map(|(kind, _)| kind)
        .ok_or_else(|| Refusal::invalid(format!("{arn} is not the ARN of a snapshot.")))?;
    let source = Source::find(state, call, kind, arn)?;
    if source.is_remote(call) {
        return Err(Refusal::not_found(kind.not_found(), format!("{arn} not found in {}.", call.region)));
    }
    if source.snapshot.status() != "available" {
        return Err(Refusal::new(
            "InvalidExportSourceState",
            format!("{arn} is {}.", source.snapshot.status()),
        ));
    }
    Ok(source)
}

/// Regions that do not export from Aurora (EXP-03).
const WITHOUT_AURORA: [&str; 5] =
    ["ap-east-2", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "mx-central-1"];

/// The open engines and what descends from them, Multi-AZ DB clusters included, not on magnetic storage
/// (EXP-02, no code named).
fn check_engine(source: &Source) -> Result<(), Refusal> {
    let engine = source.snapshot.engine();
    let exports =
        matches!(engine, "mysql" | "mariadb" | "postgres" | "aurora-mysql" | "aurora-postgresql" | "aurora");
    let magnetic = source.snapshot.kind == SnapshotKind::Instance
        && source.snapshot.record.text("StorageType") == Some("standard");
    let outposts = source.snapshot.record.text("SnapshotTarget").is_some_and(|target| target != "region");
    let serverless = source.snapshot.record.text("EngineMode") == Some("serverless");
    let too_new = engine.starts_with("aurora") && WITHOUT_AURORA.contains(&source.region.as_str());
    if exports && !magnetic && !outposts && !serverless && !too_new {
        return Ok(());
    }
    let why = if magnetic { "on magnetic storage" } else { "of this engine" };
    Err(Refusal::new("InvalidExportSourceState", format!("Snapshots {why} cannot be exported ({engine}).")))
}

/// A well-formed name, of a bucket in the region of the call: one that ends in a region's name lies there.
fn check_bucket(call: &Call, name: &str) -> Result<(), Refusal> {
    // Buckets of S3's first years have capital letters, underscores and up to 255 characters.
    let letters = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    if !letters {
        return Err(Refusal::new("InvalidS3BucketFault", format!("{name} is not the name of a bucket.")));
    }
    match source_regions::named_at_the_end_of(name) {
        Some(region) if region != call.region => Err(Refusal::new(
            "InvalidS3BucketFault",
            format!("The S3 bucket [{name}] isn't located in the current AWS Region."),
        )),
        _ => Ok(()),
    }
}

/// A prefix without a colon; what S3 keys cannot well have becomes `_` (EXP-11, no code named).
fn prefix(given: Option<&str>) -> Result<Option<String>, Refusal> {
    match given {
        Some(colon) if colon.contains(':') => Err(Refusal::invalid("S3Prefix cannot contain a colon (:).")),
        other => Ok(other.map(|prefix| prefix.replace(['\\', '`', '"', ' '], "_"))),
    }
}

/// A role of the caller's account: the export service assumes it there.
fn check_role(call: &Call, role: &str) -> Result<(), Refusal> {
    let own = Arn::parse(role).is_some_and(|arn| {
        let name = arn.resource.strip_prefix("role/").unwrap_or_default();
        arn.service == "iam" && arn.account == call.account && !name.is_empty()
    });
    if own {
        Ok(())
    } else {
        Err(Refusal::not_found("IamRoleNotFound", format!("{role} is not a role of this account.")))
    }
}

/// `db`, `db.table`, with `postgres` `db.schema.table` too (EXP-12).
fn check_only(only: &[&str], engine: &str) -> Result<(), Refusal> {
    let parts = if engine.contains("postgres") { 3 } else { 2 };
    let name = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'$' || byte == b'_')
    };
    let well_formed = |item: &&str| item.split('.').count() <= parts && item.split('.').all(name);
    if only.iter().map(|item| item.len()).sum::<usize>() > LONGEST_LIST {
        return Err(Refusal::new("InvalidExportOnly", "ExportOnly is longer than 200 KB."));
    }
    match only.iter().find(|item| !well_formed(item)) {
        Some(wrong) => {
            Err(Refusal::new("InvalidExportOnly", format!("{wrong} names no database, schema or table.")))
        }
        None => Ok(()),
    }
}

/// Five of an account at once, one of a snapshot (EXP-09, which names no code).
fn check_running(state: &State, call: &Call, source_arn: &str) -> Result<(), Refusal> {
    let tasks = state.here(call).list(Listing::ExportTasks);
    let running: Vec<&Record> = tasks.iter().filter(|task| is_running(task)).collect();
    if running.iter().any(|task| task.text("SourceArn") == Some(source_arn)) {
        return Err(Refusal::new(
            "InvalidExportSourceState",
            "An export of this snapshot is in progress already.",
        ));
    }
    if running.len() >= MOST {
        return Err(Refusal::new(
            "InvalidExportSourceState",
            format!("{MOST} exports are in progress already."),
        ));
    }
    Ok(())
}

fn is_running(task: &Record) -> bool {
    matches!(task.text("Status"), Some("STARTING" | "IN_PROGRESS"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::demo::world::{AWAY, Answer, HOME, OTHER, OWNER, World, arn, cluster_arn, key};

    async fn start(world: &World, source: &str, more: &[(&str, &str)]) -> Answer {
        let params = [
            ("ExportTaskIdentifier", "task"),
            ("SourceArn", source),
            ("S3BucketName", "lake"),
            ("IamRoleArn", "arn:aws:iam::111111111111:role/export"),
            ("KmsKeyId", "alias/cmk"),
        ];
        let params: Vec<_> =
            params.into_iter().filter(|(name, _)| !more.iter().any(|(more, _)| more == name)).collect();
        world.rds(OWNER, HOME, "StartExportTask", &[&params[..], more].concat()).await
    }

    async fn code(source: &str, more: &[(&str, &str)]) -> String {
        start(&World::new(), source, more).await.code()
    }

    #[tokio::test(start_paused = true)]
    async fn an_export_runs_to_its_end() {
        let world = World::new();
        let begun = start(&world, &arn("rds:auto"), &[("S3Prefix", "a b")]).await.ok();
        assert_eq!(begun.text("Status"), Some("STARTING"));
        assert_eq!(begun.text("S3Prefix"), Some("a_b"));
        assert_eq!(begun.text("KmsKeyId"), Some(&*key(OWNER, HOME, "cmk")));
        let see = || world.rds(OWNER, HOME, "DescribeExportTasks", &[("ExportTaskIdentifier", "task")]);
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(see().await.text("PercentProgress"), Some("50"));
        tokio::time::advance(Duration::from_secs(6)).await;
        assert_eq!(see().await.text("Status"), Some("COMPLETE"));
        start(&world, &arn("plain"), &[]).await.refused("ExportTaskAlreadyExists");
        let cancel = [("ExportTaskIdentifier", "task")];
        world.rds(OWNER, HOME, "CancelExportTask", &cancel).await.refused("InvalidExportTaskStateFault");
    }

    #[tokio::test(start_paused = true)]
    async fn a_cancelled_export_stays_so() {
        let world = World::new();
        start(&world, &arn("plain"), &[]).await.ok();
        let cancel = [("ExportTaskIdentifier", "task")];
        assert_eq!(
            world.rds(OWNER, HOME, "CancelExportTask", &cancel).await.ok().text("Status"),
            Some("CANCELING")
        );
        tokio::time::advance(Duration::from_mins(1)).await;
        let seen = world.rds(OWNER, HOME, "DescribeExportTasks", &cancel).await.ok();
        assert_eq!(seen.text("Status"), Some("CANCELED"));
        let other = [("ExportTaskIdentifier", "other")];
        world.rds(OWNER, HOME, "CancelExportTask", &other).await.refused("ExportTaskNotFound");
    }

    #[tokio::test]
    async fn a_key_is_needed_even_for_what_is_not_encrypted() {
        assert_eq!(code(&arn("plain"), &[("KmsKeyId", "")]).await, "MissingParameter");
        for name in ["alias/disabled", "alias/signing", "alias/nowhere"] {
            assert_eq!(
                code(&arn("plain"), &[("KmsKeyId", name)]).await,
                "KMSKeyNotAccessibleFault",
                "{name}"
            );
        }
        assert_eq!(
            code(&arn("plain"), &[("KmsKeyId", &key(OWNER, AWAY, "own"))]).await,
            "KMSKeyNotAccessibleFault"
        );
        assert_eq!(code(&arn("disabled"), &[]).await, "KMSKeyNotAccessibleFault");
        assert_eq!(code(&arn("closed"), &[]).await, "ok");
    }

    #[tokio::test]
    async fn some_engines_and_magnetic_storage_are_not_exported() {
        for source in [
            arn("tde"),
            arn("native"),
            arn("custom-oracle"),
            arn("magnetic"),
            cluster_arn("neptune"),
            cluster_arn("docdb"),
        ] {
            assert_eq!(code(&source, &[]).await, "InvalidExportSourceState", "{source}");
        }
        for source in [arn("postgres"), arn("awsbackup:job-1"), cluster_arn("aurora"), cluster_arn("maz")] {
            assert_eq!(code(&source, &[]).await, "ok", "{source}");
        }
        assert_eq!(code(&arn("creating"), &[]).await, "InvalidExportSourceState");
        assert_eq!(code(&arn("nowhere"), &[]).await, "DBSnapshotNotFound");
        assert_eq!(code("plain", &[]).await, "InvalidParameterValue");
    }

    #[tokio::test]
    async fn bucket_prefix_role_and_tables_must_be_well_formed() {
        let plain = arn("plain");
        assert_eq!(code(&plain, &[("S3BucketName", "lake/daily")]).await, "InvalidS3BucketFault");
        assert_eq!(code(&plain, &[("S3Prefix", "rds:mydb-2026")]).await, "InvalidParameterValue");
        assert_eq!(code(&plain, &[("S3BucketName", "lake-eu-west-1")]).await, "InvalidS3BucketFault");
        assert_eq!(code(&plain, &[("S3BucketName", "lake-us-east-1")]).await, "ok");
        let foreign = format!("arn:aws:iam::{OTHER}:role/export");
        assert_eq!(code(&plain, &[("IamRoleArn", &foreign)]).await, "IamRoleNotFound");
        let only = async |source: &str, item: &str| code(source, &[("ExportOnly.member.1", item)]).await;
        assert_eq!(only(&plain, "shop.orders").await, "ok");
        assert_eq!(only(&plain, "shop.public.orders").await, "InvalidExportOnly");
        assert_eq!(only(&arn("postgres"), "shop.public.orders").await, "ok");
        assert_eq!(only(&plain, "shop.or-ders").await, "InvalidExportOnly");
        assert_eq!(only(&plain, "shop.").await, "InvalidExportOnly");
    }

    #[tokio::test]
    async fn five_exports_run_and_one_of_a_snapshot() {
        let world = World::new();
        for (at, source) in ["plain", "old", "public", "private", "postgres"].iter().enumerate() {
            start(&world, &arn(source), &[("ExportTaskIdentifier", &format!("task-{at}"))]).await.ok();
        }
        let next = [("ExportTaskIdentifier", "next")];
        start(&world, &arn("cmk"), &next).await.refused("InvalidExportSourceState");
        let one = World::new();
        start(&one, &arn("plain"), &[]).await.ok();
        start(&one, &arn("plain"), &next).await.refused("InvalidExportSourceState");
        start(&one, &arn("old"), &next).await.ok();
    }
}
