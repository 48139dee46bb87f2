//! The reading of a scope: all its listings at once, rows passed on as pages come, each ARN once.
//!
//! It is Ok only when every listing came to its end. A chain of pages that goes in a circle, or on
//! for ever, is a fault. A long list is read ahead, by type and by database, so that its rows come
//! sooner; what was read ahead decides nothing: the unsplit list alone says when all is there.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use futures_util::future::{Either, join, join_all, select};
use tokio::sync::Notify;

use super::call::Clients;
use super::listing::{FULL, Part, Question, action};
use crate::domain::{Fault, Kind, Snapshot, SnapshotArn, SnapshotType};
use crate::ports::Sink;

/// Pages after which a chain is taken for endless: a million snapshots.
const LONGEST: u32 = 10_000;
/// The page after which a list is long, if there is another one.
const LONG: u32 = 2;
/// Pages that are read ahead of one list at most: the bucket belongs to the list itself.
const AHEAD: u32 = 40;

/// Reads a scope.
pub(super) async fn read(clients: &Clients, page: Sink<'_, Vec<Snapshot>>) -> Result<(), Fault> {
    let reading = Reading { clients, page, seen: Mutex::default() };
    let kinds = [Kind::Instance, Kind::Cluster];
    let own = join_all(kinds.map(|kind| reading.own(kind)));
    let others = kinds.map(|kind| [(kind, Part::AwsBackup), (kind, Part::Shared)]).concat();
    let others = join_all(others.into_iter().map(|(kind, part)| reading.other(kind, part)));
    // All go to their end, so that a denied listing hides no rows of another one.
    let (own, others) = join(own, others).await;
    own.into_iter().chain(others).collect()
}

struct Reading<'a> {
    clients: &'a Clients,
    page: Sink<'a, Vec<Snapshot>>,
    seen: Mutex<HashSet<SnapshotArn>>,
}

/// What is known of a list while it is being read.
#[derive(Default)]
struct Progress {
    pages: AtomicU32,
    is_long: Notify,
    /// Databases with automated snapshots, in the order in which they were met.
    databases: Mutex<Vec<String>>,
}

impl Progress {
    fn database(&self, n: usize) -> Option<String> {
        self.databases.lock().unwrap_or_else(PoisonError::into_inner).get(n).cloned()
    }

    fn learn(&self, rows: &[Snapshot]) {
        let mut databases = self.databases.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows.iter().filter(|row| row.snapshot_type == SnapshotType::Automated) {
            let database = row.source_db.exact();
            if !database.is_empty() && !databases.iter().any(|known| known == database) {
                databases.push(database.to_owned());
            }
        }
    }
}

impl Reading<'_> {
    /// The account's own snapshots of a kind.
    async fn own(&self, kind: Kind) -> Result<(), Fault> {
        let progress = Progress::default();
        let truth = pin!(self.chain(kind, &Part::Own, &progress, LONGEST));
        let ahead = pin!(self.ahead(kind, &progress));
        match select(truth, ahead).await {
            Either::Left((truth, _)) => truth,
            Either::Right(((), truth)) => truth.await,
        }
    }

    /// Reads a long list from other ends too; faults are the list's own to find.
    async fn ahead(&self, kind: Kind, list: &Progress) {
        list.is_long.notified().await;
        let of_manual = Progress::default();
        let manual = self.chain(kind, &Part::Manual, &of_manual, AHEAD / 2);
        let automated = async {
            let mut left = AHEAD / 2;
            for n in 0.. {
                let next = list.database(n);
                // No database is known that was not asked: the rest of the type, as it comes.
                let part = next.map_or(Part::Automated, Part::AutomatedOf);
                let chain = Progress::default();
                let end = self.chain(kind, &part, &chain, left).await;
                left = left.saturating_sub(chain.pages.load(Ordering::Relaxed));
                if end.is_err() || left == 0 || part == Part::Automated {
                    break;
                }
            }
        };
        let _ = join(manual, automated).await;
    }

    /// Snapshots of AWS Backup, or of other accounts.
    async fn other(&self, kind: Kind, part: Part) -> Result<(), Fault> {
        match self.chain(kind, &part, &Progress::default(), LONGEST).await {
            // Clusters have this type by no document (LIST-01): a cloud that refuses it has none.
            Err(fault) if (kind, &part) == (Kind::Cluster, &Part::AwsBackup) && is_refused_type(&fault) => {
                Ok(())
            }
            end => end,
        }
    }

    /// Follows a chain of pages to its end, or for so many pages.
    async fn chain(&self, kind: Kind, part: &Part, progress: &Progress, longest: u32) -> Result<(), Fault> {
        let mut question = Question { kind, part, identifier: None, marker: None, rows: FULL };
        let mut markers = HashSet::new();
        loop {
            let page = self.clients.page(&question).await?;
            let pages = progress.pages.fetch_add(1, Ordering::Relaxed) + 1;
            self.pass_on(kind, &page.entries.described(), progress)?;
            let Some(marker) = page.marker else { return Ok(()) };
            let broken = |why| Err(self.clients.invalid(action(kind), why));
            if pages >= longest {
                return broken("the list does not end");
            }
            if !markers.insert(marker.clone()) {
                return broken("the list goes in a circle: a page marker came twice");
            }
            if pages == LONG {
                progress.is_long.notify_one();
            }
            question.marker = Some(marker);
        }
    }

    fn pass_on(
        &self,
        kind: Kind,
        entries: &[super::row::Described<'_>],
        progress: &Progress,
    ) -> Result<(), Fault> {
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            let row = entry.row(kind, &self.clients.scope, &self.clients.words);
            rows.push(row.ok_or_else(|| {
                self.clients.invalid(action(kind), "a snapshot without a name and without an ARN")
            })?);
        }
        progress.learn(&rows);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        rows.retain(|row| seen.insert(row.arn.clone()));
        drop(seen);
        if !rows.is_empty() {
            (self.page)(rows);
        }
        Ok(())
    }
}

fn is_refused_type(fault: &Fault) -> bool {
    let refusals = ["InvalidParameterValue", "InvalidParameterCombination", "ValidationError"];
    fault.code.as_ref().is_some_and(|code| refusals.contains(&code.exact()))
}
