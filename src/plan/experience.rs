//! How long steps take, judged by those that came to their end before.

use jiff::{SignedDuration, Timestamp};

use super::{Operation, Progress, Run, State};

/// How many steps of a kind are remembered, the newest.
const MOST: usize = 50;

/// From which percentage on AWS's own progress is the better guide.
const GUIDE: u8 = 10;

/// What earlier steps tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Experience {
    seen: Vec<Seen>,
}

/// A step that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    kind: Kind,
    took: SignedDuration,
    gib: Option<u32>,
}

/// Steps that take alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    operation: Operation,
    crosses_regions: bool,
}

/// How long a step will still take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// From now on.
    pub left: SignedDuration,
    /// What that is judged by.
    pub basis: Basis,
}

/// What an estimate is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// `PercentProgress`, and how long that took so far.
    Percent,
    /// The median of so many steps of this kind that were done before, in seconds for each GiB.
    Size(usize),
    /// The median of so many steps of this kind that were done before, whatever their size.
    Steps(usize),
}

impl Experience {
    /// Takes in what a run has done.
    pub fn learn(&mut self, run: &Run) {
        run.steps().iter().for_each(|step| self.learn_step(step));
    }

    /// Takes in a step; one that is not done, or had nothing to wait for, tells nothing.
    pub fn learn_step(&mut self, step: &Progress) {
        let took = step.sent.zip(step.ended).map(|(sent, ended)| ended.duration_since(sent));
        // What was only seen after a pause or a crash took as long as that lasted.
        let was_followed = step.sight.is_some() && step.state == State::Done;
        let Some(took) = took.filter(|_| was_followed) else { return };
        let kind = Kind::of(step);
        self.seen.push(Seen { kind, took, gib: step.step.gib });
        if self.seen.iter().filter(|seen| seen.kind == kind).count() > MOST
            && let Some(oldest) = self.seen.iter().position(|seen| seen.kind == kind)
        {
            self.seen.remove(oldest);
        }
    }

    /// How long a step that is under way will still take; `None` where nothing tells, or it takes longer than any
    /// before.
    pub fn estimate(&self, step: &Progress, now: Timestamp) -> Option<Estimate> {
        let so_far = now.duration_since(step.sent.filter(|_| step.state == State::Following)?);
        let percent =
            step.sight.as_ref().and_then(|sight| sight.percent).filter(|own| (GUIDE..100).contains(own));
        if let Some(percent) = percent {
            let left = so_far.as_secs() * i64::from(100 - percent) / i64::from(percent);
            return Some(Estimate { left: SignedDuration::from_secs(left), basis: Basis::Percent });
        }
        let alike = || self.seen.iter().filter(|seen| seen.kind == Kind::of(step));
        let rates: Vec<i64> = alike()
            .filter_map(|seen| Some(seen.took.as_secs() * 1000 / i64::from(seen.gib.filter(|gib| *gib > 0)?)))
            .collect();
        let by_size = step.step.gib.and_then(|gib| Some(median(rates.clone())? * i64::from(gib) / 1000));
        let (whole, basis) = if let Some(whole) = by_size {
            (whole, Basis::Size(rates.len()))
        } else {
            let all: Vec<i64> = alike().map(|seen| seen.took.as_secs()).collect();
            let count = all.len();
            (median(all)?, Basis::Steps(count))
        };
        let left = SignedDuration::from_secs(whole) - so_far;
        left.is_positive().then_some(Estimate { left, basis })
    }
}

impl Kind {
    fn of(step: &Progress) -> Self {
        let call = &step.step.call;
        let source = call.copied_from().and_then(|arn| arn.split(':').nth(3));
        let crosses_regions = source.is_some_and(|region| region != call.scope.region.name());
        Self { operation: call.operation, crosses_regions }
    }
}

fn median(mut all: Vec<i64>) -> Option<i64> {
    all.sort_unstable();
    all.get(all.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Access;
    use crate::plan::{Event, Happening, Orders, Receipt, Sight, compile};
    use crate::rules::testing::cleared;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    /// A copy of so many GiB that is seen at work after a second, and done after so many.
    fn copied(gib: Option<u32>, percent: u8, done: Option<i64>) -> Run {
        let (request, facts) = cleared("copy none name=x");
        let mut plan = compile(&request, &facts);
        plan.steps[0].gib = gib;
        let mut run = Run::new(&Orders::of(plan, |_| Access::ReadWrite).expect("orders"));
        let sight = Sight { status: "creating".into(), percent: Some(percent) };
        let happened =
            [(0, Happening::Sending), (0, Happening::Taken(Receipt::default())), (1, Happening::Seen(sight))];
        let end = done.map(|done| (done, Happening::Reached));
        for (second, what) in happened.into_iter().chain(end) {
            run.apply(Event { step: 0, at: at(second), what }).expect("legal");
        }
        run
    }

    fn left(experience: &Experience, run: &Run, now: i64) -> Option<(i64, Basis)> {
        let estimate = experience.estimate(&run.steps()[0], at(now))?;
        Some((estimate.left.as_secs(), estimate.basis))
    }

    #[test]
    fn what_was_done_before_tells_how_long_it_takes() {
        let mut experience = Experience::default();
        let now = copied(Some(20), 0, None);
        assert_eq!(left(&experience, &now, 10), None, "nothing is known yet");
        for (gib, took) in [(10, 100), (10, 120), (1, 900)] {
            experience.learn(&copied(Some(gib), 50, Some(took)));
        }
        assert_eq!(left(&experience, &now, 10), Some((230, Basis::Size(3))));
        assert_eq!(left(&experience, &copied(None, 0, None), 20), Some((100, Basis::Steps(3))));
        assert_eq!(left(&experience, &now, 999), None, "longer than any before");
    }

    #[test]
    fn aws_s_own_progress_is_the_better_guide() {
        let mut experience = Experience::default();
        experience.learn(&copied(Some(10), 50, Some(100)));
        assert_eq!(left(&experience, &copied(Some(10), 25, None), 60), Some((180, Basis::Percent)));
    }

    #[test]
    fn what_is_under_way_and_what_has_nothing_to_wait_for_teaches_nothing() {
        let mut experience = Experience::default();
        experience.learn(&copied(Some(10), 50, None));
        assert_eq!(experience, Experience::default());
    }
}
