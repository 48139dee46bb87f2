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

# say TEXT...: announces what comes next.
say() {
    printf '\n== %s\n' "$@"
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
mod tests;
