//! Where effects are carried out, and the queue through which everything comes back.
//!
//! What the user's hands do overtakes what arrives from AWS; within each the order is kept. What is learned of AWS is
//! taken in together (`reports`), no oftener than frames are drawn for it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;

use super::reports::Reports;
use super::{Save, Surroundings, clipboard, opener};
use crate::app::{Answer, Effect, JobId, Mishap, Msg, Notice, Question, Ticket, Which as Wanted};
use crate::domain::{Report, Shown};
use crate::engine::{Crew, Keeper, Reader, Shares, Watch, Which};
use crate::plan::RunId;
use crate::ports::Cloud;

/// How often a run of another program is looked at.
const PERIOD: Duration = Duration::from_secs(2);

/// The way into the queue.
#[derive(Clone)]
pub(super) struct Outbox {
    hands: UnboundedSender<Msg>,
    world: UnboundedSender<Msg>,
    reports: UnboundedSender<Report>,
}

impl Outbox {
    /// Something that the user did. False when the loop has ended.
    pub(super) fn hands(&self, msg: Msg) -> bool {
        self.hands.send(msg).is_ok()
    }

    /// Something that came from outside. False when the loop has ended.
    pub(super) fn world(&self, msg: Msg) -> bool {
        self.world.send(msg).is_ok()
    }

    /// Something that was learned of AWS. False when the loop has ended.
    fn report(&self, report: Report) -> bool {
        self.reports.send(report).is_ok()
    }
}

/// The queue.
pub(super) struct Inbox {
    hands: UnboundedReceiver<Msg>,
    world: UnboundedReceiver<Msg>,
    reports: Reports,
}

impl Inbox {
    pub(super) fn new() -> (Self, Outbox) {
        let (hands_in, hands) = unbounded_channel();
        let (world_in, world) = unbounded_channel();
        let (reports_in, reports) = unbounded_channel();
        let outbox = Outbox { hands: hands_in, world: world_in, reports: reports_in };
        (Self { hands, world, reports: Reports::new(reports) }, outbox)
    }

    /// Waits for the next message, and tells whether the user's hands sent it.
    pub(super) async fn next(&mut self) -> Option<(Msg, bool)> {
        tokio::select! {
            biased;
            Some(msg) = self.hands.recv() => Some((msg, true)),
            Some(msg) = self.world.recv() => Some((msg, false)),
            Some(reports) = self.reports.next() => Some((Msg::Reports(reports), false)),
            else => None,
        }
    }

    /// The next message, if one is there.
    pub(super) fn ready(&mut self) -> Option<(Msg, bool)> {
        let hands = self.hands.try_recv().map(|msg| (msg, true));
        let world = hands.or_else(|_| self.world.try_recv().map(|msg| (msg, false))).ok();
        world.or_else(|| Some((Msg::Reports(self.reports.ready()?), false)))
    }
}

/// Carries effects out.
pub(super) struct Desk {
    cloud: Arc<dyn Cloud>,
    keeper: Keeper,
    crew: Crew<JobId>,
    /// The runs of other programs that are followed.
    watched: Arc<Mutex<HashSet<RunId>>>,
    reader: Reader,
    save: Save,
    outbox: Outbox,
}

impl Desk {
    pub(super) fn new(around: &Surroundings, outbox: Outbox) -> Self {
        let say = outbox.clone();
        let say = Arc::new(move |report| {
            say.report(report);
        });
        let reader = Reader::new(Arc::clone(&around.cloud), Shares::All, say);
        Self {
            cloud: Arc::clone(&around.cloud),
            keeper: around.keeper.clone(),
            crew: Crew::new(around.keeper.clone()),
            watched: Arc::default(),
            reader,
            save: Arc::clone(&around.save),
            outbox,
        }
    }

    /// Begins to read everything, and looks for runs that were cut short or that other programs drive.
    pub(super) fn open(&self) {
        self.reader.refresh(Which::Everything);
        let (keeper, outbox) = (self.keeper.clone(), self.outbox.clone());
        tokio::spawn(async move {
            if let Ok(experience) = keeper.experience().await {
                outbox.world(Msg::Experience(experience));
            }
        });
        self.read_journal();
    }

    /// Tells of the runs that this program does not drive, and watches those that others do until they end.
    fn read_journal(&self) {
        let (keeper, outbox) = (self.keeper.clone(), self.outbox.clone());
        let (crew, watched) = (self.crew.clone(), Arc::clone(&self.watched));
        tokio::spawn(async move {
            let open = match keeper.open_runs().await {
                Ok(open) => open,
                Err(error) => {
                    outbox.world(Msg::Notice(Notice::bad(error.to_string())));
                    return;
                }
            };
            for (history, holder) in open.into_iter().rev().filter(|(history, _)| !crew.drives(history.id)) {
                let (id, is_driven) = (history.id, holder.is_some());
                outbox.world(Msg::Written(Box::new(history), holder));
                let is_new = || watched.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
                if is_driven && is_new() {
                    let (keeper, outbox, watched) = (keeper.clone(), outbox.clone(), Arc::clone(&watched));
                    tokio::spawn(async move {
                        follow(&keeper, id, &outbox).await;
                        watched.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
                    });
                }
            }
        });
    }

    /// Carries out one effect without waiting for it; what the terminal itself is asked for is the loop's own.
    pub(super) fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Refresh(wanted) => self.reader.refresh(match wanted {
                Wanted::Everything => Which::Everything,
                Wanted::Scope(scope) => Which::Scope(scope),
                Wanted::Account(name) => Which::Account(name),
            }),
            Effect::Look(rows) => self.reader.look(&rows),
            Effect::Ask(ticket, Question::Document { scope, arn }) => {
                let (cloud, outbox) = (Arc::clone(&self.cloud), self.outbox.clone());
                tokio::spawn(async move {
                    let document = cloud.document(&scope, &arn).await;
                    outbox.world(Msg::Answer(ticket, Answer::Document(document)));
                });
            }
            Effect::Ask(ticket, Question::Fact(question)) => {
                let (cloud, outbox) = (Arc::clone(&self.cloud), self.outbox.clone());
                tokio::spawn(async move {
                    let fact = cloud.ask(&question).await.map(Box::new);
                    outbox.world(Msg::Answer(ticket, Answer::Fact(fact)));
                });
            }
            Effect::Run { job, begun, callers, run, orders } => {
                let (crew, outbox) = (self.crew.clone(), self.outbox.clone());
                tokio::spawn(async move {
                    let (named, watch) = (outbox.clone(), watch(job, &outbox));
                    let named = move |id| {
                        named.world(Msg::Kept(job, id));
                    };
                    if let Err(why) = crew.run(job, begun, callers, (*run, orders), named, watch).await {
                        outbox.world(Msg::Halted(job, why));
                    }
                });
            }
            Effect::ReadJournal => self.read_journal(),
            Effect::Pause(job) => self.crew.pause(job),
            Effect::Cancel { job, begun, run } => {
                let (crew, outbox) = (self.crew.clone(), self.outbox.clone());
                tokio::spawn(async move {
                    let watch = watch(job, &outbox);
                    if let Err(why) = crew.cancel(job, begun, *run, watch).await {
                        outbox.world(Msg::Notice(Notice::bad(format!("it was not given up: {why}"))));
                    }
                });
            }
            Effect::SignIn { accounts, code } => {
                let (cloud, reader) = (Arc::clone(&self.cloud), self.reader.clone());
                tokio::spawn(async move {
                    if let Some((device, code)) = code {
                        cloud.take_code(&device, code).await;
                    }
                    for account in accounts {
                        reader.refresh(Which::Rest(account));
                    }
                });
            }
            Effect::Copy { ticket, text } => {
                self.answer(ticket, move || Answer::Copied(clipboard::copy(&text)));
            }
            Effect::Open { ticket, url } => self.answer(ticket, move || Answer::Opened(opener::open(&url))),
            Effect::Save { ticket, name, text } => {
                let save = Arc::clone(&self.save);
                self.answer(ticket, move || {
                    let saved = save(&name, &text);
                    Answer::Saved(match saved {
                        Ok(path) => Ok(Shown::from(path.to_string_lossy().as_ref())),
                        Err(why) => Err(Mishap(why.into())),
                    })
                });
            }
            Effect::Lend { .. } | Effect::Theme(_) | Effect::Mouse(_) | Effect::Suspend | Effect::Quit => {}
        }
    }

    fn answer(&self, ticket: Ticket, work: impl FnOnce() -> Answer + Send + 'static) {
        let outbox = self.outbox.clone();
        spawn_blocking(move || outbox.world(Msg::Answer(ticket, work())));
    }
}

/// Tells the application what happens to a job.
fn watch(job: JobId, outbox: &Outbox) -> Watch {
    let outbox = outbox.clone();
    Arc::new(move |event| {
        outbox.world(Msg::Job(job, event));
    })
}

/// Tells of a run that another program drives, until that ends or lets go.
async fn follow(keeper: &Keeper, id: RunId, outbox: &Outbox) {
    loop {
        tokio::time::sleep(PERIOD).await;
        // A run that cannot be read any more is not watched any more.
        let Ok(Some((history, holder))) = keeper.look(id).await else { return };
        let is_over = holder.is_none();
        if !outbox.world(Msg::Written(Box::new(history), holder)) || is_over {
            return;
        }
    }
}
