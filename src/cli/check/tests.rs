//! What `check` promises, over a scripted cloud.

use std::io::ErrorKind;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::*;
use crate::cli::draft::draft;
use crate::cli::fake::{Broken, FakeCloud, Page, fault, scope, snapshot, time};
use crate::cli::{Command, Invocation, Paint, Progress};
use crate::domain::{
    Answer, FaultClass, Kind, Quotas, Share, Snapshot, SnapshotArn, SnapshotFacts, SnapshotsThere,
};
use crate::engine::Inquiry;

const PROD: &str = "111111111111";
const DR: &str = "222222222222";
const ORDERS: &str = "arn:aws:rds:us-east-1:111111111111:snapshot:orders";

/// What a command wrote, and how it ended.
pub(in crate::cli) struct Run {
    pub(in crate::cli) out: String,
    pub(in crate::cli) err: String,
    pub(in crate::cli) exit: Exit,
}

pub(in crate::cli) fn hour() -> Hour {
    Hour { clock: Arc::new(|| time("2026-11-24T03:00:00Z")), zone: TimeZone::UTC }
}

fn read(line: &str) -> Check {
    let words = ["snapdeck", "check"].into_iter().chain(line.split_whitespace());
    match Invocation::read(words).expect(line).command {
        Command::Check(check) => check,
        other => panic!("{other:?}"),
    }
}

async fn run(cloud: FakeCloud, line: &str) -> Run {
    run_in(cloud, line, None, Paint::None).await
}

async fn run_in(cloud: FakeCloud, line: &str, width: Option<usize>, paint: Paint) -> Run {
    let (out, err) = (Page::default(), Page::default());
    let console = Console::new(out.clone(), err.clone(), Progress::Hidden).within(width).painted(paint);
    let exit = check(Arc::new(cloud), &read(line), hour(), console).await;
    Run { out: out.text(), err: err.text(), exit }
}

fn facts_of(row: Snapshot) -> Answer {
    Answer::Snapshot(Some(Box::new(SnapshotFacts {
        row,
        tde_credential: None,
        snapshot_target: None,
        engine_mode: None,
        license_model: None,
        iops: None,
    })))
}

/// Adds a snapshot of an account's own, and that there is none of the other kind with its name.
fn with_snapshot(cloud: FakeCloud, id: &str, region: &str, name: &str) -> FakeCloud {
    let scope = scope(id, region);
    let other = SnapshotArn::new(&scope.region, scope.account, Kind::Cluster, name);
    let row = snapshot(id, region, name);
    cloud
        .fact(Question::Snapshot(scope.clone(), row.arn.clone()), facts_of(row))
        .fact(Question::Snapshot(scope, other), Answer::Snapshot(None))
}

fn without_snapshot(cloud: FakeCloud, id: &str, region: &str, name: &str) -> FakeCloud {
    let scope = scope(id, region);
    [Kind::Instance, Kind::Cluster].into_iter().fold(cloud, |cloud, kind| {
        let arn = SnapshotArn::new(&scope.region, scope.account, kind, name);
        cloud.fact(Question::Snapshot(scope.clone(), arn), Answer::Snapshot(None))
    })
}

/// One account with one plain snapshot, and all that a share of it hangs on.
pub(in crate::cli) fn cloud() -> FakeCloud {
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1"]);
    let here = scope(PROD, "us-east-1");
    with_snapshot(cloud, PROD, "us-east-1", "orders")
        .fact(
            Question::Attributes(here.clone(), ORDERS.parse().expect("an ARN")),
            Answer::Attributes(Share::Private),
        )
        .fact(Question::Snapshots(here.clone(), Kind::Instance), Answer::Snapshots(SnapshotsThere::default()))
        .fact(Question::Quotas(here.clone()), Answer::Quotas(Quotas::default()))
        .fact(Question::SourceRegions(here), Answer::SourceRegions([].into()))
}

#[tokio::test]
async fn what_is_allowed_ends_with_zero_and_says_how_old_the_facts_are() {
    let Run { out, err, exit } = run(cloud(), &format!("copy --snapshot {ORDERS} --name copy")).await;
    assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{out}");
    assert!(out.starts_with("ALLOWED: copy orders of prod (111111111111), us-east-1\n"), "{out}");
    assert!(out.ends_with(" facts, gathered at 03:00:00 UTC.\n"), "{out}");
}

#[tokio::test]
async fn a_blocked_action_ends_with_four_and_shows_the_way_out_as_it_is_typed() {
    let Run { out, exit, .. } = run(cloud(), "copy --snapshot orders --name my--copy").await;
    assert_eq!(exit, Exit::Blocked);
    let lines: Vec<&str> = out.lines().take(6).collect();
    assert_eq!(lines[0], "BLOCKED: copy orders of prod (111111111111), us-east-1");
    assert_eq!(lines[2], "error COPY-04 --name");
    assert!(lines[4..].contains(&"    --name my-copy"), "{out}");
}

#[tokio::test]
async fn an_id_of_eleven_digits_is_a_finding() {
    let Run { out, exit, .. } = run(cloud(), "share --snapshot orders --with 22222222222").await;
    assert_eq!(exit, Exit::Blocked);
    assert!(out.contains("error SHARE-14 --with\n  \"22222222222\" is not an account id"), "{out}");
}

#[tokio::test]
async fn json_has_exactly_the_fields_of_the_contract_in_order() {
    let Run { out, exit, .. } =
        run(cloud(), "share --snapshot orders --with 2222-2222-2222 --format json").await;
    assert_eq!(exit, Exit::Blocked);
    let value: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let names = |value: &serde_json::Value| {
        let object = value.as_object().expect("an object");
        object.keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&value), "verdict findings facts");
    assert_eq!((value["verdict"].as_str(), names(&value["facts"])), (Some("blocked"), "missing".to_owned()));
    let finding = &value["findings"][0];
    assert_eq!(names(finding), "rule severity field message source fix");
    assert_eq!(names(&finding["fix"]), "label edits action");
    assert_eq!(finding["fix"]["edits"]["with"], serde_json::json!(["222222222222"]));
    assert_eq!(finding["fix"]["action"], serde_json::Value::Null);
    assert_eq!(value["facts"]["missing"], serde_json::json!([]));
}

#[tokio::test]
async fn what_could_not_be_learned_is_a_finding_and_is_named_with_its_permission() {
    let cloud = with_snapshot(
        FakeCloud::default().account("prod", PROD, &["us-east-1"]),
        PROD,
        "us-east-1",
        "orders",
    );
    let Run { out, exit, .. } =
        run(cloud, &format!("share --snapshot {ORDERS} --with {DR} --format json")).await;
    let value: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((exit, value["verdict"].as_str()), (Exit::Done, Some("warned")));
    let missing = "rds:DescribeDBSnapshotAttributes in prod 111111111111 us-east-1: access-denied";
    assert_eq!(value["facts"]["missing"], serde_json::json!([missing]));
    assert!(out.contains("Not known: who can read orders"), "{out}");
}

#[tokio::test]
async fn a_name_is_looked_for_in_every_scope_and_both_kinds() {
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1", "eu-west-1"]).account(
        "dr",
        DR,
        &["eu-west-1"],
    );
    let cloud = without_snapshot(cloud, PROD, "us-east-1", "orders");
    let cloud = without_snapshot(cloud, DR, "eu-west-1", "orders");
    let none = without_snapshot(cloud, PROD, "eu-west-1", "orders");
    let Run { out, err, exit } = run(none, "delete --snapshot orders").await;
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    assert_eq!(
        err,
        "there is no snapshot \"orders\"; it was looked for in\n  \
         prod (111111111111): us-east-1, eu-west-1\n  dr (222222222222): eu-west-1\n"
    );
}

#[tokio::test]
async fn a_name_of_several_snapshots_is_a_usage_error_that_lists_them() {
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1", "eu-west-1"]);
    let cloud = with_snapshot(cloud, PROD, "us-east-1", "orders");
    let Run { out, err, exit } =
        run(with_snapshot(cloud, PROD, "eu-west-1", "orders"), "delete --snapshot orders").await;
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    assert!(err.contains("several snapshots are called \"orders\""), "{err}");
    assert!(err.contains(&format!("\n  {ORDERS}\n")), "{err}");
}

#[tokio::test]
async fn a_name_that_could_not_be_looked_for_everywhere_is_not_said_to_be_nowhere() {
    let there = FakeCloud::default()
        .account("prod", PROD, &["us-east-1"])
        .locked_out("dr", fault(FaultClass::NoCredentials, "none"));
    let Run { out, err, exit } = run(there, "delete --snapshot orders").await;
    assert_eq!((exit, out.as_str()), (Exit::Failed, ""));
    assert!(err.starts_with("dr: rds:DescribeDBSnapshots: no credentials: none. Do this.\n"), "{err}");
    assert!(err.contains("no snapshot \"orders\" was found, and not every place could be asked"), "{err}");
    assert!(err.contains("  prod (111111111111) us-east-1: denied"), "{err}");

    let elsewhere = FakeCloud::default().account("prod", PROD, &["us-east-1", "eu-west-1"]);
    let found = with_snapshot(elsewhere, PROD, "us-east-1", "orders");
    let Run { out, err, .. } = run(found, "delete --snapshot orders --format json").await;
    assert!(err.contains("there may be another snapshot of that name"), "{err}");
    assert!(!out.contains("eu-west-1"), "where else it was looked for is no missing fact: {out}");
}

#[tokio::test]
async fn without_any_account_it_fails_with_the_reason() {
    let nobody = FakeCloud::default().locked_out("dr", fault(FaultClass::NoCredentials, "none"));
    let Run { out, err, exit } = run(nobody, &format!("delete --snapshot {ORDERS}")).await;
    assert_eq!((exit, out.as_str()), (Exit::Failed, ""));
    assert!(err.contains("no credentials: none. Do this."), "{err}");
}

#[tokio::test]
async fn the_account_that_sees_a_foreign_snapshot_looks_at_it() {
    let foreign = "arn:aws:rds:us-east-1:999999999999:snapshot:orders";
    let cloud = FakeCloud::default().account("prod", PROD, &["us-east-1"]).account("dr", DR, &["us-east-1"]);
    let arn: SnapshotArn = foreign.parse().expect("an ARN");
    let seen = Snapshot { arn: arn.clone(), ..snapshot(DR, "us-east-1", "orders") };
    let cloud = cloud
        .fact(Question::Snapshot(scope(PROD, "us-east-1"), arn.clone()), Answer::Snapshot(None))
        .fact(Question::Snapshot(scope(DR, "us-east-1"), arn), facts_of(seen));
    let mut inquiry = Inquiry::open(Arc::new(cloud), hour().clock).await.expect("open");
    for (line, by) in [
        (format!("copy --snapshot {foreign}"), DR),
        (format!("copy --snapshot {foreign} --to-account {PROD}"), PROD),
        (format!("copy --snapshot {foreign} --to-account 333333333333"), DR),
        (format!("delete --snapshot {foreign}"), DR),
        (format!("copy --snapshot {ORDERS}"), PROD),
        (format!("copy --snapshot {ORDERS} --to-account {DR}"), DR),
        (format!("share --snapshot {ORDERS} --with {DR}"), PROD),
    ] {
        let drafted = draft(&read(&line).goal, &mut inquiry).await.expect("a draft");
        assert_eq!(drafted.draft.by.to_string(), by, "{line}");
    }
}

#[tokio::test]
async fn every_line_fits_the_terminal_but_what_is_there_to_be_copied() {
    let line = "copy --snapshot orders --name my--copy --to-account 22222222222 --tag aws:x=1";
    for width in [40, 60, 80, 120] {
        let Run { out, .. } = run_in(cloud(), line, Some(width), Paint::None).await;
        let wide = out.lines().filter(|line| line.chars().count() > width && !line.starts_with("    --"));
        assert_eq!(wide.collect::<Vec<_>>(), Vec::<&str>::new(), "{width}");
    }
}

#[tokio::test]
async fn colours_repeat_what_the_words_say() {
    let line = "copy --snapshot orders --name my--copy";
    let plain = run(cloud(), line).await.out;
    let coloured = run_in(cloud(), line, None, Paint::Ansi).await.out;
    assert!(coloured.contains("\x1b[1;31mBLOCKED\x1b[0m: copy"), "{coloured}");
    let mut bare = coloured.clone();
    for code in ["1;31", "1;33", "1;32", "2", "1", "0"] {
        bare = bare.replace(&format!("\x1b[{code}m"), "");
    }
    assert_eq!(bare, plain);
}

#[tokio::test]
async fn an_output_that_cannot_be_written_fails_and_a_reader_that_went_away_does_not() {
    for (kind, end) in [(ErrorKind::BrokenPipe, Exit::Done), (ErrorKind::StorageFull, Exit::Failed)] {
        let console = Console::new(Broken(kind), Page::default(), Progress::Hidden);
        let exit = check(Arc::new(cloud()), &read("delete --snapshot orders"), hour(), console).await;
        assert_eq!(exit, end, "{kind}");
    }
}
