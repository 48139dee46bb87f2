//! The least policies in assets/iam allow what plans send, action by action, and nothing besides.

#![cfg(test)]

use std::collections::BTreeSet;

use super::{Plan, STAMP, compile};
use crate::domain::Argument;
use crate::rules::testing::cleared;

type Names = BTreeSet<String>;

/// What AWS checks of whoever lets RDS copy or restore under a key (COPY-19).
const UNDER_KEYS: [&str; 8] = [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/// An action: its policy, requests whose plans hold each of its own calls, and what AWS checks besides those.
struct Job {
    policy: &'static str,
    requests: &'static [&'static str],
    besides: &'static [&'static str],
    under_keys: bool,
}

const JOBS: [Job; 6] = [
    Job {
        policy: include_str!("../../assets/iam/copy.json"),
        requests: &["copy name=x", "copy clu cmk use1->euw1 kms-key=alias/dba name=x"],
        besides: &["rds:AddTagsToResource", "rds:CopyOptionGroup"],
        under_keys: true,
    },
    Job {
        policy: include_str!("../../assets/iam/share.json"),
        requests: &[
            "share with=222",
            "share clu visibility=private +share:public",
            "share cmk with=222 key-access=policy",
            "share cmk with=222,333 key-access=grant",
        ],
        besides: &[],
        under_keys: false,
    },
    Job {
        policy: include_str!("../../assets/iam/encrypt.json"),
        requests: &["encrypt name=x kms-key=alias/dba", "restore clu none db=x kms-key=alias/dba"],
        besides: &["rds:AddTagsToResource"],
        under_keys: true,
    },
    Job {
        policy: include_str!("../../assets/iam/restore.json"),
        requests: &["restore db=x", "restore clu cmk db=x"],
        besides: &["rds:AddTagsToResource"],
        under_keys: true,
    },
    Job {
        policy: include_str!("../../assets/iam/export.json"),
        requests: &[EXPORT],
        besides: &["iam:PassRole", "kms:CreateGrant", "kms:DescribeKey"],
        under_keys: false,
    },
    Job {
        policy: include_str!("../../assets/iam/delete.json"),
        requests: &["delete manual", "delete clu"],
        besides: &[],
        under_keys: false,
    },
];

/// Requests whose plans go a long way: through a first copy, a key, a sharing.
const LONG_WAYS: [&str; 9] = [
    "copy docdb cmk via=region to-account=222 use1->euw1 name=x",
    "copy maz automated aws/rds to-account=222 use1->euw1",
    "share pending with=222",
    "copy automated aws/rds to-account=222 use1->euw1 name=x",
    "copy clu cmk to-account=222 name=x kms-key=alias/dba",
    "share automated with=222",
    "share cmk with=222,333 key-access=grant",
    "restore clu cmk to-account=222 db=x kms-key=alias/dba",
    "restore inst cmk to-account=222 db=x",
];

/// What is done first for some snapshots, and the policies that allow the rest of it.
const BEFORE: [(&str, &str, &[&str]); 2] = [
    (
        include_str!("../../assets/iam/repair-key.json"),
        "copy pending use1->euw1 kms-key=alias/dba name=x",
        &[],
    ),
    (
        include_str!("../../assets/iam/multi-az.json"),
        "copy maz none use1->euw1 name=x",
        &["rds:AddTagsToResource"],
    ),
];

const EXPORT: &str =
    "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba";

fn planned(line: &str) -> Plan {
    let (request, facts) = cleared(line);
    compile(&request, &facts)
}

/// What a plan sends.
fn sent(plan: &Plan) -> Names {
    plan.steps.iter().map(|step| step.call.operation.action().to_owned()).collect()
}

/// What takes a plan back, with what has to be asked for it: the id of a grant that is known by its name.
fn taken_back(plan: &Plan) -> Names {
    let undo: Vec<_> = plan.steps.iter().filter_map(|step| step.undo.as_ref()).collect();
    let is_named = |(_, argument): &(_, Argument)| matches!(argument, Argument::GrantNamed(_));
    let asked = undo.iter().any(|call| call.parameters.iter().any(is_named)).then_some("kms:ListGrants");
    undo.iter().map(|call| call.operation.action()).chain(asked).map(str::to_owned).collect()
}

fn allowed(policy: &str) -> Names {
    let policy: serde_json::Value = serde_json::from_str(policy).expect("JSON");
    assert_eq!(policy["Version"], "2012-10-17");
    let statements = policy["Statement"].as_array().expect("statements");
    statements
        .iter()
        .inspect(|statement| assert_eq!(statement["Effect"], "Allow"))
        .flat_map(|statement| statement["Action"].as_array().expect("actions"))
        .map(|action| action.as_str().expect("an action").to_owned())
        .collect()
}

#[test]
fn each_policy_allows_what_the_plans_of_its_action_send_and_nothing_else() {
    for job in JOBS {
        let mut wanted: Names = job.besides.iter().copied().map(str::to_owned).collect();
        wanted.extend(UNDER_KEYS.iter().copied().filter(|_| job.under_keys).map(str::to_owned));
        wanted.extend(job.requests.iter().flat_map(|line| sent(&planned(line))));
        // What a share gives it can take back: the grants, too.
        let has_share = wanted.contains("rds:ModifyDBSnapshotAttribute");
        let back = job.requests.iter().flat_map(|line| taken_back(&planned(line)));
        wanted.extend(back.filter(|_| has_share));
        assert_eq!(allowed(job.policy), wanted, "{}", job.requests[0]);
    }
}

#[test]
fn what_is_done_first_has_policies_of_its_own_that_allow_no_more() {
    let rest: Names = JOBS
        .iter()
        .filter(|job| !job.policy.contains("Restore"))
        .flat_map(|job| allowed(job.policy))
        .collect();
    for (policy, line, besides) in BEFORE {
        let plan = planned(line);
        let needed: Names = sent(&plan).into_iter().chain(taken_back(&plan)).collect();
        let own = needed.difference(&rest).cloned();
        let wanted: Names = own.chain(besides.iter().copied().map(str::to_owned)).collect();
        assert_eq!(allowed(policy), wanted, "{line}");
    }
}

#[test]
fn no_database_is_deleted_that_is_not_stamped() {
    let policy: serde_json::Value = serde_json::from_str(BEFORE[1].0).expect("JSON");
    let statements = policy["Statement"].as_array().expect("statements");
    let deletes =
        |statement: &&serde_json::Value| statement["Action"].to_string().contains("DeleteDBInstance");
    for statement in statements.iter().filter(deletes) {
        let stamp = format!("aws:ResourceTag/{STAMP}");
        assert_eq!(statement["Condition"]["StringLike"][&stamp], "*", "{statement}");
    }
    assert_eq!(statements.iter().filter(deletes).count(), 1);
}

#[test]
fn whatever_a_plan_sends_on_its_way_or_takes_back_some_policy_allows() {
    let before = BEFORE.iter().map(|(policy, ..)| *policy);
    let all: Names = JOBS.iter().map(|job| job.policy).chain(before).flat_map(allowed).collect();
    for line in JOBS.iter().flat_map(|job| job.requests).chain(&LONG_WAYS) {
        let plan = planned(line);
        let needed: Names = sent(&plan).into_iter().chain(taken_back(&plan)).collect();
        assert!(needed.is_subset(&all), "`{line}`: {:?}", needed.difference(&all));
    }
}
