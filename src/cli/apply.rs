//! `apply` and `resume`: a plan carried out to its end, each step as it goes; asks first, and can be stopped and taken
//! up again.

mod follow;
mod watch;

use std::collections::BTreeSet;
use std::future::pending;
use std::io::{BufRead as _, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::sleep;

use crate::disk;
use crate::domain::{Access, AccountId, Shown};
use crate::engine::{Brake, Inquiry, Keeper, Kept, Wish};
use crate::plan::{Event, History, Orders, Plan, Record as _, Run, RunId, Shut, compile};
use crate::ports::{Cloud, JournalError};
use crate::rules::Severity;

use super::draft::begun;
use super::plan::{chosen, way_to};
use super::{After, ApplyPlan, Assent, Console, Exit, Hour, ReportFormat, Resume, fault};
use follow::{Follower, Form};
use watch::watched;

/// How long an answer that is on its way is waited for when the user stops a run.
const GRACE: Duration = Duration::from_secs(2);

/// Finds the way to a goal, asks, and carries it out.
///
/// Ends with [`Exit::Blocked`] where no way leads there or an account is read-only, with [`Exit::Failed`] where a step
/// failed or the run was stopped: `resume` takes it up again.
pub async fn apply<O: Write, E: Write>(
    cloud: Arc<dyn Cloud>,
    keeper: Keeper,
    wanted: &ApplyPlan,
    hour: Hour,
    mut console: Console<O, E>,
) -> Exit {
    console.progress("asking AWS ...".to_owned());
    let (mut inquiry, asked) = match begun(cloud, &wanted.goal, &hour, &mut console).await {
        Ok(begun) => begun,
        Err(exit) => return exit,
    };
    let way = way_to(&asked, &mut inquiry).await;
    let Some(request) = &way.review.request else {
        console.wipe();
        console.complain("no way leads there; nothing was sent:");
        for finding in way.review.findings.iter().filter(|finding| finding.severity == Severity::Error) {
            console.complain(&format!("  {} {}", finding.rule, finding.message));
        }
        return Exit::Blocked;
    };
    let plan = compile(request, inquiry.facts());
    let choice = chosen(&plan, &way.draft, &mut inquiry).await;
    console.wipe();
    let plan = match wanted.after {
        After::Leave => plan,
        After::CleanUp => plan.cleaning_up(),
    };
    let orders = match orders(plan, &inquiry) {
        Ok(orders) => orders,
        Err(Shut(account)) => {
            let who = inquiry.facts().account_words(account);
            console.complain(&format!("{who} is read-only: nothing was sent"));
            return Exit::Blocked;
        }
    };
    show(&orders, &inquiry, &mut console);
    if let Some(choice) = choice {
        console.complain(&choice.sentence());
    }
    for finding in way.review.findings.iter().filter(|finding| finding.severity == Severity::Warning) {
        console.complain(&format!("warning {} {}", finding.rule, finding.message));
    }
    if wanted.assent == Assent::Ask && !agreed(&mut console) {
        console.complain("nothing was sent");
        return Exit::Failed;
    }
    let callers = match sign_in(&orders, &inquiry, &mut console).await {
        Ok(callers) => callers,
        Err(exit) => return exit,
    };
    match keeper.begin(&orders, callers).await {
        Ok(kept) => {
            let run = Run::new(&orders);
            go(&keeper, kept, (run, orders), Form::of(wanted.format.unwrap_or(ReportFormat::Table)), console)
                .await
        }
        Err(error) => {
            console.complain(&format!("nothing was sent: {error}"));
            Exit::Failed
        }
    }
}

/// Takes a run up again: the one that is named, or the only one that was cut short.
pub async fn resume<O: Write, E: Write>(
    cloud: Arc<dyn Cloud>,
    keeper: Keeper,
    wanted: Resume,
    hour: Hour,
    mut console: Console<O, E>,
) -> Exit {
    let form = Form::of(wanted.format.unwrap_or(ReportFormat::Table));
    let named = match (&wanted.adopt, wanted.run) {
        (Some(file), _) => adopted(&keeper, file, &mut console).await,
        (None, Some(id)) => Ok(id),
        (None, None) => only_one(&keeper, &mut console).await,
    };
    let id = match named {
        Ok(id) => id,
        Err(exit) => return exit,
    };
    let (kept, history) = loop {
        match keeper.take(id).await {
            Ok(Some(taken)) => break taken,
            Ok(None) => {
                console.complain("the demo cloud keeps no runs");
                return Exit::Usage;
            }
            Err(JournalError::Held(holder)) => {
                console = match watched(&keeper, id, &holder, form, console).await {
                    Ok(console) => console,
                    Err(exit) => return exit,
                };
            }
            Err(error) => {
                console.complain(&error.to_string());
                return Exit::Failed;
            }
        }
    };
    let Ok(run) = history.run() else {
        console.complain(&format!(
            "what is written of {id} cannot have happened: `snapdeck jobs show {id}` shows it"
        ));
        return Exit::Failed;
    };
    if !run.can_go_on() {
        console.complain(&format!("{id} has come to its end: `snapdeck jobs show {id}` tells how"));
        return Exit::Done;
    }
    console.progress("signing in ...".to_owned());
    let inquiry = match Inquiry::open(cloud, hour.clock).await {
        Ok(inquiry) => inquiry,
        Err(refused) => {
            console.complain(&fault::sentence(&refused));
            return Exit::Failed;
        }
    };
    console.wipe();
    let orders = match orders(history.plan, &inquiry) {
        Ok(orders) => orders,
        Err(Shut(account)) => {
            let who = inquiry.facts().account_words(account);
            console
                .complain(&format!("{who} is read-only, or not one of the accounts here: nothing was sent"));
            return Exit::Blocked;
        }
    };
    if let Err(exit) = sign_in(&orders, &inquiry, &mut console).await {
        return exit;
    }
    go(&keeper, kept, (run, orders), form, console).await
}

/// Takes in a run that was exported, and gives its name.
async fn adopted<O: Write, E: Write>(
    keeper: &Keeper,
    file: &Path,
    console: &mut Console<O, E>,
) -> Result<RunId, Exit> {
    let place = Shown::from(file.to_string_lossy().as_ref());
    let text = disk::read(file).map_err(|why| {
        console.complain(&format!("{place} cannot be read: {why}"));
        Exit::Usage
    })?;
    let history = History::from_record(text.trim()).map_err(|bad| {
        console.complain(&format!(
            "{place} is no run as `snapdeck jobs export RUN --format json` writes it: {bad}"
        ));
        Exit::Usage
    })?;
    if history.run().is_err() {
        console.complain(&format!("{place} tells of something that cannot have happened"));
        return Err(Exit::Failed);
    }
    match keeper.adopt(&history).await {
        Ok(()) => {
            let words = format!(
                "run {} of {} on {} is adopted",
                history.id, history.author.user, history.author.host
            );
            console.complain(&words);
            Ok(history.id)
        }
        Err(error) => {
            console.complain(&error.to_string());
            Err(Exit::Failed)
        }
    }
}

async fn only_one<O: Write, E: Write>(keeper: &Keeper, console: &mut Console<O, E>) -> Result<RunId, Exit> {
    let cut = keeper.cut_short().await.map_err(|error| {
        console.complain(&error.to_string());
        Exit::Failed
    })?;
    match &cut[..] {
        [one] => Ok(one.id),
        [] => {
            console.complain("no run was cut short");
            Err(Exit::Done)
        }
        several => {
            console.complain("several runs were cut short: name one");
            for history in several {
                console.complain(&format!("  {}  {}", history.id, history.plan.goal));
            }
            Err(Exit::Usage)
        }
    }
}

fn orders(plan: Plan, inquiry: &Inquiry) -> Result<Orders, Shut> {
    Orders::of(plan, |id| inquiry.facts().account(id).map_or(Access::ReadOnly, |account| account.access))
}

/// Says what will be sent, on the errors' side: the output is for what happens.
fn show<O: Write, E: Write>(orders: &Orders, inquiry: &Inquiry, console: &mut Console<O, E>) {
    console.complain(orders.goal());
    for (step, n) in orders.steps().zip(1..) {
        let scope = &step.call.scope;
        let who = inquiry.facts().account_words(scope.account);
        let words =
            format!("  {n} {who} {}  {}  {}", scope.region, step.call.operation.action(), step.essentials);
        console.complain(&words);
    }
}

/// Asks on the terminal; where there is none, nobody has agreed.
fn agreed<O: Write, E: Write>(console: &mut Console<O, E>) -> bool {
    if !std::io::stdin().is_terminal() {
        console.complain("nobody is there to be asked: --yes sends without asking");
        return false;
    }
    console.complain("Send this? Type yes:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).is_ok() && line.trim() == "yes"
}

/// Signs in to every account of the orders; who we are there.
async fn sign_in<O: Write, E: Write>(
    orders: &Orders,
    inquiry: &Inquiry,
    console: &mut Console<O, E>,
) -> Result<Vec<(AccountId, Shown)>, Exit> {
    let accounts: BTreeSet<AccountId> = orders.steps().map(|step| step.call.scope.account).collect();
    let mut callers = Vec::new();
    for account in accounts {
        match inquiry.identity(account).await {
            Ok(identity) => callers.push((account, identity.caller)),
            Err(refused) => {
                let who = inquiry.facts().account_words(account);
                console.complain(&format!("nothing was sent: {who}: {}", fault::sentence(&refused)));
                return Err(Exit::Failed);
            }
        }
    }
    Ok(callers)
}

/// Drives it, printing each event; ctrl-c stops, and what was begun can be taken up again.
async fn go<O: Write, E: Write>(
    keeper: &Keeper,
    kept: Arc<Kept>,
    (run, orders): (Run, Orders),
    form: Form,
    console: Console<O, E>,
) -> Exit {
    let follower = Follower::new(&run, kept.id(), form, console);
    let (say, heard) = unbounded_channel();
    let brake = Brake::default();
    let driving = keeper.go(kept, run, orders, brake.clone(), Arc::new(move |event| drop(say.send(event))));
    followed(driving, heard, interrupt, brake, follower).await
}

/// Waits for ctrl-c.
async fn interrupt() {
    // A signal that cannot be listened for never comes.
    if tokio::signal::ctrl_c().await.is_err() {
        pending::<()>().await;
    }
}

/// Prints what is heard until the driving ends. The first stop has it pause, which waits for an answer that is on its
/// way, though not long; the second ends it there.
async fn followed<S: Future<Output = ()>>(
    driving: impl Future<Output = Result<Run, Shown>>,
    mut heard: UnboundedReceiver<Event>,
    stop: impl Fn() -> S,
    brake: Brake,
    mut follower: Follower<impl Write, impl Write>,
) -> Exit {
    // One future from the first order to the end, asked first: a signal between two events is not lost.
    let stopped = async {
        stop().await;
        brake.wish(Wish::Pause);
    };
    let left = async {
        tokio::select! {
            () = sleep(GRACE) => {}
            () = stop() => {}
        }
    };
    tokio::pin!(driving, stopped, left);
    let mut is_pausing = false;
    let end = loop {
        tokio::select! {
            biased;
            () = &mut stopped, if !is_pausing => {
                is_pausing = true;
                follower.pausing();
            }
            Some(event) = heard.recv() => follower.tell(event),
            end = &mut driving => break Some(end),
            // What is on its way to AWS goes on there; the journal knows that it was sent.
            () = &mut left, if is_pausing => break None,
        }
    };
    while let Ok(event) = heard.try_recv() {
        follower.tell(event);
    }
    match end {
        Some(Ok(run)) => follower.ended(&run),
        Some(Err(why)) => follower.halted(&why),
        None => follower.stopped(),
    }
}

#[cfg(test)]
mod tests;
