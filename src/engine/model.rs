//! The executor as a model, looked through state by state: two runs, two processes, and all that can go wrong.
//!
//! The fold, the decisions and the meaning of answers are those of the program. What the model adds is what surrounds
//! them: the journal and its locks, the cloud, the user. It assumes of AWS that it takes each name once, that reads
//! show what was made at the second look, and that what has no name is carried out or lost within a moment.

#![cfg(test)]

mod finish;
mod folds;
mod heard;
mod moves;
mod rules;
mod world;

use std::sync::Mutex;

use stateright::{Checker as _, HasDiscoveries, Model, Property};

use finish::Trail;
use folds::{Fold, Folds};
use heard::Heard;
use moves::{Mistake, Move};
use rules::{Rules, Words};
use world::{At, There, World};

use super::script::Script;
use crate::domain::Access;
use crate::plan::{Orders, Pause, Plan, Run, Standing, State};

/// Two runs and two processes.
struct Executor {
    rules: Rules,
    begun: [Fold; 2],
    mishaps: u8,
    moves: Vec<Move>,
    /// Where the worlds lead that were looked at.
    trail: Mutex<Trail>,
}

impl Executor {
    /// A copy that is made, followed and shared; and another one, for which there are only the first two steps or none.
    fn new(mistake: Mistake, others_steps: usize, mishaps: u8) -> Self {
        const LINE: &str = "share automated aws/rds with=222";
        let whole = Script::of(LINE, vec![Ok(None)]).1;
        let mut other = whole.plan();
        other.steps.truncate(others_steps);
        let orders = [whole.plan(), other].map(stamped);
        let folds = Folds::default();
        let begun = orders.each_ref().map(|orders| folds.number(Run::new(orders)));
        let heard = orders.each_ref().map(|orders| Heard::of(LINE, orders, &folds));
        let words = Words::of(&folds);
        let rules = Rules { folds, words, heard, mistake };
        Self { rules, begun, mishaps, moves: Move::all(), trail: Mutex::default() }
    }

    /// Whether both runs have come to their end.
    fn is_over(&self, world: &World) -> bool {
        world.jobs.iter().all(|job| !self.rules.folds.known(job.written).run.standing().is_open())
    }

    /// The worlds that were seen and from which the runs cannot come to an end, though nothing more goes wrong.
    fn stuck(&self) -> Vec<World> {
        self.trail.lock().expect("a lock").stuck(|world| self.is_over(world))
    }

    /// Whether a run, and how far the cloud is with it, is so.
    fn any(&self, world: &World, is_so: impl Fn(&Run, &[world::Thing]) -> bool) -> bool {
        world.jobs.iter().any(|job| {
            let known = self.rules.folds.known(job.written);
            let run = &known.run;
            is_so(run, &job.things[..run.steps().len()])
        })
    }
}

fn stamped(plan: Plan) -> Orders {
    let orders = Orders::of(plan, |_| Access::ReadWrite).expect("orders");
    orders.stamped("261124-031502-k3f".parse().expect("an id"))
}

impl Model for Executor {
    type State = World;
    type Action = Move;

    fn init_states(&self) -> Vec<World> {
        vec![World::new(self.begun, self.mishaps)]
    }

    fn actions(&self, _: &World, actions: &mut Vec<Move>) {
        actions.extend(&self.moves);
    }

    fn next_state(&self, world: &World, made: Move) -> Option<World> {
        let next = self.rules.after(world, made)?;
        self.trail.lock().expect("a lock").note(world, &next, made.leads_on());
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("no double start", |_, world: &World| {
                world.jobs.iter().all(|job| job.things.iter().all(|thing| thing.effects <= 1))
            }),
            Property::always("one driver", |_, world: &World| (0..2).all(|run| world.drivers(run) <= 1)),
            Property::always("intent before call", |model: &Self, world: &World| {
                !model.any(world, |run, things| {
                    let mut both = run.steps().iter().zip(things);
                    both.any(|(progress, thing)| u32::from(thing.left) > progress.attempts)
                })
            }),
            Property::always("no lost step", |model: &Self, world: &World| !model.any(world, is_lost)),
            Property::always("done is done", |model: &Self, world: &World| {
                !model.any(world, |run, things| {
                    let mut both = run.steps().iter().zip(things);
                    both.any(|(progress, thing)| progress.state == State::Done && thing.there != There::Ready)
                })
            }),
            Property::always("one after the other", |model: &Self, world: &World| {
                !model.any(world, |run, things| {
                    (1..things.len()).any(|n| things[n].left > 0 && run.steps()[n - 1].state != State::Done)
                })
            }),
            Property::always("what is written can be read", |_, world: &World| {
                !world.jobs.iter().any(|job| job.is_garbled)
            }),
            Property::sometimes("both are done", |model: &Self, world: &World| {
                world
                    .jobs
                    .iter()
                    .all(|job| model.rules.folds.known(job.written).run.standing() == Standing::Done)
            }),
            Property::sometimes("refused", |model: &Self, world: &World| {
                model.any(world, |run, _| ended(run, |state| matches!(state, State::Refused(_))))
            }),
            Property::sometimes("changed", |model: &Self, world: &World| {
                model.any(world, |run, _| ended(run, |state| matches!(state, State::Changed(_))))
            }),
            Property::sometimes("came to nothing", |model: &Self, world: &World| {
                model.any(world, |run, _| ended(run, |state| matches!(state, State::Lost(_))))
            }),
            Property::sometimes("given up", |model: &Self, world: &World| {
                model.any(world, |run, _| matches!(run.standing(), Standing::Cancelled(_)))
            }),
            Property::sometimes("paused by hand", |model: &Self, world: &World| {
                model.any(world, |run, _| run.pause() == Some(&Pause::ByHand))
            }),
            Property::sometimes("waits for the sign-in", |_, world: &World| {
                world.hands.iter().flatten().flatten().any(|hand| hand.at == At::Resting)
            }),
            Property::sometimes("done at the second time", |model: &Self, world: &World| {
                model.any(world, |run, _| {
                    run.standing() == Standing::Done && run.steps().iter().any(|step| step.attempts == 2)
                })
            }),
        ]
    }
}

/// Whether a run has ended with a step that the cloud carried out, and says that it did not.
fn is_lost(run: &Run, things: &[world::Thing]) -> bool {
    let mut both = run.steps().iter().zip(things).filter(|(_, thing)| thing.effects > 0);
    match run.standing() {
        Standing::Done | Standing::UnderWay(_) | Standing::Paused(_) => false,
        // That it was sent is told; whether it was carried out is no longer asked.
        Standing::Cancelled(_) => both.any(|(progress, _)| !progress.has_effect() && progress.attempts == 0),
        Standing::Stopped(_) => both.any(|(progress, thing)| match progress.state {
            State::Lost(_) => thing.there != There::Failed,
            _ => !progress.has_effect(),
        }),
    }
}

fn ended(run: &Run, how: impl Fn(&State) -> bool) -> bool {
    matches!(run.standing(), Standing::Stopped(n) if how(&run.steps()[n].state))
}

/// Looks through all worlds and finds every promise kept; gives how many worlds there are.
#[expect(
    clippy::print_stderr,
    reason = "how much was looked through is for whoever reads the output of the test"
)]
fn check(others_steps: usize, mishaps: u8) -> usize {
    let checker = Executor::new(Mistake::None, others_steps, mishaps).checker().spawn_bfs().join();
    let model = checker.model();
    for (name, path) in checker.discoveries() {
        let is_broken = model.property(name).expectation.discovery_is_failure();
        assert!(!is_broken, "{name}: {:?}", path.into_actions());
    }
    checker.assert_properties();
    let stuck = model.stuck();
    assert!(stuck.is_empty(), "{} worlds lead to no end, as {:#?}", stuck.len(), stuck[0]);
    let worlds = checker.unique_state_count();
    eprintln!("{worlds} worlds and {} moves between them", checker.state_count());
    worlds
}

#[test]
fn two_runs_and_two_processes_start_nothing_twice_lose_nothing_and_can_always_finish() {
    let worlds = check(2, 1);
    assert!(worlds >= 100_000, "{worlds} worlds");
}

#[test]
fn whatever_comes_together_in_one_run_nothing_is_started_twice_or_lost() {
    let worlds = check(0, 3);
    assert!(worlds >= 10_000, "{worlds} worlds");
}

/// What breaks the promises is found: that is what the search is worth.
#[test]
fn the_model_catches_what_is_done_wrong() {
    let mistakes = [
        (Mistake::ResendsUnsettled, "no double start"),
        (Mistake::IgnoresTheLock, "one driver"),
        (Mistake::IgnoresTheLock, "no double start"),
        (Mistake::IgnoresLockAndCount, "what is written can be read"),
        (Mistake::CallsFirst, "intent before call"),
        (Mistake::CallsFirst, "no double start"),
        (Mistake::TakesSilenceForNo, "no lost step"),
    ];
    for (mistake, promise) in mistakes {
        let model = Executor::new(mistake, 0, 2).checker();
        let found = model.finish_when(HasDiscoveries::AnyOf([promise].into())).spawn_bfs().join();
        assert!(found.discovery(promise).is_some(), "{mistake:?} does not break: {promise}");
    }
}

#[test]
fn the_model_catches_a_lock_that_outlives_its_process() {
    let checker = Executor::new(Mistake::KeepsDeadLocks, 0, 1).checker().spawn_bfs().join();
    assert!(!checker.model().stuck().is_empty());
}
