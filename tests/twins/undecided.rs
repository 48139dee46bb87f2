//! Policies of which nobody can tell from outside whether they admit somebody: the rules say so, and neither block
//! nor let it pass in silence.

use serde_json::{Value as Json, json};
use snapdeck::domain::{Action, Draft, Field, Value};

use super::court::{Court, Ruling};

const US: &str = "111111111111";
const THEM: &str = "222222222222";

/// A fleet whose snapshot is under a key with these statements beside the owner's, and these grants.
fn fleet(statements: &Json, more: &Json) -> Json {
    let mut all = vec![allow(&format!("arn:aws:iam::{US}:root"))];
    all.extend(statements.as_array().expect("BUG: a list").iter().cloned());
    let mut key = json!({"KeyMetadata": {"KeyId": "k"}, "Policy": {"Statement": all}});
    for (name, value) in more.as_object().expect("BUG: an object") {
        key[name] = value.clone();
    }
    let own = json!([{"KeyMetadata": {"KeyId": "own"}, "Aliases": ["alias/dba"]}]);
    json!({"caller": US, "accounts": {
        US: {"name": "prod", "regions": {"us-east-1": {
            "DBSnapshots": [{"DBSnapshotIdentifier": "s", "EngineVersion": "8.0.43", "Encrypted": true,
                "KmsKeyId": format!("arn:aws:kms:us-east-1:{US}:key/k")}],
            "SnapshotAttributes": {format!("arn:aws:rds:us-east-1:{US}:snapshot:s"): [THEM]},
            "Keys": [key]}}},
        THEM: {"name": "dr", "regions": {"us-east-1": {"Keys": own}}}}})
}

fn allow(principal: &str) -> Json {
    json!({"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "kms:*", "Resource": "*"})
}

fn when(mut statement: Json, condition: &Json) -> Json {
    statement["Condition"] = condition.clone();
    statement
}

/// How a copy by an account is judged.
async fn ruling(fleet: &Json, by: &str) -> Ruling {
    let snapshot = format!("arn:aws:rds:us-east-1:{US}:snapshot:s").parse().expect("an ARN");
    let draft = Draft::new(Action::Copy, snapshot, US.parse().expect("an id"))
        .with(Field::Name, Value::Text("c".to_owned()))
        .with(Field::ToAccount, Value::Text(by.to_owned()))
        .with(Field::KmsKey, Value::Text(if by == US { "k" } else { "alias/dba" }.to_owned()));
    let hearing = Court::open(fleet).await.hear(&draft, fleet).await;
    assert_eq!(hearing.dispute, None, "{fleet}");
    hearing.ruling
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_told_is_neither_blocked_nor_passed_in_silence() {
    let them = format!("arn:aws:iam::{THEM}:root");
    let deny = |principal: Json| json!({"Effect": "Deny", "Principal": principal, "Action": "kms:*", "Resource": "*"});
    let none = json!({});
    for (statements, more) in [
        (json!([when(allow(&them), &json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}))]), &none),
        (json!([when(allow(&them), &json!({"StringEquals": {"aws:SourceVpce": "vpce-1"}}))]), &none),
        (json!([when(allow(&them), &json!({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}))]), &none),
        (
            json!([when(
                allow(&them),
                &json!({"DateLessThan": {"aws:CurrentTime": "2026-12-01T00:00:00Z"}})
            )]),
            &none,
        ),
        (
            json!([when(
                allow(&them),
                &json!({"StringEquals": {"kms:EncryptionContext:aws:rds:db-id": "db-1"}})
            )]),
            &none,
        ),
        (json!([when(allow(&them), &json!({"Mystery": {"kms:CallerAccount": THEM}}))]), &none),
        (
            json!([
                allow(&them),
                when(deny(json!("*")), &json!({"Bool": {"aws:MultiFactorAuthPresent": "false"}}))
            ]),
            &none,
        ),
        (json!([allow(&them), deny(json!({"AWS": format!("arn:aws:iam::{THEM}:role/Audit")}))]), &none),
        (json!([allow(&format!("arn:aws:iam::{THEM}:role/Backup"))]), &none),
        (json!([allow(&format!("arn:aws:iam::{THEM}:role/snapdeck"))]), &none),
        (
            json!([]),
            &json!({"Grants": [{"GrantId": "g", "GranteePrincipal": them, "Operations": ["CreateGrant"],
                "Constraints": {"EncryptionContextSubset": {"a": "b"}}}]}),
        ),
        (json!([]), &json!({"PolicyAwsRam": {"Statement": [allow(&them)]}})),
    ] {
        let fleet = fleet(&statements, more);
        assert_eq!(ruling(&fleet, THEM).await, Ruling::Doubted, "{statements} {more}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_of_ones_own_is_no_matter_of_course() {
    let mfa = json!({"Bool": {"aws:MultiFactorAuthPresent": "false"}});
    let nobody = json!({"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"});
    let doubtful = fleet(&json!([when(nobody.clone(), &mfa)]), &json!({}));
    assert_eq!(ruling(&doubtful, US).await, Ruling::Doubted);
    assert_eq!(ruling(&fleet(&json!([nobody]), &json!({})), US).await, Ruling::Blocked(vec!["KMS-06"]));
    let left_out = json!({"Policy": {"Statement": [allow(&format!("arn:aws:iam::{THEM}:root"))]}});
    assert_eq!(ruling(&fleet(&json!([]), &left_out), US).await, Ruling::Blocked(vec!["KMS-07"]));
    assert_eq!(ruling(&fleet(&json!([]), &json!({})), US).await, Ruling::Cleared);
}
