//! What is offered really helps: over random lines of every action, no input makes a rule panic, each edit that
//! is offered for an error clears that error, and edits do not chase one another.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::Severity;
use super::testing::{judge, read};

const SNAPSHOTS: [&str; 31] = [
    "clu",
    "maz",
    "docdb",
    "postgres",
    "oracle-ee",
    "sqlserver-ee",
    "automated",
    "awsbackup",
    "creating",
    "of:999",
    "of:222",
    "by:111",
    "aws/rds",
    "cmk",
    "disabled",
    "pending",
    "sse-rds",
    "unnamed",
    "cmk@222",
    "og:tde",
    "og:audit",
    "og:gone",
    "og:timezone",
    "tde",
    "storage:io2",
    "storage:standard",
    "mode:serverless",
    "v5.7.44",
    "+share:222",
    "+share:public,222",
    "+absent",
];

const WORLDS: [&str; 13] = [
    "+taken:orders",
    "+db:orders",
    "+cluster:orders",
    "+task:t:COMPLETE",
    "+policy:admits:222",
    "+no-version",
    "+deprecated",
    "+default:9.9",
    "+export-of-it",
    "+subnets:small:1",
    "+policy:broken",
    "denied:kms:DescribeKey",
    "denied:rds:DescribeDBInstances",
];

const SHARES: [&str; 17] = [
    "with=222",
    "with=111,222",
    "with=2222-2222-2222",
    "with=␣",
    "with=222,12",
    "remove=222",
    "remove=222,x",
    "visibility=public",
    "visibility=private",
    "visibility=odd",
    "first-copy=x",
    "first-key=alias/dba",
    "first-key=alias/off",
    "first-key=cmk@euw1",
    "first-key=alias/aws/rds",
    "key-access=policy",
    "key-access=x",
];

const ENCRYPTIONS: [&str; 9] = [
    "name=x",
    "kms-key=alias/dba",
    "kms-key=alias/off",
    "kms-key=alias/sign",
    "kms-key=cmk@euw1",
    "kms-key=mrk@euw1",
    "kms-key=arn:aws:kms:x",
    "kms-key=my␣key",
    "kms-key=alias/nobody",
];

const RESTORES: [&str; 26] = [
    "db=x",
    "db=my_db",
    "db=orders",
    "to-account=222",
    "to-account=12",
    "to-region=euw1",
    "to-region=mars",
    "to-region=usgw1",
    "class=db.r6g.large",
    "subnet-group=small",
    "subnet-group=nowhere",
    "security-group=sg-1",
    "parameter-group=nowhere",
    "parameter-group=default.mysql5.7",
    "option-group=nowhere",
    "option-group=audit",
    "engine-version=9.9",
    "storage-type=io1",
    "storage-type=odd",
    "port=80",
    "port=x",
    "multi-az=on",
    "public=on",
    "first-copy=y",
    "first-key=alias/dba",
    "share-first=on",
];

const EXPORTS: [&str; 12] = [
    "task=t",
    "bucket=b",
    "bucket=s3://b/x",
    "bucket-region=euw1",
    "prefix=rds:x",
    "prefix=a␣b",
    "role=x",
    "role=arn:aws:iam::111111111111:role/export",
    "only=a.b,c-d",
    "only=a.b.c",
    "kms-key=alias/dba",
    "kms-key=alias/aws/rds",
];

fn lines() -> impl Strategy<Value = String> {
    let of = |action: &'static str, fields: Vec<&'static str>| {
        let words =
            |words: Vec<&'static str>, most: usize| subsequence(words.clone(), 0..=most.min(words.len()));
        (words(SNAPSHOTS.to_vec(), 5), words(WORLDS.to_vec(), 4), words(fields, 7)).prop_map(
            move |(snapshot, world, fields)| {
                let words = [snapshot, world, fields].concat();
                format!("{action} {}", words.join(" "))
            },
        )
    };
    prop_oneof![
        of("share", SHARES.to_vec()),
        of("encrypt", ENCRYPTIONS.to_vec()),
        of("restore", [&RESTORES[..], &ENCRYPTIONS[1..]].concat()),
        of("export", [&EXPORTS[..], &ENCRYPTIONS[1..]].concat()),
        of("delete", vec![]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_edit_that_is_offered_clears_the_error_it_is_offered_for(line in lines()) {
        let (draft, world) = read(&line);
        let before = judge(&draft, &world);
        let errors = before.findings.iter().filter(|finding| finding.severity == Severity::Error);
        for finding in errors {
            let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) else { continue };
            let mut mended = draft.clone();
            fix.apply(&mut mended);
            let after = judge(&mended, &world);
            prop_assert!(
                !after.findings.iter().any(|other| other == finding),
                "`{}`: {} stays after \"{}\": {}", line, finding.rule, fix.label, finding.message
            );
        }
    }

    #[test]
    fn edits_that_are_taken_one_after_the_other_come_to_an_end(line in lines()) {
        let (mut draft, world) = read(&line);
        let mut taken = vec![];
        loop {
            let review = judge(&draft, &world);
            let errors = review.findings.iter().filter(|finding| finding.severity == Severity::Error);
            let mut fixes = errors.filter_map(|finding| Some((finding.rule, finding.fix.as_ref()?)));
            let Some((rule, fix)) = fixes.find(|(_, fix)| !fix.edits.is_empty()) else { break };
            taken.push(format!("{rule}: {}", fix.label));
            fix.apply(&mut draft);
            prop_assert!(taken.len() < 25, "`{}`: {:#?}", line, taken);
        }
    }
}
