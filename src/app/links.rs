//! What leads out of the deck: the AWS CLI's command for a snapshot, and the console's page of it.

use crate::domain::{Kind, Origin, Partition, Snapshot, SnapshotType};
use crate::plan::quoted;

/// The AWS CLI command that describes a snapshot, to be pasted into a shell.
///
/// The profile is left out: it is the reader's shell that knows it. Automated ones and those of others
/// are found by identifier only when their type is given too (LIST-05, LIST-06).
pub(super) fn describe_command(snapshot: &Snapshot) -> String {
    let (operation, option) = match snapshot.kind() {
        Kind::Instance => ("describe-db-snapshots", "db-snapshot-identifier"),
        Kind::Cluster => ("describe-db-cluster-snapshots", "db-cluster-snapshot-identifier"),
    };
    let (name, kind) = match (snapshot.origin, snapshot.snapshot_type) {
        (Origin::Shared, _) => (snapshot.arn.exact(), Some("shared")),
        (Origin::Public, _) => (snapshot.arn.exact(), Some("public")),
        (Origin::Own, SnapshotType::Manual) => (snapshot.arn.exact_name().to_owned(), None),
        (Origin::Own, SnapshotType::Automated) => (snapshot.arn.exact_name().to_owned(), Some("automated")),
        (Origin::Own, SnapshotType::AwsBackup) => (snapshot.arn.exact_name().to_owned(), Some("awsbackup")),
    };
    let region = quoted(snapshot.scope.region.name());
    let mut command = format!("aws rds {operation} --region {region} --{option} {}", quoted(&name));
    if let Some(kind) = kind {
        command.push_str(" --snapshot-type ");
        command.push_str(kind);
    }
    command
}

/// The console's page of a snapshot; `None` in partitions whose console has no address that is known.
pub(super) fn console_url(snapshot: &Snapshot) -> Option<String> {
    let region = snapshot.scope.region.name();
    // A region comes from settings and answers; only one that is plain goes into the host of an address.
    if region.is_empty() || !region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        return None;
    }
    let host = match snapshot.scope.region.partition() {
        Partition::Aws => format!("{region}.console.aws.amazon.com"),
        Partition::China => format!("{region}.console.amazonaws.cn"),
        Partition::GovCloud => format!("{region}.console.amazonaws-us-gov.com"),
        Partition::EuSovereign => format!("{region}.console.amazonaws-eusc.eu"),
        Partition::Iso | Partition::IsoB | Partition::IsoE | Partition::IsoF => return None,
    };
    let page = match snapshot.kind() {
        Kind::Instance => "db-snapshot",
        Kind::Cluster => "db-cluster-snapshot",
    };
    let name = match snapshot.origin {
        Origin::Own => snapshot.arn.exact_name().to_owned(),
        Origin::Shared | Origin::Public => snapshot.arn.exact(),
    };
    let (engine, id) = (percent(snapshot.engine.exact()), percent(&name));
    Some(format!("https://{host}/rds/home?region={region}#{page}:engine={engine};id={id}"))
}

/// A value for the part of an address after `#`, everything but unreserved characters escaped.
fn percent(value: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, PROD, STRANGER};
    use super::*;
    use crate::domain::{Region, SnapshotArn};

    fn in_region(region: &str, kind: Kind, name: &str) -> Snapshot {
        let scope = sample::scope(PROD, region);
        let arn = SnapshotArn::new(&Region::new(region), scope.account, kind, name);
        Snapshot { arn, ..sample::snapshot(&scope, name) }
    }

    #[test]
    fn each_partition_has_its_own_console_or_none() {
        for (region, host) in [
            ("eu-west-1", Some("https://eu-west-1.console.aws.amazon.com/")),
            ("cn-north-1", Some("https://cn-north-1.console.amazonaws.cn/")),
            ("us-gov-west-1", Some("https://us-gov-west-1.console.amazonaws-us-gov.com/")),
            ("us-iso-east-1", None),
            ("evil.example/", None),
        ] {
            let url = console_url(&in_region(region, Kind::Instance, "orders"));
            assert_eq!(url.is_some(), host.is_some(), "{region}: {url:?}");
            assert!(url.is_none_or(|url| host.is_some_and(|host| url.starts_with(host))), "{region}");
        }
    }

    #[test]
    fn a_cluster_has_its_own_page_and_a_name_cannot_break_out_of_the_address() {
        let url = console_url(&in_region("eu-west-1", Kind::Cluster, "a;b#c d")).expect("an address");
        assert!(url.ends_with("#db-cluster-snapshot:engine=mysql;id=a%3Bb%23c%20d"), "{url}");
    }

    #[test]
    fn a_command_is_safe_to_paste_whatever_the_name() {
        let command = describe_command(&in_region("eu-west-1", Kind::Cluster, "it's; rm -rf ~"));
        assert_eq!(
            command,
            "aws rds describe-db-cluster-snapshots --region eu-west-1 \
             --db-cluster-snapshot-identifier 'it'\\''s; rm -rf ~'"
        );
    }

    #[test]
    fn one_of_another_account_is_named_by_its_arn_and_type() {
        let mut given = in_region("eu-west-1", Kind::Instance, "orders");
        let owner = sample::account_id(STRANGER);
        given.arn = SnapshotArn::new(&Region::new("eu-west-1"), owner, Kind::Instance, "orders");
        given.origin = Origin::Shared;
        let command = describe_command(&given);
        assert!(
            command.ends_with(&format!(
                "--db-snapshot-identifier arn:aws:rds:eu-west-1:{STRANGER}:snapshot:orders --snapshot-type shared"
            )),
            "{command}"
        );
    }
}
