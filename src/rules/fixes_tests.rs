//! What is offered really helps: over random lines of every action, no input makes a rule panic, each edit that
//! is offered for an error clears that error, and edits do not chase one another.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::testing::{judge, read};
use crate::domain::is_hidden;

use super::{Finding, Severity};

const SNAPSHOTS: [&str; 33] = [
    "snap:a\u{202e}b",
    "og:x\u{202e}",
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

const SHARES: [&str; 19] = [
    "with=\u{202e}1",
    "visibility=\u{7}",
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

const COPIES: [&str; 40] = [
    "name=a\u{202e}b",
    "option-group=\u{1b}[2J",
    "tag=\u{202e}=\u{200b}",
    "to-account=\u{200b}",
    "to-region=\u{202e}",
    "name=orders",
    "name=my_copy",
    "to-account=222",
    "to-account=333",
    "to-account=999",
    "to-account=2222-2222-2222",
    "to-region=euw1",
    "to-region=usw2",
    "to-region=ape1",
    "to-region=usgw1",
    "to-region=mars",
    "kms-key=alias/dba",
    "kms-key=cmk@222:use1",
    "kms-key=aws/rds@222:use1",
    "kms-key=alias/aws/rds",
    "kms-key=mrk@use1",
    "option-group=nowhere",
    "option-group=audit",
    "option-group=tde",
    "copy-tags=on",
    "tag=aws:x=y",
    "tag=env=prod",
    "first-copy=x",
    "first-copy=orders",
    "first-key=alias/dba",
    "first-key=alias/aws/rds",
    "first-key=cmk@euw1",
    "share-first=on",
    "key-access=policy",
    "+og:audit@euw1",
    "+og:tde@euw1",
    "+policy:denied:222",
    "+policy:role:222",
    "+copying:20",
    "+quota:100/100",
];

const ENCRYPTIONS: [&str; 11] = [
    "kms-key=\u{9b}2J",
    "kms-key=arn:aws:kms:\u{202e}:111111111111:key/x",
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

const RESTORES: [&str; 36] = [
    "db=a\u{202e}b",
    "to-account=\u{200b}",
    "to-region=\u{202e}",
    "option-group=\u{1b}[2J",
    "parameter-group=\u{85}",
    "subnet-group=\u{feff}",
    "port=\u{202e}",
    "storage-type=\u{202e}",
    "engine-version=\u{202e}",
    "class=db.m1.\u{202e}",
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

const EXPORTS: [&str; 17] = [
    "bucket=s3://\u{202e}",
    "role=\u{202e}",
    "only=\u{202e}",
    "prefix=\u{202e}:",
    "bucket-region=\u{202e}",
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
        of("copy", [&COPIES[..], &ENCRYPTIONS[..2]].concat()),
        of("restore", [&RESTORES[..], &ENCRYPTIONS[..]].concat()),
        of("export", [&EXPORTS[..], &ENCRYPTIONS[1..]].concat()),
        of("delete", vec![]),
    ]
}

#[test]
fn a_fact_that_could_not_be_learned_is_never_a_silent_yes() {
    let export = "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba";
    let restore = "restore db=x subnet-group=data parameter-group=tuned option-group=plain";
    for (line, permission) in [
        ("share cmk with=222", "rds:DescribeDBSnapshots"),
        ("share cmk with=222", "rds:DescribeDBSnapshotAttributes"),
        ("share cmk with=222", "kms:DescribeKey"),
        ("share cmk with=222", "kms:GetKeyPolicy"),
        ("share oracle-ee og:plain with=222", "rds:DescribeOptionGroups"),
        ("encrypt none name=x kms-key=alias/dba", "kms:DescribeKey"),
        (restore, "rds:DescribeDBInstances"),
        (restore, "rds:DescribeDBSubnetGroups"),
        (restore, "rds:DescribeDBParameterGroups"),
        (restore, "rds:DescribeOptionGroups"),
        (restore, "rds:DescribeDBEngineVersions"),
        (export, "rds:DescribeExportTasks"),
        (export, "kms:DescribeKey"),
        ("copy cmk use1->euw1 kms-key=alias/dba", "rds:DescribeDBSnapshots"),
        ("copy cmk use1->euw1 kms-key=alias/dba", "kms:DescribeKey"),
        ("copy cmk to-account=222 kms-key=alias/dba", "rds:DescribeDBSnapshotAttributes"),
        ("copy cmk to-account=222 kms-key=alias/dba", "kms:GetKeyPolicy"),
        ("copy oracle-ee og:tde use1->euw1", "rds:DescribeOptionGroups"),
        ("copy none use1->euw1", "rds:DescribeAccountAttributes"),
        ("copy none use1->euw1", "rds:DescribeSourceRegions"),
        ("copy none use1->euw1", "rds:DescribeDBEngineVersions"),
        ("delete manual", "rds:DescribeDBSnapshotAttributes"),
        ("delete manual", "rds:DescribeExportTasks"),
        ("delete +of-database:1", "rds:DescribeDBInstances"),
    ] {
        let (draft, world) = read(&format!("{line} denied:{permission}"));
        let review = judge(&draft, &world);
        let says = |finding: &Finding| {
            finding.severity == Severity::Warning && finding.message.contains(&format!(" {permission} "))
        };
        assert!(review.findings.iter().any(says), "{line}: {permission}: {:#?}", review.findings);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn an_edit_that_is_offered_clears_its_error_and_every_word_is_harmless(line in lines()) {
        let (draft, world) = read(&line);
        let before = judge(&draft, &world);
        for finding in &before.findings {
            let label = finding.fix.as_ref().map_or("", |fix| &fix.label);
            let words = format!("{}{label}", finding.message);
            prop_assert!(!words.chars().any(is_hidden), "{}: {:?}", finding.rule, words);
        }
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
