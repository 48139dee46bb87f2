//! What a step stands on, as it is written down.

use super::node::{Node, member};
use super::{BadRecord, Shape, some, text};
use crate::domain::{Json, KeyArn, KeyState, Kind, Region, Scope};
use crate::plan::{Ground, Identity};

impl Shape for Ground {
    fn members(&self) -> Vec<(String, Json)> {
        let in_scope = |own: &Scope| {
            vec![member("account", text(&own.account.to_string())), member("region", text(own.region.name()))]
        };
        match self {
            Self::Snapshot { seen_by, arn, is } => {
                let mut all = in_scope(seen_by);
                all.push(member("snapshot", text(&arn.exact())));
                all.extend(identity(is));
                all
            }
            Self::FreeSnapshot(arn) => vec![member("free", text(&arn.exact()))],
            Self::FreeDatabase(scope, kind, name) => {
                let mut all = in_scope(scope);
                all.extend([member("free-database", text(name)), member("kind", text(kind_name(*kind)))]);
                all
            }
            Self::OwnDatabase { seen_by, kind, name, stamp } => {
                let mut all = in_scope(seen_by);
                all.extend([member("own-database", text(name)), member("kind", text(kind_name(*kind)))]);
                all.extend(some("stamp", stamp.as_deref().map(text)));
                all
            }
            Self::Key(scope, key) => {
                let mut all = in_scope(scope);
                all.push(member("key", text(key.exact())));
                all
            }
            Self::KeyWas(scope, key, was) => {
                let mut all = in_scope(scope);
                all.extend([member("key", text(key.exact())), member("was", text(was.exact()))]);
                all
            }
            Self::Policy(key, policy) => {
                vec![member("policy-of", text(key.exact())), member("policy", text(policy))]
            }
        }
    }

    fn read(node: &Node<'_>, besides: &[&str]) -> Result<Self, BadRecord> {
        let only = |own: &[&str]| node.only(&[own, besides].concat());
        let scope = || {
            Ok(Scope {
                account: node.get("account")?.parse("an account id")?,
                region: Region::new(node.get("region")?.text()?),
            })
        };
        if let Some(snapshot) = node.maybe("snapshot") {
            only(&["account", "region", "snapshot", "is", "created", "under", "from", "to", "stamp"])?;
            let arn = snapshot.parse("the ARN of a snapshot")?;
            return Ok(Self::Snapshot { seen_by: scope()?, arn, is: read_identity(node)? });
        }
        if let Some(free) = node.maybe("free") {
            only(&["free"])?;
            return Ok(Self::FreeSnapshot(free.parse("the ARN of a snapshot")?));
        }
        let kind =
            || node.get("kind")?.one_of(&[Kind::Instance, Kind::Cluster], kind_name, "instance or cluster");
        if let Some(name) = node.maybe("free-database") {
            only(&["account", "region", "free-database", "kind"])?;
            return Ok(Self::FreeDatabase(scope()?, kind()?, name.owned()?));
        }
        if let Some(name) = node.maybe("own-database") {
            only(&["account", "region", "own-database", "kind", "stamp"])?;
            let stamp = node.maybe("stamp").map(|stamp| stamp.owned()).transpose()?;
            return Ok(Self::OwnDatabase { seen_by: scope()?, kind: kind()?, name: name.owned()?, stamp });
        }
        if let Some(key) = node.maybe("key") {
            only(&["account", "region", "key", "was"])?;
            let arn = key.parse("the ARN of a key")?;
            return Ok(match node.maybe("was") {
                Some(was) => Self::KeyWas(scope()?, arn, KeyState::of(was.text()?)),
                None => Self::Key(scope()?, arn),
            });
        }
        only(&["policy-of", "policy"])?;
        Ok(Self::Policy(node.get("policy-of")?.parse("the ARN of a key")?, node.get("policy")?.owned()?))
    }
}

fn identity(is: &Identity) -> Vec<(String, Json)> {
    let name = |name| Some(member("is", text(name)));
    let all = match is {
        Identity::Made => vec![name("made")],
        Identity::Seen { created, key } => vec![
            name("seen"),
            some("created", created.map(|at| text(&at.to_string()))),
            some("under", key.as_ref().map(|key| text(key.exact()))),
        ],
        Identity::Stamped(stamp) => vec![name("stamped"), some("stamp", Some(text(stamp)))],
        Identity::MadeBetween(from, to) => vec![
            name("made-between"),
            some("from", Some(text(&from.to_string()))),
            some("to", Some(text(&to.to_string()))),
        ],
    };
    all.into_iter().flatten().collect()
}

fn read_identity(node: &Node<'_>) -> Result<Identity, BadRecord> {
    let is = node.get("is")?;
    Ok(match is.text()? {
        "made" => Identity::Made,
        "seen" => {
            let created = node.maybe("created").map(|at| at.parse("a time")).transpose()?;
            let key = node.maybe("under").map(|key| key.parse::<KeyArn>("the ARN of a key")).transpose()?;
            Identity::Seen { created, key }
        }
        "stamped" => Identity::Stamped(node.get("stamp")?.owned()?),
        "made-between" => {
            Identity::MadeBetween(node.get("from")?.parse("a time")?, node.get("to")?.parse("a time")?)
        }
        _ => return Err(is.wanted("a way to tell it that is known here")),
    })
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Instance => "instance",
        Kind::Cluster => "cluster",
    }
}
