//! The reading of a scope: all its listings at once, rows passed on as pages come, each ARN once.
//!
//! It is Ok only when every listing came to its end. A chain of pages that goes in a circle, or on
//! for ever, is a fault. A long list is read ahead (`ahead`), so that its rows come sooner; what was
//! read ahead decides nothing: the unsplit list alone says when all is there.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::ahead::Ahead;
use super::ask::databases;
use super::clients::Clients;
use super::gate::{Rank, Reached};
use super::listing::{FULL, Page, Part, Question, action};
use crate::domain::{Fault, FaultClass, Kind, Snapshot, SnapshotArn};
use crate::ports::{Arrival, Sink};

/// Pages after which a chain is taken for endless: a million snapshots.
const LONGEST: usize = 10_000;

/// How long it is waited at first where AWS still asks to slow down after every attempt of a call; then twice as long.
const PAUSE: Duration = Duration::from_secs(5);
/// How long it is waited at most before the next attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(40);
/// How long AWS may ask to slow down, without a page in between, before the reading fails for it.
const PATIENCE: Duration = Duration::from_mins(10);

/// Reads a scope.
pub(super) async fn read(clients: &Clients, arrive: Sink<'_, Arrival>) -> Result<(), Fault> {
    let reading = Reading { clients, arrive, seen: Mutex::default() };
    // All go to their end, so that a denied listing hides no rows of another one.
    let (instances, clusters) = tokio::join!(reading.kind(Kind::Instance), reading.kind(Kind::Cluster));
    instances.and(clusters)
}

struct Reading<'a> {
    clients: &'a Clients,
    arrive: Sink<'a, Arrival>,
    seen: Mutex<HashSet<SnapshotArn>>,
}

impl Reading<'_> {
    /// All listings of a kind.
    async fn kind(&self, kind: Kind) -> Result<(), Fault> {
        let backups = self.other(kind, Part::AwsBackup);
        let shared = self.other(kind, Part::Shared);
        let (own, backups, shared) = tokio::join!(self.own(kind), backups, shared);
        own.and(backups).and(shared)
    }

    /// The account's own snapshots of a kind.
    async fn own(&self, kind: Kind) -> Result<(), Fault> {
        let list = Ahead::default();
        let mut truth = pin!(self.chain(kind, &Part::Own, &list));
        let ahead = async {
            list.is_long().await;
            // Many chains, which most lists never need.
            Box::pin(self.ahead(kind, &list)).await;
        };
        tokio::select! {
            biased;
            truth = &mut truth => truth,
            () = ahead => truth.await,
        }
    }

    /// Reads a long list from other ends too, for as long as it is read itself; faults are the list's own to find.
    async fn ahead(&self, kind: Kind, list: &Ahead) {
        let manual = async || while self.chain(kind, &list.manual().await, list).await.is_ok() {};
        let automated = async || while self.chain(kind, &list.automated().await, list).await.is_ok() {};
        let by_engine = async { tokio::join!(manual(), manual(), manual()) };
        let by_database = async {
            tokio::join!(
                automated(),
                automated(),
                automated(),
                automated(),
                automated(),
                automated(),
                automated(),
                automated(),
            )
        };
        // Whoever may not list databases still learns their names from the rows.
        let call = || databases::names(self.clients, kind);
        let names = async {
            if let Ok(names) = self.clients.gate().through(Rank::Ahead, call).await {
                list.know(&names);
            }
        };
        tokio::join!(names, by_engine, by_database);
    }

    /// Snapshots of AWS Backup, or of other accounts.
    async fn other(&self, kind: Kind, part: Part) -> Result<(), Fault> {
        match self.chain(kind, &part, &Ahead::default()).await {
            Err(fault) if part.is_refused(kind, &fault) => Ok(()),
            end => end,
        }
    }

    /// Follows a chain of pages to its end, or for as long as it may be read ahead of its list.
    async fn chain(&self, kind: Kind, part: &Part, list: &Ahead) -> Result<(), Fault> {
        let mut question = Question { kind, part, identifier: None, marker: None, rows: FULL };
        let (mut markers, mut long, mut reached) =
            (HashSet::new(), None, Reached::nowhere(&self.clients.scope.region));
        loop {
            if part.is_ahead() && !list.spend().await {
                return Ok(());
            }
            let page = self.page(&question, rank(part, markers.len(), reached)).await?;
            let entries = page.entries.described();
            reached = entries.last().and_then(|last| last.identifier).map_or(reached, Reached::by);
            self.pass_on(&question, &entries, list)?;
            drop(entries);
            let Some(marker) = page.marker else { return Ok(()) };
            let broken = |why| Err(self.clients.invalid(action(kind), why));
            if !markers.insert(marker.clone()) {
                return broken("the list goes in a circle: a page marker came twice");
            }
            if markers.len() >= LONGEST {
                return broken("the list does not end");
            }
            if !part.is_ahead() {
                long.get_or_insert_with(|| self.clients.gate().long());
                list.turn(self.clients.gate().is_quiet());
            }
            question.marker = Some(marker);
        }
    }

    /// Asks for a page; where all of it is wanted, until AWS gives it instead of asking to slow down.
    async fn page(&self, question: &Question<'_>, rank: Rank) -> Result<Page, Fault> {
        let (mut pause, begun) = (PAUSE, Instant::now());
        loop {
            let answer = self.clients.page_in_turn(question, rank).await;
            let is_throttled = matches!(&answer, Err(fault) if fault.class == FaultClass::Throttled && !question.part.is_ahead());
            if !is_throttled || begun.elapsed() + pause > PATIENCE {
                return answer;
            }
            (self.arrive)(Arrival::Throttled);
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn pass_on(
        &self,
        Question { kind, part, .. }: &Question<'_>,
        entries: &[super::row::Described<'_>],
        list: &Ahead,
    ) -> Result<(), Fault> {
        let mut rows: Vec<Snapshot> = Vec::with_capacity(entries.len());
        for entry in entries {
            let row = entry.row(*kind, &self.clients.scope, self.clients.words());
            let mut row = row.ok_or_else(|| {
                self.clients.invalid(action(*kind), "a snapshot without a name and without an ARN")
            })?;
            if let Some(first) = rows.first() {
                row.arn.share_head(&first.arn);
            }
            rows.push(row);
        }
        list.learn(&rows, part);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        rows.retain(|row| seen.insert(row.arn.clone()));
        drop(seen);
        if !rows.is_empty() {
            (self.arrive)(Arrival::Rows(rows));
        }
        Ok(())
    }
}

/// How urgent the next page of a chain is that has had so many.
fn rank(part: &Part, pages: usize, reached: Reached) -> Rank {
    match part {
        Part::ManualOf(_) | Part::AutomatedOf(_) => Rank::Ahead,
        Part::AwsBackup | Part::Shared => Rank::Aside,
        Part::Own | Part::Manual | Part::Automated => Rank::Next(pages, reached),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::super::ahead::MOST;
    use super::super::script::{Answer, Ask, read, signed_in};

    use super::*;

    /// A list of so many pages of one row each, whose first rows are automated ones of two databases.
    fn long(ask: &Ask, pages: usize) -> Option<Answer> {
        ask.is_own_instances().then(|| {
            let n: usize = ask.get("Marker").parse().unwrap_or(0);
            let names = [format!("rds:a-{n}"), format!("rds:b-{n}"), format!("m-{n}")];
            let next = (n + 1).to_string();
            Answer::instances(&names.each_ref().map(String::as_str), (n + 1 < pages).then_some(&*next))
        })
    }

    #[tokio::test]
    async fn every_listing_is_followed_to_its_end_and_each_arn_is_told_once() {
        let (aws, log) =
            signed_in(|ask| match (&*ask.operation, ask.get("SnapshotType"), ask.get("Marker")) {
                ("DescribeDBSnapshots", "", "") => Some(Answer::instances(&["a", "b"], Some("m"))),
                ("DescribeDBSnapshots", "", "m") => Some(Answer::instances(&["b", "c"], None)),
                ("DescribeDBSnapshots", "awsbackup", _) => {
                    Some(Answer::instances(&["awsbackup:1", "c"], None))
                }
                _ => None,
            })
            .await;
        let (end, mut rows) = read(&aws, "eu-west-1").await;
        rows.sort_unstable();
        assert_eq!((end, rows), (Ok(()), ["a", "awsbackup:1", "b", "c"].map(str::to_owned).to_vec()));
        let log = log.lock().expect("a log");
        assert_eq!(log.len(), 7, "six listings, one of them of two pages");
        assert!(log.iter().all(|ask| ask.region == "eu-west-1" && ask.get("MaxRecords") == "100"));
        assert!(log.iter().all(|ask| ask.get("SnapshotType") != "public"));
    }

    #[tokio::test]
    async fn half_a_document_is_asked_for_again() {
        let asked = AtomicUsize::new(0);
        let (aws, _) = signed_in(move |ask| {
            let whole = Answer::instances(&["a", "b"], None);
            ask.is_own_instances().then(|| match asked.fetch_add(1, Ordering::SeqCst) {
                0 => Answer::body(whole.body.split_inclusive("</DBSnapshot>").next().expect("half")),
                1 => Answer::body("<html>busy</html>"),
                _ => whole,
            })
        })
        .await;
        let (end, rows) = read(&aws, "us-east-1").await;
        assert_eq!((end, rows.len()), (Ok(()), 2));
    }

    #[tokio::test]
    async fn a_document_that_stays_half_is_a_fault_and_no_short_list() {
        let (aws, log) = signed_in(|ask| {
            let whole = Answer::instances(&["a", "b"], None).body;
            ask.is_own_instances().then(|| Answer::body(&whole[..whole.len() - 150]))
        })
        .await;
        let (end, rows) = read(&aws, "us-east-1").await;
        let fault = end.expect_err("a fault");
        assert_eq!((fault.class, rows.len()), (FaultClass::InvalidResponse, 0));
        assert!(fault.message.to_string().contains("cut short"), "{fault}");
        assert_eq!(log.lock().expect("a log").iter().filter(|ask| ask.is_own_instances()).count(), 3);
    }

    #[tokio::test]
    async fn garbage_is_an_invalid_response() {
        for garbage in ["", "not xml", "{}"] {
            let (aws, _) = signed_in(move |ask| ask.is_own_instances().then(|| Answer::body(garbage))).await;
            let (end, _) = read(&aws, "us-east-1").await;
            assert_eq!(end.expect_err(garbage).class, FaultClass::InvalidResponse, "{garbage}");
        }
    }

    #[tokio::test]
    async fn a_list_that_goes_in_a_circle_is_a_fault() {
        let (aws, _) =
            signed_in(|ask| ask.is_own_instances().then(|| Answer::instances(&["a"], Some("m")))).await;
        let (end, rows) = read(&aws, "us-east-1").await;
        assert_eq!(end.expect_err("a fault").class, FaultClass::InvalidResponse);
        assert_eq!(rows, ["a"]);
    }

    #[tokio::test]
    async fn an_empty_page_with_a_marker_goes_on() {
        let (aws, _) = signed_in(|ask| {
            ask.is_own_instances().then(|| match ask.get("Marker") {
                "" => Answer::instances(&[], Some("m")),
                _ => Answer::instances(&["a"], None),
            })
        })
        .await;
        assert_eq!(read(&aws, "us-east-1").await, (Ok(()), vec!["a".to_owned()]));
    }

    #[tokio::test]
    async fn a_denied_listing_fails_the_scope_and_hides_no_other_rows() {
        let (aws, _) = signed_in(|ask| match (&*ask.operation, ask.get("SnapshotType")) {
            ("DescribeDBClusterSnapshots", "") => Some(Answer::error(
                "AccessDenied",
                "User: arn:aws:iam::111111111111:user/dba is not authorized to perform: \
                 rds:DescribeDBClusterSnapshots because no identity-based policy allows it",
            )),
            ("DescribeDBSnapshots", "") => Some(Answer::instances(&["a"], None)),
            _ => None,
        })
        .await;
        let (end, rows) = read(&aws, "us-east-1").await;
        let fault = end.expect_err("a fault");
        assert_eq!((fault.class, rows), (FaultClass::AccessDenied, vec!["a".to_owned()]));
        assert_eq!(fault.action.expect("an action").exact(), "rds:DescribeDBClusterSnapshots");
        assert_eq!(fault.request_id.expect("an id").exact(), "r-1");
    }

    #[tokio::test]
    async fn clusters_need_not_know_the_type_of_aws_backup() {
        let refuse = |kind: &'static str| {
            signed_in(move |ask| {
                let refused = ask.operation == kind && ask.get("SnapshotType") == "awsbackup";
                refused.then(|| Answer::error("InvalidParameterValue", "SnapshotType"))
            })
        };
        let (aws, _) = refuse("DescribeDBClusterSnapshots").await;
        assert_eq!(read(&aws, "us-east-1").await.0, Ok(()));
        let (aws, _) = refuse("DescribeDBSnapshots").await;
        assert_eq!(read(&aws, "us-east-1").await.0.expect_err("a fault").class, FaultClass::Other);
    }

    #[tokio::test(start_paused = true)]
    async fn a_hung_answer_is_given_up_after_a_bounded_time() {
        let (aws, _) = signed_in(|ask| {
            let never = Duration::from_secs(1_000_000);
            ask.is_own_instances().then(|| Answer::instances(&[], None).after(never))
        })
        .await;
        let start = tokio::time::Instant::now();
        let (end, _) = read(&aws, "us-east-1").await;
        assert_eq!(end.expect_err("a fault").class, FaultClass::Unreachable);
        assert!(start.elapsed() <= Duration::from_secs(30), "{:?}", start.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn throttling_is_waited_out_and_then_told() {
        let asked = AtomicUsize::new(0);
        let (aws, _) = signed_in(move |ask| {
            ask.is_own_instances().then(|| match asked.fetch_add(1, Ordering::SeqCst) {
                0 | 1 => Answer::error("Throttling", "Rate exceeded"),
                _ => Answer::instances(&["a"], None),
            })
        })
        .await;
        assert_eq!(read(&aws, "us-east-1").await, (Ok(()), vec!["a".to_owned()]));
        let (aws, log) = signed_in(|ask| {
            ask.is_own_instances().then(|| Answer::error("ThrottlingException", "Rate exceeded"))
        })
        .await;
        let start = Instant::now();
        let (end, _) = read(&aws, "us-east-1").await;
        assert_eq!(end.expect_err("a fault").class, FaultClass::Throttled);
        assert!((PATIENCE / 2..PATIENCE * 2).contains(&start.elapsed()), "{:?}", start.elapsed());
        let asked = log.lock().expect("a log").iter().filter(|ask| ask.is_own_instances()).count();
        assert!((20..200).contains(&asked), "{asked} requests while AWS asks for fewer");
    }

    #[tokio::test]
    async fn a_short_list_is_not_read_ahead() {
        let (aws, log) = signed_in(|ask| long(ask, 2)).await;
        assert_eq!(read(&aws, "us-east-1").await.0, Ok(()));
        assert_eq!(log.lock().expect("a log").len(), 7);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_list_is_read_ahead_and_complete_all_the_same() {
        let (aws, log) = signed_in(|ask| {
            let answer = match ask.get("SnapshotType") {
                "automated" if ask.get("Filters.Filter.1.Values.Value.1") == "a" => {
                    Some(Answer::instances(&["rds:a-59"], None))
                }
                "manual" if ask.operation == "DescribeDBSnapshots" => {
                    Some(Answer::error("AccessDenied", "no"))
                }
                _ => long(ask, 60),
            };
            answer.map(|answer| answer.after(Duration::from_millis(100)))
        })
        .await;
        let (end, rows) = read(&aws, "us-east-1").await;
        assert_eq!((end, rows.len()), (Ok(()), 180));
        let log = log.lock().expect("a log");
        let ahead: Vec<&Ask> =
            log.iter().filter(|ask| ["manual", "automated"].contains(&ask.get("SnapshotType"))).collect();
        assert!((2..=MOST as usize).contains(&ahead.len()), "{}", ahead.len());
        assert!(rows.iter().position(|name| name == "rds:a-59") < Some(100), "the last row came early");
    }

    #[tokio::test(start_paused = true)]
    async fn databases_that_no_row_has_named_yet_are_read_ahead_where_they_may_be_listed() {
        let asked_of_a_stranger = async |databases: Answer| {
            let (aws, log) = signed_in(move |ask| {
                let answer = match ask.operation.as_str() {
                    "DescribeDBInstances" => Some(databases.clone()),
                    _ => long(ask, 20),
                };
                answer.map(|answer| answer.after(Duration::from_millis(100)))
            })
            .await;
            let (end, rows) = read(&aws, "us-east-1").await;
            assert_eq!((end, rows.len()), (Ok(()), 60));
            let log = log.lock().expect("a log");
            assert_eq!(log.iter().filter(|ask| ask.operation == "DescribeDBInstances").count(), 1);
            log.iter().any(|ask| ask.has(&("Filters.".to_owned(), "quiet".to_owned())))
        };
        let named = "<DBInstances><DBInstance><DBInstanceIdentifier>quiet</DBInstanceIdentifier></DBInstance></DBInstances>";
        assert!(asked_of_a_stranger(Answer::xml("DescribeDBInstances", named)).await);
        assert!(!asked_of_a_stranger(Answer::error("AccessDenied", "no")).await);
    }
}
