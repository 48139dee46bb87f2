//! Databases and exports that come into being: work whose target is no snapshot.
//!
//! Each works for itself: nothing waits in line for another.

use super::State;
use super::arn::Arn;
use super::lines::Progress;
use super::listing::Listing;
use crate::demo::record::Record;
use crate::demo::shape::databases::ENDPOINT;

impl State {
    /// Starts work on a database or an export task, by its ARN; it takes as long as a copy of that size.
    pub(crate) fn start_coming(&mut self, arn: &str, gib: i64) {
        let gib = i32::try_from(gib).unwrap_or(i32::MAX);
        let seconds = (f64::from(gib) * self.seconds_per_gib).max(1.0);
        self.lines.join(arn.to_owned(), arn.to_owned(), seconds, 0.0);
    }

    /// Notes how far a database or an export task has come.
    pub(super) fn note_coming(&mut self, arn: &str, progress: Progress) {
        let now = self.now();
        let Some(place) = Arn::parse(arn) else { return };
        let Some((word, id)) = place.resource.split_once(':') else { return };
        let region = self.region_mut(place.account, place.region);
        match word {
            "db" => {
                if let Some(instance) = region.find_mut(Listing::DbInstances, id)
                    && progress == Progress::Finished
                {
                    open(instance, id, place.region);
                }
            }
            "cluster" => {
                if let Some(cluster) = region.find_mut(Listing::DbClusters, id)
                    && progress == Progress::Finished
                {
                    cluster.set("Status", "available");
                }
            }
            EXPORT => {
                if let Some(task) = region.find_mut(Listing::ExportTasks, id) {
                    note_export(task, progress, now);
                }
            }
            _ => {}
        }
    }
}

/// The word in the ARN that an export task has for its work.
pub(crate) const EXPORT: &str = "export-task";

/// A DB instance gets its address when it is there to be called.
fn open(instance: &mut Record, id: &str, region: &str) {
    instance.set("DBInstanceStatus", "available");
    let port = instance.one("Endpoint").and_then(|endpoint| endpoint.whole("Port")).unwrap_or_default();
    let address = format!("{id}.c0demo0cloud.{region}.rds.amazonaws.com");
    instance.set("Endpoint", Record::new(&ENDPOINT).with("Address", address).with("Port", port));
}

/// `STARTING` becomes `IN_PROGRESS` becomes `COMPLETE` (EXP-15).
fn note_export(task: &mut Record, progress: Progress, now: jiff::Timestamp) {
    match progress {
        Progress::Percent(percent) => {
            task.set("Status", "IN_PROGRESS");
            task.set("PercentProgress", i64::from(percent));
        }
        Progress::Finished => {
            task.set("Status", "COMPLETE");
            task.set("PercentProgress", 100);
            task.set("TaskEndTime", now);
        }
    }
}
