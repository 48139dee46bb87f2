//! What goes wrong in a case, and when: mishaps by the number of the call or of the record that they befall.

#![cfg(test)]

use proptest::prelude::*;
use proptest::sample::select;

/// One case.
#[derive(Debug, Clone)]
pub(super) struct Case {
    /// The plan, by its number.
    pub(super) plan: usize,
    /// How many seconds reads are behind writes.
    pub(super) lag: u64,
    /// What goes wrong.
    pub(super) script: Vec<Mishap>,
    /// Whether what was done is taken back in the end.
    pub(super) is_taken_back: bool,
}

/// Something that goes wrong, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    /// To an order, counted from 0 over all lives of the run.
    Send(usize, OnSend),
    /// To a question.
    Ask(usize, OnAsk),
    /// To a record of the journal.
    Record(usize, OnRecord),
    /// To nobody: at this moment (calls and records counted together) something else happens.
    Meanwhile(usize, Meanwhile),
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnSend {
    /// It never arrives, and no answer comes.
    LostBefore,
    /// It is carried out, and no answer comes.
    LostAfter,
    /// It arrives after so many seconds, and no answer comes.
    Late(u64),
    /// It is carried out, and the answer comes late.
    AnsweredLate,
    /// It arrives twice, and the second answer comes.
    Doubled,
    /// AWS asks for fewer requests.
    Throttled,
    /// AWS fails before it is carried out.
    FailedBefore,
    /// AWS fails after it was carried out.
    FailedAfter,
    /// It is carried out, and the answer makes no sense.
    Garbage,
    /// Nobody is signed in any more.
    Expired,
    /// No policy allows it.
    Denied,
    /// A quota is full.
    Full,
    /// The process ends before it leaves.
    CrashBefore,
    /// The process ends when it was carried out.
    CrashAfter,
    /// The process ends at once, and it arrives after so many seconds.
    CrashLate(u64),
}

/// What can happen to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnAsk {
    /// No answer comes.
    Lost,
    /// AWS asks for fewer requests.
    Throttled,
    /// AWS fails.
    Failed,
    /// The answer makes no sense.
    Garbage,
    /// The answer is to another question.
    Another,
    /// Nobody is signed in any more.
    Expired,
    /// No policy allows it.
    Denied,
    /// It shows what was so many seconds ago.
    Stale(u64),
    /// The process ends.
    Crash,
}

/// What can happen to a record of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnRecord {
    /// The process ends before it is durable.
    CrashBefore,
    /// The process ends when it is.
    CrashAfter,
    /// It is not written, and the journal says so.
    Fails,
    /// It is written, and the journal says that it is not.
    FailsAfter,
}

/// What others do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meanwhile {
    /// The user wants a pause.
    Pause,
    /// The user gives the run up.
    Cancel,
    /// Another process makes a thing of the name that this step makes: under its own stamp, or under none.
    Stranger {
        /// Among the steps that make something.
        step: usize,
        /// Whether it is stamped.
        is_stamped: bool,
    },
}

/// How late a request arrives at most, in seconds: for longer no connection is kept.
pub(super) const LATEST: u64 = 19;

/// Any case of so many plans.
pub(super) fn cases(plans: usize) -> impl Strategy<Value = Case> {
    let script = prop::collection::vec(mishap(), 0..7);
    (0..plans, 0..9_u64, script, prop::bool::weighted(0.3))
        .prop_map(|(plan, lag, script, is_taken_back)| Case { plan, lag, script, is_taken_back })
}

fn mishap() -> impl Strategy<Value = Mishap> {
    prop_oneof![
        5 => (0..9_usize, on_send()).prop_map(|(n, what)| Mishap::Send(n, what)),
        4 => (0..45_usize, on_ask()).prop_map(|(n, what)| Mishap::Ask(n, what)),
        3 => (0..45_usize, on_record()).prop_map(|(n, what)| Mishap::Record(n, what)),
        2 => (0..70_usize, meanwhile()).prop_map(|(n, what)| Mishap::Meanwhile(n, what)),
    ]
}

fn on_send() -> impl Strategy<Value = OnSend> {
    prop_oneof![
        10 => select(vec![
            OnSend::LostBefore,
            OnSend::LostAfter,
            OnSend::AnsweredLate,
            OnSend::Doubled,
            OnSend::Throttled,
            OnSend::FailedBefore,
            OnSend::FailedAfter,
            OnSend::Garbage,
            OnSend::Expired,
            OnSend::Denied,
            OnSend::Full,
            OnSend::CrashBefore,
            OnSend::CrashAfter,
        ]),
        2 => (1..=LATEST).prop_map(OnSend::Late),
        2 => (1..=LATEST).prop_map(OnSend::CrashLate),
    ]
}

fn on_ask() -> impl Strategy<Value = OnAsk> {
    prop_oneof![
        8 => select(vec![
            OnAsk::Lost,
            OnAsk::Throttled,
            OnAsk::Failed,
            OnAsk::Garbage,
            OnAsk::Another,
            OnAsk::Expired,
            OnAsk::Denied,
            OnAsk::Crash,
        ]),
        2 => (9..40_u64).prop_map(OnAsk::Stale),
    ]
}

fn on_record() -> impl Strategy<Value = OnRecord> {
    select(vec![OnRecord::CrashBefore, OnRecord::CrashAfter, OnRecord::Fails, OnRecord::FailsAfter])
}

fn meanwhile() -> impl Strategy<Value = Meanwhile> {
    prop_oneof![
        1 => Just(Meanwhile::Pause),
        1 => Just(Meanwhile::Cancel),
        2 => (0..3_usize, any::<bool>()).prop_map(|(step, is_stamped)| Meanwhile::Stranger { step, is_stamped }),
    ]
}
