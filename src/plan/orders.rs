//! A plan that may be sent: every step with its order.

use crate::domain::{Access, AccountId, Argument, Tag};

use super::{Call, Does, Follow, Operation, Order, Plan, RunId, Step};

/// The key of the tag that tells which run and which step has made something.
pub const STAMP: &str = "snapdeck:step";

/// How many tags AWS takes (COPY-46).
const MOST_TAGS: usize = 50;

/// The orders of a plan, in its order; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orders {
    goal: String,
    steps: Vec<(Step, Order)>,
}

/// Why a plan may not be sent: nothing may be changed in one of its accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shut(pub AccountId);

impl Orders {
    /// The orders of a plan, unless one of its accounts is read-only.
    pub fn of(plan: Plan, access: impl Fn(AccountId) -> Access) -> Result<Self, Shut> {
        let order = |step: Step| {
            let account = step.call.scope.account;
            let order = step.call.clone().order(access(account)).map_err(|_| Shut(account))?;
            Ok((step, order))
        };
        let steps = plan.steps.into_iter().map(order).collect::<Result<_, _>>()?;
        Ok(Self { goal: plan.goal, steps })
    }

    /// The same, with a stamp on all that they make: the tag [`STAMP`] with the run and the step.
    ///
    /// No stamp goes on a copy that takes the tags of its source along, since AWS then would leave those out
    /// (COPY-45), and none on what has all the tags that it can have.
    #[must_use]
    pub fn stamped(mut self, run: RunId) -> Self {
        for ((_, order), n) in self.steps.iter_mut().zip(1_usize..) {
            let mut call = order.call().clone();
            stamp(&mut call, &stamp_of(run, n));
            *order = order.with(call);
        }
        self
    }

    /// What they reach, in a sentence.
    pub fn goal(&self) -> &str {
        &self.goal
    }

    /// The plan that they are of.
    pub fn plan(&self) -> Plan {
        Plan { goal: self.goal.clone(), steps: self.steps().cloned().collect() }
    }

    /// The steps, in order.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.steps.iter().map(|(step, _)| step)
    }

    /// The stamp that is on what one of the steps makes.
    pub fn stamp_on(&self, made: &Follow) -> Option<&Tag> {
        let making = self.steps.iter().find(|(step, _)| step.follows == *made);
        making.and_then(|(_, order)| order.call().stamp())
    }

    /// The order of a step.
    pub fn order(&self, n: usize) -> Option<&Order> {
        self.steps.get(n).map(|(_, order)| order)
    }
}

/// What the tag says on what a step of a run makes; the first step is 1.
pub(super) fn stamp_of(run: RunId, n: usize) -> String {
    format!("{run}/{n}")
}

fn stamp(call: &mut Call, value: &str) {
    if !call.takes_a_stamp() {
        return;
    }
    let tag = Tag { key: STAMP.into(), value: value.into() };
    match call.parameters.iter_mut().find(|(name, _)| *name == "Tags") {
        Some((_, Argument::Tags(tags))) => tags.push(tag),
        Some(_) => {}
        None => call.parameters.push(("Tags", Argument::Tags(vec![tag]))),
    }
}

impl Call {
    /// Whether what it makes can be stamped when it is sent.
    pub fn takes_a_stamp(&self) -> bool {
        // An export task has no tags.
        let takes_tags = self.operation.does() == Does::Makes && self.operation != Operation::StartExportTask;
        let has_room = match self.parameter("Tags") {
            Some(Argument::Tags(tags)) => tags.len() < MOST_TAGS,
            _ => true,
        };
        takes_tags && has_room && self.parameter("CopyTags") != Some(&Argument::Flag(true))
    }

    /// The stamp that it would put on what it makes.
    pub fn stamp(&self) -> Option<&Tag> {
        match self.parameter("Tags") {
            Some(Argument::Tags(tags)) => tags.iter().find(|tag| tag.key.exact() == STAMP),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::compile;
    use crate::rules::testing::cleared;

    fn stamps(line: &str) -> Vec<Option<String>> {
        let (request, facts) = cleared(line);
        let orders = Orders::of(compile(&request, &facts), |_| Access::ReadWrite).expect("orders");
        let orders = orders.stamped("261124-031502-k3f".parse().expect("an id"));
        let stamp = |n| Some(orders.order(n)?.call().stamp().map(|tag| tag.value.to_string()));
        (0..).map_while(stamp).collect()
    }

    #[test]
    fn what_a_run_makes_says_which_step_of_it_has_made_it() {
        let stamp = |n: usize| Some(format!("261124-031502-k3f/{n}"));
        assert_eq!(
            stamps("copy automated aws/rds to-account=222 use1->euw1 name=x"),
            [stamp(1), None, None, stamp(4)]
        );
        assert_eq!(stamps("copy none name=x tag=env=prod"), [stamp(1)]);
        assert_eq!(stamps("restore db=x"), [stamp(1)]);
    }

    #[test]
    fn tags_that_are_taken_along_are_not_lost_for_a_stamp() {
        assert_eq!(stamps("copy none name=x copy-tags=on"), [None]);
        let many: Vec<String> = (0..50).map(|n| format!("tag=k{n}=v")).collect();
        assert_eq!(stamps(&format!("copy none name=x {}", many.join(" "))), [None]);
    }

    #[test]
    fn the_plan_that_is_written_down_and_shown_is_without_it() {
        let (request, facts) = cleared("copy none name=x");
        let plan = compile(&request, &facts);
        let orders = Orders::of(plan.clone(), |_| Access::ReadWrite).expect("orders");
        assert_eq!(orders.stamped("261124-031502-k3f".parse().expect("an id")).plan(), plan);
    }
}
