//! Taking back: what was needed on the way only, and what a run has done that is not wanted any more.
//!
//! The last step is taken back first. A step of which nobody knows what it was like before has nothing that takes it
//! back, and what is ours by its name alone is not deleted.

use jiff::{SignedDuration, Timestamp};

use super::{Call, Follow, Ground, Identity, Operation, Plan, Progress, Purpose, Run, State, Step};

/// How far AWS's clock and ours may be apart.
pub const SKEW: SignedDuration = SignedDuration::from_mins(5);

impl Plan {
    /// Steps that may follow at the end: they take back what was needed on the way only.
    pub fn clean_up(&self) -> Vec<Step> {
        let numbered = self.steps.iter().enumerate().rev().filter(|(_, step)| step.purpose == Purpose::Way);
        let back = numbered.filter_map(|(n, step)| {
            let why = format!("Takes step {} back: it is not needed any more.", n + 1);
            Some(taking_back(step, step.undo.clone()?, why, None))
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
    /// The plan that takes back all that the run has done, as far as something does; `None` where there is nothing.
    /// A copy that is still being made is cancelled by it (COPY-49).
    pub fn taken_back(&self) -> Option<Plan> {
        self.back("Take back", |_| true)
    }

    /// The plan that takes back what was needed on the way only, of a run that has come to its end.
    pub fn cleaned_up(&self) -> Option<Plan> {
        self.back("Clean up after", |step| step.purpose == Purpose::Way)
    }

    fn back(&self, verb: &str, wanted: impl Fn(&Step) -> bool) -> Option<Plan> {
        let is_undone = |n: usize| {
            let undo = self.steps()[n].step.undo.as_ref();
            self.steps()[n + 1..].iter().any(|later| later.has_effect() && Some(&later.step.call) == undo)
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
                Some(taking_back(&progress.step, progress.step.undo.clone()?, why, made(progress)))
            })
            .collect();
        let goal = format!("{verb}: {}", self.goal());
        (!steps.is_empty()).then_some(Plan { goal, steps })
    }
}

/// What a step has made, and between which times.
fn made(progress: &Progress) -> Option<Ground> {
    let Follow::Snapshot(arn) = &progress.step.follows else { return None };
    // One that is being made is not available, and may be deleted all the same.
    let ended = progress.ended.filter(|_| progress.state == State::Done)?;
    let is = Identity::MadeBetween(shifted(progress.sent?, -SKEW), shifted(ended, SKEW));
    Some(Ground::Snapshot { seen_by: progress.step.call.scope.clone(), arn: arn.clone(), is })
}

fn shifted(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

fn taking_back(step: &Step, undo: Call, why: String, made: Option<Ground>) -> Step {
    let is_deletion =
        matches!(undo.operation, Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot);
    let policy = match undo.operation {
        // Whoever changed the policy meanwhile would lose that.
        Operation::PutKeyPolicy => step.call.text("Policy").zip(step.call.text("KeyId")),
        _ => None,
    };
    let policy = policy.and_then(|(text, key)| Some(Ground::Policy(key.parse().ok()?, text.to_owned())));
    let grounds = made.filter(|_| is_deletion).into_iter().chain(policy).collect();
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
