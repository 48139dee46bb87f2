//! Taking back: what was needed on the way only, and what a run has done that is not wanted any more.
//!
//! The last step is taken back first. A step of which nobody knows what it was like before has nothing that takes it
//! back, and what is ours by its name alone is not deleted.

use jiff::{SignedDuration, Timestamp};

use crate::domain::Kind;

use super::orders::stamp_of;
use super::{
    Call, Does, Follow, Ground, Identity, Operation, Plan, Progress, Purpose, Run, RunId, State, Step,
};

/// How far AWS's clock and ours may be apart.
pub const SKEW: SignedDuration = SignedDuration::from_mins(5);

impl Plan {
    /// Steps that may follow at the end: they take back what was needed on the way only.
    pub fn clean_up(&self) -> Vec<Step> {
        let numbered = self.steps.iter().enumerate().rev().filter(|(_, step)| step.purpose == Purpose::Way);
        let back = numbered.filter_map(|(n, step)| {
            let why = format!("Takes step {} back: it is not needed any more.", n + 1);
            Some(taking_back(step, step.undo.clone()?, why, Some(Identity::Made)))
        });
        back.collect()
    }

    /// The plan with the steps at its end that take back what was needed on the way only.
    #[must_use]
    pub fn cleaning_up(mut self) -> Self {
        self.steps.extend(self.clean_up());
        self
    }
}

impl Run {
    /// The plan that takes back all that the run of this name has done, as far as something does; `None` where there
    /// is nothing. A copy that is still being made is cancelled by it (COPY-49); one of which nobody knows whether
    /// the run has made it is deleted if its stamp says so.
    pub fn taken_back(&self, run: Option<RunId>) -> Option<Plan> {
        self.back("Take back", run, |_| true)
    }

    /// The plan that takes back what was needed on the way only, of a run that has come to its end.
    pub fn cleaned_up(&self, run: Option<RunId>) -> Option<Plan> {
        self.back("Clean up after", run, |step| step.purpose == Purpose::Way)
    }

    fn back(&self, verb: &str, run: Option<RunId>, wanted: impl Fn(&Step) -> bool) -> Option<Plan> {
        let is_undone = |n: usize| {
            let undo = self.steps()[n].step.undo.as_ref();
            // One of which nobody knows whether it was carried out is made once more.
            let later = self.steps()[n + 1..].iter().filter(|later| later.state == State::Done);
            later.map(|later| &later.step.call).any(|call| Some(call) == undo)
        };
        let numbered = self.steps().iter().enumerate().rev();
        let open = numbered.filter(|(n, progress)| {
            let is_ours = progress.has_effect() && !progress.is_known_by_name_only();
            is_ours && wanted(&progress.step) && !is_undone(*n)
        });
        let steps: Vec<Step> = open
            .filter_map(|(n, progress)| {
                let why = match progress.state {
                    State::Following => format!("Step {} is under way: this cancels it.", n + 1),
                    _ => format!("Takes step {} back.", n + 1),
                };
                let stamp =
                    run.filter(|_| progress.step.call.takes_a_stamp()).map(|run| stamp_of(run, n + 1));
                // Somebody else may have made what is there.
                let is_ours = !progress.is_unknown() || !makes(progress) || stamp.is_some();
                let undo = progress.step.undo.clone().filter(|_| is_ours)?;
                let is = stamp.map(Identity::Stamped).or_else(|| made_between(progress));
                Some(taking_back(&progress.step, undo, why, is))
            })
            .collect();
        let goal = format!("{verb}: {}", self.goal());
        (!steps.is_empty()).then_some(Plan { goal, steps })
    }
}

fn makes(progress: &Progress) -> bool {
    progress.step.call.operation.does() == Does::Makes
}

/// What a step has made, told from another of its name by this.
fn made(step: &Step, is: Identity) -> Option<Ground> {
    let Follow::Snapshot(arn) = &step.follows else { return None };
    Some(Ground::Snapshot { seen_by: step.call.scope.clone(), arn: arn.clone(), is })
}

/// Between which times a step has made what it makes, where that is there.
fn made_between(progress: &Progress) -> Option<Identity> {
    // One that is being made is not available, and may be deleted all the same.
    let ended = progress.ended.filter(|_| progress.state == State::Done)?;
    Some(Identity::MadeBetween(shifted(progress.sent?, -SKEW), shifted(ended, SKEW)))
}

fn shifted(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

/// That a database that is to be deleted is the one that was made: whoever took its name meanwhile keeps what is
/// there.
fn own_database(undo: &Call, stamp: Option<String>) -> Option<Ground> {
    let kind = match undo.operation {
        Operation::DeleteDBInstance => Kind::Instance,
        Operation::DeleteDBCluster => Kind::Cluster,
        _ => return None,
    };
    let (seen_by, name) = (undo.scope.clone(), undo.deleted()?.to_owned());
    Some(Ground::OwnDatabase { seen_by, kind, name, stamp })
}

/// The step that takes another back, which has made what this tells from another of its name.
fn taking_back(step: &Step, undo: Call, why: String, is: Option<Identity>) -> Step {
    let is_deletion =
        matches!(undo.operation, Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot);
    let policy = match undo.operation {
        // Whoever changed the policy meanwhile would lose that.
        Operation::PutKeyPolicy => step.call.text("Policy").zip(step.call.text("KeyId")),
        _ => None,
    };
    let policy = policy.and_then(|(text, key)| Some(Ground::Policy(key.parse().ok()?, text.to_owned())));
    let stamp = match &is {
        Some(Identity::Stamped(stamp)) => Some(stamp.clone()),
        _ => None,
    };
    let made = is.filter(|_| is_deletion).and_then(|is| made(step, is));
    let grounds = made.into_iter().chain(policy).chain(own_database(&undo, stamp)).collect();
    Step {
        call: undo,
        essentials: step.essentials.clone(),
        why,
        rule: None,
        follows: Follow::Nothing,
        undo: None,
        purpose: Purpose::CleanUp,
        grounds,
        gib: None,
    }
}
