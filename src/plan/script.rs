//! A plan as a bash script: each step announced, made, and waited for; it stops at the first error.
//!
//! Before anything is changed it makes sure that the credentials of every step are those of its account. It waits
//! by itself: the waiters of the AWS CLI give up after half an hour, which is less than a large copy takes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::domain::Kind;

use super::command::{Shell, command, place, sign_in};
use super::shell::quoted;
use super::{Follow, Plan, Step};

const HEAD: &str = r#"set -euo pipefail
# No pager: every answer is printed at once.
export AWS_PAGER=

# The AWS CLI 1 passes AWS_ENDPOINT_URL over for RDS in us-east-1.
aws() {
    local own url
    own=AWS_ENDPOINT_URL_$(printf '%s' "$1" | tr '[:lower:]' '[:upper:]')
    url=${!own:-${AWS_ENDPOINT_URL:-}}
    command aws ${url:+--endpoint-url "$url"} "$@"
}

# say WHAT [WHY]: announces what comes next.
say() {
    printf '\n== %s\n%s' "$1" "${2:+   $2
}"
}

# is_account ID OPTION...: stops unless the credentials are those of the account.
is_account() {
    local wanted=$1 got
    shift
    got=$(aws sts get-caller-identity --query Account --output text "$@")
    if [ "$got" != "$wanted" ]; then
        printf 'These credentials are of account %s, not of %s.\n' "$got" "$wanted" >&2
        exit 1
    fi
}

# follow STATE COMMAND...: asks every 15 seconds until the command prints the state; stops when that cannot come any more.
follow() {
    local wanted=$1 state
    shift
    while true; do
        state=$("$@")
        printf '   %s\n' "$state"
        case $state in
            "$wanted") return ;;
            *fail* | FAILED | CANCELED | CANCELING | delet* | incompatible-* | inaccessible-* | None)
                printf 'It is %s, and will not be %s.\n' "$state" "$wanted" >&2
                exit 1
                ;;
        esac
        sleep "${INTERVAL:-15}"
    done
}
"#;

/// The plan as a bash script for the AWS CLI, with what cleans up as comments at its end.
pub fn script(plan: &Plan, shell: &Shell) -> String {
    let mut out = format!("#!/usr/bin/env bash\n# {}\n{HEAD}\n", plan.goal);
    let scopes: BTreeSet<_> = plan.steps.iter().map(|step| &step.call.scope).collect();
    let mut checked = BTreeSet::new();
    for scope in scopes {
        if checked.insert(scope.account) {
            let region = quoted(scope.region.name());
            let sign_in = sign_in(scope.account, shell);
            line(&mut out, &format!("is_account {} --region {region}{sign_in}", scope.account));
        }
    }
    let count = plan.steps.len();
    for (step, number) in plan.steps.iter().zip(1..) {
        let call = &step.call;
        let title = format!("{number} of {count}, {}: {} {}", call.scope, step.title(), step.essentials);
        line(&mut out, "");
        line(&mut out, &format!("say {} {}", quoted(&title), quoted(&step.why)));
        line(&mut out, &command(call, shell));
        if let Some(wait) = wait(step, shell) {
            line(&mut out, &wait);
        }
    }
    line(&mut out, "");
    line(&mut out, &format!("say {}", quoted(&format!("Done: {}", plan.goal))));
    clean_up(plan, shell, &mut out);
    out
}

/// What takes back what was needed on the way only.
fn clean_up(plan: &Plan, shell: &Shell, out: &mut String) {
    let steps = plan.clean_up();
    if steps.is_empty() {
        return;
    }
    line(out, "");
    line(out, "# To clean up afterwards, in this order:");
    for step in steps {
        let who = format!("as account {}: {}", step.call.scope.account, command(&step.call, shell));
        who.split('\n').for_each(|text| line(out, &format!("# {text}")));
    }
}

/// The line that waits for what a step has begun.
fn wait(step: &Step, shell: &Shell) -> Option<String> {
    let (state, operation, option, name, query) = match &step.follows {
        Follow::Nothing => return None,
        Follow::Snapshot(arn) => match arn.kind() {
            Kind::Instance => (
                "available",
                "describe-db-snapshots",
                "--db-snapshot-identifier",
                arn.exact_name(),
                "DBSnapshots[0].Status",
            ),
            Kind::Cluster => (
                "available",
                "describe-db-cluster-snapshots",
                "--db-cluster-snapshot-identifier",
                arn.exact_name(),
                "DBClusterSnapshots[0].Status",
            ),
        },
        Follow::Instance(name) => (
            "available",
            "describe-db-instances",
            "--db-instance-identifier",
            name.as_str(),
            "DBInstances[0].DBInstanceStatus",
        ),
        Follow::Cluster(name) => (
            "available",
            "describe-db-clusters",
            "--db-cluster-identifier",
            name.as_str(),
            "DBClusters[0].Status",
        ),
        Follow::Export(task) => (
            "COMPLETE",
            "describe-export-tasks",
            "--export-task-identifier",
            task.as_str(),
            "ExportTasks[0].Status",
        ),
    };
    let (name, query) = (quoted(name), quoted(query));
    let place = place(&step.call, shell);
    Some(format!("follow {state} aws rds {operation} {option} {name} --query {query} --output text{place}"))
}

fn line(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{text}");
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Command, Output};

    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture::hostile;
    use crate::domain::{Argument, Shown, is_hidden};
    use crate::plan::compile;
    use crate::rules::testing::cleared;

    /// Notes its arguments; says who it is by the profile, and that a snapshot is copying before it is available.
    const AWS: &str = r#"#!/bin/sh
printf '%s\n' "$*" >> "$DIR/asked"
printf '%s\0' "$@" >> "$DIR/words"
case " $*" in
  *" sts "*"--profile dr"*) echo "${DR:-222222222222}" ;;
  *" sts "*) echo 111111111111 ;;
  *" list-grants "*) [ "${REFUSED:-}" != list-grants ] || exit 254; [ -z "${GRANT:-}" ] || echo "$GRANT" ;;
  *" describe-"*)
    if [ -e "$DIR/seen" ]; then rm "$DIR/seen"; echo "${STATE:-available}"; else : > "$DIR/seen"; echo copying; fi ;;
  *"${REFUSED:-nothing at all}"*) echo refused >&2; exit 254 ;;
esac
"#;

    fn script_of(line: &str) -> String {
        let (request, facts) = cleared(line);
        script(&compile(&request, &facts), &shell())
    }

    fn shell() -> Shell {
        let dr = "222222222222".parse().expect("an id");
        Shell { profiles: [(dr, "dr".to_owned())].into(), endpoint: None }
    }

    /// Runs a script; what it asked AWS and how it ended.
    fn run(text: &str, environment: &[(&str, &str)]) -> (Vec<String>, Output) {
        let (dir, output) = carried_out(text, environment);
        let asked = fs::read_to_string(dir.path().join("asked")).unwrap_or_default();
        (asked.lines().filter(|line| line.contains(" --")).map(str::to_owned).collect(), output)
    }

    /// Runs a script in a folder of its own.
    fn carried_out(text: &str, environment: &[(&str, &str)]) -> (tempfile::TempDir, Output) {
        let dir = tempfile::tempdir().expect("a directory");
        let aws = dir.path().join("aws");
        fs::write(&aws, AWS).expect("written");
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).expect("executable");
        let path = format!("{}:{}", dir.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command
            .args(["-c", text])
            .env("PATH", path)
            .env_remove("AWS_ENDPOINT_URL")
            .env("DIR", dir.path())
            .env("INTERVAL", "0");
        let output = command.envs(environment.iter().copied()).output().expect("bash");
        (dir, output)
    }

    /// The operations, each with its first option.
    fn operations(asked: &[String]) -> Vec<String> {
        let operation = |line: &String| line.split(' ').skip(1).take(3).collect::<Vec<_>>().join(" ");
        asked.iter().map(operation).collect()
    }

    const CHAIN: &str = "copy automated aws/rds to-account=222 use1->euw1 name=x";

    #[test]
    fn a_script_proves_its_accounts_and_then_goes_step_by_step() {
        let (asked, output) = run(&script_of(CHAIN), &[]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(
            operations(&asked),
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
        assert!(
            said.contains("== 4 of 4, 222222222222 eu-west-1: CopyDBSnapshot x, key alias/dba\n"),
            "{said}"
        );
        assert!(
            said.ends_with("== Done: Copy rds:orders-2026-11-24 to eu-west-1 of dr (222222222222) as x\n"),
            "{said}"
        );
    }

    #[test]
    fn a_grant_that_is_gone_is_not_revoked_and_stops_nothing() {
        let line = "copy cmk to-account=222 use1->euw1 name=x kms-key=alias/dba key-access=grant";
        let (request, facts) = cleared(line);
        let script = script(&compile(&request, &facts).cleaning_up(), &shell());
        for (grant, revoked) in [("", None), ("g-1", Some("--grant-id g-1"))] {
            let (asked, output) = run(&script, &[("GRANT", grant)]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let revoke = asked.iter().find(|call| call.starts_with("kms revoke-grant "));
            assert_eq!(revoke.is_some(), revoked.is_some(), "{asked:?}");
            assert!(revoke.is_none_or(|call| revoked.is_some_and(|id| call.contains(id))), "{asked:?}");
        }
        let (_, output) = run(&script, &[("GRANT", "g-1"), ("REFUSED", "list-grants")]);
        assert!(!output.status.success());
    }

    #[test]
    fn credentials_of_another_account_change_nothing() {
        let (asked, output) = run(&script_of(CHAIN), &[("DR", "333333333333")]);
        assert!(!output.status.success());
        assert!(asked.iter().all(|call| call.starts_with("sts get-caller-identity")), "{asked:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("of account 333333333333, not of 222222222222"), "{said}");
    }

    #[test]
    fn the_first_error_is_the_end() {
        let (asked, output) = run(&script_of(CHAIN), &[("REFUSED", "put-key-policy")]);
        assert_eq!(output.status.code(), Some(254));
        assert!(asked.last().is_some_and(|call| call.starts_with("kms put-key-policy")), "{asked:?}");
        let (asked, output) = run(&script_of(CHAIN), &[("STATE", "failed")]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(asked.iter().filter(|call| call.starts_with("rds copy-")).count(), 1, "{asked:?}");
    }

    #[test]
    fn an_endpoint_of_the_environment_is_given_to_every_command() {
        let script = script_of("share with=222");
        let urls =
            [("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:2")];
        let (asked, _) = run(&script, &urls);
        assert!(
            asked[0].starts_with("--endpoint-url http://127.0.0.1:2 sts get-caller-identity "),
            "{asked:?}"
        );
        assert!(asked[1].starts_with("--endpoint-url http://127.0.0.1:1 rds modify-db-"), "{asked:?}");
        let (asked, _) = run(&script, &[]);
        assert!(!asked.iter().any(|call| call.contains("--endpoint-url")), "{asked:?}");
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
        assert!(
            commands[2].starts_with("rds delete-db-snapshot --db-snapshot-identifier orders-2026-11-24 ")
        );
        assert!(!script_of("share with=222").contains("clean up"));
    }

    #[test]
    fn nothing_in_a_script_hides_or_breaks_out_of_its_comment() {
        let (request, mut facts) = cleared("copy name=x");
        let id = "111111111111".parse().expect("an id");
        let account = crate::domain::fixture::account("a\n\u{202e}rm -rf /\u{1b}[2J");
        facts = crate::domain::Facts::new(
            [(id, account)],
            facts.accounts().map(|(id, own)| (*id, own.name.clone())),
        );
        let script = script(&compile(&request, &facts), &Shell::default());
        assert!(script.contains(r"a\n\u{202e}rm -rf /"), "{script}");
        assert!(!script.chars().any(|c| c != '\n' && is_hidden(c)) && !script.contains("\nrm"), "{script}");
    }

    proptest! {
        // Each case is some processes.
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn a_script_hands_every_text_on_to_the_letter(text in hostile()) {
            // No word of any command can hold a NUL.
            let text = text.replace('\0', "");
            let (request, facts) = cleared(CHAIN);
            let mut plan = compile(&request, &facts);
            let shown = Shown::from(text.as_str()).to_string();
            plan.goal.clone_from(&shown);
            for step in &mut plan.steps {
                (step.essentials, step.why) = (shown.clone(), shown.clone());
                for (_, value) in &mut step.call.parameters {
                    if let Argument::Text(value) = value {
                        *value = format!("<{text}>");
                    }
                }
            }
            let script = script(&plan, &shell());
            prop_assert!(!script.chars().any(|c| c != '\n' && is_hidden(c)), "{script:?}");
            let (dir, output) = carried_out(&script, &[]);
            prop_assert!(output.status.success(), "{}\n{}", String::from_utf8_lossy(&output.stderr), script);
            let words = fs::read(dir.path().join("words")).expect("words");
            let wanted = format!("<{text}>");
            let told = words.split(|byte| *byte == 0).filter(|word| *word == wanted.as_bytes()).count();
            let texts = plan.steps.iter().flat_map(|step| &step.call.parameters);
            let texts = texts.filter(|(_, value)| matches!(value, Argument::Text(_))).count();
            prop_assert!(told >= texts && texts > 0, "{told} of {texts}:\n{script}");
        }
    }
}
