//! What `plan` promises, over the scripted cloud of `check`.

use super::*;
use crate::cli::check::tests::{Run, cloud, hour};
use crate::cli::fake::{FakeCloud, Page as Written};
use crate::cli::{Command, Invocation, Progress};
use crate::plan::Profiles;

fn read(line: &str) -> MakePlan {
    let words = ["snapdeck", "plan"].into_iter().chain(line.split_whitespace());
    match Invocation::read(words).expect(line).command {
        Command::Plan(plan) => plan,
        other => panic!("{other:?}"),
    }
}

async fn run(cloud: FakeCloud, line: &str) -> Run {
    let (out, err) = (Written::default(), Written::default());
    let console = Console::new(out.clone(), err.clone(), Progress::Hidden);
    let reach = Reach { profiles: Profiles::Named, endpoint: None };
    let exit = plan(Arc::new(cloud), &read(line), reach, hour(), console).await;
    Run { out: out.text(), err: err.text(), exit }
}

#[tokio::test]
async fn a_plan_is_one_object_with_the_apis_own_names() {
    let run = run(cloud(), "copy --snapshot orders --name orders-2 --tag a=b --format json").await;
    assert_eq!(run.exit, Exit::Done, "{}{}", run.out, run.err);
    let object: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let step = &object["steps"][0];
    assert_eq!(step["n"], 1);
    assert_eq!(step["account"], "111111111111");
    assert_eq!(step["region"], "us-east-1");
    assert_eq!(step["call"], "rds:CopyDBSnapshot");
    assert_eq!(step["parameters"]["TargetDBSnapshotIdentifier"], "orders-2");
    assert_eq!(step["parameters"]["Tags"][0]["Key"], "a");
    for name in ["why", "undo"] {
        assert!(step[name].is_string(), "{name}");
    }
    assert!(object["findings"].is_array());
    assert!(object["choice"].is_null(), "there is no other way: {}", object["choice"]);
}

#[tokio::test]
async fn how_a_key_is_opened_is_refused_where_there_is_none_to_be_opened() {
    for way in ["policy", "grant"] {
        let run = run(cloud(), &format!("copy --snapshot orders --key-access {way} --format json")).await;
        assert_eq!(run.exit, Exit::Blocked, "{}{}", run.out, run.err);
        let object: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let finding = &object["findings"][0];
        assert_eq!(
            (&finding["rule"], &finding["severity"]),
            (&"KMS-17".into(), &"error".into()),
            "{finding}"
        );
        assert_eq!(object["steps"], serde_json::json!([]));
    }
    let run = run(cloud(), "share --snapshot orders --with 222222222222 --key-access grant").await;
    assert_eq!(run.exit, Exit::Blocked);
    assert!(run.out.contains("It is under no KMS key"), "{}", run.out);
}

#[tokio::test]
async fn a_script_is_printed_with_the_profile_and_nothing_else() {
    let run = run(cloud(), "copy --snapshot orders --format sh").await;
    assert_eq!((run.exit, run.err.as_str()), (Exit::Done, ""));
    assert!(run.out.starts_with("#!/usr/bin/env bash\n"), "{}", run.out);
    assert!(run.out.contains("--profile prod"), "{}", run.out);
}

#[tokio::test]
async fn where_no_way_leads_nothing_is_printed_that_could_be_run() {
    let run = run(cloud(), "copy --snapshot orders --to-account 12 --format sh").await;
    assert_eq!((run.exit, run.out.as_str()), (Exit::Blocked, ""));
    assert!(run.err.contains("no way leads there"), "{}", run.err);
}

#[tokio::test]
async fn the_table_tells_the_steps_in_order_and_how_to_take_them_back() {
    let run = run(cloud(), "copy --snapshot orders").await;
    assert_eq!(run.exit, Exit::Done, "{}", run.err);
    for text in ["Copy orders", "1 prod (111111111111) us-east-1  rds:CopyDBSnapshot", "To take it back:"] {
        assert!(run.out.contains(text), "{text}\n{}", run.out);
    }
}
