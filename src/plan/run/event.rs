//! What can happen to a run.

use jiff::Timestamp;

use crate::domain::{Fault, Shown};

/// What AWS said to an order that it took.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The id of the request, for AWS's support and for CloudTrail.
    pub request_id: Option<Shown>,
    /// What was made, by its ARN or name, where the answer says.
    pub made: Option<Shown>,
}

/// Something that happened to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The step, counted from 0.
    pub step: usize,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
}

/// What can happen to a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It is about to be sent.
    Sending,
    /// It is not sent yet, or was refused for that: a limit of AWS is full; which, in a sentence.
    Held(Shown),
    /// It is not sent: what it acts on is not as the plan saw it; the difference, in a sentence.
    Changed(Shown),
    /// AWS took it.
    Taken(Receipt),
    /// AWS refused it: nothing has changed.
    Refused(Fault),
    /// Nobody is signed in to its account any more: that changed nothing, and the run pauses.
    Shut(Fault),
    /// No answer came: it may have been carried out.
    Unsure(Fault),
    /// It was looked for: it was carried out.
    Found(Receipt),
    /// It was looked for: it was not carried out, and can be sent again.
    NotFound,
    /// Whether it was carried out cannot be told; why, in a sentence.
    Unclear(Shown),
    /// The user wants the run to pause.
    Paused,
    /// The run goes on after a pause.
    Resumed,
    /// The user gives the run up: nothing more is sent.
    Cancelled,
    /// The user wants a step that changed nothing to be tried again.
    Retried,
    /// What it makes was looked at.
    Seen(Sight),
    /// What it makes was looked for, and is not there.
    Missed,
    /// It could not be looked at; that says nothing of the step.
    Blind(Fault),
    /// What it makes is there.
    Reached,
    /// What it makes will not come any more; why, in a sentence.
    Lost(Shown),
}

/// How far something is, as AWS shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// AWS's word for its status.
    pub status: Shown,
    /// `PercentProgress`, where AWS says it.
    pub percent: Option<u8>,
}
