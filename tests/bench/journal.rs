//! How long an order waits for the journal: half, 99 of 100, and the longest of 500 records, each on the disk.

#![expect(clippy::print_stdout, reason = "what was measured is for whoever runs it")]

use std::time::{Duration, Instant};

use snapdeck::disk;
use snapdeck::domain::{Argument, Region, Scope};
use snapdeck::plan::{Author, Call, Event, Follow, Happening, Operation, Plan, Purpose, Sight, Step};
use snapdeck::ports::Journal as _;

/// How many events are recorded.
const RECORDS: usize = 500;

/// What an order may wait at most, 99 times of 100.
const GOAL: Duration = Duration::from_millis(20);

fn plan() -> Plan {
    let scope =
        Scope { account: "111111111111".parse().expect("an account id"), region: Region::new("us-east-1") };
    let text = |text: &str| Argument::Text(text.to_owned());
    let call = Call {
        scope,
        operation: Operation::CreateDBSnapshot,
        parameters: vec![
            ("DBSnapshotIdentifier", text("orders-copy")),
            ("DBInstanceIdentifier", text("orders")),
        ],
    };
    let step = Step {
        call,
        essentials: "orders-copy".to_owned(),
        why: "It is what was asked for.".to_owned(),
        rule: None,
        follows: Follow::Nothing,
        undo: None,
        purpose: Purpose::Goal,
        grounds: vec![],
        gib: None,
    };
    Plan { goal: "Make orders-copy".to_owned(), steps: vec![step] }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = disk::Journal::new(folder.path()).expect("a journal");
    let now = "2026-11-24T03:00:00Z".parse().expect("a time");
    let author = Author { user: disk::user(), host: disk::host(), callers: vec![] };
    let run = journal.begin(&plan(), &author, now).await.expect("begun");
    let hold = journal.hold(run, now).await.expect("held");
    let sight = Sight { status: "creating".into(), percent: Some(40) };
    let event = Event { step: 0, at: now, what: Happening::Seen(sight) };
    let mut times = Vec::with_capacity(RECORDS);
    for n in 0..RECORDS {
        let from = Instant::now();
        journal.record(&hold, n, &event).await.expect("recorded");
        times.push(from.elapsed());
    }
    times.sort_unstable();
    let [half, most, longest] = [RECORDS / 2, RECORDS * 99 / 100, RECORDS - 1].map(|n| times[n]);
    let verdict = if most <= GOAL { "within" } else { "over" };
    println!(
        "{RECORDS} records: half within {half:?}, p99 {most:?} ({verdict} {GOAL:?}), longest {longest:?}"
    );
    let from = Instant::now();
    let events = journal.load(run).await.expect("loaded").events.len();
    println!("{events} events loaded in {:?}", from.elapsed());
}
