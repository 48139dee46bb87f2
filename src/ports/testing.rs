//! A journal in memory, for tests, and the promises that every journal has to keep.

#![cfg(test)]

use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;

use super::{Hold, Journal, JournalError, Pending};
use crate::domain::{Fault, FaultClass};
use crate::plan::{
    Author, Entry, Event, Happening, History, Holder, Plan, Receipt, Record as _, RunId, Sight, Standing,
    compile,
};
use crate::rules::testing::cleared;

/// A journal in memory. Clones share what is written, as programs share a folder; each is a program of its own.
#[derive(Clone)]
pub(crate) struct MemoryJournal {
    pid: u32,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    runs: Vec<Written>,
    /// How many records are taken from now on, and why the next one is not.
    breaks: Option<(usize, JournalError)>,
}

struct Written {
    id: RunId,
    begun: Timestamp,
    author: String,
    plan: String,
    events: Vec<String>,
    holder: Option<Holder>,
}

impl MemoryJournal {
    /// An empty one, as this process sees it.
    pub(crate) fn new(pid: u32) -> Self {
        Self { pid, shared: Arc::default() }
    }

    /// The same, as another process sees it.
    pub(crate) fn seen_by(&self, pid: u32) -> Self {
        Self { pid, shared: Arc::clone(&self.shared) }
    }

    /// Takes so many records more, and then none.
    pub(crate) fn break_after(&self, records: usize, error: JournalError) {
        self.lock().breaks = Some((records, error));
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().expect("no test panics in here")
    }
}

impl Shared {
    fn run(&mut self, id: RunId) -> Result<&mut Written, JournalError> {
        self.runs.iter_mut().find(|run| run.id == id).ok_or(JournalError::Unknown(id))
    }
}

impl Written {
    fn history(&self) -> History {
        let event = |text: &String| Event::from_record(text).expect("what was written");
        History {
            id: self.id,
            author: Author::from_record(&self.author).expect("what was written"),
            begun: self.begun,
            plan: Plan::from_record(&self.plan).expect("what was written"),
            events: self.events.iter().map(event).collect(),
        }
    }
}

/// Lets go when it is dropped.
struct Grip {
    run: RunId,
    shared: Arc<Mutex<Shared>>,
}

impl Drop for Grip {
    fn drop(&mut self) {
        let mut shared = self.shared.lock().expect("no test panics in here");
        shared.run(self.run).expect("a run stays").holder = None;
    }
}

fn ready<T: Send + 'static>(value: T) -> Pending<'static, T> {
    Box::pin(std::future::ready(value))
}

impl Journal for MemoryJournal {
    fn begin<'a>(
        &'a self,
        plan: &'a Plan,
        author: &'a Author,
        begun: Timestamp,
    ) -> Pending<'a, Result<RunId, JournalError>> {
        let mut shared = self.lock();
        let id = RunId::new(begun, shared.runs.len() as u64);
        shared.runs.push(Written {
            id,
            begun,
            author: author.to_record(),
            plan: plan.to_record(),
            events: vec![],
            holder: None,
        });
        ready(Ok(id))
    }

    fn adopt<'a>(&'a self, history: &'a History) -> Pending<'a, Result<(), JournalError>> {
        let mut shared = self.lock();
        if shared.run(history.id).is_ok() {
            return ready(Err(JournalError::Known(history.id)));
        }
        shared.runs.push(Written {
            id: history.id,
            begun: history.begun,
            author: history.author.to_record(),
            plan: history.plan.to_record(),
            events: history.events.iter().map(Event::to_record).collect(),
            holder: None,
        });
        ready(Ok(()))
    }

    fn hold(&self, id: RunId, since: Timestamp) -> Pending<'_, Result<Hold, JournalError>> {
        let holder = Holder { pid: self.pid, host: "memory".into(), since };
        let taken = self.lock().run(id).and_then(|run| {
            if let Some(other) = &run.holder {
                return Err(JournalError::Held(other.clone()));
            }
            run.holder = Some(holder);
            Ok(())
        });
        ready(taken.map(|()| Hold::new(id, None, Grip { run: id, shared: Arc::clone(&self.shared) })))
    }

    fn record<'a>(
        &'a self,
        hold: &'a Hold,
        n: usize,
        event: &'a Event,
    ) -> Pending<'a, Result<(), JournalError>> {
        let mut shared = self.lock();
        if let Some((left, error)) = &mut shared.breaks {
            if *left == 0 {
                return ready(Err(error.clone()));
            }
            *left -= 1;
        }
        ready(shared.run(hold.run()).and_then(|run| match run.events.len() {
            there if there == n => {
                run.events.push(event.to_record());
                Ok(())
            }
            there => Err(JournalError::Overtaken(there)),
        }))
    }

    fn list(&self, most: usize) -> Pending<'_, Result<Vec<Entry>, JournalError>> {
        let shared = self.lock();
        let newest = shared.runs.iter().rev().take(most);
        ready(Ok(newest.map(|run| run.history().entry(run.holder.clone())).collect()))
    }

    fn holder(&self, id: RunId) -> Pending<'_, Result<Option<Holder>, JournalError>> {
        ready(self.lock().run(id).map(|run| run.holder.clone()))
    }

    fn load(&self, id: RunId) -> Pending<'_, Result<History, JournalError>> {
        ready(self.lock().run(id).map(|run| run.history()))
    }
}

/// A plan of two steps.
pub(crate) fn plan() -> Plan {
    let (request, facts) = cleared("share automated aws/rds with=222");
    compile(&request, &facts)
}

/// Somebody.
pub(crate) fn author() -> Author {
    let arn = "arn:aws:sts::111111111111:assumed-role/dba/ann".into();
    let account = "111111111111".parse().expect("an account id");
    Author { user: "ann".into(), host: "desk".into(), callers: vec![(account, arn)] }
}

/// A time, in seconds after another.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
}

/// What happens to the first step of [`plan`], the n-th event of it a second after the one before.
pub(crate) fn events() -> Vec<Event> {
    let fault = Fault {
        class: FaultClass::Throttled,
        code: Some("Throttling".into()),
        message: "Rate exceeded \u{202e} \"\n".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "".into(),
    };
    let happenings = vec![
        Happening::Sending,
        Happening::Taken(Receipt { request_id: Some("r-1".into()), made: None }),
        Happening::Seen(Sight { status: "creating".into(), percent: Some(3) }),
        Happening::Blind(fault),
        Happening::Reached,
    ];
    let numbered = happenings.into_iter().zip(0..);
    numbered.map(|(what, second)| Event { step: 0, at: at(second), what }).collect()
}

/// What every journal promises; `two` are two programs that share one.
pub(crate) async fn check_promises(two: [&dyn Journal; 2]) {
    let [ours, theirs] = two;
    let (plan, author) = (plan(), author());
    assert_eq!(ours.list(9).await, Ok(vec![]), "a journal begins empty");
    let strange = RunId::new(at(7), 7);
    assert_eq!(ours.load(strange).await, Err(JournalError::Unknown(strange)));
    let missing = ours.hold(strange, at(0)).await.expect_err("no such run");
    assert_eq!(missing, JournalError::Unknown(strange));

    let first = ours.begin(&plan, &author, at(-9)).await.expect("begun");
    let run = ours.begin(&plan, &author, at(0)).await.expect("begun");
    assert_ne!(first, run);
    let hold = ours.hold(run, at(1)).await.expect("free");
    assert_eq!((hold.run(), hold.after()), (run, None));
    let refused = theirs.hold(run, at(2)).await.expect_err("held");
    let JournalError::Held(holder) = refused else { panic!("{refused:?}") };
    assert_eq!(holder.since, at(1));
    assert_eq!(theirs.holder(run).await, Ok(Some(holder.clone())));
    assert_eq!(theirs.holder(first).await, Ok(None));
    let other = theirs.hold(first, at(2)).await.expect("another run is free");

    for (n, event) in events().iter().enumerate() {
        assert_eq!(ours.record(&hold, n, event).await, Ok(()));
        let seen = theirs.load(run).await.expect("a run");
        assert_eq!(seen.events, events()[..=n], "durable, whole and in order");
        assert_eq!(theirs.record(&hold, n, event).await, Err(JournalError::Overtaken(n + 1)));
        assert_eq!(ours.record(&hold, n + 2, event).await, Err(JournalError::Overtaken(n + 1)));
    }
    let history = theirs.load(run).await.expect("a run");
    assert_eq!(history, History { id: run, author, begun: at(0), plan: plan.clone(), events: events() });

    assert_eq!(
        ours.adopt(&history).await,
        Err(JournalError::Known(run)),
        "what is there is not written over"
    );
    let elsewhere = History { id: RunId::new(at(-99), 5), begun: at(-99), ..history.clone() };
    assert_eq!(ours.adopt(&elsewhere).await, Ok(()));
    let adopted = theirs.load(elsewhere.id).await.expect("a run");
    assert_eq!(adopted, elsewhere, "with all that happened elsewhere");
    let taken = theirs.hold(elsewhere.id, at(3)).await.expect("free");
    let next = Event { step: 1, at: at(9), what: Happening::Sending };
    assert_eq!(theirs.record(&taken, events().len(), &next).await, Ok(()), "it goes on from there");
    drop(taken);

    drop(other);
    let list = theirs.list(9).await.expect("a list");
    let told = |entry: &Entry| (entry.id, entry.begun, entry.last, entry.standing, entry.holder.clone());
    let expected = [
        (elsewhere.id, at(-99), Some(at(9)), Some(Standing::UnderWay(1)), None),
        (run, at(0), Some(at(4)), Some(Standing::UnderWay(1)), Some(holder)),
        (first, at(-9), None, Some(Standing::UnderWay(0)), None),
    ];
    assert_eq!(list.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!((list[0].goal.exact(), list[0].steps), (&*plan.goal, plan.steps.len()));
    assert_eq!(ours.list(1).await.expect("a list")[..], list[..1]);

    drop(hold);
    let hold = theirs.hold(run, at(9)).await.expect("let go of");
    let next = Event { step: 1, at: at(9), what: Happening::Sending };
    assert_eq!(theirs.record(&hold, events().len(), &next).await, Ok(()));
}

#[tokio::test]
async fn a_journal_in_memory_keeps_the_promises() {
    let ours = MemoryJournal::new(1);
    check_promises([&ours, &ours.seen_by(2)]).await;
}

#[tokio::test]
async fn a_journal_that_breaks_takes_nothing_more() {
    let journal = MemoryJournal::new(1);
    let run = journal.begin(&plan(), &author(), at(0)).await.expect("begun");
    let hold = journal.hold(run, at(0)).await.expect("free");
    let full = JournalError::Full("here".into());
    journal.break_after(1, full.clone());
    let [first, second, ..] = &events()[..] else { panic!("two events") };
    assert_eq!(journal.record(&hold, 0, first).await, Ok(()));
    assert_eq!(journal.record(&hold, 1, second).await, Err(full));
    assert_eq!(journal.load(run).await.expect("a run").events, events()[..1]);
}
