//! A plan being carried out: a fold over what happens, which also says what comes next.
//!
//! Invariants: steps are sent in order; one is sent again only after it was looked for and is not there, or after it
//! changed nothing; nothing is sent after a step that failed or of which nobody knows whether it was carried out, and
//! nothing while it pauses or after it was cancelled; what has happened stays as it happened.

mod event;
mod words;

use jiff::Timestamp;

pub use event::{Event, Happening, Receipt, Sight};

use crate::domain::{Fault, Shown};

use super::{Does, Follow, Orders, Plan, Step};

/// How often a thing that a step has begun may be looked for in vain before it counts as lost: AWS shows some late.
const LOOKS: u32 = 10;

/// How often a thing that was seen may be looked for in vain before it counts as gone.
const GONE: u32 = 3;

/// After how many looks in a row that failed it is said that a step cannot be seen.
const LASTS: u32 = 3;

/// A plan being carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    goal: String,
    steps: Vec<Progress>,
    /// Why it pauses, where it does.
    pause: Option<Pause>,
    /// Whether the user gave it up.
    is_cancelled: bool,
}

/// Why a run pauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pause {
    /// Nobody is signed in any more.
    SignIn(Fault),
    /// The user wants it so.
    ByHand,
}

/// A step, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// How far it is.
    pub state: State,
    /// When it was sent: the first time that may have had an effect, since what is there then was made after that.
    pub sent: Option<Timestamp>,
    /// When it came to its end, whichever.
    pub ended: Option<Timestamp>,
    /// What AWS said when it took the step.
    pub receipt: Option<Receipt>,
    /// What was last seen of what it makes.
    pub sight: Option<Sight>,
    /// Why it could not be looked at the last time, where that failed.
    pub blind: Option<Blindness>,
    /// How often it was sent.
    pub attempts: u32,
    /// How often it was looked for in vain since it was last seen.
    missed: u32,
    /// Whether it is not known of one of the times that it was sent what became of it.
    is_in_doubt: bool,
    /// Whether it was found to be carried out, instead of answered.
    is_found: bool,
}

/// That a step cannot be looked at: what was said when it was tried last, since when, and how often in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blindness {
    /// What AWS said to the last look.
    pub fault: Fault,
    /// When the first of these looks failed.
    pub since: Timestamp,
    /// How many looks have failed in a row.
    pub looks: u32,
}

impl Blindness {
    /// Whether it lasts, so that it has to be said; the step is looked at on and on all the same.
    pub fn lasts(&self) -> bool {
        self.looks >= LASTS
    }
}

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Not sent yet: a limit of AWS is full, and it waits here for room; which, in a sentence.
    Held(Shown),
    /// Sent, and not answered yet.
    Sending,
    /// AWS took it, and works on it.
    Following,
    /// It is done.
    Done,
    /// AWS refused it: nothing has changed.
    Refused(Fault),
    /// It was not sent: what it acts on is not as the plan saw it; the difference, in a sentence.
    Changed(Shown),
    /// No answer came: whether it was carried out is being asked.
    Unsure(Fault),
    /// AWS took it, and it came to nothing; why, in a sentence.
    Lost(Shown),
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A step is under way, by its number from 0.
    UnderWay(usize),
    /// It waits at a step, by its number from 0, until somebody signs in or wants it to go on.
    Paused(usize),
    /// All steps are done.
    Done,
    /// It ended at a step, by its number from 0.
    Stopped(usize),
    /// The user gave it up at a step, by its number from 0.
    Cancelled(usize),
}

impl Standing {
    /// Whether it has not come to its end.
    pub fn is_open(self) -> bool {
        matches!(self, Self::UnderWay(_) | Self::Paused(_))
    }
}

/// What is to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Send a step.
    Send(usize),
    /// Look how far a step is.
    Look(usize),
    /// Look whether a step was carried out of which that is not known.
    Settle(usize),
    /// Nothing: it is over, or an answer is awaited.
    Nothing,
}

/// An event that cannot happen as things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illegal(pub Box<Event>);

impl Run {
    /// A run of which nothing has happened yet.
    pub fn new(orders: &Orders) -> Self {
        Self::begun(orders.goal(), orders.steps())
    }

    /// The same of a plan alone, to see what became of it: nothing can be sent by it.
    pub fn of(plan: &Plan) -> Self {
        Self::begun(&plan.goal, plan.steps.iter())
    }

    fn begun<'a>(goal: &str, steps: impl Iterator<Item = &'a Step>) -> Self {
        let progress = |step: &Step| Progress {
            step: step.clone(),
            state: State::Waiting,
            sent: None,
            ended: None,
            receipt: None,
            sight: None,
            blind: None,
            attempts: 0,
            missed: 0,
            is_in_doubt: false,
            is_found: false,
        };
        Self { goal: goal.to_owned(), steps: steps.map(progress).collect(), pause: None, is_cancelled: false }
    }

    /// What it reaches, in a sentence.
    pub fn goal(&self) -> &str {
        &self.goal
    }

    /// The plan that is carried out.
    pub fn plan(&self) -> Plan {
        Plan {
            goal: self.goal.clone(),
            steps: self.steps.iter().map(|progress| progress.step.clone()).collect(),
        }
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[Progress] {
        &self.steps
    }

    /// How far it is.
    pub fn standing(&self) -> Standing {
        let open = self.steps.iter().position(|progress| progress.state != State::Done);
        match open {
            None => Standing::Done,
            Some(n) if self.is_cancelled => Standing::Cancelled(n),
            Some(n) if self.steps[n].has_failed() => Standing::Stopped(n),
            Some(n) if self.pause.is_some() => Standing::Paused(n),
            Some(n) => Standing::UnderWay(n),
        }
    }

    /// Whether it can be taken up again: it is open, or stopped at a step that has changed nothing.
    pub fn can_go_on(&self) -> bool {
        match self.standing() {
            Standing::UnderWay(_) | Standing::Paused(_) => true,
            Standing::Stopped(n) => self.steps[n].can_be_tried_again(),
            Standing::Done | Standing::Cancelled(_) => false,
        }
    }

    /// Why it pauses, where it does.
    pub fn pause(&self) -> Option<&Pause> {
        self.pause.as_ref()
    }

    /// What is to be done next.
    pub fn next(&self) -> Next {
        match self.standing() {
            Standing::UnderWay(n) => match self.steps[n].state {
                State::Waiting | State::Held(_) => Next::Send(n),
                State::Following => Next::Look(n),
                // Whoever asks what comes next has no answer to an order that is still out: it was lost.
                State::Sending | State::Unsure(_) => Next::Settle(n),
                State::Done | State::Refused(_) | State::Changed(_) | State::Lost(_) => Next::Nothing,
            },
            Standing::Done | Standing::Stopped(_) | Standing::Paused(_) | Standing::Cancelled(_) => {
                Next::Nothing
            }
        }
    }

    /// Takes in what happened.
    ///
    /// # Errors
    /// When that cannot happen as things stand; nothing is changed then.
    pub fn apply(&mut self, event: Event) -> Result<(), Illegal> {
        let standing = self.standing();
        let is_current = match &event.what {
            Happening::Resumed => standing == Standing::Paused(event.step),
            Happening::Retried => standing == Standing::Stopped(event.step),
            Happening::Cancelled => {
                [Standing::UnderWay(event.step), Standing::Paused(event.step)].contains(&standing)
            }
            _ => standing == Standing::UnderWay(event.step),
        };
        let Some(progress) = self.steps.get_mut(event.step).filter(|_| is_current) else {
            return Err(Illegal(Box::new(event)));
        };
        if !progress.can_take(&event.what) {
            return Err(Illegal(Box::new(event)));
        }
        match &event.what {
            Happening::Resumed => self.pause = None,
            Happening::Shut(fault) => self.pause = Some(Pause::SignIn(fault.clone())),
            Happening::Paused => self.pause = Some(Pause::ByHand),
            Happening::Cancelled => (self.pause, self.is_cancelled) = (None, true),
            _ => {}
        }
        progress.take(event);
        Ok(())
    }
}

impl Progress {
    /// Whether it ended without being done.
    pub fn has_failed(&self) -> bool {
        matches!(self.state, State::Refused(_) | State::Changed(_) | State::Lost(_))
    }

    /// Whether it ended so that nothing has changed, and can be tried again as it is.
    pub fn can_be_tried_again(&self) -> bool {
        matches!(self.state, State::Refused(_) | State::Changed(_))
    }

    /// Whether AWS has carried it out, or may have.
    pub fn has_effect(&self) -> bool {
        match self.state {
            State::Sending | State::Following | State::Done | State::Unsure(_) => true,
            State::Lost(_) => self.receipt.is_some(),
            // What was looked for in vain may show late.
            State::Waiting | State::Held(_) | State::Refused(_) | State::Changed(_) => self.is_in_doubt,
        }
    }

    /// Whether it is not known if AWS has carried it out.
    pub fn is_unknown(&self) -> bool {
        match self.state {
            State::Sending | State::Unsure(_) => true,
            State::Waiting | State::Held(_) | State::Refused(_) | State::Changed(_) => self.is_in_doubt,
            State::Following | State::Done | State::Lost(_) => false,
        }
    }

    /// Whether nothing but the name of what it makes tells that this run has made it.
    pub fn is_known_by_name_only(&self) -> bool {
        let call = &self.step.call;
        (self.is_found || self.is_unknown()) && call.operation.does() == Does::Makes && !call.takes_a_stamp()
    }

    /// Whether something can happen to it while it is the current step.
    fn can_take(&self, what: &Happening) -> bool {
        let state = &self.state;
        match what {
            Happening::Sending | Happening::Changed(_) => matches!(state, State::Waiting | State::Held(_)),
            Happening::Taken(_) | Happening::Refused(_) | Happening::Unsure(_) => *state == State::Sending,
            // AWS may refuse for a limit that was not full a moment before.
            Happening::Held(_) => matches!(state, State::Waiting | State::Held(_) | State::Sending),
            Happening::NotFound => matches!(state, State::Sending | State::Unsure(_)),
            Happening::Found(_) | Happening::Unclear(_) => match state {
                State::Sending | State::Unsure(_) => true,
                // What was looked for in vain may show late.
                State::Waiting | State::Held(_) => self.attempts > 0,
                _ => false,
            },
            Happening::Seen(_) | Happening::Missed | Happening::Reached | Happening::Lost(_) => {
                *state == State::Following
            }
            Happening::Blind(_) | Happening::Shut(_) | Happening::Resumed => {
                !matches!(state, State::Done | State::Refused(_) | State::Changed(_) | State::Lost(_))
            }
            // Of what is on its way it is soon known what became of it, and that must not be lost.
            Happening::Paused | Happening::Cancelled => {
                matches!(state, State::Waiting | State::Held(_) | State::Following | State::Unsure(_))
            }
            Happening::Retried => matches!(state, State::Refused(_) | State::Changed(_)),
        }
    }

    fn take(&mut self, event: Event) {
        let Event { at, what, .. } = event;
        let is_found = matches!(what, Happening::Found(_));
        match what {
            Happening::Sending => {
                // What an earlier time has made may show late.
                self.sent = self.sent.filter(|_| self.is_in_doubt).or(Some(at));
                (self.state, self.blind) = (State::Sending, None);
                self.attempts += 1;
            }
            Happening::NotFound => {
                (self.state, self.blind, self.is_in_doubt) = (State::Waiting, None, true);
            }
            Happening::Held(why) => (self.state, self.blind) = (State::Held(why), None),
            Happening::Changed(difference) => self.end(State::Changed(difference), at),
            Happening::Retried => (self.state, self.ended) = (State::Waiting, None),
            // Whoever is not let in has not changed anything.
            Happening::Shut(_) if self.state == State::Sending => self.state = State::Waiting,
            // The run's own, not the step's.
            Happening::Shut(_) | Happening::Resumed | Happening::Paused | Happening::Cancelled => {}
            Happening::Taken(receipt) | Happening::Found(receipt) => {
                self.is_found = is_found;
                self.receipt = Some(receipt);
                self.blind = None;
                if self.step.follows == Follow::Nothing {
                    self.end(State::Done, at);
                } else {
                    self.state = State::Following;
                }
            }
            Happening::Refused(fault) => self.end(State::Refused(fault), at),
            Happening::Unsure(fault) => (self.state, self.is_in_doubt) = (State::Unsure(fault), true),
            Happening::Seen(sight) => {
                (self.sight, self.blind, self.missed) = (Some(sight), None, 0);
            }
            Happening::Missed => {
                self.blind = None;
                self.missed += 1;
                if self.sight.is_some() && self.missed >= GONE {
                    self.end(State::Lost("it is gone: somebody deleted it, or AWS gave it up".into()), at);
                } else if self.missed >= LOOKS {
                    self.end(State::Lost("AWS took the request, and shows nothing of it".into()), at);
                }
            }
            Happening::Blind(fault) => {
                let (since, looks) = self.blind.take().map_or((at, 0), |blind| (blind.since, blind.looks));
                self.blind = Some(Blindness { fault, since, looks: looks + 1 });
            }
            Happening::Reached => self.end(State::Done, at),
            Happening::Lost(why) | Happening::Unclear(why) => self.end(State::Lost(why), at),
        }
    }

    fn end(&mut self, state: State, at: Timestamp) {
        self.state = state;
        self.ended = Some(at);
        self.blind = None;
    }
}

#[cfg(test)]
mod tests;
