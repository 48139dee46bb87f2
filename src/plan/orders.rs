//! A plan that may be sent: every step with its order.

use crate::domain::{Access, AccountId};

use super::{Order, Plan, Step};

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

    /// The order of a step.
    pub fn order(&self, n: usize) -> Option<&Order> {
        self.steps.get(n).map(|(_, order)| order)
    }
}
