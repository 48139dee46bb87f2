//! What AWS has in a field that a fleet leaves out.

use jiff::Timestamp;

use super::place::Place;
use crate::demo::record::Record;
use crate::demo::state::arn;
use crate::demo::state::listing::Listing;
use crate::demo::state::snapshot::SnapshotKind;

/// Completes a snapshot.
pub(crate) fn snapshot_defaults(record: &mut Record, kind: SnapshotKind, id: &str, now: Timestamp) {
    record.set_default("SnapshotType", type_by_name(id));
    record.set_default("Status", "available");
    let percent = if record.text("Status") == Some("available") { 100 } else { 0 };
    record.set_default("PercentProgress", percent);
    record.set_default("Engine", kind.pick("mysql", "aurora-mysql"));
    record.set_default("AllocatedStorage", kind.pick(20, 1));
    record.set_default(kind.encrypted_field(), false);
    record.set_default("IAMDatabaseAuthenticationEnabled", false);
    record.set_default("SnapshotCreateTime", now);
    if kind == SnapshotKind::Instance {
        let created = record.time("SnapshotCreateTime").unwrap_or(now);
        record.set_default("OriginalSnapshotCreateTime", created);
        record.set_default("SnapshotTarget", "region");
    }
    record.set_default("TagList", Vec::<Record>::new());
}

/// The type that a snapshot's name tells.
fn type_by_name(id: &str) -> &'static str {
    if id.starts_with("rds:") {
        "automated"
    } else if id.starts_with("awsbackup:") {
        "awsbackup"
    } else {
        "manual"
    }
}

/// Completes a record of a plain list.
pub(crate) fn record_defaults(record: &mut Record, listing: Listing, id: &str, place: Place<'_>) {
    let Place { account, region, .. } = place;
    if let Some((field, word)) = listing.arn() {
        record
            .set_default(field, format!("arn:{}:rds:{region}:{account}:{word}:{id}", arn::partition(region)));
    }
    match listing {
        Listing::DbInstances => record.set_default("DBInstanceStatus", "available"),
        Listing::DbClusters | Listing::SourceRegions | Listing::DbEngineVersions => {
            record.set_default("Status", "available");
        }
        Listing::DbInstanceAutomatedBackups | Listing::DbClusterAutomatedBackups => {
            record.set_default("Status", "active");
        }
        Listing::DbSubnetGroups => record.set_default("SubnetGroupStatus", "Complete"),
        Listing::OptionGroups => record.set_default("AllowsVpcAndNonVpcInstanceMemberships", true),
        Listing::ExportTasks => {
            record.set_default("Status", "COMPLETE");
            record.set_default("PercentProgress", 100);
        }
        Listing::DbParameterGroups | Listing::DbClusterParameterGroups | Listing::AccountQuotas => {}
    }
    if listing == Listing::SourceRegions {
        record.set_default("Endpoint", format!("https://rds.{id}.amazonaws.com"));
    }
}
