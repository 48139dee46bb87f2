//! The world around a monkey: what can happen, and what comes of the effects.

#![cfg(test)]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::*;
use crate::app::sample::{DR, STRANGER, aged, answer, fault, fresh, fuller, reports, scope};
use crate::domain::{self, Device, Fault, Remedy, Round, Scope};
use crate::plan::{self, Author, History, Holder, Receipt, Run, RunId, Sight, Standing};

/// One thing that can happen; numbers choose among what there is.
#[derive(Debug, Clone)]
pub(super) enum Happening {
    /// A chord that the screen offers.
    Hint(usize),
    /// A chord that is bound somewhere.
    Bound(usize),
    /// A chord that leads deeper.
    Deeper(&'static str),
    Letter(char),
    Pasted(String),
    Click(u16, u16),
    Wheel(u16, u16, Turn),
    Resize(u16, u16),
    /// An answer to what was asked, in any order.
    Answered(usize),
    /// No answer to it.
    Refused(usize, usize),
    Started(usize),
    /// A page of the reading under way, or of one before it.
    Page(usize, u8, bool),
    Complete(usize),
    Failed(usize, usize),
    Shared(usize),
    /// Something of what the sample fleet begins with, once more.
    Learned(usize),
    SignedOut(usize, usize),
    /// What can come of a job, or what cannot.
    Work(usize, usize, bool),
    Halted(usize),
    /// What the journal tells of another program's run.
    Written(usize, bool),
    Clock(u16),
    Told,
    /// Esc until nothing lies over the deck.
    Home,
}

pub(super) fn happening() -> impl Strategy<Value = Happening> {
    use Happening as H;
    let n = || 0usize..64;
    let turn = || prop_oneof![Just(Turn::Up), Just(Turn::Down)];
    let keys = prop_oneof![
        30 => n().prop_map(H::Hint),
        10 => (0usize..500).prop_map(H::Bound),
        // What leads to the end of a dialog, and to one whose end is typed.
        5 => proptest::sample::select(vec!["Enter", "Enter", "D", "c", "s", "!"]).prop_map(H::Deeper),
        4 => proptest::sample::select(('a'..='z').chain('0'..='9').collect::<Vec<_>>()).prop_map(H::Letter),
        3 => "[a-z:<>!,*0-9 é注]{1,6}".prop_map(H::Pasted),
        3 => proptest::sample::select(vec![DR, STRANGER, "alias/dba", "orders-nightly-1", "delete 2", "eu-west-1"])
            .prop_map(|text| H::Pasted(text.to_owned())),
        5 => (0u16..160, 0u16..50).prop_map(|(col, row)| H::Click(col, row)),
        2 => (0u16..160, 0u16..50, turn()).prop_map(|(col, row, turn)| H::Wheel(col, row, turn)),
        1 => (0u16..130, 0u16..45).prop_map(|(width, height)| H::Resize(width, height)),
        2 => proptest::sample::select(vec![(80, 24), (80, 24), (80, 24), (120, 40), (150, 45), (20, 5), (1, 1), (400, 100)])
            .prop_map(|(width, height)| H::Resize(width, height)),
        2 => Just(H::Home),
    ];
    let world = prop_oneof![
        20 => n().prop_map(H::Answered),
        2 => (n(), n()).prop_map(|(n, class)| H::Refused(n, class)),
        2 => n().prop_map(H::Started),
        4 => (n(), 0u8..30, any::<bool>()).prop_map(|(n, from, late)| H::Page(n, from, late)),
        2 => n().prop_map(H::Complete),
        1 => (n(), n()).prop_map(|(n, class)| H::Failed(n, class)),
        2 => n().prop_map(H::Shared),
        1 => n().prop_map(H::Learned),
        1 => (n(), n()).prop_map(|(n, class)| H::SignedOut(n, class)),
        12 => (n(), n(), any::<bool>()).prop_map(|(job, what, legal)| H::Work(job, what, legal)),
        1 => n().prop_map(H::Halted),
        1 => (n(), any::<bool>()).prop_map(|(n, driven)| H::Written(n, driven)),
        1 => (0u16..500).prop_map(H::Clock),
        1 => Just(H::Told),
    ];
    prop_oneof![6 => keys, 4 => world]
}

/// The application, and all that is under way around it.
pub(super) struct World {
    pub(super) app: App,
    chords: Vec<Chord>,
    /// What was asked and is not answered yet.
    asked: Vec<Effect>,
    /// The jobs as whoever drives them sees them.
    pub(super) runs: BTreeMap<JobId, Run>,
    rounds: u32,
}

impl World {
    pub(super) fn new() -> Self {
        let app = fuller(120, 40);
        let chords = app.keymap.bindings().iter().flat_map(|binding| binding.chords.clone()).collect();
        Self { app, chords, asked: Vec::new(), runs: BTreeMap::new(), rounds: 100 }
    }

    /// The message that a happening is now; `None` where there is nothing that could happen so.
    pub(super) fn message(&mut self, happening: &Happening) -> Option<Msg> {
        use Happening as H;
        Some(match happening {
            H::Hint(n) => {
                let hints = self.app.hints();
                let hint = hints.get(n % hints.len().max(1))?;
                Msg::Input(Event::Chord(hint.chord.parse().expect("a chord")))
            }
            H::Deeper(chord) => Msg::Input(Event::Chord(chord.parse().expect("a chord"))),
            H::Bound(n) => Msg::Input(Event::Chord(self.chords[n % self.chords.len()])),
            H::Letter(c) => Msg::Input(Event::Chord(c.to_string().parse().expect("a chord"))),
            H::Pasted(text) => Msg::Input(Event::Paste(text.clone())),
            H::Click(col, row) => Msg::Input(Event::Click { col: *col, row: *row }),
            H::Wheel(col, row, turn) => Msg::Input(Event::Wheel { col: *col, row: *row, turn: *turn }),
            H::Resize(width, height) => Msg::Input(Event::Resize { width: *width, height: *height }),
            H::Answered(n) => self.answer(*n, None)?,
            H::Refused(n, class) => self.answer(*n, Some(class_of(*class)))?,
            H::Started(n) => {
                self.rounds += 1;
                Msg::Reports(vec![Report::Started { scope: scope_of(*n), round: Round(self.rounds) }])
            }
            H::Page(n, from, late) => {
                let scope = scope_of(*n);
                let round = self.round(&scope, *late);
                let row = |n: u8| aged(snapshot(&scope, &format!("orders-{}", n % 7)), i64::from(n) * 31);
                let rows = (*from..from + 12).map(row).collect();
                Msg::Reports(vec![Report::Page { scope, round, rows }])
            }
            H::Complete(n) => {
                let scope = scope_of(*n);
                Msg::Reports(vec![Report::Complete { round: self.round(&scope, false), scope }])
            }
            H::Failed(n, class) => {
                let scope = scope_of(*n);
                let round = self.round(&scope, false);
                Msg::Reports(vec![Report::Failed { scope, round, fault: fault(class_of(*class)) }])
            }
            H::Shared(n) => {
                let rows: Vec<_> = self.app.deck.inventory.rows().collect();
                let (_, row) = rows.get(n % rows.len().max(1))?;
                let shares = [Share::Private, Share::NotShareable, Share::Unknown(Unasked::Refused)];
                let arn = row.snapshot.arn.clone();
                let account = row.snapshot.scope.account;
                Msg::Reports(vec![Report::Shared { account, arn, share: shares[n % shares.len()].clone() }])
            }
            H::Learned(n) => {
                let mut all: Vec<Report> = reports().into_iter().chain(fresh()).collect();
                Msg::Reports(vec![all.swap_remove(n % all.len())])
            }
            H::SignedOut(n, class) => {
                let name = ["prod", "dr", "lab", "vault"][n % 4];
                let fault = Fault { remedy: remedy_of(*class).map(Box::new), ..fault(class_of(*class)) };
                Msg::Reports(vec![Report::SignInFailed { name: name.into(), fault }])
            }
            H::Work(n, what, legal) => self.work(*n, *what, *legal)?,
            H::Halted(n) => {
                Msg::Halted(*self.runs.keys().nth(n % self.runs.len().max(1))?, "the disk is full".into())
            }
            H::Written(n, driven) => self.written(*n, *driven)?,
            H::Clock(minutes) => {
                Msg::Clock(sample::now() + jiff::SignedDuration::from_mins(i64::from(*minutes)))
            }
            H::Told => Msg::Notice(Notice::bad("something that is told")),
            H::Home => return None,
        })
    }

    /// Keeps what is to be answered or driven.
    pub(super) fn keep(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Run { job, run, .. } => _ = self.runs.entry(job).or_insert(*run),
                Effect::Ask(..)
                | Effect::Copy { .. }
                | Effect::Save { .. }
                | Effect::Open { .. }
                | Effect::Lend { .. } => self.asked.push(effect),
                Effect::Refresh(_)
                | Effect::SignIn { .. }
                | Effect::Look(_)
                | Effect::ReadJournal
                | Effect::Pause(_)
                | Effect::Cancel { .. }
                | Effect::Suspend
                | Effect::Theme(_)
                | Effect::Mouse(_)
                | Effect::Quit => {}
            }
        }
    }

    fn round(&self, scope: &Scope, late: bool) -> Round {
        let now = self.app.deck.inventory.scope(scope).map_or(Round(0), |entry| entry.round);
        Round(now.0.saturating_sub(u32::from(late)))
    }

    fn answer(&mut self, n: usize, fails: Option<FaultClass>) -> Option<Msg> {
        if self.asked.is_empty() {
            return None;
        }
        let mishap = || Mishap("it cannot be done here".into());
        let done = if fails.is_none() { Ok(()) } else { Err(mishap()) };
        let (ticket, said) = match self.asked.remove(n % self.asked.len()) {
            Effect::Ask(ticket, Question::Fact(question)) => {
                let said = fails.map_or_else(|| answer(&question).map(Box::new), |class| Err(fault(class)));
                (ticket, Answer::Fact(said))
            }
            Effect::Ask(ticket, Question::Document { .. }) => {
                let said = fails.map_or_else(|| Ok("{\"a\": [1, 2]}".to_owned()), |class| Err(fault(class)));
                (ticket, Answer::Document(said))
            }
            Effect::Copy { ticket, .. } => (ticket, Answer::Copied(done)),
            Effect::Open { ticket, .. } => (ticket, Answer::Opened(done)),
            Effect::Lend { ticket, .. } => (ticket, Answer::Ran(done)),
            Effect::Save { ticket, .. } => (ticket, Answer::Saved(done.map(|()| "/home/me/file".into()))),
            other => panic!("nothing answers {other:?}"),
        };
        Some(Msg::Answer(ticket, said))
    }

    /// Something that happens to a job: what can be, as it stands, or anything.
    fn work(&mut self, n: usize, what: usize, legal: bool) -> Option<Msg> {
        let count = self.runs.len().max(1);
        let (id, run) = self.runs.iter_mut().nth(n % count)?;
        let step = match run.standing() {
            Standing::UnderWay(n) | Standing::Paused(n) | Standing::Stopped(n) | Standing::Cancelled(n) => n,
            Standing::Done => 0,
        };
        let event = |what: &plan::Happening| plan::Event { step, at: sample::now(), what: what.clone() };
        let mut events: Vec<plan::Event> = all_of_a_job().iter().map(event).collect();
        if legal {
            events.retain(|event| run.clone().apply(event.clone()).is_ok());
        }
        let event = events.get(what % events.len().max(1))?.clone();
        // What cannot be changes nothing, here as there.
        let _ = run.apply(event.clone());
        Some(Msg::Job(*id, event))
    }

    fn written(&self, n: usize, driven: bool) -> Option<Msg> {
        let run = self.runs.values().nth(n % self.runs.len().max(1))?;
        let host = || domain::Shown::from("elsewhere");
        let author = Author { user: "me".into(), host: host(), callers: Vec::new() };
        let sent = plan::Event { step: 0, at: sample::now(), what: plan::Happening::Sending };
        let events = if n.is_multiple_of(2) { vec![] } else { vec![sent] };
        let chance = u64::try_from(n % 3).expect("a small number");
        let id = RunId::new(sample::now(), chance);
        let history = History { id, author, begun: sample::now(), plan: run.plan(), events };
        let holder = driven.then(|| Holder { pid: 7, host: host(), since: sample::now() });
        Some(Msg::Written(Box::new(history), holder))
    }
}

fn scope_of(n: usize) -> Scope {
    let places = [
        (PROD, "us-east-1"),
        (PROD, "eu-west-1"),
        (DR, "eu-west-1"),
        (DR, "us-east-1"),
        (PROD, "ap-east-1"),
        (PROD, "ap-southeast-2"),
    ];
    let (account, region) = places[n % places.len()];
    scope(account, region)
}

fn class_of(n: usize) -> FaultClass {
    FaultClass::ALL[n % FaultClass::ALL.len()]
}

fn remedy_of(n: usize) -> Option<Remedy> {
    match n % 4 {
        0 => Some(Remedy::Code(Device { profile: "prod".into(), serial: "arn:aws:iam::1:mfa/me".into() })),
        1 => Some(Remedy::Command(["aws", "login", "--profile", "prod"].map(str::to_owned).to_vec())),
        _ => None,
    }
}

fn all_of_a_job() -> Vec<plan::Happening> {
    use plan::Happening as W;
    let fault = || fault(FaultClass::ExplicitDeny);
    let sight = |percent| Sight { status: "copying".into(), percent };
    let why = || domain::Shown::from("a limit is full");
    vec![
        W::Sending,
        W::Taken(Receipt::default()),
        W::Seen(sight(Some(41))),
        W::Reached,
        W::Sending,
        W::Taken(Receipt::default()),
        W::Seen(sight(None)),
        W::Reached,
        W::Held(why()),
        W::Changed(why()),
        W::Refused(fault()),
        W::Shut(fault()),
        W::Unsure(fault()),
        W::Found(Receipt::default()),
        W::NotFound,
        W::Unclear(why()),
        W::Paused,
        W::Resumed,
        W::Cancelled,
        W::Retried,
        W::Missed,
        W::Blind(fault()),
        W::Lost(why()),
    ]
}

/// Whether an order is one that a name has to be typed for: it deletes what was asked for, or makes public.
pub(super) fn is_grave(step: &plan::Step) -> bool {
    let everybody = |name| match step.call.parameter(name) {
        Some(domain::Argument::List(ids)) => ids.iter().any(|id| id == "all"),
        _ => false,
    };
    let deletes = step.call.deleted().is_some() && step.purpose == plan::Purpose::Goal;
    deletes || everybody("ValuesToAdd")
}
