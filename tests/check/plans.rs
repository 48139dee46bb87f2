//! `plan` over the demo cloud: why it is this plan, where another reaches the same, and how a key is opened.

use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::Value;
use snapdeck::aws::{Aws, Link, Wire};
use snapdeck::cli::{self, Command, Console, Exit, Hour, Invocation, Progress, Reach};
use snapdeck::demo;

use super::setup;

/// The plan of `ACTION ...` on the demo fleet, as JSON.
async fn planned(line: &str) -> (Value, Exit) {
    let words = ["snapdeck", "plan", "--format", "json"].into_iter().chain(line.split_whitespace());
    let invocation = Invocation::read(words).unwrap_or_else(|error| panic!("{line}: {error}"));
    let Command::Plan(wanted) = invocation.command else { panic!("{line}: not a plan") };
    let cloud = Arc::new(demo::Cloud::new(demo::Fleet::built_in(), 1000.0));
    let answering = Arc::clone(&cloud);
    let wire: Wire = Arc::new(move |request| {
        let cloud = Arc::clone(&answering);
        Box::pin(async move { cloud.answer(request).await })
    });
    let aws = Aws::new(setup(), Link::InProcess { wire, access_key_id: "AKIA111111111111".to_owned() });
    let hour = Hour { clock: Arc::new(move || cloud.now()), zone: TimeZone::UTC };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let console = Console::new(&mut out, &mut err, Progress::Hidden);
    let exit = cli::plan(Arc::new(aws), &wanted, Reach::default(), hour, console).await;
    let object = serde_json::from_slice(&out).unwrap_or_else(|error| panic!("{line}: {error}"));
    (object, exit)
}

fn calls(plan: &Value) -> Vec<&str> {
    plan["steps"].as_array().into_iter().flatten().filter_map(|step| step["call"].as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn a_plan_says_what_the_other_way_would_take() {
    let share = "share --snapshot orders-prod-before-migration --with 222222222222";
    assert_eq!(planned(share).await.0["choice"], Value::Null, "there is one way");
    let share = "share --snapshot payments-mrk-nightly --with 333333333333";
    let (plan, exit) = planned(share).await;
    assert_eq!((exit, calls(&plan)), (Exit::Done, vec!["kms:PutKeyPolicy", "rds:ModifyDBSnapshotAttribute"]));
    let choice = &plan["choice"];
    assert_eq!(choice["measure"], "key-policies");
    assert_eq!((&choice["this"]["key_policies"], &choice["other"]["key_policies"]), (&1.into(), &0.into()));
    assert_eq!(
        choice["message"],
        "By a grant it would take as many steps and change no key policy; a grant can take 5 minutes to work."
    );
    let copy = "copy --snapshot graph-neptune-weekly --to-account 222222222222 --to-region eu-west-1";
    let (plan, _) = planned(copy).await;
    assert_eq!(plan["choice"]["measure"], "alike");
    assert_eq!(plan["choice"]["this"]["copies_across_regions"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_opened_as_the_command_line_says() {
    let share = "share --snapshot payments-mrk-nightly --with 333333333333 --key-access grant";
    let (plan, exit) = planned(share).await;
    assert_eq!((exit, calls(&plan)), (Exit::Done, vec!["kms:CreateGrant", "rds:ModifyDBSnapshotAttribute"]));
    let refused = "share --snapshot orders-prod-before-migration --with 222222222222 --key-access grant";
    let (plan, exit) = planned(refused).await;
    assert_eq!((exit, calls(&plan)), (Exit::Blocked, vec![]));
    assert!(plan["findings"].to_string().contains("KMS-17"), "{plan}");
    // Who may use it already needs no change of it.
    let (plan, exit) =
        planned("share --snapshot payments-mrk-nightly --with 222222222222 --key-access policy").await;
    assert_eq!((exit, calls(&plan)), (Exit::Done, vec!["rds:ModifyDBSnapshotAttribute"]));
}
