//! What reaches the application, and what it wants done: values that name each other.
//!
//! Every question carries a [`Ticket`], and its answer brings the ticket back; an answer whose ticket
//! nobody waits for any more is dropped. A variant stands for a source or a doer, never for a verb.

use jiff::Timestamp;

use crate::domain::{self, AccountId, Code, Device, Fault, Report, Scope, Shown, SnapshotArn, Theme};

use crate::plan::{Event, Experience, History, Holder, Orders, Run, RunId};

use super::jobs::JobId;
use super::options::Mouse;
use super::prose::Tone;

/// One thing that happened; the application's only input.
#[derive(Debug, Clone)]
pub enum Msg {
    /// The user or the terminal did something.
    Input(crate::input::Event),
    /// What was learned of AWS, in order; what has come together is taken in at once, since the list is merged once a message.
    Reports(Vec<Report>),
    /// The answer to an effect that carried this ticket.
    Answer(Ticket, Answer),
    /// What time it is now; worth sending once a minute.
    Clock(Timestamp),
    /// Something happened to a job; sent for [`Effect::Run`].
    Job(JobId, Event),
    /// A job's name in the journal; sent for [`Effect::Run`].
    Kept(JobId, RunId),
    /// A job does not go on, and why; sent for [`Effect::Run`].
    Halted(JobId, Shown),
    /// What the journal tells of a run that this program does not drive, and who does; nobody drives one that was cut
    /// short.
    Written(Box<History>, Option<Holder>),
    /// How long steps took in earlier runs.
    Experience(Experience),
    /// Something to tell the user, from outside the inventory.
    Notice(Notice),
}

/// One thing to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read again; answered by [`Msg::Reports`].
    Refresh(Which),
    /// These snapshots are on the screen and their share state is not known: ask for them before any
    /// other; answered by [`Report::Shared`].
    Look(Vec<(Scope, SnapshotArn)>),
    /// Ask AWS something.
    Ask(Ticket, Question),
    /// Carry a plan out to its end; what happens comes back as [`Msg::Job`].
    Run {
        /// For what comes back.
        job: JobId,
        /// Its name in the journal, where it is one that was begun before.
        begun: Option<RunId>,
        /// Who we are for AWS in its accounts, for the journal.
        callers: Vec<(AccountId, Shown)>,
        /// How far it is.
        run: Box<Run>,
        /// What is to be sent.
        orders: Orders,
    },
    /// Look into the journal for runs of other programs; comes back as [`Msg::Written`].
    ReadJournal,
    /// Have a job pause as soon as nothing is on its way; comes back as [`Msg::Job`].
    Pause(JobId),
    /// Give a job up; comes back as [`Msg::Job`].
    Cancel {
        /// Which.
        job: JobId,
        /// Its name in the journal, where it has one.
        begun: Option<RunId>,
        /// How far it is, as far as that is known here.
        run: Box<Run>,
    },
    /// Put text on the clipboard; answered by [`Answer::Copied`].
    Copy {
        /// For the answer.
        ticket: Ticket,
        /// The exact text.
        text: String,
    },
    /// Write a new file; answered by [`Answer::Saved`].
    Save {
        /// For the answer.
        ticket: Ticket,
        /// The file's name as the user typed it; may be a path, may begin with `~`.
        name: String,
        /// What it is to hold.
        text: String,
    },
    /// Open an address in the user's browser; answered by [`Answer::Opened`].
    Open {
        /// For the answer.
        ticket: Ticket,
        /// The address.
        url: String,
    },
    /// Wear this theme from now on.
    Theme(Theme),
    /// Take the mouse, or leave it to the terminal.
    Mouse(Mouse),
    /// Run a command on the terminal, the deck out of its way meanwhile; answered by [`Answer::Ran`].
    Lend {
        /// For the answer.
        ticket: Ticket,
        /// The program and its arguments.
        command: Vec<String>,
    },
    /// Sign in to these accounts anew, with a code where one was typed, and read what has not been read there.
    SignIn {
        /// Their names.
        accounts: Vec<Shown>,
        /// The code, and of which device.
        code: Option<(Device, Code)>,
    },
    /// Hand the terminal to the shell until the program is called back.
    Suspend,
    /// Leave; nothing more will come.
    Quit,
}

/// What is to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All accounts, signing in where that failed.
    Everything,
    /// One account in one region.
    Scope(Scope),
    /// The account of this name, signing in again.
    Account(Shown),
}

/// A question to AWS that only the screen needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// One snapshot in AWS's own shape; answered by [`Answer::Document`].
    Document {
        /// Who asks, and where.
        scope: Scope,
        /// The snapshot.
        arn: SnapshotArn,
    },
    /// What the rules must know of AWS; answered by [`Answer::Fact`].
    Fact(domain::Question),
}

/// The answer to a question or to an effect that reports back.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// What AWS said to a question of the rules.
    Fact(Result<Box<domain::Answer>, Fault>),
    /// A snapshot's JSON, hidden characters escaped.
    Document(Result<String, Fault>),
    /// The path of the file that was written.
    Saved(Result<Shown, Mishap>),
    /// Whether the text is on its way to the clipboard.
    Copied(Result<(), Mishap>),
    /// Whether a browser was started.
    Opened(Result<(), Mishap>),
    /// Whether a command did what it was to do.
    Ran(Result<(), Mishap>),
}

/// Why this machine could not do something, in words that can be shown: "no browser was found".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mishap(pub Shown);

/// Joins a question and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(u64);

/// A line that tells the user something until the next chord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: Shown,
}

impl Notice {
    /// Something went as it should.
    pub fn good(text: impl Into<Shown>) -> Self {
        Self { tone: Tone::Good, text: text.into() }
    }

    /// Something did not.
    pub fn bad(text: impl Into<Shown>) -> Self {
        Self { tone: Tone::Danger, text: text.into() }
    }
}

/// The tickets that are out, each with what its answer is for.
#[derive(Debug, Clone)]
pub(super) struct Tickets<P> {
    last: u64,
    out: Vec<(Ticket, P)>,
}

impl<P> Default for Tickets<P> {
    fn default() -> Self {
        Self { last: 0, out: Vec::new() }
    }
}

impl<P> Tickets<P> {
    /// A new ticket, waiting for an answer.
    pub(super) fn issue(&mut self, purpose: P) -> Ticket {
        self.last += 1;
        self.out.push((Ticket(self.last), purpose));
        Ticket(self.last)
    }

    /// What an answer is for; `None` when nobody waits for it any more. This is the one place where
    /// stale answers are dropped.
    pub(super) fn redeem(&mut self, ticket: Ticket) -> Option<P> {
        let at = self.out.iter().position(|(out, _)| *out == ticket)?;
        Some(self.out.swap_remove(at).1)
    }

    /// Whether an answer for a purpose is waited for.
    pub(super) fn is_out(&self, whether: impl Fn(&P) -> bool) -> bool {
        self.out.iter().any(|(_, purpose)| whether(purpose))
    }

    /// Stops waiting for answers of a purpose.
    pub(super) fn forget(&mut self, mut whether: impl FnMut(&P) -> bool) {
        self.out.retain(|(_, purpose)| !whether(purpose));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once_and_never_after_it_was_forgotten() {
        let mut tickets = Tickets::default();
        let (first, second) = (tickets.issue("a"), tickets.issue("b"));
        assert_ne!(first, second);
        assert_eq!((tickets.redeem(first), tickets.redeem(first)), (Some("a"), None));
        tickets.forget(|purpose| *purpose == "b");
        assert_eq!(tickets.redeem(second), None);
    }
}
