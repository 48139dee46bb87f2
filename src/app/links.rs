//! What leads out of the deck: the AWS CLI's command for a snapshot, and the console's page of it.

use crate::domain::{Kind, Origin, Partition, Snapshot, SnapshotType};

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
        (Origin::Own, SnapshotType::Manual) => (snapshot.arn.exact_name(), None),
        (Origin::Own, SnapshotType::Automated) => (snapshot.arn.exact_name(), Some("automated")),
        (Origin::Own, SnapshotType::AwsBackup) => (snapshot.arn.exact_name(), Some("awsbackup")),
    };
    let region = quoted(snapshot.scope.region.name());
    let mut command = format!("aws rds {operation} --region {region} --{option} {}", quoted(name));
    if let Some(kind) = kind {
        command.push_str(" --snapshot-type ");
        command.push_str(kind);
    }
    command
}

/// A word for a POSIX shell, quoted only where it has to be.
fn quoted(word: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.:/=@%+,".contains(&b);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
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
        Origin::Own => snapshot.arn.exact_name(),
        Origin::Shared | Origin::Public => snapshot.arn.exact(),
    };
    let (engine, id) = (percent(snapshot.engine.exact()), percent(name));
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
