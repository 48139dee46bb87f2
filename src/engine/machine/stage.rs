//! Where a case happens: counts what goes through, has the mishaps of its script happen, and notes what must not be.

#![cfg(test)]

mod ports;

use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::script::{Case, LATEST, Meanwhile, Mishap, OnAsk, OnRecord, OnSend};
use super::state::{State, refusal};
use crate::domain::{Answer, Facts, Fault, FaultClass, Question, Tag, fixture};
use crate::engine::{Brake, Wish};
use crate::plan::{Call, Does, Event, Happening, History, Operation, Order, Orders, Receipt, RunId, STAMP};
use crate::ports::testing::MemoryJournal;
use crate::ports::{Hold, Journal as _, JournalError};

/// How long an answer takes.
const ANSWER: Duration = Duration::from_millis(200);

/// How long a name has been free at least that a stranger takes: longer than any read is behind.
const FREED: SignedDuration = SignedDuration::from_mins(1);

/// After which time no answer is waited for any more.
const PATIENCE: Duration = Duration::from_secs(LATEST + 1);

/// The simulated AWS, and the journal in front of a process that may end at any time.
pub(super) struct Stage {
    facts: Facts,
    journal: MemoryJournal,
    begun: Instant,
    lag: SignedDuration,
    /// The process ends.
    pub(super) crashed: Notify,
    inner: Mutex<Inner>,
}

/// What changes.
struct Inner {
    script: Vec<Mishap>,
    sends: usize,
    asks: usize,
    records: usize,
    moments: usize,
    brake: Brake,
    /// The orders of the run that is driven.
    orders: Option<Orders>,
    /// What was written down last, for good.
    durable: Option<Event>,
    /// What there was, from when on.
    versions: Vec<(Timestamp, State)>,
    /// What is on its way, and when it arrives.
    late: Vec<(Timestamp, Call, usize)>,
    /// How often the order of a step has changed something, by step.
    done: Vec<usize>,
    strangers: Vec<usize>,
    wrong: Vec<String>,
}

impl Stage {
    pub(super) fn new(case: &Case, facts: Facts, begun: Instant) -> Self {
        let state = State::before(&facts);
        let inner = Inner {
            script: case.script.clone(),
            sends: 0,
            asks: 0,
            records: 0,
            moments: 0,
            brake: Brake::default(),
            orders: None,
            durable: None,
            versions: vec![(start(), state)],
            late: vec![],
            done: vec![],
            strangers: vec![],
            wrong: vec![],
        };
        let lag = SignedDuration::from_secs(i64::try_from(case.lag).expect("few"));
        let journal = MemoryJournal::new(1);
        Self { facts, journal, begun, lag, crashed: Notify::new(), inner: Mutex::new(inner) }
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.begun.elapsed()).expect("short");
        start() + passed
    }

    /// A run of these orders is driven from now on, under this brake.
    pub(super) fn drives(&self, orders: Orders, brake: Brake) {
        let mut inner = self.lock();
        inner.done.resize(orders.steps().len(), 0);
        (inner.orders, inner.brake) = (Some(orders), brake);
    }

    /// Nothing goes wrong any more.
    pub(super) fn calms_down(&self) {
        self.lock().script.clear();
    }

    /// Another run begins: what each of its steps does is counted anew.
    pub(super) fn next_run(&self) {
        let mut inner = self.arrived();
        inner.done.clear();
    }

    /// What happened that must not.
    pub(super) fn wrong(&self) -> Vec<String> {
        self.lock().wrong.clone()
    }

    /// What there is in the end, when all that was on its way has arrived.
    pub(super) fn end(&self) -> State {
        let mut inner = self.lock();
        inner.arrive(Timestamp::MAX);
        inner.state().clone()
    }

    /// How often each step has changed something.
    pub(super) fn done(&self) -> Vec<usize> {
        self.lock().done.clone()
    }

    /// The steps whose names strangers have taken.
    pub(super) fn strangers(&self) -> Vec<usize> {
        self.lock().strangers.clone()
    }

    /// All that was written of a run.
    pub(super) async fn history(&self, run: RunId) -> History {
        self.journal.load(run).await.expect("a run")
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no test panics in here")
    }

    /// The process ends here.
    async fn crash(&self) -> ! {
        self.crashed.notify_one();
        std::future::pending().await
    }

    fn arrived(&self) -> MutexGuard<'_, Inner> {
        let now = self.now();
        let mut inner = self.lock();
        inner.arrive(now);
        inner
    }

    /// Something passes here: others may do something at this moment.
    fn moment(&self) {
        let now = self.now();
        let mut inner = self.arrived();
        let n = inner.moments;
        inner.moments += 1;
        let all: Vec<Meanwhile> = inner
            .script
            .iter()
            .filter_map(|mishap| match mishap {
                Mishap::Meanwhile(at, what) if *at == n => Some(*what),
                _ => None,
            })
            .collect();
        for what in all {
            match what {
                Meanwhile::Pause => inner.brake.wish(Wish::Pause),
                Meanwhile::Cancel => inner.brake.wish(Wish::Cancel),
                Meanwhile::Stranger { step, is_stamped } => inner.stranger(step, is_stamped, now),
            }
        }
    }

    async fn receive(&self, order: &Order) -> Result<Receipt, Fault> {
        self.moment();
        let (call, n, what) = {
            let mut inner = self.lock();
            let n = inner.intended(order);
            let sent = inner.sends;
            inner.sends += 1;
            let what = inner.script.iter().find_map(|mishap| match mishap {
                Mishap::Send(at, what) if *at == sent => Some(*what),
                _ => None,
            });
            (order.call().clone(), n, what)
        };
        let silence = || Err(fixture::fault(FaultClass::Unreachable, "no answer"));
        let Some(what) = what else {
            tokio::time::sleep(ANSWER).await;
            return self.carry_out(&call, n);
        };
        match what {
            OnSend::LostBefore => {}
            OnSend::LostAfter => drop(self.carry_out(&call, n)),
            OnSend::Late(after) => self.postpone(call, n, after),
            OnSend::AnsweredLate => {
                let answer = self.carry_out(&call, n);
                tokio::time::sleep(PATIENCE * 2).await;
                return answer;
            }
            OnSend::Doubled => {
                let _ = self.carry_out(&call, n);
                return self.carry_out(&call, n);
            }
            OnSend::Throttled => return Err(fixture::fault(FaultClass::Throttled, "Rate exceeded")),
            OnSend::FailedBefore => return silence(),
            OnSend::FailedAfter => {
                let _ = self.carry_out(&call, n);
                return silence();
            }
            OnSend::Garbage => {
                let _ = self.carry_out(&call, n);
                return Err(fixture::fault(FaultClass::InvalidResponse, "cut short"));
            }
            OnSend::Expired => return Err(fixture::fault(FaultClass::ExpiredCredentials, "expired")),
            OnSend::Denied => return Err(fixture::fault(FaultClass::AccessDenied, "not authorized")),
            OnSend::Full => return Err(refusal("SnapshotQuotaExceeded")),
            OnSend::CrashBefore => self.crash().await,
            OnSend::CrashAfter => {
                let _ = self.carry_out(&call, n);
                self.crash().await;
            }
            OnSend::CrashLate(after) => {
                self.postpone(call, n, after);
                self.crash().await;
            }
        }
        tokio::time::sleep(PATIENCE).await;
        silence()
    }

    fn carry_out(&self, call: &Call, n: usize) -> Result<Receipt, Fault> {
        let now = self.now();
        self.arrived().carry_out(call, n, now)
    }

    fn postpone(&self, call: Call, n: usize, seconds: u64) {
        let at = self.now() + SignedDuration::from_secs(i64::try_from(seconds).expect("few"));
        self.lock().late.push((at, call, n));
    }

    async fn tell(&self, question: &Question) -> Result<Answer, Fault> {
        self.moment();
        let what = {
            let mut inner = self.lock();
            let asked = inner.asks;
            inner.asks += 1;
            inner.script.iter().find_map(|mishap| match mishap {
                Mishap::Ask(at, what) if *at == asked => Some(*what),
                _ => None,
            })
        };
        tokio::time::sleep(ANSWER).await;
        let no = |class| Err(fixture::fault(class, "no"));
        let behind = match what {
            None => self.lag,
            Some(OnAsk::Stale(seconds)) => SignedDuration::from_secs(i64::try_from(seconds).expect("few")),
            Some(OnAsk::Lost) => {
                tokio::time::sleep(PATIENCE).await;
                return no(FaultClass::Unreachable);
            }
            Some(OnAsk::Throttled) => return no(FaultClass::Throttled),
            Some(OnAsk::Failed) => return no(FaultClass::Other),
            Some(OnAsk::Garbage) => return no(FaultClass::InvalidResponse),
            Some(OnAsk::Another) => return Ok(Answer::OptionGroups(vec![])),
            Some(OnAsk::Expired) => return no(FaultClass::ExpiredCredentials),
            Some(OnAsk::Denied) => return no(FaultClass::AccessDenied),
            Some(OnAsk::Crash) => self.crash().await,
        };
        let then = self.now() - behind;
        let inner = self.arrived();
        let (_, state) =
            inner.versions.iter().rev().find(|(from, _)| *from <= then).unwrap_or(&inner.versions[0]);
        state.answer(question, &self.facts, then)
    }

    async fn write(&self, hold: &Hold, n: usize, event: &Event) -> Result<(), JournalError> {
        self.moment();
        let what = {
            let mut inner = self.lock();
            let recorded = inner.records;
            inner.records += 1;
            inner.script.iter().find_map(|mishap| match mishap {
                Mishap::Record(at, what) if *at == recorded => Some(*what),
                _ => None,
            })
        };
        let full = || Err(JournalError::Full("the journal".into()));
        match what {
            Some(OnRecord::CrashBefore) => self.crash().await,
            Some(OnRecord::Fails) => return full(),
            None | Some(OnRecord::CrashAfter | OnRecord::FailsAfter) => {}
        }
        self.journal.record(hold, n, event).await?;
        self.lock().durable = Some(event.clone());
        match what {
            Some(OnRecord::CrashAfter) => self.crash().await,
            Some(OnRecord::FailsAfter) => full(),
            None | Some(OnRecord::CrashBefore | OnRecord::Fails) => Ok(()),
        }
    }
}

impl Inner {
    fn state(&self) -> &State {
        &self.versions.last().expect("one at least").1
    }

    /// The step that an order is of; that it would be sent must be written down.
    fn intended(&mut self, order: &Order) -> usize {
        let intent = self.durable.as_ref().filter(|event| event.what == Happening::Sending);
        let own = intent.and_then(|event| Some((event.step, self.orders.as_ref()?.order(event.step)?)));
        match own {
            Some((n, own)) if own == order => n,
            _ => {
                self.wrong.push(format!("sent without an intent: {:?}", order.call().operation));
                0
            }
        }
    }

    fn carry_out(&mut self, call: &Call, n: usize, now: Timestamp) -> Result<Receipt, Fault> {
        let mut state = self.state().clone();
        let theirs = state.of_strangers().len();
        let (receipt, has_changed) = state.carry_out(call, now)?;
        if state.of_strangers().len() != theirs {
            self.wrong.push(format!("what a stranger made was taken away by {:?}", call.operation));
        }
        if has_changed {
            self.done[n] += 1;
            if self.done[n] > 1 {
                self.wrong.push(format!("step {n} ({:?}) was carried out twice", call.operation));
            }
        }
        self.versions.push((now, state));
        Ok(receipt)
    }

    /// What was on its way until now arrives.
    fn arrive(&mut self, now: Timestamp) {
        self.late.sort_by_key(|(at, ..)| *at);
        while self.late.first().is_some_and(|(at, ..)| *at <= now) {
            let (at, call, n) = self.late.remove(0);
            // Nobody waits for the answer any more.
            let _ = self.carry_out(&call, n, at);
        }
    }

    fn stranger(&mut self, step: usize, is_stamped: bool, now: Timestamp) {
        let Some(orders) = &self.orders else { return };
        let makes = |call: &Call| call.operation.does() == Does::Makes;
        let all: Vec<(usize, &Call)> =
            orders.steps().map(|step| &step.call).enumerate().filter(|(_, call)| makes(call)).collect();
        let Some((n, call)) = all.get(step % all.len().max(1)).copied() else { return };
        // An export task has no tags.
        let has_tags = call.operation != Operation::StartExportTask;
        let stamp = Tag { key: STAMP.into(), value: "261101-000000-zzz/1".into() };
        // AWS deletes by name and on no condition: whether a name that was free for no longer than reads are behind has
        // been taken by somebody else, nobody can tell.
        let since = now - FREED;
        let recent = self.versions.iter().rposition(|(from, _)| *from <= since).unwrap_or(0);
        if self.versions[recent..].iter().any(|(_, state)| state.has(call)) {
            return;
        }
        let mut state = self.state().clone();
        if state.taken_by_a_stranger(call, Some(stamp).filter(|_| is_stamped && has_tags), now) {
            self.versions.push((now, state));
            self.strangers.push(n);
        }
    }
}

/// When a case begins.
pub(super) fn start() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("a time")
}
