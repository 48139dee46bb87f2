//! Where effects are carried out, and the queue through which everything comes back.
//!
//! What the user's hands do overtakes what arrives from AWS; within each the order is kept.

use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::spawn_blocking;

use super::{Clock, Save, Surroundings, clipboard, opener};
use crate::app::{Answer, Effect, Mishap, Msg, Question, Ticket, Which as Wanted};
use crate::domain::Shown;
use crate::engine::{Reader, Shares, Tell, Which, drive};
use crate::ports::Cloud;

/// The way into the queue.
#[derive(Clone)]
pub(super) struct Outbox {
    hands: UnboundedSender<Msg>,
    world: UnboundedSender<Msg>,
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
}

/// The queue.
pub(super) struct Inbox {
    hands: UnboundedReceiver<Msg>,
    world: UnboundedReceiver<Msg>,
}

impl Inbox {
    pub(super) fn new() -> (Self, Outbox) {
        let (hands_in, hands) = unbounded_channel();
        let (world_in, world) = unbounded_channel();
        (Self { hands, world }, Outbox { hands: hands_in, world: world_in })
    }

    /// Waits for the next message, and tells whether the user's hands sent it.
    pub(super) async fn next(&mut self) -> Option<(Msg, bool)> {
        tokio::select! {
            biased;
            Some(msg) = self.hands.recv() => Some((msg, true)),
            Some(msg) = self.world.recv() => Some((msg, false)),
            else => None,
        }
    }

    /// The next message, if one is there.
    pub(super) fn ready(&mut self) -> Option<(Msg, bool)> {
        let hands = self.hands.try_recv().map(|msg| (msg, true));
        hands.or_else(|_| self.world.try_recv().map(|msg| (msg, false))).ok()
    }
}

/// Carries effects out.
pub(super) struct Desk {
    cloud: Arc<dyn Cloud>,
    clock: Clock,
    reader: Reader,
    save: Save,
    outbox: Outbox,
}

impl Desk {
    pub(super) fn new(around: &Surroundings, outbox: Outbox) -> Self {
        let say = outbox.clone();
        let say = Arc::new(move |report| {
            say.world(Msg::Report(report));
        });
        let reader = Reader::new(Arc::clone(&around.cloud), Shares::All, say);
        Self {
            cloud: Arc::clone(&around.cloud),
            clock: Arc::clone(&around.clock),
            reader,
            save: Arc::clone(&around.save),
            outbox,
        }
    }

    /// Begins to read everything.
    pub(super) fn open(&self) {
        self.reader.refresh(Which::Everything);
    }

    /// Carries out one effect without waiting for it; `Suspend` and `Quit` are the loop's own.
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
            Effect::Run { job, run, orders } => {
                let (outbox, halted) = (self.outbox.clone(), self.outbox.clone());
                let tell: Tell = Arc::new(move |event| {
                    outbox.world(Msg::Job(job, event));
                    Box::pin(std::future::ready(Ok(())))
                });
                let (cloud, clock) = (Arc::clone(&self.cloud), Arc::clone(&self.clock));
                tokio::spawn(async move {
                    if let Err(why) = drive(cloud, clock, *run, orders, tell).await {
                        halted.world(Msg::Halted(job, why));
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
            Effect::Suspend | Effect::Quit => {}
        }
    }

    fn answer(&self, ticket: Ticket, work: impl FnOnce() -> Answer + Send + 'static) {
        let outbox = self.outbox.clone();
        spawn_blocking(move || outbox.world(Msg::Answer(ticket, work())));
    }
}
