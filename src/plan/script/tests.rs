//! Scripts, run by bash with an `aws` that only notes what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output};

use super::*;
use crate::domain::is_hidden;
use crate::plan::compile;
use crate::rules::testing::cleared;

/// Notes its arguments; says who it is by the profile, and that a snapshot is copying before it is available.
const AWS: &str = r#"#!/bin/sh
printf '%s\n' "$*" >> "$DIR/asked"
case "$*" in
  "sts "*"--profile dr"*) echo "${DR:-222222222222}" ;;
  "sts "*) echo 111111111111 ;;
  *" describe-"*)
    if [ -e "$DIR/seen" ]; then rm "$DIR/seen"; echo "${STATE:-available}"; else : > "$DIR/seen"; echo copying; fi ;;
  *"${REFUSED:-nothing at all}"*) echo refused >&2; exit 254 ;;
esac
"#;

fn script_of(line: &str) -> String {
    let (request, facts) = cleared(line);
    let dr = "222222222222".parse().expect("an id");
    let shell = Shell { profiles: [(dr, "dr".to_owned())].into(), endpoint: None };
    script(&compile(&request, &facts), &shell)
}

/// Runs a script; what it asked AWS, without the options that say where, and how it ended.
fn run(text: &str, environment: &[(&str, &str)]) -> (Vec<String>, Output) {
    let dir = tempfile::tempdir().expect("a directory");
    let aws = dir.path().join("aws");
    fs::write(&aws, AWS).expect("written");
    fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).expect("executable");
    let path = format!("{}:{}", dir.path().display(), std::env::var("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command.args(["-c", text]).env("PATH", path).env("DIR", dir.path()).env("INTERVAL", "0");
    let output = command.envs(environment.iter().copied()).output().expect("bash");
    let asked = fs::read_to_string(dir.path().join("asked")).unwrap_or_default();
    let operation = |line: &str| line.split(' ').skip(1).take(3).collect::<Vec<_>>().join(" ");
    (asked.lines().filter(|line| line.starts_with(['r', 's', 'k'])).map(operation).collect(), output)
}

const CHAIN: &str = "copy automated aws/rds to-account=222 use1->euw1 name=x";

#[test]
fn a_script_proves_its_accounts_and_then_goes_step_by_step() {
    let (asked, output) = run(&script_of(CHAIN), &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        asked,
        [
            "get-caller-identity --query Account",
            "get-caller-identity --query Account",
            "copy-db-snapshot --source-db-snapshot-identifier arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-2026-11-24",
            "describe-db-snapshots --db-snapshot-identifier orders-2026-11-24",
            "describe-db-snapshots --db-snapshot-identifier orders-2026-11-24",
            "put-key-policy --key-id arn:aws:kms:us-east-1:111111111111:key/cmk",
            "modify-db-snapshot-attribute --db-snapshot-identifier orders-2026-11-24",
            "copy-db-snapshot --source-db-snapshot-identifier arn:aws:rds:us-east-1:111111111111:snapshot:orders-2026-11-24",
            "describe-db-snapshots --db-snapshot-identifier x",
            "describe-db-snapshots --db-snapshot-identifier x",
        ]
    );
    assert!(said.contains("== 4 of 4, 222222222222 eu-west-1: CopyDBSnapshot x, key alias/dba\n"), "{said}");
    assert!(
        said.ends_with("== Done: Copy rds:orders-2026-11-24 to eu-west-1 of dr (222222222222) as x\n"),
        "{said}"
    );
}

#[test]
fn credentials_of_another_account_change_nothing() {
    let (asked, output) = run(&script_of(CHAIN), &[("DR", "333333333333")]);
    assert!(!output.status.success());
    assert!(asked.iter().all(|call| call.starts_with("get-caller-identity")), "{asked:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("of account 333333333333, not of 222222222222"), "{said}");
}

#[test]
fn the_first_error_is_the_end() {
    let (asked, output) = run(&script_of(CHAIN), &[("REFUSED", "put-key-policy")]);
    assert_eq!(output.status.code(), Some(254));
    assert!(asked.last().is_some_and(|call| call.starts_with("put-key-policy")), "{asked:?}");
    let (asked, output) = run(&script_of(CHAIN), &[("STATE", "failed")]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(asked.iter().filter(|call| call.starts_with("copy-")).count(), 1, "{asked:?}");
}

#[test]
fn each_kind_of_result_is_waited_for_in_its_own_words() {
    for (line, wait) in [
        (
            "restore db=x",
            "follow available aws rds describe-db-instances --db-instance-identifier x --query 'DBInstances[0].DBInstanceStatus' --output text --region us-east-1",
        ),
        (
            "restore clu none db=x kms-key=alias/dba",
            "follow available aws rds describe-db-clusters --db-cluster-identifier x --query 'DBClusters[0].Status' --output text --region us-east-1",
        ),
        (
            "copy clu cmk name=Y",
            "follow available aws rds describe-db-cluster-snapshots --db-cluster-snapshot-identifier y --query 'DBClusterSnapshots[0].Status' --output text --region us-east-1",
        ),
        (
            "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba",
            "follow COMPLETE aws rds describe-export-tasks --export-task-identifier t --query 'ExportTasks[0].Status' --output text --region us-east-1",
        ),
    ] {
        let script = script_of(line);
        assert!(script.lines().any(|own| own == wait), "{script}");
    }
    assert!(!script_of("delete").contains("\nfollow available"));
}

#[test]
fn what_cleans_up_is_a_comment_at_the_end() {
    let script = script_of(CHAIN);
    let (_, end) = script.split_once("# To clean up afterwards, in this order:\n").expect("a clean-up");
    assert!(end.lines().all(|line| line.starts_with("# ")), "{end}");
    let commands: Vec<&str> = end.lines().filter_map(|line| line.split(" aws ").nth(1)).collect();
    assert!(commands[2].starts_with("rds delete-db-snapshot --db-snapshot-identifier orders-2026-11-24 "));
    assert!(!script_of("share with=222").contains("clean up"));
}

#[test]
fn nothing_in_a_script_hides_or_breaks_out_of_its_comment() {
    let (request, mut facts) = cleared("copy name=x");
    let id = "111111111111".parse().expect("an id");
    let account = crate::domain::fixture::account("a\n\u{202e}rm -rf /\u{1b}[2J");
    facts =
        crate::domain::Facts::new([(id, account)], facts.accounts().map(|(id, own)| (*id, own.name.clone())));
    let script = script(&compile(&request, &facts), &Shell::default());
    assert!(script.contains(r"a\n\u{202e}rm -rf /"), "{script}");
    assert!(!script.chars().any(|c| c != '\n' && is_hidden(c)) && !script.contains("\nrm"), "{script}");
}
