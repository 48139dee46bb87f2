//! A snapshot as the command line names it: by its ARN, or by the name of one of one's own.

use std::fmt;
use std::str::FromStr;

use crate::disk::parse_region;
use crate::domain::{AccountId, BadAccountId, Shown, SnapshotArn};

/// The name of a snapshot, not looked for yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamedSnapshot {
    /// Its ARN: there is one such snapshot at most.
    Arn(SnapshotArn),
    /// A name, which several scopes may have.
    Name(String),
}

/// Why a text names no snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadSnapshot {
    /// There is no text.
    Empty,
    /// It is no ARN of RDS.
    NotOfRds,
    /// It is the ARN of something else of RDS, as `db`.
    NotASnapshot(Shown),
    /// Its account is no account's id.
    Account(BadAccountId),
    /// Its region is not written as one.
    Region(Shown),
    /// A part of it is missing.
    Incomplete,
}

impl FromStr for NamedSnapshot {
    type Err = BadSnapshot;

    fn from_str(text: &str) -> Result<Self, BadSnapshot> {
        if text.is_empty() {
            return Err(BadSnapshot::Empty);
        }
        if !text.starts_with("arn:") {
            return Ok(Self::Name(text.to_owned()));
        }
        let arn: SnapshotArn = text.parse().map_err(|_| flaw(text))?;
        match parse_region(arn.region()) {
            Some(_) => Ok(Self::Arn(arn)),
            None => Err(BadSnapshot::Region(arn.region().into())),
        }
    }
}

/// What is wrong with a text that begins like an ARN and is not a snapshot's.
fn flaw(text: &str) -> BadSnapshot {
    let parts: Vec<&str> = text.splitn(7, ':').collect();
    match parts[..] {
        [_, _, service, ..] if service != "rds" => BadSnapshot::NotOfRds,
        [_, _, _, _, account, resource, _] => match account.parse::<AccountId>() {
            Err(bad) => BadSnapshot::Account(bad),
            Ok(_) if !["snapshot", "cluster-snapshot"].contains(&resource) => {
                BadSnapshot::NotASnapshot(resource.into())
            }
            Ok(_) => BadSnapshot::Incomplete,
        },
        _ => BadSnapshot::Incomplete,
    }
}

impl fmt::Display for BadSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a snapshot has a name"),
            Self::NotOfRds => f.write_str("it is not an ARN of RDS"),
            Self::NotASnapshot(resource) => {
                write!(f, "it is the ARN of a {resource}, not of a snapshot or cluster-snapshot")
            }
            Self::Account(bad) => bad.fmt(f),
            Self::Region(name) => write!(f, "\"{name}\" is no region: a region is written as us-east-1"),
            Self::Incomplete => f.write_str(
                "a part of the ARN is missing: write it like arn:aws:rds:REGION:ACCOUNT:snapshot:NAME",
            ),
        }
    }
}

impl std::error::Error for BadSnapshot {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_one_snapshot_and_anything_else_is_a_name() {
        let arn = "arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders";
        assert!(matches!(arn.parse(), Ok(NamedSnapshot::Arn(_))));
        for name in ["orders", "rds:orders-2026-11-24", "awsbackup:job-1"] {
            assert_eq!(name.parse(), Ok(NamedSnapshot::Name(name.to_owned())));
        }
    }

    #[test]
    fn a_wrong_arn_is_refused_with_what_is_wrong_with_it() {
        for (text, wrong) in [
            ("", "a snapshot has a name"),
            ("arn:aws:s3:::bucket", "it is not an ARN of RDS"),
            (
                "arn:aws:rds:us-east-1:111111111111:db:orders",
                "it is the ARN of a db, not of a snapshot or cluster-snapshot",
            ),
            (
                "arn:aws:rds:us-east-1:11111111111:snapshot:orders",
                "\"11111111111\" is not an account id: an account id has exactly twelve digits",
            ),
            (
                "arn:aws:rds:us-east-1:111111111111:snapshot",
                "a part of the ARN is missing: write it like arn:aws:rds:REGION:ACCOUNT:snapshot:NAME",
            ),
            (
                "arn:aws:rds:us_1:111111111111:snapshot:orders",
                "\"us_1\" is no region: a region is written as us-east-1",
            ),
            (
                "arn:aws:rds::111111111111:snapshot:orders",
                "a part of the ARN is missing: write it like arn:aws:rds:REGION:ACCOUNT:snapshot:NAME",
            ),
            (
                "arn:aws:rds:us-east-1:111111111111:d\u{202e}b:x",
                "it is the ARN of a d\\u{202e}b, not of a snapshot or cluster-snapshot",
            ),
        ] {
            assert_eq!(text.parse::<NamedSnapshot>().expect_err(text).to_string(), wrong, "{text}");
        }
    }
}
