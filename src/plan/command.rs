//! A plan as commands of the AWS CLI, to be pasted into a shell or handed to somebody who may.
//!
//! The CLI's own readings of a value are kept out: one that begins like a file or an address goes in as JSON, as
//! does a list or a tag that its shorthand would read otherwise.

use std::collections::BTreeMap;

use crate::domain::{AccountId, Argument, Partition, Tag, write_json_text};

use super::shell::quoted;
use super::{Call, Plan};

/// How the AWS CLI gets to each account, and where AWS is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shell {
    /// The profile of each account that has one.
    pub profiles: BTreeMap<AccountId, String>,
    /// An endpoint for all services instead of AWS's own. Where `AWS_ENDPOINT_URL` names one it has to be here
    /// too: the AWS CLI 1 passes that over for RDS in us-east-1 and calls AWS itself.
    pub endpoint: Option<String>,
}

/// A command for each step, in order; a line before it names the account where no profile does.
pub fn commands(plan: &Plan, shell: &Shell) -> Vec<String> {
    let one = |call: &Call| match shell.profiles.get(&call.scope.account) {
        Some(_) => command(call, shell),
        None => format!("# as account {}:\n{}", call.scope.account, command(call, shell)),
    };
    plan.steps.iter().map(|step| one(&step.call)).collect()
}

/// The command that makes a call.
pub(super) fn command(call: &Call, shell: &Shell) -> String {
    let mut out = format!("aws {} {}", call.operation.service(), kebab(call.operation.name()));
    let (mut as_json, mut grant) = (vec![], None);
    for (name, argument) in &call.parameters {
        let option = format!("--{}", kebab(name));
        match argument {
            // The CLI would read such a text from a file or from the network.
            Argument::Text(text) if is_reference(text) => {
                as_json.push(format!("{}:{}", json(name), json(text)));
            }
            Argument::Text(text) => put(&mut out, &option, text),
            Argument::Flag(true) => put_word(&mut out, &option),
            Argument::Flag(false) => put_word(&mut out, &option.replacen("--", "--no-", 1)),
            Argument::Number(number) => put(&mut out, &option, &number.to_string()),
            Argument::List(texts) => put_list(&mut out, &option, texts),
            Argument::Tags(tags) => put_tags(&mut out, &option, tags),
            Argument::GrantNamed(name) => {
                out.extend([" ", &option, " \"$id\""]);
                grant = Some(grant_ids(call, name, shell));
            }
        }
    }
    if !as_json.is_empty() {
        put(&mut out, "--cli-input-json", &format!("{{{}}}", as_json.join(",")));
    }
    if let Some(region) = signed_for(call) {
        put(&mut out, "--source-region", region);
    }
    let out = out + &place(call, shell);
    match grant {
        // That there is none, or none any longer, is what was wanted.
        Some(ids) => format!("id=$({ids}); [ -z \"$id\" ] || {out}"),
        None => out,
    }
}

/// The options that say where a call is made and by whom.
pub(super) fn place(call: &Call, shell: &Shell) -> String {
    let mut out = String::new();
    put(&mut out, "--region", call.scope.region.name());
    out + &sign_in(call.scope.account, shell)
}

/// The options that say who calls.
pub(super) fn sign_in(account: AccountId, shell: &Shell) -> String {
    let mut out = String::new();
    if let Some(profile) = shell.profiles.get(&account) {
        put(&mut out, "--profile", profile);
    }
    if let Some(endpoint) = &shell.endpoint {
        put(&mut out, "--endpoint-url", endpoint);
    }
    out
}

/// The command that prints the ids of the grants of a name: nothing where there is none, and where there are several
/// what AWS takes for no id, since which of them is meant is not guessed.
fn grant_ids(call: &Call, grant: &str, shell: &Shell) -> String {
    let mut out = "aws kms list-grants".to_owned();
    put(&mut out, "--key-id", call.text("KeyId").unwrap_or_default());
    put(&mut out, "--query", &format!("Grants[?Name=='{grant}'].GrantId"));
    put(&mut out, "--output", "text");
    out + &place(call, shell)
}

/// The source region of a copy for which a URL has to be signed: in GovCloud only (COPY-25).
fn signed_for(call: &Call) -> Option<&str> {
    let region = call.copied_from()?.split(':').nth(3)?;
    let (to, partition) = (call.scope.region.name(), call.scope.region.partition());
    (partition == Partition::GovCloud && region != to).then_some(region)
}

fn put(out: &mut String, option: &str, value: &str) {
    // As a word of its own it would be taken for an option.
    let glue = if value.starts_with('-') { '=' } else { ' ' };
    out.push(' ');
    out.push_str(option);
    out.push(glue);
    out.push_str(&quoted(value));
}

fn put_word(out: &mut String, word: &str) {
    out.push(' ');
    out.push_str(&quoted(word));
}

fn put_list(out: &mut String, option: &str, texts: &[String]) {
    let is_plain = |text: &String| {
        !text.trim_start().starts_with(['-', '[', '{']) && !text.is_empty() && !is_reference(text)
    };
    if texts.iter().all(is_plain) {
        put_word(out, option);
        for text in texts {
            put_word(out, text);
        }
        return;
    }
    let texts: Vec<String> = texts.iter().map(|text| json(text)).collect();
    put(out, option, &format!("[{}]", texts.join(",")));
}

fn put_tags(out: &mut String, option: &str, tags: &[Tag]) {
    let plain = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/+".contains(&b))
    };
    if tags.iter().all(|tag| plain(tag.key.exact()) && plain(tag.value.exact())) {
        put_word(out, option);
        for tag in tags {
            put_word(out, &format!("Key={},Value={}", tag.key.exact(), tag.value.exact()));
        }
        return;
    }
    let one =
        |tag: &Tag| format!("{{\"Key\":{},\"Value\":{}}}", json(tag.key.exact()), json(tag.value.exact()));
    let all: Vec<String> = tags.iter().map(one).collect();
    put(out, option, &format!("[{}]", all.join(",")));
}

fn json(text: &str) -> String {
    let mut out = String::new();
    write_json_text(text, &mut out);
    out
}

fn is_reference(text: &str) -> bool {
    ["file://", "fileb://", "http://", "https://"].iter().any(|scheme| text.starts_with(scheme))
}

/// A name of the API as the AWS CLI spells it: `DBSnapshotIdentifier` is `db-snapshot-identifier`.
fn kebab(name: &str) -> String {
    let letters = name.as_bytes();
    let mut out = String::with_capacity(name.len() + 8);
    for (n, letter) in name.chars().enumerate() {
        let before = n.checked_sub(1).map(|n| letters[n]);
        let is_capital_after_capital = before.is_some_and(|b| b.is_ascii_uppercase());
        let next_is_small = letters.get(n + 1).is_some_and(u8::is_ascii_lowercase);
        if n > 0 && letter.is_ascii_uppercase() && (!is_capital_after_capital || next_is_small) {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::scope;
    use crate::plan::Operation;

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
            "cancel-key-deletion",
            "enable-key",
            "disable-key",
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
        let (request, facts) =
            crate::rules::testing::cleared("copy cmk to-account=222 name=x kms-key=alias/dba");
        let plan = crate::plan::compile(&request, &facts);
        let dr = "222222222222".parse().expect("an id");
        let shell = Shell {
            profiles: [(dr, "dr one".to_owned())].into(),
            endpoint: Some("http://127.0.0.1:4000".to_owned()),
        };
        let all = commands(&plan, &shell);
        assert_eq!(all.len(), 3);
        assert!(
            all[0].starts_with("# as account 111111111111:\naws kms put-key-policy --key-id "),
            "{}",
            all[0]
        );
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
            r#"id=$(aws kms list-grants --key-id k --query 'Grants[?Name=='\''snapdeck-222222222222'\''].GrantId' --output text --region us-east-1); [ -z "$id" ] || aws kms revoke-grant --key-id k --grant-id "$id" --region us-east-1"#
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
}
