//! The fault machine: runs over a simulated AWS in which anything goes wrong at any call and at any record.
//!
//! Whatever happens, the end is the one without mishaps, or a stop that says why; nothing is made or changed twice,
//! nothing is sent of which no durable intent tells, what others have made stays as it is, and when the mishaps are
//! over the run comes to its end.

#![cfg(test)]

mod script;
mod stage;
mod state;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, sleep, timeout};

use super::{Brake, Keeper};
use crate::domain::{Access, Facts};
use crate::plan::{
    Event, History, Orders, Plan, Progress, Run, RunId, Standing, State as StepState, compile,
};
use crate::ports::{Cloud, Journal};
use crate::rules::testing::cleared;
use script::{Case, cases};
use stage::Stage;
use state::State;

/// How many cases one run of the tests has at least.
const CASES: u32 = 10_000;

/// How long a run may take, on its own clock.
const LONGEST: Duration = Duration::from_hours(6);

/// How long it takes until somebody takes a run up again that waits for that: longer than clocks are apart.
const ATTENTION: Duration = Duration::from_mins(10);

/// Plans of every step that section J of the rulebook has; with `!` what was needed on the way only is taken back.
const PLANS: [&str; 15] = [
    "copy none name=x",
    "copy none name=x copy-tags=on stag:env=prod",
    "copy clu cmk use1->euw1 kms-key=alias/dba name=x",
    "copy automated aws/rds name=x",
    "encrypt name=x kms-key=alias/dba",
    "share with=222,333 remove=444 +share:444",
    "share cmk with=222,333 key-access=grant",
    "share automated aws/rds with=222",
    "! copy automated aws/rds to-account=222 use1->euw1 name=x",
    "! restore inst cmk to-account=222 db=x",
    "! restore clu cmk to-account=222 db=x kms-key=alias/dba",
    "restore db=x",
    "restore clu none db=x kms-key=alias/dba",
    "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba",
    "delete manual",
];

/// A plan, what was known when it was made, and what there is when nothing goes wrong.
struct Ideal {
    plan: Plan,
    facts: Facts,
    /// What there was before.
    before: BTreeSet<String>,
    /// What there is in the end.
    end: BTreeSet<String>,
    /// What there is when it was taken back.
    back: Option<BTreeSet<String>>,
}

impl Ideal {
    fn of(line: &str, runtime: &Runtime) -> Self {
        let (request, facts) = cleared(line.trim_start_matches("! "));
        let plan = compile(&request, &facts);
        let plan = if line.starts_with('!') { plan.cleaning_up() } else { plan };
        let before = State::before(&facts).outline();
        let mut ideal = Self { plan, facts, before, end: BTreeSet::new(), back: None };
        for is_taken_back in [false, true] {
            let case = Case { plan: 0, lag: 0, script: vec![], is_taken_back };
            let end = runtime.block_on(played(&case, &ideal));
            assert_eq!((end.run.standing(), &end.wrong), (Standing::Done, &vec![]), "`{line}`");
            assert!(end.done.iter().all(|done| *done == 1), "`{line}`: {:?}", end.done);
            if is_taken_back { ideal.back = Some(end.outline) } else { ideal.end = end.outline }
        }
        ideal
    }
}

/// How a case ended.
struct End {
    run: Run,
    outline: BTreeSet<String>,
    /// How often each step has changed something.
    done: Vec<usize>,
    /// The steps whose names strangers have taken.
    strangers: Vec<usize>,
    wrong: Vec<String>,
    stage: Arc<Stage>,
    /// The runs: of the plan, and of what takes it back.
    ids: Vec<RunId>,
}

/// Plays a case to its end.
async fn played(case: &Case, ideal: &Ideal) -> End {
    let stage = Arc::new(Stage::new(case, ideal.facts.clone(), Instant::now()));
    let mut ids = vec![];
    let (id, run) = timeout(LONGEST, lives(&stage, &ideal.plan, case, &mut ids))
        .await
        .unwrap_or_else(|_| (RunId::new(stage::start(), 0), Run::of(&ideal.plan)));
    let done = stage.done();
    if case.is_taken_back
        && let Some(back) = run.taken_back(Some(id))
    {
        sleep(ATTENTION).await;
        stage.calms_down();
        stage.next_run();
        let quiet = Case { script: vec![], ..case.clone() };
        // Where that does not come to an end, it is not the same that is left.
        let _ = timeout(LONGEST, lives(&stage, &back, &quiet, &mut ids)).await;
    }
    let end = stage.end();
    End { run, outline: end.outline(), done, strangers: stage.strangers(), wrong: stage.wrong(), stage, ids }
}

/// Drives a run through all its lives: it is taken up again whenever its process ended, it pauses, or it stopped so
/// that it can be tried again; in the last lives nothing goes wrong any more.
async fn lives(stage: &Arc<Stage>, plan: &Plan, case: &Case, ids: &mut Vec<RunId>) -> (RunId, Run) {
    let orders = Orders::of(plan.clone(), |_| Access::ReadWrite).expect("orders");
    let kept = keeper(stage).begin(&orders, vec![]).await.expect("begun");
    let id = kept.id().expect("a journal");
    let mut next = Some((kept, Run::new(&orders)));
    ids.push(id);
    for life in 0..case.script.len() + 3 {
        if life > case.script.len() {
            stage.calms_down();
        }
        let keeper = keeper(stage);
        let (kept, run) = if let Some(first) = next.take() {
            first
        } else {
            let (kept, history) = keeper.take(id).await.expect("free").expect("a journal");
            (kept, history.run().expect("what was written can have happened"))
        };
        match run.standing() {
            Standing::UnderWay(_) => {}
            _ if !run.can_go_on() => break,
            // Somebody has to look at it.
            _ => sleep(ATTENTION).await,
        }
        let brake = Brake::default();
        stage.drives(orders.clone().stamped(id), brake.clone());
        let watch = Arc::new(|_| ());
        tokio::select! {
            biased;
            () = stage.crashed.notified() => {}
            end = keeper.go(kept, run, orders.clone(), brake, watch) => {
                if let Ok(run) = end
                    && !run.can_go_on()
                {
                    return (id, run);
                }
            }
        }
    }
    let history = stage.history(id).await;
    (id, history.run().expect("what was written can have happened"))
}

/// What was written of a run, an event a line.
fn told(history: &History) -> String {
    let line = |event: &Event| {
        let seconds = event.at.duration_since(stage::start()).as_secs();
        format!("{seconds:>6} s  step {}  {:?}\n", event.step, event.what)
    };
    history.events.iter().map(line).collect()
}

/// The keeper of a new process.
fn keeper(stage: &Arc<Stage>) -> Keeper {
    let clock = Arc::clone(stage);
    let journal: Arc<dyn Journal> = Arc::clone(stage) as Arc<dyn Journal>;
    let cloud = Arc::clone(stage) as Arc<dyn Cloud>;
    Keeper::new(cloud, Arc::new(move || clock.now()), Some(journal), ("me".into(), "here".into()))
}

/// What is wrong with how a case ended.
fn faults(case: &Case, end: &End, ideal: &Ideal) -> Vec<String> {
    let mut wrong = end.wrong.clone();
    let standing = end.run.standing();
    let mut must = |is_so: bool, what: String| {
        if !is_so {
            wrong.push(what);
        }
    };
    match standing {
        Standing::Done => {
            must(end.done.iter().all(|done| *done == 1), format!("each step once, not {:?}", end.done));
            let (wanted, whose) = match (case.is_taken_back, &ideal.back) {
                (true, Some(back)) => (back, "taken back"),
                _ => (&ideal.end, "done"),
            };
            let is_same = end.outline == *wanted || case.is_taken_back && is_named_only(&end.run);
            let differs: Vec<_> = end.outline.symmetric_difference(wanted).collect();
            must(is_same, format!("{whose}, it ends otherwise: {differs:#?}"));
        }
        Standing::Stopped(n) => {
            let is_in_the_way = end.strangers.iter().any(|taken| *taken <= n);
            must(is_in_the_way, format!("it stopped at step {n}, where nobody was in its way"));
            let is_whole = end.done[..n].iter().all(|done| *done == 1);
            must(is_whole, format!("it stopped at step {n} after {:?}", end.done));
            let says = match &end.run.steps()[n].state {
                StepState::Lost(why) | StepState::Changed(why) => !why.is_empty(),
                _ => false,
            };
            must(says, "it stopped and does not say why".to_owned());
        }
        Standing::Cancelled(_) => {
            let is_wanted = |mishap: &script::Mishap| {
                matches!(mishap, script::Mishap::Meanwhile(_, script::Meanwhile::Cancel))
            };
            must(case.script.iter().any(is_wanted), "nobody gave it up".to_owned());
        }
        Standing::UnderWay(_) | Standing::Paused(_) => must(false, "it did not come to its end".to_owned()),
    }
    let can_be_taken_back = ideal.back.as_ref() == Some(&ideal.before) && !is_named_only(&end.run);
    if case.is_taken_back && standing != Standing::Done && can_be_taken_back {
        let differs: Vec<_> = end.outline.symmetric_difference(&ideal.before).collect();
        must(differs.is_empty(), format!("taken back, something is left: {differs:#?}"));
    }
    wrong
}

/// Whether something that was made is not taken back, since only its name tells that it is ours.
fn is_named_only(run: &Run) -> bool {
    run.steps().iter().any(Progress::is_known_by_name_only)
}

/// Plays so many cases of all plans; how many were played, and how many of them ended done, stopped and otherwise.
fn machine(ideals: &[Ideal], cases_at_least: u32) -> Result<[u32; 4], String> {
    let (runtime, ends) = (runtime(), Cell::new([0_u32; 4]));
    let config = Config {
        cases: cases_at_least,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let end = TestRunner::new(config).run(&cases(PLANS.len()), |case| {
        let ideal = &ideals[case.plan];
        let end = runtime.block_on(played(&case, ideal));
        let mut all = ends.get();
        all[0] += 1;
        match end.run.standing() {
            Standing::Done => all[1] += 1,
            Standing::Stopped(_) => all[2] += 1,
            _ => all[3] += 1,
        }
        ends.set(all);
        match &faults(&case, &end, ideal)[..] {
            [] => Ok(()),
            wrong => Err(TestCaseError::fail(wrong.join("; "))),
        }
    });
    let Err(end) = end else { return Ok(ends.get()) };
    let TestError::Fail(why, case) = end else { return Err(end.to_string()) };
    let told = runtime.block_on(async {
        let end = played(&case, &ideals[case.plan]).await;
        let mut told = String::new();
        for id in end.ids {
            told += &self::told(&end.stage.history(id).await);
        }
        told
    });
    Err(format!("{why}\n`{}`\n{case:#?}\n{told}", PLANS[case.plan]))
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime")
}

#[test]
fn whatever_goes_wrong_the_end_is_the_same_or_a_stop_that_says_why() {
    let ideals: Vec<Ideal> = PLANS.iter().map(|line| Ideal::of(line, &runtime())).collect();
    let half = || machine(&ideals, CASES.div_ceil(2));
    let halves = thread::scope(|scope| [scope.spawn(half), scope.spawn(half)].map(ScopedJoinHandle::join));
    let mut all = [0; 4];
    for half in halves {
        let half = half.expect("no panic").unwrap_or_else(|why| panic!("{why}"));
        all = std::array::from_fn(|n| all[n] + half[n]);
    }
    let [played, done, stopped, given_up] = all;
    assert!(played >= CASES, "{played} cases");
    assert!(done > CASES / 2 && stopped > 100 && given_up > 100, "{all:?}");
}
