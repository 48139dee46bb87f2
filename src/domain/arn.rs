//! ARNs of snapshots and keys, parsed once.
//!
//! `arn:PARTITION:rds:REGION:ACCOUNT:snapshot:NAME`, `...:cluster-snapshot:NAME` and
//! `arn:PARTITION:kms:REGION:ACCOUNT:key/ID`. The name of a snapshot may hold colons (`rds:orders`).

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use arcstr::ArcStr;

use super::{AccountId, Kind, Partition, Region, Shown};

/// A longer one in front of a name did not come from AWS.
const LONGEST_HEAD: usize = 200;

/// The ARN of an instance or cluster snapshot; it names its owner, region, kind and name.
///
/// A hundred thousand of them have few heads: see [`SnapshotArn::share_head`].
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SnapshotArn {
    head: Arc<Head>,
    name: ArcStr,
}

/// What stands in front of the name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    text: Box<str>,
    account: AccountId,
    kind: Kind,
}

/// A text that is not the ARN it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadArn {
    /// The text.
    pub text: Shown,
    /// What was expected, as a noun: "the ARN of a snapshot".
    pub wanted: &'static str,
}

impl SnapshotArn {
    /// Builds the ARN of a snapshot from its parts.
    pub fn new(region: &Region, account: AccountId, kind: Kind, name: &str) -> Self {
        let text = format!("arn:{}:rds:{region}:{account}:{}:", region.partition(), kind.resource());
        Self { head: Arc::new(Head { text: text.into(), account, kind }), name: name.into() }
    }

    /// The whole ARN.
    pub fn text(&self) -> Shown {
        Shown::from(self.exact())
    }

    /// The whole ARN to the letter.
    pub fn exact(&self) -> String {
        [&self.head.text, self.exact_name()].concat()
    }

    /// The snapshot's name, harmless.
    pub fn name(&self) -> Shown {
        Shown::new(ArcStr::clone(&self.name))
    }

    /// The snapshot's name to the letter, as AWS calls it.
    pub fn exact_name(&self) -> &str {
        &self.name
    }

    /// How an account calls it: what is its own by the name, what another one owns by the ARN (LIST-06, REST-02).
    pub fn called_by(&self, account: AccountId) -> String {
        if account == self.account() { self.exact_name().to_owned() } else { self.exact() }
    }

    /// The account that owns the snapshot.
    pub fn account(&self) -> AccountId {
        self.head.account
    }

    /// The region the snapshot lies in.
    pub fn region(&self) -> &str {
        self.head.text.split(':').nth(3).unwrap_or_default()
    }

    /// The partition, where it is one that is known.
    pub fn partition(&self) -> Option<Partition> {
        Partition::of_name(self.head.text.split(':').nth(1).unwrap_or_default())
    }

    /// Instance or cluster snapshot.
    pub fn kind(&self) -> Kind {
        self.head.kind
    }

    /// Keeps what stands in front of the name in the memory of another ARN, where it is the same.
    pub fn share_head(&mut self, other: &Self) {
        if self.head == other.head {
            self.head = Arc::clone(&other.head);
        }
    }
}

impl FromStr for SnapshotArn {
    type Err = BadArn;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text).ok_or_else(|| BadArn { text: text.into(), wanted: "the ARN of a snapshot" })
    }
}

impl SnapshotArn {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(7, ':');
        let ["arn", partition, "rds", region, account, resource, name] =
            std::array::from_fn(|_| parts.next().unwrap_or_default())
        else {
            return None;
        };
        let kind = Kind::of_resource(resource)?;
        let account = account.parse().ok()?;
        let head = text.strip_suffix(name)?;
        if partition.is_empty() || region.is_empty() || name.is_empty() || head.len() > LONGEST_HEAD {
            return None;
        }
        Some(Self { head: Arc::new(Head { text: head.into(), account, kind }), name: name.into() })
    }
}

impl Hash for Head {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for SnapshotArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl fmt::Debug for SnapshotArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The ARN of a KMS key (not of an alias); it names its owner and region.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyArn(Shown);

impl KeyArn {
    /// The whole ARN, harmless when displayed.
    pub fn text(&self) -> &Shown {
        &self.0
    }

    /// The whole ARN to the letter.
    pub fn exact(&self) -> &str {
        self.0.exact()
    }

    /// The account that owns the key.
    pub fn account(&self) -> Option<AccountId> {
        self.part(4).parse().ok()
    }

    /// The region the key lives in.
    pub fn region(&self) -> &str {
        self.part(3)
    }

    /// The key id, without `key/`.
    pub fn id(&self) -> &str {
        self.part(5).trim_start_matches("key/")
    }

    /// Whether the key is one of a multi-Region set (KMS-14: `mrk-`).
    pub fn is_multi_region(&self) -> bool {
        self.id().starts_with("mrk-")
    }

    fn part(&self, n: usize) -> &str {
        self.exact().splitn(6, ':').nth(n).unwrap_or_default()
    }
}

impl FromStr for KeyArn {
    type Err = BadArn;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Shown::from(text).try_into()
    }
}

impl TryFrom<Shown> for KeyArn {
    type Error = BadArn;

    fn try_from(text: Shown) -> Result<Self, Self::Error> {
        let parts: Vec<&str> = text.exact().splitn(6, ':').collect();
        match parts[..] {
            ["arn", partition, "kms", region, account, resource]
                if !partition.is_empty()
                    && !region.is_empty()
                    && account.parse::<AccountId>().is_ok()
                    && resource.strip_prefix("key/").is_some_and(|id| !id.is_empty()) =>
            {
                Ok(Self(text))
            }
            _ => Err(BadArn { text, wanted: "the ARN of a KMS key" }),
        }
    }
}

impl fmt::Display for KeyArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for KeyArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for BadArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" is not {}", self.text, self.wanted)
    }
}

impl std::error::Error for BadArn {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_arn_gives_its_parts_and_its_text_back() {
        let text = "arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-prod-2026-11-24-02-05";
        let arn: SnapshotArn = text.parse().expect("an ARN");
        assert_eq!(arn.exact_name(), "rds:orders-prod-2026-11-24-02-05");
        assert_eq!(
            (arn.account().to_string().as_str(), arn.region(), arn.kind()),
            ("111111111111", "us-east-1", Kind::Instance)
        );
        assert_eq!(arn.to_string(), text);
        let region = Region::new("us-gov-west-1");
        let built = SnapshotArn::new(&region, arn.account(), Kind::Cluster, "x");
        assert_eq!(built.to_string(), "arn:aws-us-gov:rds:us-gov-west-1:111111111111:cluster-snapshot:x");
    }

    #[test]
    fn a_head_is_shared_where_it_is_the_same_and_changes_nothing() {
        let arn = |text: &str| text.parse::<SnapshotArn>().expect("an ARN");
        let first = arn("arn:aws:rds:us-east-1:111111111111:snapshot:a");
        for text in [
            "arn:aws:rds:us-east-1:111111111111:snapshot:b",
            "arn:aws:rds:us-east-1:111111111111:cluster-snapshot:b",
            "arn:aws:rds:us-east-2:111111111111:snapshot:a",
        ] {
            let mut other = arn(text);
            other.share_head(&first);
            assert_eq!((other.exact(), &other), (text.to_owned(), &arn(text)));
            assert_ne!(other, first);
            assert_eq!(
                Arc::ptr_eq(&other.head, &first.head),
                text.contains("us-east-1:111111111111:snapshot")
            );
        }
    }

    #[test]
    fn other_arns_are_refused_with_what_was_wanted() {
        for bad in [
            "orders",
            "arn:aws:rds:us-east-1:1:snapshot:x",
            "arn:aws:rds:us-east-1:111111111111:db:x",
            "arn:aws:rds:us-east-1:111111111111:snapshot:",
        ] {
            let error = bad.parse::<SnapshotArn>().expect_err(bad);
            assert!(error.to_string().contains("ARN of a snapshot"), "{error}");
        }
        assert!("arn:aws:kms:us-east-1:111111111111:alias/dba".parse::<KeyArn>().is_err());
    }

    #[test]
    fn a_key_arn_gives_its_owner_region_and_id() {
        let key: KeyArn = "arn:aws:kms:eu-west-1:222222222222:key/mrk-12".parse().expect("an ARN");
        assert_eq!((key.region(), key.id(), key.is_multi_region()), ("eu-west-1", "mrk-12", true));
        assert_eq!(key.account().map(|a| a.to_string()).as_deref(), Some("222222222222"));
    }
}
