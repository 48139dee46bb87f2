//! Input that is wrong, and AWS that answers wrongly: each is said to be so, and none is a silent yes.

use std::sync::Arc;

use serde_json::json;
use snapdeck::aws::Wire;
use snapdeck::cli::Invocation;

use super::fleet::{DR, Fleet, HOME, PROD, admit, instance, under};
use super::{check, check_over};

fn plain() -> Fleet {
    Fleet::new().instance(PROD, json!({}))
}

#[test]
fn a_wrong_arn_is_a_usage_error_that_says_what_is_wrong() {
    for (arn, wrong) in [
        ("arn:aws:rds:us-east-1:11111111111:snapshot:orders", "exactly twelve digits"),
        ("arn:aws:rds:us-east-1:111111111111:db:orders", "the ARN of a db"),
        ("arn:aws:rds:us_1:111111111111:snapshot:orders", "is no region"),
        ("arn:aws:kms:us-east-1:111111111111:key/cmk", "not an ARN of RDS"),
        ("arn:aws:rds:us-east-1:111111111111:snapshot", "a part of the ARN is missing"),
    ] {
        let error = Invocation::read(["snapdeck", "check", "delete", "--snapshot", arn]).expect_err(arn);
        assert_eq!(error.exit_code(), 2, "{arn}");
        assert!(error.to_string().contains(wrong), "{error}");
    }
}

#[tokio::test]
async fn what_is_not_there_or_not_shared_is_a_finding() {
    let orders = instance("orders");
    for (line, expected) in [
        (
            "copy --snapshot arn:aws:rds:us-east-1:999999999999:snapshot:theirs".to_owned(),
            "blocked; COPY-08 error snapshot ~ not shared",
        ),
        (
            "share --snapshot arn:aws:rds:us-east-1:999999999999:snapshot:theirs --with 222222222222"
                .to_owned(),
            "blocked; SHARE-03 error snapshot",
        ),
        (
            format!("copy --snapshot {orders}-gone"),
            "blocked; COPY-01 error snapshot ~ no snapshot orders-gone",
        ),
        (
            format!("copy --snapshot {orders} --to-account 22222222222"),
            "blocked; COPY-07 error to-account ~ twelve digits",
        ),
        (
            format!("share --snapshot {orders} --with 22222222222"),
            "blocked; SHARE-14 error with ~ twelve digits",
        ),
        (format!("copy --snapshot {orders} --to-region eu_west_1"), "blocked; COPY-27 error to-region"),
        (format!("copy --snapshot {orders} --to-region mars-north-1"), "warned; COPY-27 warning to-region"),
        (
            format!("copy --snapshot {orders} --kms-key 12345678-1234-1234-1234-123456789012"),
            "blocked; ENC-13 error kms-key ~ no key 12345678",
        ),
        (
            format!("copy --snapshot {orders} --kms-key alias/nobody"),
            "blocked; ENC-13 error kms-key ~ no key alias/nobody",
        ),
        (
            format!("copy --snapshot {orders} --option-group nowhere"),
            "blocked; OG-05 error option-group ~ no option group nowhere",
        ),
        (
            format!("restore --snapshot {orders} --db x --option-group nowhere"),
            "blocked; REST-10 error option-group",
        ),
    ] {
        check(plain(), &line).await.expect(&line, expected);
    }
}

#[tokio::test]
async fn a_policy_of_32_kib_is_read_to_its_end() {
    let filler = |n: usize| {
        json!({
            "Sid": format!("Filler{n}"), "Effect": "Allow", "Action": "kms:DescribeKey", "Resource": "*",
            "Principal": { "AWS": format!("arn:aws:iam::999999999999:role/{}", "r".repeat(64)) },
        })
    };
    let mut statements: Vec<_> = (0..180).map(filler).collect();
    assert!(json!(statements).to_string().len() > 32 * 1024);
    let line = format!("share --snapshot {} --with {DR}", instance("orders"));
    let fleet = |statements: &[_]| Fleet::new().instance(PROD, under(PROD, "cmk")).policy(PROD, statements);
    check(fleet(&statements), &line).await.expect("shut", "blocked; SHARE-08 error with");
    statements.push(admit(DR));
    check(fleet(&statements), &line).await.expect("admitted", "allowed; ok SHARE-08");
}

#[tokio::test]
async fn a_policy_that_cannot_be_understood_is_neither_yes_nor_no() {
    let line = format!("share --snapshot {} --with {DR}", instance("orders"));
    for policy in ["{ not JSON", "", "[]", "\"\"", "{\"Statement\": 7}"] {
        let cloud = Arc::new(Fleet::new().instance(PROD, under(PROD, "cmk")).cloud());
        let answering = Arc::clone(&cloud);
        let wire: Wire = Arc::new(move |request| {
            let cloud = Arc::clone(&answering);
            Box::pin(async move {
                let asks_policy =
                    request.headers().get("x-amz-target").is_some_and(|to| to == "TrentService.GetKeyPolicy");
                let mut answer = cloud.answer(request).await;
                if asks_policy {
                    *answer.body_mut() =
                        json!({ "Policy": policy, "PolicyName": "default" }).to_string().into();
                }
                answer
            })
        });
        let verdict = check_over(wire, cloud, &line).await;
        verdict.expect(policy, "warned; SHARE-07 warning with ~ cannot be read");
    }
}

#[tokio::test]
async fn what_aws_denies_is_missing_and_is_never_a_yes() {
    let denied = |operation: &str| {
        let fault = json!({ "Operation": operation, "Code": "AccessDenied", "Message": "no", "Status": 403 });
        Fleet::new()
            .instance(PROD, under(PROD, "cmk"))
            .policy(PROD, &[admit(DR)])
            .put(PROD, HOME, "Faults", fault)
    };
    let line = format!("share --snapshot {} --with {DR}", instance("orders"));
    for (operation, permission) in [
        ("GetKeyPolicy", "kms:GetKeyPolicy"),
        ("DescribeDBSnapshotAttributes", "rds:DescribeDBSnapshotAttributes"),
        ("DescribeDBSnapshots", "rds:DescribeDBSnapshots"),
    ] {
        let verdict = check(denied(operation), &line).await;
        let missing = verdict.json["facts"]["missing"].to_string();
        assert!(
            missing.contains(&format!("{permission} in prod 111111111111 us-east-1: AccessDenied")),
            "{missing}"
        );
        assert_eq!(verdict.json["verdict"], "warned", "{:#}", verdict.json);
    }
}
