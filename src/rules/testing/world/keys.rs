//! The keys of the small world: the same set in every account and region.

use crate::domain::{AccountId, KeyArn, KeyFacts, KeyManager, KeyState, Region, Scope};

use super::region;

/// Name in the language, key id, alias. The useless ones come first, so that a rule that offers the first is caught.
const KEYS: [(&str, &str, &str); 12] = [
    ("aws/rds", "aws-rds", "alias/aws/rds"),
    ("disabled", "disabled", "alias/off"),
    ("pending", "pending", "alias/going"),
    ("asymmetric", "asymmetric", "alias/sign"),
    ("hmac", "hmac", "alias/hmac"),
    ("importing", "importing", "alias/importing"),
    ("cmk", "cmk", "alias/dba"),
    ("cmk2", "cmk2", "alias/team"),
    ("mrk", "mrk-1", "alias/multi"),
    ("external", "external", "alias/imported"),
    ("store", "store", "alias/store"),
    ("updating", "updating", "alias/updating"),
];

pub(super) fn is_key(word: &str) -> bool {
    let name = word.split_once('@').map_or(word, |(name, _)| name);
    KEYS.iter().any(|(key, ..)| *key == name)
}

pub(super) fn arn(name: &str, owner: AccountId, region: &Region) -> KeyArn {
    let id = id(name);
    let arn = format!("arn:{}:kms:{region}:{owner}:key/{id}", region.partition());
    arn.parse().expect("BUG: the ARN of a key")
}

/// The id of a key by its name in the language.
pub(super) fn id(name: &str) -> &str {
    KEYS.iter().find(|(key, ..)| *key == name).map_or(name, |(_, id, _)| id)
}

/// A key by any of its names, as DescribeKey in a scope finds it.
pub(super) fn described(scope: &Scope, name: &str) -> Option<KeyFacts> {
    let (owner, at, resource) = match name.splitn(6, ':').collect::<Vec<_>>()[..] {
        ["arn", _, "kms", at, owner, resource] => (owner.parse().ok()?, Region::new(at), resource),
        _ => (scope.account, scope.region.clone(), name),
    };
    if at != scope.region {
        return None;
    }
    let wanted = resource.strip_prefix("key/").unwrap_or(resource);
    let (name, ..) = KEYS.iter().find(|(_, id, alias)| *id == wanted || *alias == wanted)?;
    exists(name, &at).then(|| key(name, owner, &at, owner == scope.account))
}

/// The customer keys of a scope, so many more before them.
pub(super) fn all(scope: &Scope, more: usize) -> Vec<KeyFacts> {
    let more = (1..=more).map(|n| {
        let key = key("cmk", scope.account, &scope.region, true);
        let arn = arn(&format!("more-{n}"), scope.account, &scope.region);
        KeyFacts { arn, aliases: vec![format!("alias/more-{n}").into()], ..key }
    });
    let names = KEYS.iter().map(|(name, ..)| *name).filter(|name| *name != "aws/rds");
    let names = names.filter(|name| exists(name, &scope.region));
    more.chain(names.map(|name| key(name, scope.account, &scope.region, true))).collect()
}

fn exists(name: &str, at: &Region) -> bool {
    name != "mrk" || ["use1", "euw1"].iter().any(|place| region(place) == *at)
}

fn key(name: &str, owner: AccountId, at: &Region, is_own: bool) -> KeyFacts {
    let (_, _, alias) = KEYS.iter().find(|(key, ..)| *key == name).expect("BUG: a key of this world");
    let state = match name {
        "disabled" => KeyState::Disabled,
        "pending" => KeyState::PendingDeletion,
        "importing" => KeyState::Other("PendingImport".into()),
        "updating" => KeyState::Other("Updating".into()),
        _ => KeyState::Enabled,
    };
    let others = ["use1", "euw1"].map(region).into_iter().filter(|place| place != at);
    KeyFacts {
        arn: arn(name, owner, at),
        manager: if name == "aws/rds" { KeyManager::Aws } else { KeyManager::Customer },
        state,
        spec: match name {
            "asymmetric" => "RSA_2048",
            "hmac" => "HMAC_256",
            _ => "SYMMETRIC_DEFAULT",
        }
        .into(),
        usage: match name {
            "asymmetric" => "SIGN_VERIFY",
            "hmac" => "GENERATE_VERIFY_MAC",
            _ => "ENCRYPT_DECRYPT",
        }
        .into(),
        origin: match name {
            "external" | "importing" => "EXTERNAL",
            "store" => "AWS_CLOUDHSM",
            _ => "AWS_KMS",
        }
        .into(),
        // Four days after now: near enough to be worth a word.
        valid_to: (name == "external").then(|| jiff::Timestamp::constant(1_795_834_800, 0)),
        replicas: if name == "mrk" {
            others.map(|place| arn("mrk", owner, &place)).collect()
        } else {
            vec![]
        },
        aliases: if is_own { vec![(*alias).into()] } else { vec![] },
    }
}
