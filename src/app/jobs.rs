//! The plans that are being carried out, and those that came to their end and were not put away yet.

use jiff::{SignedDuration, Timestamp};

use crate::domain::{AccountId, Inventory, Scope, Shown, SnapshotArn, age};
use crate::plan::{
    Basis, Blindness, Estimate, Event, Experience, Follow, Happening, History, Holder, Operation, Pause,
    Plan, Progress, Purpose, Run, RunId, Standing, State,
};

use super::prose::{Line, Piece, Tone, line_width};
use super::words::count;

/// Names one job for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(u64);

/// A plan that is being carried out, or was.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) id: JobId,
    pub(super) run: Run,
    /// Its name in the journal, where that is known.
    pub(super) kept: Option<RunId>,
    /// Who drives it.
    pub(super) driver: Driver,
    /// What happened, in order; of several looks that follow each other the last only.
    pub(super) events: Vec<Event>,
}

/// Who drives a job, or would if it were not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Driver {
    /// This program.
    Here,
    /// Another program.
    Elsewhere(Holder),
    /// Nobody any more, though it may not have come to its end; why.
    Nobody(Shown),
}

impl Job {
    /// Whether it pauses, was cut short, or failed so that it can be tried again.
    pub(super) fn can_go_on(&self) -> bool {
        let is_under_way = matches!(self.run.standing(), Standing::UnderWay(_));
        self.run.can_go_on()
            && match self.driver {
                Driver::Here => !is_under_way,
                Driver::Elsewhere(_) => false,
                Driver::Nobody(_) => !is_under_way || self.kept.is_some(),
            }
    }

    /// Whether it can be had to pause.
    pub(super) fn can_pause(&self) -> bool {
        self.driver == Driver::Here && matches!(self.run.standing(), Standing::UnderWay(_))
    }

    /// Whether there is anything left of it to give up.
    pub(super) fn can_be_given_up(&self) -> bool {
        !matches!(self.driver, Driver::Elsewhere(_)) && self.run.standing().is_open()
    }

    /// The plan that takes back what it has done: all of it, or what was needed on the way only when it is done and
    /// there was such.
    pub(super) fn way_back(&self) -> Option<Plan> {
        match self.run.standing() {
            Standing::Done => self.run.cleaned_up(self.kept).or_else(|| self.run.taken_back(self.kept)),
            Standing::Stopped(_) | Standing::Cancelled(_) => self.run.taken_back(self.kept),
            Standing::UnderWay(_) | Standing::Paused(_) => None,
        }
    }

    /// The snapshot that it has made in the end, or is making.
    pub(super) fn makes(&self) -> Option<&SnapshotArn> {
        let made = self.run.steps().iter().rev().filter(|step| step.has_effect());
        made.filter(|step| step.step.purpose == Purpose::Goal).find_map(|step| match &step.step.follows {
            Follow::Snapshot(arn) => Some(arn),
            Follow::Nothing | Follow::Instance(_) | Follow::Cluster(_) | Follow::Export(_) => None,
        })
    }

    fn note(&mut self, event: Event) {
        let is_look = |event: &Event| matches!(event.what, Happening::Seen(_) | Happening::Missed);
        let is_blind = |event: &Event| matches!(event.what, Happening::Blind(_));
        let is_another = |last: &Event, event: &Event| {
            (is_look(last) && is_look(event)) || (is_blind(last) && is_blind(event))
        };
        match self.events.last_mut() {
            Some(last) if last.step == event.step && is_another(last, &event) => *last = event,
            _ => self.events.push(event),
        }
    }

    /// Whether it has not come to its end, and this program drives it or will.
    pub(super) fn is_open(&self) -> bool {
        self.driver == Driver::Here && self.run.standing().is_open()
    }
}

/// All of them, the newest last.
#[derive(Debug, Clone, Default)]
pub(super) struct Jobs {
    all: Vec<Job>,
    last: u64,
    /// How long steps took so far.
    experience: Experience,
}

impl Jobs {
    /// Takes one in.
    pub(super) fn begin(&mut self, plan: &Plan) -> JobId {
        self.take_in(Run::of(plan), None)
    }

    /// Takes in what the journal tells of a run, and who drives it; what this program drives it knows better.
    pub(super) fn take_written(&mut self, history: History, holder: Option<Holder>) {
        // What cannot be replayed is the command line's to tell: `jobs show` says what is wrong with it.
        let Ok(run) = history.run() else { return };
        let known = self.all.iter_mut().find(|job| job.kept == Some(history.id));
        if known.as_ref().is_some_and(|job| job.driver == Driver::Here) {
            return;
        }
        let driver = match holder {
            _ if !run.standing().is_open() => Driver::Here,
            Some(holder) => Driver::Elsewhere(holder),
            None => Driver::Nobody("the program that drove it ended".into()),
        };
        let id = match known {
            Some(job) => job.id,
            None => self.take_in(run.clone(), Some(history.id)),
        };
        if let Some(job) = self.all.iter_mut().find(|job| job.id == id) {
            (job.run, job.driver) = (run, driver);
            job.events.clear();
            history.events.into_iter().for_each(|event| job.note(event));
        }
    }

    fn take_in(&mut self, run: Run, kept: Option<RunId>) -> JobId {
        self.last += 1;
        let id = JobId(self.last);
        self.all.push(Job { id, run, kept, driver: Driver::Here, events: Vec::new() });
        id
    }

    /// Takes in a job's name in the journal.
    pub(super) fn name(&mut self, id: JobId, run: RunId) {
        if let Some(job) = self.all.iter_mut().find(|job| job.id == id) {
            job.kept = Some(run);
        }
    }

    /// Takes in that a job is driven again.
    pub(super) fn go_on(&mut self, id: JobId) {
        if let Some(job) = self.all.iter_mut().find(|job| job.id == id) {
            job.driver = Driver::Here;
        }
    }

    /// Takes in that nobody drives a job any more, and why.
    pub(super) fn halt(&mut self, id: JobId, why: Shown) {
        if let Some(job) = self.all.iter_mut().find(|job| job.id == id) {
            job.driver = Driver::Nobody(why);
        }
    }

    /// The jobs of this program that wait until somebody signs in to an account.
    pub(super) fn waiting_for(&self, account: AccountId) -> Vec<JobId> {
        let waits = |job: &&Job| match job.run.standing() {
            Standing::Paused(n) if matches!(job.run.pause(), Some(Pause::SignIn(_))) => {
                job.run.steps()[n].step.call.scope.account == account
            }
            _ => false,
        };
        let ours = self.all.iter().filter(|job| job.driver == Driver::Here);
        ours.filter(waits).map(|job| job.id).collect()
    }

    /// Takes in what happened to one; gives the scopes in which something changed by it.
    pub(super) fn learn(&mut self, id: JobId, event: Event) -> Vec<Scope> {
        let Some(job) = self.all.iter_mut().find(|job| job.id == id) else { return Vec::new() };
        let changes = matches!(
            event.what,
            Happening::Taken(_) | Happening::Found(_) | Happening::Reached | Happening::Lost(_)
        );
        let touched = job.run.steps().get(event.step).filter(|_| changes).map(touched).unwrap_or_default();
        // An event that cannot be is one of a job that is over: it changes nothing.
        if job.run.apply(event.clone()).is_err() {
            return Vec::new();
        }
        if let Some(step) = job.run.steps().get(event.step).filter(|_| event.what == Happening::Reached) {
            self.experience.learn_step(step);
        }
        job.note(event);
        touched
    }

    /// Takes in how long steps took in earlier runs.
    pub(super) fn remember(&mut self, experience: Experience) {
        self.experience = experience;
    }

    /// How long a step will still take, where that can be told.
    pub(super) fn estimate(&self, step: &Progress, now: Timestamp) -> Option<Estimate> {
        self.experience.estimate(step, now)
    }

    /// All of them, the most urgent first: what stopped, what is under way, what is done; the newest first in each.
    pub(super) fn by_urgency(&self) -> Vec<&Job> {
        let mut all: Vec<&Job> = self.all.iter().rev().collect();
        all.sort_by_key(|job| match job.run.standing() {
            _ if matches!(job.driver, Driver::Nobody(_)) => 0,
            Standing::Stopped(_) | Standing::Paused(_) => 0,
            Standing::UnderWay(_) => 1,
            Standing::Done | Standing::Cancelled(_) => 2,
        });
        all
    }

    pub(super) fn get(&self, id: JobId) -> Option<&Job> {
        self.all.iter().find(|job| job.id == id)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many are under way or wait to go on.
    pub(super) fn under_way(&self) -> usize {
        self.all.iter().filter(|job| job.is_open()).count()
    }

    /// Takes one out of which nothing was sent.
    pub(super) fn drop(&mut self, id: JobId) {
        self.all.retain(|job| job.id != id);
    }

    /// Puts one away; one that is under way stays.
    pub(super) fn put_away(&mut self, id: JobId) {
        self.all.retain(|job| job.id != id || job.is_open());
    }

    /// The line at the foot of the screen: as many as there is room for.
    pub(super) fn strip(&self, chord: &str, now: Timestamp, width: usize) -> Line {
        let mut line = vec![Piece::new(Tone::Accent, format!(" {chord}")), Piece::new(Tone::Dim, " jobs")];
        let all = self.by_urgency();
        for (n, job) in all.iter().enumerate() {
            let mut part = vec![Piece::plain(format!("  {}  ", job.run.goal()))];
            part.extend(self.standing(job, now));
            let left = all.len() - n - 1;
            let more = if left > 0 { format!("  +{left} more").len() } else { 0 };
            if n > 0 && line_width(&line) + line_width(&part) + more > width {
                line.push(Piece::new(Tone::Dim, format!("  +{} more", left + 1)));
                break;
            }
            // The first is there whatever its length: how far it is matters more than its name.
            let over = (line_width(&line) + line_width(&part) + more).saturating_sub(width);
            if over > 0 {
                let room = job.run.goal().chars().count().saturating_sub(over + 1);
                part[0] = Piece::plain(format!("  {}  ", crate::domain::middle_cut(job.run.goal(), room)));
            }
            line.extend(part);
        }
        line
    }

    /// How far a run is, in words.
    pub(super) fn standing(&self, job: &Job, now: Timestamp) -> Line {
        let run = &job.run;
        if let Driver::Nobody(_) = job.driver {
            let word = if job.can_go_on() { "CUT SHORT" } else { "HALTED" };
            return vec![Piece::new(Tone::Danger, word)];
        }
        let steps = run.steps();
        let of = |n: usize| {
            if steps.len() > 1 { format!("step {} of {}, ", n + 1, steps.len()) } else { String::new() }
        };
        match run.standing() {
            Standing::Done => vec![Piece::new(Tone::Good, "done")],
            Standing::Cancelled(n) => vec![Piece::plain(of(n)), Piece::new(Tone::Doubt, "given up")],
            Standing::Paused(n) => {
                let words = match run.pause() {
                    Some(Pause::SignIn(_)) => "needs sign-in",
                    Some(Pause::ByHand) | None => "paused",
                };
                vec![Piece::plain(of(n)), Piece::new(Tone::Doubt, words)]
            }
            Standing::Stopped(n) => {
                let word = match &steps[n].state {
                    State::Refused(_) => "REFUSED",
                    State::Changed(_) => "CHANGED MEANWHILE",
                    _ => "FAILED",
                };
                vec![Piece::plain(of(n)), Piece::new(Tone::Danger, word)]
            }
            Standing::UnderWay(n) => {
                let mut line = vec![Piece::plain(of(n))];
                line.extend(progress(&steps[n], now));
                if let Some(estimate) = self.estimate(&steps[n], now) {
                    line.push(Piece::plain(format!(", ~{} left", span(estimate.left))));
                }
                line
            }
        }
    }
}

/// How far a step is, in words.
pub(super) fn progress(step: &Progress, now: Timestamp) -> Line {
    let since = || step.sent.map(|sent| format!(" {}", age(sent, now))).unwrap_or_default();
    let word = |tone, text: String| vec![Piece::new(tone, text)];
    match &step.state {
        State::Waiting => word(Tone::Dim, "waits for its turn".to_owned()),
        State::Held(_) => word(Tone::Doubt, "waits for room".to_owned()),
        State::Changed(_) => word(Tone::Danger, "NOT SENT, things have changed".to_owned()),
        State::Sending => word(Tone::Accent, "sending".to_owned()),
        State::Following => {
            let seen = match &step.sight {
                None => "taken".to_owned(),
                // AWS has taken it and begun nothing: it queues there (COPY-42).
                Some(sight) if sight.percent == Some(0) => format!("queued, {}", sight.status),
                Some(sight) => match sight.percent {
                    Some(percent) => format!("{} {percent} %", sight.status),
                    None => sight.status.to_string(),
                },
            };
            let mut line = word(Tone::Accent, format!("{seen}{}", since()));
            line.extend(step.blind.as_ref().map(|blind| not_seen(blind, now)));
            line
        }
        State::Done => word(Tone::Good, "done".to_owned()),
        State::Refused(_) => word(Tone::Danger, "REFUSED".to_owned()),
        State::Unsure(_) => word(Tone::Doubt, "UNSURE, being looked for".to_owned()),
        State::Lost(_) => word(Tone::Danger, "FAILED".to_owned()),
    }
}

/// The scopes in which a step changes what the deck shows.
/// That a step cannot be looked at; for how long, where that lasts.
fn not_seen(blind: &Blindness, now: Timestamp) -> Piece {
    if blind.lasts() {
        Piece::new(Tone::Danger, format!(", NOT SEEN for {}", age(blind.since, now)))
    } else {
        Piece::new(Tone::Doubt, ", not seen just now")
    }
}

fn touched(progress: &Progress) -> Vec<Scope> {
    let call = &progress.step.call;
    let mut scopes = match call.operation {
        Operation::PutKeyPolicy
        | Operation::CreateGrant
        | Operation::RevokeGrant
        | Operation::CancelKeyDeletion
        | Operation::EnableKey
        | Operation::DisableKey => return Vec::new(),
        _ => vec![call.scope.clone()],
    };
    // Who is given a snapshot, or loses it, sees that in the same region.
    for name in ["ValuesToAdd", "ValuesToRemove"] {
        if let Some(crate::domain::Argument::List(ids)) = call.parameter(name) {
            let others = ids.iter().filter_map(|id| id.parse::<AccountId>().ok());
            scopes.extend(others.map(|account| Scope { account, region: call.scope.region.clone() }));
        }
    }
    scopes
}

/// Whether a scope is one that is read.
pub(super) fn is_read(scope: &Scope, inventory: &Inventory) -> bool {
    inventory.scope(scope).is_some()
}

/// How many jobs there are, and how many of them are under way.
pub(super) fn tally(jobs: &Jobs) -> String {
    match jobs.under_way() {
        0 => count(jobs.all.len(), "job"),
        n => format!("{}, {n} under way", count(jobs.all.len(), "job")),
    }
}

/// How long a step will still take, and what that is judged by.
pub(super) fn guess(estimate: Estimate) -> String {
    let left = span(estimate.left);
    match estimate.basis {
        Basis::Percent => format!("about {left} left, judged by its percentage"),
        Basis::Size(n) => format!("about {left} left, judged by the size and {} like it", count(n, "step")),
        Basis::Steps(n) => {
            format!("about {left} left, judged by {} like it, whatever their size", count(n, "step"))
        }
    }
}

/// A time that is left, in the two letters of an age.
fn span(left: SignedDuration) -> String {
    let epoch = Timestamp::UNIX_EPOCH;
    age(epoch, epoch.checked_add(left).unwrap_or(epoch))
}
