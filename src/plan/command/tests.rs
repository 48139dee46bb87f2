//! Calls as commands: spelled as the AWS CLI spells them, and read by it as they were meant.

use super::*;
use crate::domain::fixture::scope;

fn call(operation: Operation, parameters: Vec<(&'static str, Argument)>) -> String {
    command(&Call { scope: scope(), operation, parameters }, &Shell::default())
}

fn text(text: &str) -> Argument {
    Argument::Text(text.to_owned())
}

#[test]
fn names_are_spelled_as_the_cli_spells_them() {
    let operations = [
        "copy-db-snapshot",
        "copy-db-cluster-snapshot",
        "modify-db-snapshot-attribute",
        "modify-db-cluster-snapshot-attribute",
        "restore-db-instance-from-db-snapshot",
        "restore-db-cluster-from-snapshot",
        "start-export-task",
        "delete-db-snapshot",
        "delete-db-cluster-snapshot",
        "create-db-snapshot",
        "create-db-cluster-snapshot",
        "delete-db-instance",
        "delete-db-cluster",
        "put-key-policy",
        "create-grant",
        "revoke-grant",
    ];
    assert_eq!(Operation::ALL.map(|operation| kebab(operation.name())), operations);
    for (name, spelled) in [
        ("SourceDBSnapshotIdentifier", "source-db-snapshot-identifier"),
        ("TargetDBClusterSnapshotIdentifier", "target-db-cluster-snapshot-identifier"),
        ("DBSnapshotIdentifier", "db-snapshot-identifier"),
        ("SnapshotIdentifier", "snapshot-identifier"),
        ("KmsKeyId", "kms-key-id"),
        ("CopyTags", "copy-tags"),
        ("OptionGroupName", "option-group-name"),
        ("AttributeName", "attribute-name"),
        ("ValuesToAdd", "values-to-add"),
        ("ValuesToRemove", "values-to-remove"),
        ("DBInstanceClass", "db-instance-class"),
        ("DBSubnetGroupName", "db-subnet-group-name"),
        ("DBClusterParameterGroupName", "db-cluster-parameter-group-name"),
        ("DBClusterInstanceClass", "db-cluster-instance-class"),
        ("MultiAZ", "multi-az"),
        ("PubliclyAccessible", "publicly-accessible"),
        ("VpcSecurityGroupIds", "vpc-security-group-ids"),
        ("StorageType", "storage-type"),
        ("Iops", "iops"),
        ("Port", "port"),
        ("EngineVersion", "engine-version"),
        ("ExportTaskIdentifier", "export-task-identifier"),
        ("SourceArn", "source-arn"),
        ("S3BucketName", "s3-bucket-name"),
        ("S3Prefix", "s3-prefix"),
        ("IamRoleArn", "iam-role-arn"),
        ("ExportOnly", "export-only"),
        ("GranteePrincipal", "grantee-principal"),
        ("PolicyName", "policy-name"),
        ("GrantId", "grant-id"),
        ("SkipFinalSnapshot", "skip-final-snapshot"),
        ("FinalDBSnapshotIdentifier", "final-db-snapshot-identifier"),
    ] {
        assert_eq!(kebab(name), spelled);
    }
}

#[test]
fn every_kind_of_argument_has_its_form() {
    assert_eq!(
        call(
            Operation::RestoreDBInstanceFromDBSnapshot,
            vec![
                ("DBInstanceIdentifier", text("it's")),
                ("Port", Argument::Number(5432)),
                ("MultiAZ", Argument::Flag(true)),
                ("PubliclyAccessible", Argument::Flag(false)),
                ("VpcSecurityGroupIds", Argument::List(vec!["sg-1".into(), "sg 2".into()])),
            ],
        ),
        r"aws rds restore-db-instance-from-db-snapshot --db-instance-identifier 'it'\''s' --port 5432 --multi-az --no-publicly-accessible --vpc-security-group-ids sg-1 'sg 2' --region us-east-1"
    );
}

#[test]
fn what_the_cli_would_read_in_its_own_way_goes_in_as_json() {
    let command = |argument| call(Operation::StartExportTask, vec![("ExportOnly", argument)]);
    for (list, expected) in [
        (vec!["a", "-b"], r#"'["a","-b"]'"#),
        (vec!["[a"], r#"'["[a"]'"#),
        (vec!["file://x"], r#"'["file://x"]'"#),
        (vec![""], r#"'[""]'"#),
        (vec!["a,b"], "a,b"),
    ] {
        let list = Argument::List(list.into_iter().map(str::to_owned).collect());
        assert_eq!(
            command(list),
            format!("aws rds start-export-task --export-only {expected} --region us-east-1")
        );
    }
    assert_eq!(command(text("-x")), "aws rds start-export-task --export-only=-x --region us-east-1");
    assert_eq!(
        command(text("file:///etc/passwd")),
        r#"aws rds start-export-task --cli-input-json '{"ExportOnly":"file:///etc/passwd"}' --region us-east-1"#
    );
}

#[test]
fn tags_are_short_where_the_shorthand_reads_them_right() {
    let tags = |tags: &[(&str, &str)]| {
        let tags = tags.iter().map(|(key, value)| Tag { key: (*key).into(), value: (*value).into() });
        let command = call(Operation::CopyDBSnapshot, vec![("Tags", Argument::Tags(tags.collect()))]);
        command.trim_start_matches("aws rds copy-db-snapshot --tags ").replace(" --region us-east-1", "")
    };
    assert_eq!(tags(&[("env", "prod"), ("team", "a/b")]), "Key=env,Value=prod Key=team,Value=a/b");
    assert_eq!(tags(&[("env", "")]), r#"'[{"Key":"env","Value":""}]'"#);
    assert_eq!(tags(&[("a b", "x,\u{202e}'")]), r#"'[{"Key":"a b","Value":"x,\u202e'\''"}]'"#);
}

#[test]
fn who_calls_is_said_by_a_profile_or_by_a_line_before() {
    let (request, facts) = crate::rules::testing::cleared("copy cmk to-account=222 name=x kms-key=alias/dba");
    let plan = crate::plan::compile(&request, &facts);
    let dr = "222222222222".parse().expect("an id");
    let shell = Shell {
        profiles: [(dr, "dr one".to_owned())].into(),
        endpoint: Some("http://127.0.0.1:4000".to_owned()),
    };
    let all = commands(&plan, &shell);
    assert_eq!(all.len(), 3);
    assert!(all[0].starts_with("# as account 111111111111:\naws kms put-key-policy --key-id "), "{}", all[0]);
    assert!(
        all[2].starts_with("aws rds copy-db-snapshot ")
            && all[2]
                .ends_with(" --region us-east-1 --profile 'dr one' --endpoint-url http://127.0.0.1:4000"),
        "{}",
        all[2]
    );
}

#[test]
fn a_grant_is_revoked_by_the_id_that_its_name_leads_to() {
    let revoke = call(
        Operation::RevokeGrant,
        vec![("KeyId", text("k")), ("GrantId", Argument::GrantNamed("snapdeck-222222222222".into()))],
    );
    assert_eq!(
        revoke,
        r#"aws kms revoke-grant --key-id k --grant-id "$(aws kms list-grants --key-id k --query 'Grants[?Name=='\''snapdeck-222222222222'\''].GrantId | [0]' --output text --region us-east-1)" --region us-east-1"#
    );
}

#[test]
fn only_in_govcloud_a_copy_across_regions_has_its_url_signed() {
    let signed = |line: &str| {
        let (request, facts) = crate::rules::testing::cleared(line);
        commands(&crate::plan::compile(&request, &facts), &Shell::default()).join("\n")
    };
    let gov = signed("copy cmk usgw1->usge1 kms-key=alias/dba name=x");
    assert!(gov.contains(" --source-region us-gov-west-1 --region us-gov-east-1"), "{gov}");
    assert!(!signed("copy cmk use1->euw1 kms-key=alias/dba name=x").contains("--source-region"));
}
