//! A plan being carried out: a fold over what happens, which also says what comes next.
//!
//! Invariants: steps are sent in order; one is sent again only after it was looked for and is not there; nothing is
//! sent after a step that failed or of which nobody knows whether it was carried out; what has happened stays as it
//! happened.

mod event;

use jiff::Timestamp;

pub use event::{Event, Happening, Receipt, Sight};

use crate::domain::{Fault, Shown};

use super::{Follow, Orders, Plan, Step};

/// How often a thing that a step has begun may be looked for in vain before it counts as lost: AWS shows some late.
const LOOKS: u32 = 10;

/// A plan being carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    goal: String,
    steps: Vec<Progress>,
    /// Why it pauses, where it does.
    pause: Option<Fault>,
}

/// A step, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// How far it is.
    pub state: State,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// When it came to its end, whichever.
    pub ended: Option<Timestamp>,
    /// What AWS said when it took the step.
    pub receipt: Option<Receipt>,
    /// What was last seen of what it makes.
    pub sight: Option<Sight>,
    /// Why it could not be looked at the last time, where that failed.
    pub blind: Option<Fault>,
    /// How often it was sent.
    pub attempts: u32,
    /// How often it was looked for in vain since it was last seen.
    missed: u32,
}

/// How far a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// Sent, and not answered yet.
    Sending,
    /// AWS took it, and works on it.
    Following,
    /// It is done.
    Done,
    /// AWS refused it: nothing has changed.
    Refused(Fault),
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
    /// It waits at a step, by its number from 0, until somebody signs in.
    Paused(usize),
    /// All steps are done.
    Done,
    /// It ended at a step, by its number from 0.
    Stopped(usize),
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
pub struct Illegal(pub Event);

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
        };
        Self { goal: goal.to_owned(), steps: steps.map(progress).collect(), pause: None }
    }

    /// What it reaches, in a sentence.
    pub fn goal(&self) -> &str {
        &self.goal
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
            Some(n) if self.steps[n].has_failed() => Standing::Stopped(n),
            Some(n) if self.pause.is_some() => Standing::Paused(n),
            Some(n) => Standing::UnderWay(n),
        }
    }

    /// Why it pauses, where it does.
    pub fn pause(&self) -> Option<&Fault> {
        self.pause.as_ref()
    }

    /// What is to be done next.
    pub fn next(&self) -> Next {
        match self.standing() {
            Standing::UnderWay(n) => match self.steps[n].state {
                State::Waiting => Next::Send(n),
                State::Following => Next::Look(n),
                // Whoever asks what comes next has no answer to an order that is still out: it was lost.
                State::Sending | State::Unsure(_) => Next::Settle(n),
                State::Done | State::Refused(_) | State::Lost(_) => Next::Nothing,
            },
            Standing::Done | Standing::Stopped(_) | Standing::Paused(_) => Next::Nothing,
        }
    }

    /// Takes in what happened.
    ///
    /// # Errors
    /// When that cannot happen as things stand; nothing is changed then.
    pub fn apply(&mut self, event: Event) -> Result<(), Illegal> {
        let wanted = match event.what {
            Happening::Resumed => Standing::Paused(event.step),
            _ => Standing::UnderWay(event.step),
        };
        let is_current = self.standing() == wanted;
        let Some(progress) = self.steps.get_mut(event.step).filter(|_| is_current) else {
            return Err(Illegal(event));
        };
        match (&progress.state, &event.what) {
            (_, Happening::Resumed) => {
                self.pause = None;
                Ok(())
            }
            (State::Sending, Happening::Shut(fault)) => {
                self.pause = Some(fault.clone());
                progress.state = State::Waiting;
                Ok(())
            }
            (State::Waiting, Happening::Sending)
            | (State::Sending, Happening::Taken(_) | Happening::Refused(_) | Happening::Unsure(_))
            | (
                State::Sending | State::Unsure(_),
                Happening::Found(_) | Happening::NotFound | Happening::Unclear(_) | Happening::Blind(_),
            )
            | (
                State::Following,
                Happening::Seen(_)
                | Happening::Missed
                | Happening::Blind(_)
                | Happening::Reached
                | Happening::Lost(_),
            ) => {
                progress.take(event);
                Ok(())
            }
            _ => Err(Illegal(event)),
        }
    }
}

impl Progress {
    /// Whether it ended without being done.
    pub fn has_failed(&self) -> bool {
        matches!(self.state, State::Refused(_) | State::Lost(_))
    }

    fn take(&mut self, event: Event) {
        let Event { at, what, .. } = event;
        match what {
            Happening::Sending => {
                (self.state, self.sent) = (State::Sending, Some(at));
                self.attempts += 1;
            }
            Happening::NotFound => (self.state, self.blind) = (State::Waiting, None),
            // The run's own, not the step's.
            Happening::Shut(_) | Happening::Resumed => {}
            Happening::Taken(receipt) | Happening::Found(receipt) => {
                self.receipt = Some(receipt);
                self.blind = None;
                if self.step.follows == Follow::Nothing {
                    self.end(State::Done, at);
                } else {
                    self.state = State::Following;
                }
            }
            Happening::Refused(fault) => self.end(State::Refused(fault), at),
            Happening::Unsure(fault) => self.state = State::Unsure(fault),
            Happening::Seen(sight) => {
                (self.sight, self.blind, self.missed) = (Some(sight), None, 0);
            }
            Happening::Missed => {
                self.blind = None;
                self.missed += 1;
                if self.sight.is_some() {
                    self.end(State::Lost("it is gone: somebody deleted it, or AWS gave it up".into()), at);
                } else if self.missed >= LOOKS {
                    self.end(State::Lost("AWS took the request, and shows nothing of it".into()), at);
                }
            }
            Happening::Blind(fault) => self.blind = Some(fault),
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
