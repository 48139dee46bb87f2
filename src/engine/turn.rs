//! What a driver does next with its run: the decisions alone, without waiting and asking.

use super::brake::Wish;
use crate::domain::{Fault, FaultClass};
use crate::plan::{Happening, Next, Run, Standing, State};

/// What a driver does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing: the run is over, or pauses.
    Rest,
    /// It says what has become of a step, by its number from 0.
    Say(usize, Happening),
    /// It asks something of the cloud.
    Ask(Errand),
}

/// What is asked of the cloud for a step, by its number from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Errand {
    /// To carry it out.
    Send(usize),
    /// How far it is.
    Look(usize),
    /// Whether it was carried out.
    Settle(usize),
}

/// What is said when a run is taken up: it goes on after a pause, and what changed nothing is tried again.
pub(super) fn opening(run: &Run) -> Option<(usize, Happening)> {
    match run.standing() {
        Standing::Paused(step) => Some((step, Happening::Resumed)),
        Standing::Stopped(step) if run.steps()[step].can_be_tried_again() => Some((step, Happening::Retried)),
        _ => None,
    }
}

/// What is done next with a run of which this is wanted.
pub(super) fn turn(run: &Run, wish: Wish) -> Turn {
    let (n, errand) = match run.next() {
        Next::Send(n) => (n, Errand::Send(n)),
        Next::Look(n) => (n, Errand::Look(n)),
        Next::Settle(n) => (n, Errand::Settle(n)),
        Next::Nothing => return Turn::Rest,
    };
    // What was on its way when the program ended is unsure, whatever is asked of it.
    if run.steps()[n].state == State::Sending {
        return Turn::Say(n, Happening::Unsure(cut_short()));
    }
    match wish {
        Wish::GoOn => Turn::Ask(errand),
        Wish::Pause => Turn::Say(n, Happening::Paused),
        Wish::Cancel => Turn::Say(n, Happening::Cancelled),
    }
}

/// What is said of a step that was sent before and is not sent now, or was refused now, when it was looked for: the time
/// before may have been carried out after all.
pub(super) fn after_all(otherwise: Happening, looked: Happening) -> Happening {
    match (looked, otherwise) {
        (Happening::NotFound, otherwise) => otherwise,
        // It is looked for until that is known; what only waits for room is tried again in any case.
        (Happening::Blind(_), held @ Happening::Held(_)) => held,
        (Happening::Blind(_), Happening::Refused(fault)) => Happening::Unsure(fault),
        (looked, _) => looked,
    }
}

/// Why it is not known what became of a step when its program ended.
pub(super) fn cut_short() -> Fault {
    Fault {
        class: FaultClass::Unreachable,
        code: None,
        message: "the program ended before the answer came".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "It is looked for before anything more is sent.".into(),
    }
}
