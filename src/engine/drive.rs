//! Carries a plan out: sends what its run says comes next, and looks how far that is until it is there.
//!
//! Every decision is the run's. An order is sent once, and whoever is told hears of it before it leaves: what was
//! not heard was not sent. Before it is sent, what it stands on is read again, and there is room for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::brake::Brake;
use super::ground::{self, Doubt};
use super::inquiry::Clock;
use super::limits::Limits;
use super::settle::{settle, unexpected};
use super::turn::{Errand, Turn, after_all, opening, turn};
use super::turnstile::Turnstile;
use crate::domain::{Answer, Fault, FaultClass, Kind, Question, Shown, Status};
use crate::plan::{Does, Event, Follow, Happening, Operation, Orders, Receipt, Run, Sight, State, Step};
use crate::ports::{Cloud, Pending};

/// How long is waited before the first look.
const FIRST: Duration = Duration::from_secs(2);

/// How long is waited before it is tried again what could not be sent yet.
const HELD: Duration = Duration::from_secs(15);

/// How long is waited between two looks at most.
const LONGEST: Duration = Duration::from_mins(1);

/// How often an answer that makes no sense is asked for again before a step is sent.
const TRIES: u32 = 5;

/// Takes in what happens; what comes next waits for it, and does not come when it was not heard: why, in words.
pub(super) type Tell = Arc<dyn Fn(Event) -> Pending<'static, Result<(), Shown>> + Send + Sync>;

/// What all the runs of a program have in common.
#[derive(Clone)]
pub(super) struct Road {
    pub(super) cloud: Arc<dyn Cloud>,
    pub(super) clock: Clock,
    pub(super) turnstile: Turnstile,
    pub(super) limits: Limits,
}

/// Drives one run.
pub(super) struct Driver {
    pub(super) road: Road,
    pub(super) brake: Brake,
    pub(super) tell: Tell,
}

impl Driver {
    /// Carries a run on to its end, or to where it pauses; gives it as it is then. The accounts must have signed in.
    ///
    /// A run that was cut off goes on where it was: a step of which nobody knows whether it was carried out is looked
    /// for before anything is sent. One that was stopped by a step that changed nothing tries that step again. Fails
    /// with why an event was not heard; nothing was sent after it.
    pub(super) async fn drive(&self, mut run: Run, orders: &Orders) -> Result<Run, Shown> {
        if let Some((step, what)) = opening(&run) {
            self.say(&mut run, step, what).await?;
        }
        let mut wait = FIRST;
        let mut at = None;
        loop {
            let errand = match turn(&run, self.brake.wanted()) {
                Turn::Rest => return Ok(run),
                Turn::Say(n, what) => {
                    self.say(&mut run, n, what).await?;
                    continue;
                }
                Turn::Ask(errand) => errand,
            };
            if at != Some(errand) {
                (at, wait) = (Some(errand), FIRST);
            }
            match errand {
                Errand::Send(n) => self.send(&mut run, n, orders, &mut wait).await?,
                Errand::Look(n) => {
                    if self.waited(&mut wait).await {
                        let step = run.steps()[n].step.clone();
                        self.road.turnstile.pass(&step.call.scope).await;
                        let what = look(&*self.road.cloud, &step).await;
                        self.say(&mut run, n, what).await?;
                    }
                }
                Errand::Settle(n) => {
                    if self.waited(&mut wait).await {
                        let progress = run.steps()[n].clone();
                        self.road.turnstile.pass(&progress.step.call.scope).await;
                        let order = orders.order(n).expect("BUG: a step without its order");
                        let what =
                            settle(&*self.road.cloud, &progress.step, order.call(), progress.sent).await;
                        self.say(&mut run, n, what).await?;
                    }
                }
            }
        }
    }

    /// Sends a step, if it stands on what the plan saw and there is room for what it makes.
    async fn send(&self, run: &mut Run, n: usize, orders: &Orders, wait: &mut Duration) -> Result<(), Shown> {
        let step = run.steps()[n].step.clone();
        let mut tries = 0;
        loop {
            let doubt = match ground::check(&*self.road.cloud, &step, orders, run.steps()[n].attempts).await {
                Ok(()) => break,
                Err(doubt) => doubt,
            };
            if let Doubt::Blind(fault) = &doubt {
                tries += u32::from(matches!(fault.class, FaultClass::InvalidResponse | FaultClass::Other));
            }
            let difference = match doubt {
                Doubt::Changed(difference) => Err(difference),
                Doubt::Blind(fault) if fault.class.needs_sign_in() => {
                    return self.say(run, n, Happening::Shut(fault)).await;
                }
                Doubt::Blind(fault) if tries >= TRIES => {
                    Err(format!("what it acts on cannot be read again: {}", fault.message).into())
                }
                Doubt::Blind(fault) => Ok(fault),
            };
            let fault = match difference {
                Ok(fault) => fault,
                Err(difference) => match self.after_all(run, n, orders, Happening::Changed(difference)).await
                {
                    Happening::Blind(fault) => fault,
                    what => return self.say(run, n, what).await,
                },
            };
            if run.steps()[n].blind.is_none() {
                self.say(run, n, Happening::Blind(fault)).await?;
            }
            if !self.waited(wait).await {
                return Ok(());
            }
        }
        let order = orders.order(n).expect("BUG: a step without its order");
        if let Err(why) = self.road.limits.take(&*self.road.cloud, &step).await {
            // It may be full with what was sent before and did not show.
            return match self.after_all(run, n, orders, Happening::Held(why)).await {
                Happening::Held(why) => self.hold(run, n, why, wait).await,
                what => self.say(run, n, what).await,
            };
        }
        self.say(run, n, Happening::Sending).await?;
        let what = sent(self.road.cloud.send(order).await, order.call().operation);
        match what {
            Happening::Held(why) => {
                self.road.limits.was_full(&step).await;
                self.hold(run, n, why, wait).await
            }
            refused @ Happening::Refused(_) => {
                let what = self.after_all(run, n, orders, refused).await;
                self.say(run, n, what).await
            }
            what => self.say(run, n, what).await,
        }
    }

    /// What is said of a step that is not sent or was refused: so, unless it was sent before and that shows now.
    async fn after_all(&self, run: &Run, n: usize, orders: &Orders, otherwise: Happening) -> Happening {
        let progress = &run.steps()[n];
        let before = progress.attempts - u32::from(progress.state == State::Sending);
        if before == 0 {
            return otherwise;
        }
        let order = orders.order(n).expect("BUG: a step without its order");
        let looked = settle(&*self.road.cloud, &progress.step, order.call(), progress.sent).await;
        after_all(otherwise, looked)
    }

    async fn hold(&self, run: &mut Run, n: usize, why: Shown, wait: &mut Duration) -> Result<(), Shown> {
        if run.steps()[n].state != State::Held(why.clone()) {
            self.say(run, n, Happening::Held(why)).await?;
        }
        *wait = (*wait).max(HELD);
        self.waited(wait).await;
        Ok(())
    }

    /// Waits, longer each time; false when something else is wanted before that is over.
    async fn waited(&self, wait: &mut Duration) -> bool {
        let now = *wait;
        *wait = (now * 3 / 2).min(LONGEST);
        tokio::select! {
            biased;
            () = self.brake.pulled() => false,
            () = sleep(now) => true,
        }
    }

    async fn say(&self, run: &mut Run, step: usize, what: Happening) -> Result<(), Shown> {
        let event = Event { step, at: (self.road.clock)(), what };
        (self.tell)(event.clone()).await?;
        run.apply(event).expect("BUG: the engine did what its run did not ask for");
        Ok(())
    }
}

/// What an answer to an order means.
pub(super) fn sent(answer: Result<Receipt, Fault>, operation: Operation) -> Happening {
    match answer {
        Ok(receipt) => Happening::Taken(receipt),
        Err(fault) if fault.class.needs_sign_in() => Happening::Shut(fault),
        // Neither changed anything, and both pass.
        Err(fault) if fault.class == FaultClass::Throttled => {
            Happening::Held("AWS asks for fewer requests: it waits a while".into())
        }
        Err(fault) if is_over_a_limit(&fault) => {
            Happening::Held(format!("AWS has no room for it now: {}", fault.message).into())
        }
        // By whom is looked for: by an earlier try after all, by this one if it arrived twice, or by somebody else.
        Err(fault) if is_done_already(&fault, operation) => Happening::Unsure(fault),
        Err(fault) if may_have_happened(&fault) => Happening::Unsure(fault),
        Err(fault) => Happening::Refused(fault),
    }
}

/// Whether a limit was full (COPY-40, COPY-43).
fn is_over_a_limit(fault: &Fault) -> bool {
    fault.code.as_ref().is_some_and(|code| code.exact().contains("SnapshotQuotaExceeded"))
}

/// Whether what was ordered is so already.
fn is_done_already(fault: &Fault, operation: Operation) -> bool {
    let says = |word| fault.code.as_ref().is_some_and(|code| code.exact().contains(word));
    match operation.does() {
        Does::Makes => says("AlreadyExists"),
        Does::Deletes => says("NotFound"),
        Does::Changes => false,
    }
}

/// Whether an order that failed so may have been carried out, or was kept from leaving by something that passes: it is
/// looked for before it is sent again.
fn may_have_happened(fault: &Fault) -> bool {
    match fault.class {
        FaultClass::Unreachable => true,
        FaultClass::InvalidResponse => fault.code.as_ref().is_none_or(|code| code.exact() != "NotSent"),
        _ => false,
    }
}

pub(super) async fn look(cloud: &dyn Cloud, step: &Step) -> Happening {
    let scope = step.call.scope.clone();
    let question = match &step.follows {
        Follow::Nothing => return Happening::Reached,
        Follow::Snapshot(arn) => Question::Snapshot(scope, arn.clone()),
        Follow::Instance(_) | Follow::Cluster(_) => Question::Databases(scope),
        Follow::Export(_) => Question::ExportTasks(scope),
    };
    match cloud.ask(&question).await {
        Ok(answer) => seen(&answer, &step.follows),
        Err(fault) if fault.class.needs_sign_in() => Happening::Shut(fault),
        Err(fault) => Happening::Blind(fault),
    }
}

/// What an answer says of what is followed.
fn seen(answer: &Answer, follows: &Follow) -> Happening {
    let found = match (answer, follows) {
        (Answer::Snapshot(found), Follow::Snapshot(_)) => found.as_ref().map(|found| {
            let row = &found.row;
            (row.status == Status::Available, Shown::from(row.status.exact()), row.progress)
        }),
        (Answer::Databases(all), Follow::Instance(name)) => database(all, Kind::Instance, name),
        (Answer::Databases(all), Follow::Cluster(name)) => database(all, Kind::Cluster, name),
        (Answer::ExportTasks(all), Follow::Export(name)) => {
            let task = all.iter().find(|task| task.id.exact() == name);
            task.map(|task| (task.status.exact().eq_ignore_ascii_case("complete"), task.status.clone(), None))
        }
        _ => return Happening::Blind(unexpected()),
    };
    match found {
        None => Happening::Missed,
        Some((true, ..)) => Happening::Reached,
        Some((false, status, _)) if is_the_end(status.exact()) => {
            Happening::Lost(format!("it is {status}, and will not be available").into())
        }
        Some((false, status, percent)) => Happening::Seen(Sight { status, percent }),
    }
}

fn database(all: &[crate::domain::Database], kind: Kind, name: &str) -> Option<(bool, Shown, Option<u8>)> {
    let same =
        |one: &&crate::domain::Database| one.kind == kind && one.name.exact().eq_ignore_ascii_case(name);
    let one = all.iter().find(same)?;
    Some((one.status.exact() == "available", one.status.clone(), None))
}

/// Whether nothing that is wanted can come after a status.
fn is_the_end(status: &str) -> bool {
    let status = status.to_ascii_lowercase();
    ["failed", "canceled", "cancelled", "canceling", "deleting", "deleted"].contains(&status.as_str())
        || status.starts_with("incompatible-")
        || status.starts_with("inaccessible-")
}

#[cfg(test)]
mod tests;
