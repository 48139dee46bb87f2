//! The judge: what each statement means for the account 222, and what no change may do.

use proptest::prelude::*;

use super::*;
use crate::domain::{Fault, FaultClass, KeyArn};

const FULL: &str = r#"["kms:CreateGrant","kms:DescribeKey","kms:Decrypt","kms:Encrypt","kms:ReEncrypt*","kms:GenerateDataKey*"]"#;

fn key() -> KeyFacts {
    let arn: KeyArn = "arn:aws:kms:us-east-1:111111111111:key/cmk".parse().expect("an ARN");
    KeyFacts {
        arn,
        manager: KeyManager::Customer,
        state: KeyState::Enabled,
        spec: "SYMMETRIC_DEFAULT".into(),
        usage: "ENCRYPT_DECRYPT".into(),
        origin: "AWS_KMS".into(),
        valid_to: None,
        replicas: vec![],
        aliases: vec![],
    }
}

fn policies(statements: &[String]) -> KeyPolicies {
    let text = format!(r#"{{"Statement":[{}]}}"#, statements.join(","));
    let default = Ok(Policy::parse(&text).expect("a policy"));
    KeyPolicies { default, aws_ram: None, grants: Ok(vec![]) }
}

/// A statement in short: effect, principal, actions, and what else it has.
fn say(effect: &str, principal: &str, actions: &str, more: &str) -> String {
    format!(r#"{{"Effect":"{effect}","Principal":{principal},"Action":{actions},"Resource":"*"{more}}}"#)
}

fn allow(more: &str) -> String {
    say("Allow", ROOT, FULL, more)
}

fn when(operator: &str, key: &str, values: &str) -> String {
    format!(r#","Condition":{{"{operator}":{{"{key}":{values}}}}}"#)
}

const ROOT: &str = r#"{"AWS":"arn:aws:iam::222222222222:root"}"#;
const ROLE: &str = r#"{"AWS":"arn:aws:iam::222222222222:role/Backup"}"#;

fn of(statements: &[String]) -> Access {
    judge(&policies(statements), &key(), "222222222222".parse().expect("an id"), Need::Snapshot)
}

/// The answer in short: `yes`, `only`, `incomplete`, `no`, `unknown`.
fn word(access: &Access) -> &'static str {
    match access {
        Access::Yes => "yes",
        Access::Only { .. } => "only",
        Access::Incomplete { .. } => "incomplete",
        Access::No { .. } => "no",
        Access::Unknown { .. } => "unknown",
    }
}

#[track_caller]
fn check(expected: &str, statements: &[String]) {
    assert_eq!(word(&of(statements)), expected, "{statements:#?}\n{:?}", of(statements));
}

#[test]
fn every_form_of_the_account_is_admitted_and_no_other_is() {
    for principal in [
        ROOT,
        r#"{"AWS":"222222222222"}"#,
        r#""*""#,
        r#"{"AWS":"*"}"#,
        r#"{"AWS":["111111111111","222222222222"]}"#,
    ] {
        check("yes", &[say("Allow", principal, FULL, "")]);
    }
    for principal in [
        r#"{"AWS":"arn:aws:iam::333333333333:root"}"#,
        r#"{"AWS":"arn:aws-cn:iam::222222222222:root"}"#,
        r#"{"Service":"rds.amazonaws.com"}"#,
        r#"{"AWS":"AROADBQP57FF2AEXAMPLE"}"#,
    ] {
        check("no", &[say("Allow", principal, FULL, "")]);
    }
    check("only", &[say("Allow", ROLE, FULL, "")]);
}

#[test]
fn actions_have_wildcards_and_no_case() {
    for actions in [r#""*""#, r#""kms:*""#, r#""KMS:*""#, r#"["kms:[x]","kms:?*"]"#] {
        check("yes", &[say("Allow", ROOT, actions, "")]);
    }
    check("no", &[say("Allow", ROOT, r#""s3:*""#, "")]);
    check("incomplete", &[say("Allow", ROOT, r#"["kms:creategrant","kms:describekey"]"#, "")]);
    let all_but_delete =
        allow("").replace("\"Action\"", "\"NotAction\"").replace(FULL, r#""kms:ScheduleKeyDeletion""#);
    check("yes", &[all_but_delete]);
    check("no", &[allow("").replace("\"Action\"", "\"NotAction\"")]);
}

#[test]
fn create_grant_decides_and_the_rest_is_graded() {
    let without = FULL.replace(r#""kms:CreateGrant","#, "");
    let Access::No { why } = of(&[say("Allow", ROOT, &without, "")]) else { panic!("it is no") };
    assert_eq!(why, Refusal::Lacks(vec!["CreateGrant"]));
    let grants = when("Bool", "kms:GrantIsForAWSResource", r#""true""#);
    check("yes", &[say("Allow", ROOT, &without, ""), say("Allow", ROOT, r#""kms:CreateGrant""#, &grants)]);
    // On anything but grants such a statement allows nothing.
    check("incomplete", &[allow(&grants)]);
    let access = of(&[say("Allow", ROOT, &FULL.replace("kms:ReEncrypt*", "kms:ReEncryptFrom"), "")]);
    assert_eq!(access, Access::Incomplete { missing: vec!["ReEncryptTo"], alone: vec![] });
}

#[test]
fn a_statement_without_a_resource_or_for_another_key_is_ineffective() {
    check("no", &[allow("").replace(r#","Resource":"*""#, "")]);
    check(
        "no",
        &[allow("")
            .replace(r#""Resource":"*""#, r#""Resource":"arn:aws:kms:us-east-1:111111111111:key/other""#)],
    );
    check(
        "yes",
        &[allow("").replace(r#""Resource":"*""#, r#""Resource":"arn:aws:kms:*:111111111111:key/*""#)],
    );
}

#[test]
fn a_deny_wins_and_names_its_statement() {
    let deny = say(
        "Deny",
        r#""*""#,
        r#""kms:*""#,
        &when("StringNotEquals", "aws:PrincipalAccount", r#""111111111111""#),
    );
    let Access::No { why } = of(&[allow(""), deny.replace(r#"{"Effect""#, r#"{"Sid":"OnlyUs","Effect""#)])
    else {
        panic!("it is no")
    };
    assert_eq!(why.to_string(), "the statement OnlyUs denies kms:CreateGrant");
    check("yes", &[allow(""), deny.replace("111111111111", "222222222222")]);
    check(
        "unknown",
        &[
            allow(""),
            say("Deny", r#""*""#, r#""kms:*""#, &when("IpAddress", "aws:SourceIp", r#""10.0.0.0/8""#)),
        ],
    );
    check("unknown", &[allow(""), say("Deny", ROLE, r#""kms:*""#, "")]);
    let all_but = say("Deny", ROOT, r#""kms:*""#, "").replace("\"Principal\"", "\"NotPrincipal\"");
    check("unknown", &[allow(""), all_but.clone()]);
    check("no", &[allow(""), all_but.replace("222222222222", "111111111111")]);
}

#[test]
fn conditions_are_decided_where_their_value_is_known() {
    let rds = r#""rds.us-east-1.amazonaws.com""#;
    for (expected, operator, key, values) in [
        ("yes", "StringEquals", "kms:CallerAccount", r#"["333333333333","222222222222"]"#),
        ("no", "StringEquals", "kms:CallerAccount", r#""333333333333""#),
        ("yes", "StringEquals", "kms:ViaService", rds),
        ("yes", "StringLike", "KMS:viaservice", r#""rds.*.amazonaws.com""#),
        ("no", "StringEquals", "kms:ViaService", r#""rds.*.amazonaws.com""#),
        ("no", "StringEquals", "kms:ViaService", r#""ec2.us-east-1.amazonaws.com""#),
        ("no", "StringEquals", "kms:ViaService", r#""rds.eu-west-1.amazonaws.com""#),
        ("no", "StringNotEquals", "kms:ViaService", rds),
        ("yes", "ForAnyValue:StringEqualsIgnoreCase", "kms:ViaService", r#""RDS.us-east-1.amazonaws.com""#),
        ("unknown", "StringEquals", "aws:PrincipalOrgID", r#""o-1""#),
        ("unknown", "StringEquals", "aws:SourceVpce", r#""vpce-1""#),
        ("unknown", "StringEqualsIfExists", "aws:SourceVpce", r#""vpce-1""#),
        ("unknown", "StringEquals", "kms:EncryptionContext:aws:rds:db-id", r#""db-1""#),
        ("unknown", "StringEquals", "aws:PrincipalAccount", r#""${aws:ResourceAccount}""#),
        ("unknown", "NumericEquals", "aws:PrincipalAccount", r#""222222222222""#),
        ("yes", "BoolIfExists", "kms:GrantIsForAWSResource", "true"),
        ("no", "Bool", "kms:GrantIsForAWSResource", "false"),
        (
            "yes",
            "ForAllValues:StringEquals",
            "kms:GrantOperations",
            r#"["CreateGrant","DescribeKey","Decrypt","Encrypt","ReEncryptFrom","ReEncryptTo","GenerateDataKey","GenerateDataKeyWithoutPlaintext","RetireGrant"]"#,
        ),
        ("unknown", "ForAllValues:StringEquals", "kms:GrantOperations", r#"["Decrypt"]"#),
        ("only", "ArnLike", "aws:PrincipalArn", r#""arn:aws:iam::222222222222:role/Back*""#),
        ("yes", "ArnLike", "aws:PrincipalArn", r#""arn:aws:iam::222222222222:*""#),
        ("no", "ArnEquals", "aws:PrincipalArn", r#""arn:aws:iam::333333333333:role/Backup""#),
        ("unknown", "ArnNotLike", "aws:PrincipalArn", r#""arn:aws:iam::222222222222:role/Backup""#),
    ] {
        let access = of(&[allow(&when(operator, key, values))]);
        assert_eq!(word(&access), expected, "{operator} {key} {values}: {access:?}");
    }
    let backup = when("ArnEquals", "aws:PrincipalArn", r#""arn:aws:iam::222222222222:role/Other""#);
    check("no", &[say("Allow", ROLE, FULL, &backup)]);
}

#[test]
fn roles_that_share_the_work_do_not_add_up() {
    let other = ROLE.replace("Backup", "Other");
    let without = FULL.replace(r#""kms:CreateGrant","#, "");
    check(
        "incomplete",
        &[say("Allow", ROLE, r#""kms:CreateGrant""#, ""), say("Allow", &other, &without, "")],
    );
}

#[test]
fn grants_admit_too_and_their_constraints_are_unknown() {
    let grant = |grantee: &str, constrained| Grant {
        id: "g-1".into(),
        grantee: grantee.into(),
        operations: Need::Snapshot.operations().iter().map(|operation| (*operation).into()).collect(),
        constrained,
    };
    let with = |grants| {
        let policies = KeyPolicies { grants, ..policies(&[]) };
        judge(&policies, &key(), "222222222222".parse().expect("an id"), Need::Snapshot)
    };
    assert_eq!(with(Ok(vec![grant("arn:aws:iam::222222222222:root", false)])), Access::Yes);
    assert_eq!(word(&with(Ok(vec![grant("arn:aws:iam::222222222222:role/Backup", false)]))), "only");
    assert_eq!(word(&with(Ok(vec![grant("arn:aws:iam::222222222222:root", true)]))), "unknown");
    assert_eq!(word(&with(Ok(vec![grant("rds.us-east-1.amazonaws.com", false)]))), "no");
    let fault = Fault {
        class: FaultClass::AccessDenied,
        code: None,
        message: "denied".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "ask".into(),
    };
    assert_eq!(with(Err(fault)), Access::Unknown { why: Doubt::Grants });
}

#[test]
fn default_keys_states_and_unreadable_policies_are_told_apart() {
    let account: AccountId = "222222222222".parse().expect("an id");
    let mut default = key();
    default.manager = KeyManager::Aws;
    let open = policies(&[allow("")]);
    assert_eq!(judge(&open, &default, account, Need::Snapshot), Access::No { why: Refusal::AwsManaged });
    let owner = default.arn.account().expect("an owner");
    assert_eq!(judge(&open, &default, owner, Need::Snapshot), Access::Yes);
    let mut off = key();
    off.state = KeyState::Disabled;
    assert_eq!(word(&judge(&open, &off, account, Need::Snapshot)), "no");
    let broken = KeyPolicies { default: Policy::parse("{"), aws_ram: None, grants: Ok(vec![]) };
    assert_eq!(word(&judge(&broken, &key(), account, Need::Snapshot)), "unknown");
    let ram = KeyPolicies { aws_ram: Some(open.default.clone()), ..policies(&[]) };
    assert_eq!(judge(&ram, &key(), account, Need::Snapshot), Access::Unknown { why: Doubt::Ram });
    assert_eq!(
        judge(&policies(&[say("Allow", ROOT, r#""kms:CreateGrant""#, "")]), &key(), account, Need::Export),
        Access::Incomplete { missing: vec!["DescribeKey"], alone: vec![] }
    );
}

fn any_statement() -> impl Strategy<Value = String> {
    let effect = prop_oneof![3 => Just("Allow"), 1 => Just("Deny")];
    let principal = prop::sample::select(vec![
        ROOT.to_owned(),
        ROLE.to_owned(),
        ROLE.replace("Backup", "Other"),
        r#""*""#.to_owned(),
        r#"{"AWS":"111111111111"}"#.to_owned(),
    ]);
    let actions = prop::sample::select(vec![
        FULL.to_owned(),
        r#""kms:*""#.to_owned(),
        r#""kms:CreateGrant""#.to_owned(),
        FULL.replace(r#""kms:CreateGrant","#, ""),
        r#"["kms:Decrypt","kms:DescribeKey"]"#.to_owned(),
    ]);
    let more = prop::sample::select(vec![
        String::new(),
        String::new(),
        when("Bool", "kms:GrantIsForAWSResource", "true"),
        when("StringEquals", "aws:SourceVpce", r#""vpce-1""#),
        when("StringNotEquals", "aws:PrincipalAccount", r#""111111111111""#),
        when("ArnLike", "aws:PrincipalArn", r#""arn:aws:iam::222222222222:role/Backup""#),
        when("ArnNotLike", "aws:PrincipalArn", r#""arn:aws:iam::222222222222:role/Backup""#),
    ]);
    (effect, principal, actions, more, any::<bool>()).prop_map(
        |(effect, principal, actions, more, inverted)| {
            let statement = say(effect, &principal, &actions, &more);
            if inverted && principal != r#""*""# {
                statement.replace("\"Principal\"", "\"NotPrincipal\"")
            } else {
                statement
            }
        },
    )
}

/// How far a statement's answer is from no: a change that takes away must never raise a no to a yes.
fn is_yes(access: &Access) -> bool {
    match access {
        Access::Yes => true,
        Access::Only { .. } | Access::Incomplete { .. } | Access::No { .. } | Access::Unknown { .. } => false,
    }
}

proptest! {
    #[test]
    fn a_deny_more_never_makes_a_yes(
        statements in prop::collection::vec(any_statement(), 0..6), deny in any_statement(), at in any::<prop::sample::Index>()
    ) {
        let before = of(&statements);
        let deny = deny.replace(r#""Effect":"Allow""#, r#""Effect":"Deny""#);
        let mut more = statements;
        more.insert(at.index(more.len() + 1), deny);
        prop_assert!(is_yes(&before) || !is_yes(&of(&more)));
        prop_assert!(word(&before) != "no" || word(&of(&more)) == "no", "{:?} {:?}", before, of(&more));
    }

    #[test]
    fn an_allow_less_never_makes_a_yes(
        fewer in prop::collection::vec(any_statement(), 0..6), allow in any_statement(), at in any::<prop::sample::Index>()
    ) {
        let allow = allow.replace(r#""Effect":"Deny""#, r#""Effect":"Allow""#);
        let mut statements = fewer.clone();
        statements.insert(at.index(fewer.len() + 1), allow);
        let before = of(&statements);
        prop_assert!(is_yes(&before) || !is_yes(&of(&fewer)));
        prop_assert!(word(&before) != "no" || word(&of(&fewer)) == "no", "{:?} {:?}", before, of(&fewer));
    }

    #[test]
    fn judging_twice_gives_the_same(statements in prop::collection::vec(any_statement(), 0..6)) {
        prop_assert_eq!(of(&statements), of(&statements));
    }
}
