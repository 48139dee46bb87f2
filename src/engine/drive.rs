//! Carries a plan out: sends what its run says comes next, and looks how far that is until it is there.
//!
//! Every decision is the run's. An order is sent once, and whoever is told hears of it before it leaves: what was
//! not heard was not sent.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::inquiry::Clock;
use super::settle::settle;
use crate::domain::{Answer, Fault, FaultClass, Kind, Question, Shown, Status};
use crate::plan::{Event, Follow, Happening, Next, Orders, Run, Sight, Standing, Step};
use crate::ports::{Cloud, Pending};

/// How long is waited before the first look.
const FIRST: Duration = Duration::from_secs(2);

/// How long is waited between two looks at most.
const LONGEST: Duration = Duration::from_mins(1);

/// Takes in what happens; what comes next waits for it, and does not come when it was not heard: why, in words.
pub type Tell = Arc<dyn Fn(Event) -> Pending<'static, Result<(), Shown>> + Send + Sync>;

/// Carries a run on to its end, or to where it pauses; gives it as it is then. The accounts must have signed in.
///
/// A run that was cut off goes on where it was: a step of which nobody knows whether it was carried out is looked for
/// before anything is sent. Fails with why an event was not heard; nothing was sent after it.
pub async fn drive(
    cloud: Arc<dyn Cloud>,
    clock: Clock,
    mut run: Run,
    orders: Orders,
    tell: Tell,
) -> Result<Run, Shown> {
    let mut wait = FIRST;
    if let Standing::Paused(step) = run.standing() {
        say(&mut run, Event { step, at: clock(), what: Happening::Resumed }, &tell).await?;
    }
    loop {
        let (step, what) = match run.next() {
            Next::Send(n) => {
                wait = FIRST;
                say(&mut run, Event { step: n, at: clock(), what: Happening::Sending }, &tell).await?;
                let order = orders.order(n).expect("BUG: a step without its order");
                (n, sent(cloud.send(order).await, run.steps()[n].attempts))
            }
            Next::Look(n) => {
                sleep(wait).await;
                wait = (wait * 3 / 2).min(LONGEST);
                (n, look(&*cloud, &run.steps()[n].step).await)
            }
            Next::Settle(n) => {
                sleep(wait).await;
                wait = (wait * 3 / 2).min(LONGEST);
                let progress = &run.steps()[n];
                (n, settle(&*cloud, &progress.step, progress.sent).await)
            }
            Next::Nothing => return Ok(run),
        };
        say(&mut run, Event { step, at: clock(), what }, &tell).await?;
    }
}

async fn say(run: &mut Run, event: Event, tell: &Tell) -> Result<(), Shown> {
    tell(event.clone()).await?;
    run.apply(event).expect("BUG: the engine did what its run did not ask for");
    Ok(())
}

/// What an answer to an order means that was sent for the n-th time.
fn sent(answer: Result<crate::plan::Receipt, Fault>, attempts: u32) -> Happening {
    match answer {
        Ok(receipt) => Happening::Taken(receipt),
        Err(fault) if matches!(fault.class, FaultClass::ExpiredCredentials | FaultClass::NoCredentials) => {
            Happening::Shut(fault)
        }
        // What the first time has made after all, the second finds there.
        Err(fault) if attempts > 1 && is_there_already(&fault) => Happening::Unsure(fault),
        Err(fault) if may_have_happened(&fault) => Happening::Unsure(fault),
        Err(fault) => Happening::Refused(fault),
    }
}

fn is_there_already(fault: &Fault) -> bool {
    fault.code.as_ref().is_some_and(|code| code.exact().contains("AlreadyExists"))
}

/// Whether an order that failed so may have been carried out: it left, and no answer came that can be read.
fn may_have_happened(fault: &Fault) -> bool {
    let never_left = fault.code.as_ref().is_some_and(|code| code.exact() == "NotSent");
    matches!(fault.class, FaultClass::Unreachable | FaultClass::InvalidResponse) && !never_left
}

async fn look(cloud: &dyn Cloud, step: &Step) -> Happening {
    let scope = step.call.scope.clone();
    let question = match &step.follows {
        Follow::Nothing => return Happening::Reached,
        Follow::Snapshot(arn) => Question::Snapshot(scope, arn.clone()),
        Follow::Instance(_) | Follow::Cluster(_) => Question::Databases(scope),
        Follow::Export(_) => Question::ExportTasks(scope),
    };
    match cloud.ask(&question).await {
        Ok(answer) => seen(&answer, &step.follows),
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
        _ => None,
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
pub(super) mod tests;
