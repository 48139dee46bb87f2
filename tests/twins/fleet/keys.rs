//! The keys of a place: two that always work for their owner, and some that not everybody may use.

use serde_json::{Value as Json, json};

use super::{Fleet, Place};
use crate::twins::dice::Dice;

const ALL: [&str; 6] = [
    "kms:CreateGrant",
    "kms:DescribeKey",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
];

/// The keys of a place. The first is the customer's own, the second the default one of RDS.
pub(crate) fn keys(dice: &mut Dice, fleet: &Fleet, place: Place<'_>) -> Vec<Json> {
    let mut keys = vec![
        json!({"KeyMetadata": {"KeyId": "own"}, "Aliases": ["alias/dba"]}),
        json!({"KeyMetadata": {"KeyId": "default"}, "Aliases": ["alias/aws/rds"]}),
    ];
    let others: Vec<&str> =
        fleet.accounts.iter().copied().filter(|account| *account != place.account).collect();
    for n in 0..2 + dice.below(3) {
        let other = *dice.pick(&others);
        let mut key = match dice.weigh(&[(16, "state"), (9, "kind"), (15, "set"), (60, "policy")]) {
            "state" => {
                let state = dice.weigh(&[
                    (5, "Disabled"),
                    (4, "PendingDeletion"),
                    (2, "PendingImport"),
                    (1, "Unavailable"),
                    (2, "Updating"),
                ]);
                json!({"KeyMetadata": {"KeyState": state}})
            }
            "kind" => dice
                .pick(&[
                    json!({"KeyMetadata": {"KeySpec": "RSA_2048"}}),
                    json!({"KeyMetadata": {"KeyUsage": "SIGN_VERIFY", "KeySpec": "ECC_NIST_P256"}}),
                    json!({"KeyMetadata": {"KeyUsage": "GENERATE_VERIFY_MAC", "KeySpec": "HMAC_256"}}),
                    json!({"KeyMetadata": {"Origin": "EXTERNAL", "ValidTo": "2025-01-01T00:00:00Z", "KeyState": "PendingImport"}}),
                    json!({"KeyMetadata": {"Origin": "EXTERNAL", "ValidTo": "2027-01-01T00:00:00Z"}}),
                ])
                .clone(),
            "set" => multi_region(fleet, place),
            _ => {
                let mut key = json!({"KeyMetadata": {}, "Policy": policy(dice, place, other)});
                if dice.percent(25) {
                    key["Grants"] = json!([grant(dice, place, other)]);
                }
                key
            }
        };
        if key["KeyMetadata"]["KeyId"].is_null() {
            key["KeyMetadata"]["KeyId"] = json!(format!("key-{n}"));
        }
        let id = key["KeyMetadata"]["KeyId"].as_str().expect("BUG: an id").to_owned();
        if !keys.iter().any(|known| known["KeyMetadata"]["KeyId"] == *id) {
            key["Aliases"] = json!([format!("alias/{id}")]);
            keys.push(key);
        }
    }
    keys
}

/// A key of a set: the same id in every region of its account, or in its own alone.
fn multi_region(fleet: &Fleet, place: Place<'_>) -> Json {
    let (first, second) = (fleet.regions[0], fleet.regions[1]);
    let arn = |region| Place { region, ..place }.key("mrk-1");
    let kind = if place.region == first { "PRIMARY" } else { "REPLICA" };
    json!({"KeyMetadata": {"KeyId": "mrk-1", "MultiRegion": true, "MultiRegionConfiguration": {
        "MultiRegionKeyType": kind, "PrimaryKey": {"Arn": arn(first), "Region": first},
        "ReplicaKeys": [{"Arn": arn(second), "Region": second}]}}})
}

/// A policy that says something about the other account.
fn policy(dice: &mut Dice, place: Place<'_>, other: &str) -> Json {
    let root = |account: &str| json!({"AWS": format!("arn:{}:iam::{account}:root", place.partition())});
    let role = |name: &str| json!({"AWS": format!("arn:{}:iam::{other}:role/{name}", place.partition())});
    let allow =
        |who: Json, what: Json| json!({"Effect": "Allow", "Principal": who, "Action": what, "Resource": "*"});
    let deny =
        |who: Json, what: Json| json!({"Effect": "Deny", "Principal": who, "Action": what, "Resource": "*"});
    let when = |mut statement: Json, condition: Json| {
        statement["Condition"] = condition;
        statement
    };
    let owner = allow(root(place.account), json!("kms:*"));
    let all = || json!(ALL);
    let mut statements = vec![owner];
    let via = |service: &str| json!({"StringEquals": {"kms:ViaService": format!("{service}.{}.amazonaws.com", place.region)}});
    match dice.below(26) {
        0..=3 => statements.push(allow(root(other), all())),
        4 => {
            statements.push(allow(root(other), json!(&ALL[1..])));
            statements.push(when(
                allow(root(other), json!(["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"])),
                json!({"Bool": {"kms:GrantIsForAWSResource": "true"}}),
            ));
        }
        5 => statements.push(allow(root(other), json!(&ALL[1..]))),
        6 => statements.push(allow(root(other), json!(["kms:CreateGrant", "kms:DescribeKey", "kms:Decrypt"]))),
        7 => statements.push(allow(role("Backup"), all())),
        8 => statements.push(allow(role("snapdeck"), all())),
        9 => {
            statements.push(allow(root(other), all()));
            statements.push(deny(root(other), json!("kms:Decrypt")));
        }
        10 => {
            statements.push(allow(json!("*"), json!("kms:*")));
            statements.push(when(
                deny(json!("*"), json!("kms:*")),
                json!({"StringNotEquals": {"aws:PrincipalAccount": place.account}}),
            ));
        }
        11 => statements.push(when(allow(root(other), all()), via("rds"))),
        12 => statements.push(when(allow(root(other), all()), via("ec2"))),
        13 => statements.push(when(allow(root(other), all()), json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}))),
        14 => statements.push(when(deny(json!("*"), json!("kms:*")), json!({"Bool": {"aws:MultiFactorAuthPresent": "false"}}))),
        15 => statements.push(allow(json!({"AWS": other}), all())),
        16 => statements.push(when(allow(json!("*"), all()), json!({"StringEquals": {"kms:CallerAccount": [other, place.account]}}))),
        17 => statements.push(json!({"Effect": "Allow", "Principal": root(other), "NotAction": "kms:ScheduleKeyDeletion", "Resource": "*"})),
        18 => statements.push(json!({"Effect": "Deny", "NotPrincipal": root(place.account), "Action": "kms:*", "Resource": "*"})),
        19 => statements = vec![allow(root(other), all())],
        20 => statements.push(json!({"Effect": "Allow", "Principal": root(other), "Action": ALL})),
        21 => statements.push(allow(root(other), json!(["KMS:createGrant", "kms:describe*", "kms:?ecrypt", "kms:encrypt", "kms:re*", "kms:GenerateDataKey*"]))),
        22 => statements.push(deny(root(place.account), json!("kms:CreateGrant"))),
        23 => statements.push(when(allow(root(other), all()), json!({"ArnLike": {"aws:PrincipalArn": format!("arn:*:iam::{other}:role/*")}}))),
        _ => {}
    }
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn grant(dice: &mut Dice, place: Place<'_>, other: &str) -> Json {
    let all = [
        "CreateGrant",
        "DescribeKey",
        "Decrypt",
        "Encrypt",
        "ReEncryptFrom",
        "ReEncryptTo",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
    ];
    let to = *dice.pick(&["root", "root", "role/snapdeck", "role/Backup"]);
    let operations = if dice.percent(75) { &all[..] } else { &all[1..] };
    let mut grant = json!({"GrantId": "g1", "Operations": operations,
        "GranteePrincipal": format!("arn:{}:iam::{other}:{to}", place.partition())});
    if dice.percent(20) {
        grant["Constraints"] = json!({"EncryptionContextSubset": {"aws:rds:db-id": "db-1"}});
    }
    grant
}
