//! What `list` promises, over a scripted cloud.

use std::io::ErrorKind;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::cli::Progress;
use crate::cli::fake::{Broken, End, FakeCloud, Page, fault, snapshot, time};
use crate::domain::fixture::hostile;
use crate::domain::{DeniedBy, Encryption, FaultClass, KeyManager, Share, is_hidden};
use crate::engine::Shares;
use crate::query::{Column, Direction, Order};

const PROD: &str = "111111111111";
const STAGING: &str = "222222222222";
const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/1";

/// What a command wrote, and how it ended.
struct Run {
    out: String,
    err: String,
    exit: Exit,
}

impl Run {
    fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

fn plain(format: Format) -> List {
    List { format, shares: Shares::Never, sort: None }
}

async fn run(cloud: FakeCloud, how: List, filter: &str) -> Run {
    run_with(cloud, how, filter, Progress::Hidden).await
}

async fn run_with(cloud: FakeCloud, how: List, filter: &str, progress: Progress) -> Run {
    let (out, err) = (Page::default(), Page::default());
    let console = Console::new(out.clone(), err.clone(), progress);
    let filter = Filter::parse(filter).expect("a filter");
    let exit = list(Arc::new(cloud), how, filter, console, time("2026-11-24T03:00:00Z")).await;
    Run { out: out.text(), err: err.text(), exit }
}

/// Two regions of one account: orders-1 and orders-2 in the first, audit-1 in the second.
fn cloud() -> FakeCloud {
    let mut big = snapshot(PROD, "us-east-1", "orders-2");
    big.size_gib = Some(500);
    big.encryption = Encryption::Kms(KEY.parse().expect("an ARN"));
    FakeCloud::default()
        .account("prod", PROD, &["us-east-1", "eu-west-1"])
        .scope(
            PROD,
            "us-east-1",
            vec![vec![snapshot(PROD, "us-east-1", "orders-1")], vec![big]],
            End::Complete,
        )
        .scope(PROD, "eu-west-1", vec![vec![snapshot(PROD, "eu-west-1", "audit-1")]], End::Complete)
        .key(KEY, KeyManager::Customer)
}

fn ids(lines: &[&str]) -> Vec<String> {
    let id = |line: &&str| {
        let row: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
        row["id"].as_str().expect("an id").to_owned()
    };
    lines.iter().map(id).collect()
}

#[tokio::test]
async fn json_holds_every_snapshot_and_every_scope() {
    let run = run(cloud(), plain(Format::Json), "").await;
    let document: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(document["snapshots"].as_array().expect("snapshots").len(), 3);
    let scopes = document["scopes"].as_array().expect("scopes");
    assert_eq!(scopes.iter().map(|scope| &scope["state"]).collect::<Vec<_>>(), ["ok", "ok"]);
    assert_eq!((run.exit, run.err.as_str()), (Exit::Done, ""));
}

#[tokio::test]
async fn ndjson_is_a_snapshot_a_line_with_its_key_known() {
    let run = run(cloud(), plain(Format::Ndjson), "").await;
    let mut ids = ids(&run.lines());
    ids.sort();
    assert_eq!(ids, ["audit-1", "orders-1", "orders-2"]);
    let encrypted = run.out.lines().find(|line| line.contains("orders-2")).expect("a line");
    assert!(encrypted.contains("\"encryption\": \"customer\""), "{encrypted}");
}

#[tokio::test]
async fn ndjson_that_is_to_be_sorted_waits_and_is_sorted() {
    let sort = Some(Order { by: Column::Id, direction: Direction::Descending });
    let run = run(cloud(), List { sort, ..plain(Format::Ndjson) }, "").await;
    assert_eq!(ids(&run.lines()), ["orders-2", "orders-1", "audit-1"]);
}

#[tokio::test]
async fn csv_and_table_have_a_header_and_a_line_a_row() {
    let run_csv = run(cloud(), plain(Format::Csv), "").await;
    assert_eq!(run_csv.out.matches("\r\n").count(), 4, "{}", run_csv.out);
    let run_table = run(cloud(), plain(Format::Table), "").await;
    for name in ["orders-1", "orders-2", "audit-1"] {
        assert!(run_csv.out.contains(name) && run_table.out.contains(name), "{name}: {}", run_table.out);
    }
}

#[tokio::test]
async fn a_filter_leaves_rows_out_of_every_format() {
    for format in Format::ALL {
        let run = run(cloud(), plain(format), "audit").await;
        assert!(run.out.contains("audit-1") && !run.out.contains("orders-1"), "{format:?}: {}", run.out);
    }
}

#[tokio::test]
async fn shares_are_asked_for_only_when_they_are_wanted() {
    let one = snapshot(PROD, "us-east-1", "orders-1");
    let cloud = || {
        FakeCloud::default()
            .account("prod", PROD, &["us-east-1"])
            .scope(PROD, "us-east-1", vec![vec![one.clone()]], End::Complete)
            .share_of(&one, Share::Private)
    };
    for format in [Format::Json, Format::Ndjson] {
        let without = run(cloud(), plain(format), "").await;
        assert!(without.out.contains("\"share\": {\"state\": \"unknown\""), "{}", without.out);
        let with = run(cloud(), List { shares: Shares::All, ..plain(format) }, "").await;
        assert!(with.out.contains("\"share\": {\"state\": \"private\""), "{}", with.out);
    }
}

#[tokio::test]
async fn a_scope_that_failed_is_told_by_name_and_the_rest_is_printed() {
    let mut denied = fault(FaultClass::ExplicitDeny, "User x is not authorized");
    denied.denied_by = Some(DeniedBy::ServiceControl);
    denied.hint = "Ask the organisation's administrators.".into();
    let cloud = || cloud().scope(PROD, "eu-west-1", vec![], End::Fails(denied.clone()));
    for format in Format::ALL {
        let run = run(cloud(), plain(format), "").await;
        assert_eq!(run.exit, Exit::Partial);
        assert!(run.out.contains("orders-1"), "{format:?}");
        assert_eq!(
            run.err,
            "prod eu-west-1: denied rds:DescribeDBSnapshots by a service control policy of the organisation. \
             Ask the organisation's administrators.\n"
        );
    }
}

#[tokio::test]
async fn rows_of_a_scope_that_failed_half_way_are_printed_all_the_same() {
    for format in Format::ALL {
        let pages = vec![vec![snapshot(PROD, "eu-west-1", "audit-1")]];
        let failing = End::Fails(fault(FaultClass::Throttled, "Rate exceeded"));
        let run = run(cloud().scope(PROD, "eu-west-1", pages, failing), plain(format), "").await;
        assert_eq!(run.exit, Exit::Partial);
        assert!(run.out.contains("audit-1"), "{format:?}");
    }
}

#[tokio::test]
async fn a_disabled_region_is_no_failure() {
    let disabled = End::Fails(fault(FaultClass::RegionDisabled, "not enabled"));
    let run = run(cloud().scope(PROD, "eu-west-1", vec![], disabled), plain(Format::Json), "").await;
    assert_eq!((run.exit, run.err.as_str()), (Exit::Done, ""));
    assert!(run.out.contains("\"state\": \"disabled\""), "{}", run.out);
}

#[tokio::test]
async fn an_account_that_is_locked_out_leaves_the_others_and_all_of_them_are_a_failure() {
    let none = || fault(FaultClass::NoCredentials, "no profile staging");
    let some = run(cloud().locked_out("staging", none()), plain(Format::Ndjson), "").await;
    assert_eq!((some.exit, some.lines().len()), (Exit::Partial, 3));
    assert_eq!(some.err, "staging: rds:DescribeDBSnapshots: no credentials: no profile staging. Do this.\n");
    let all = run(FakeCloud::default().locked_out("staging", none()), plain(Format::Json), "").await;
    assert_eq!(all.exit, Exit::Failed);
    assert!(serde_json::from_str::<serde_json::Value>(&all.out).is_ok(), "still a document: {}", all.out);
}

#[tokio::test]
async fn an_account_with_two_names_is_read_once_and_said_to_be() {
    let cloud =
        FakeCloud::default().account("prod", PROD, &["us-east-1"]).account("again", PROD, &["us-east-1"]);
    let run = run(cloud, plain(Format::Json), "").await;
    assert_eq!(run.exit, Exit::Done);
    assert!(
        run.err.contains(": the same account as ") && run.err.ends_with("and read once\n"),
        "{}",
        run.err
    );
}

#[tokio::test]
async fn a_reader_that_goes_away_ends_the_reading_quietly() {
    let cloud =
        cloud().account("staging", STAGING, &["us-east-1"]).scope(STAGING, "us-east-1", vec![], End::Never);
    let err = Page::default();
    let console = Console::new(Broken(ErrorKind::BrokenPipe), err.clone(), Progress::Hidden);
    let now = time("2026-11-24T03:00:00Z");
    let exit = list(Arc::new(cloud), plain(Format::Ndjson), Filter::default(), console, now).await;
    assert_eq!((exit, err.text().as_str()), (Exit::Done, ""));
}

#[tokio::test]
async fn output_that_cannot_be_written_is_a_failure_that_says_so() {
    for format in Format::ALL {
        let err = Page::default();
        let console = Console::new(Broken(ErrorKind::StorageFull), err.clone(), Progress::Hidden);
        let now = time("2026-11-24T03:00:00Z");
        let exit = list(Arc::new(cloud()), plain(format), Filter::default(), console, now).await;
        assert_eq!(exit, Exit::Failed);
        assert_eq!(err.text(), "the output could not be written: no storage space\n");
    }
}

#[tokio::test]
async fn progress_is_drawn_on_the_errors_side_and_wiped() {
    let run = run_with(cloud(), plain(Format::Json), "", Progress::Shown).await;
    assert!(run.err.contains("\rreading 2 of 2 scopes, 3 snapshots\x1b[K"), "{:?}", run.err);
    assert!(run.err.ends_with("\r\x1b[K"), "{:?}", run.err);
    assert!(!run.out.contains('\r'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_aws_says_each_line_stays_one_harmless_line(text in hostile()) {
        let named = |n: usize| format!("{text}{n}");
        let rows = vec![vec![snapshot(PROD, "us-east-1", &named(1)), snapshot(PROD, "us-east-1", &named(2))]];
        let mut refused = fault(FaultClass::ExplicitDeny, &text);
        (refused.action, refused.hint) = (Some(text.as_str().into()), text.as_str().into());
        let cloud = || {
            FakeCloud::default()
                .account(&text, PROD, &["us-east-1", "eu-west-1"])
                .locked_out(&named(3), refused.clone())
                .scope(PROD, "us-east-1", rows.clone(), End::Complete)
                .scope(PROD, "eu-west-1", Vec::new(), End::Fails(refused.clone()))
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        let runtime = runtime.expect("a runtime");
        for (format, lines) in [(Format::Table, 3), (Format::Csv, 3), (Format::Ndjson, 2)] {
            let run = runtime.block_on(run_with(cloud(), plain(format), "", Progress::Shown));
            prop_assert_eq!(run.out.lines().count(), lines, "{:?}", run.out);
            prop_assert!(!run.out.chars().any(|c| !"\r\n".contains(c) && is_hidden(c)), "{:?}", run.out);
            // The line that tells how far it is begins and ends with what wipes it.
            let told = run.err.replace("\r\u{1b}[K", "").replace("\u{1b}[K", "").replace('\r', "");
            prop_assert!(!told.chars().any(|c| c != '\n' && is_hidden(c)), "{:?}", run.err);
            prop_assert_eq!(told.matches('\n').count(), 2, "two things failed: {:?}", run.err);
        }
    }
}
