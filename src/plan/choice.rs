//! Why a plan is taken and not another that reaches the same: what either takes, measured on both.
//!
//! What decides is, in this order: fewer steps, less data moved, no change of a key policy. Where the plan that was
//! chosen by hand is the longer one, that is said just as well.

use crate::domain::SnapshotArn;

use super::{Operation, Plan};

/// What a plan takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// How many calls it makes.
    pub steps: usize,
    /// How many copies of the data it makes.
    pub copies: usize,
    /// How many of them go to another region.
    pub across: usize,
    /// How many key policies it changes (PutKeyPolicy).
    pub key_policies: usize,
}

/// What decides between two plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// How many steps there are.
    Steps,
    /// How much data is moved, and how far.
    Data,
    /// Whether a key policy is changed.
    KeyPolicies,
    /// Both take the same: what only the way itself can say decides.
    Alike,
}

/// A plan beside another that reaches the same and was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The way that was not taken, as the beginning of a sentence: "Under alias/dba".
    pub instead: String,
    /// What the plan takes.
    pub this: Effort,
    /// What the other would take.
    pub other: Effort,
    /// What speaks against the other whatever it takes: "it can take 5 minutes to work".
    pub but: Option<&'static str>,
}

impl Measure {
    /// The name, as JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Data => "data",
            Self::KeyPolicies => "key-policies",
            Self::Alike => "alike",
        }
    }
}

impl Effort {
    /// What a plan takes; what cleans up after it is not counted.
    pub fn of(plan: &Plan) -> Self {
        plan.steps.iter().fold(Self::default(), |mut all, step| {
            let call = &step.call;
            let source = match call.operation {
                Operation::CopyDBSnapshot => call.text("SourceDBSnapshotIdentifier"),
                Operation::CopyDBClusterSnapshot => call.text("SourceDBClusterSnapshotIdentifier"),
                _ => None,
            };
            all.steps += 1;
            all.copies += usize::from(source.is_some());
            // What is named without its ARN lies in the region of the call.
            let source: Option<SnapshotArn> = source.and_then(|text| text.parse().ok());
            all.across += usize::from(source.is_some_and(|arn| arn.region() != call.scope.region.name()));
            all.key_policies += usize::from(call.operation == Operation::PutKeyPolicy);
            all
        })
    }
}

impl Choice {
    /// A plan beside another; `None` where there is nothing to say: both take the same, and nothing speaks against the
    /// other.
    pub fn between(this: &Plan, other: &Plan, instead: String, but: Option<&'static str>) -> Option<Self> {
        let choice = Self { instead, this: Effort::of(this), other: Effort::of(other), but };
        (choice.measure() != Measure::Alike || but.is_some()).then_some(choice)
    }

    /// What decides: the first that is not the same for both.
    pub fn measure(&self) -> Measure {
        let (this, other) = (&self.this, &self.other);
        if this.steps != other.steps {
            Measure::Steps
        } else if (this.copies, this.across) != (other.copies, other.across) {
            Measure::Data
        } else if this.key_policies != other.key_policies {
            Measure::KeyPolicies
        } else {
            Measure::Alike
        }
    }

    /// What is said of it, in one sentence: what the other way would take.
    pub fn sentence(&self) -> String {
        let (this, other) = (&self.this, &self.other);
        let mut takes = vec![if this.steps == other.steps {
            "take as many steps".to_owned()
        } else {
            format!("take {} instead of {}", steps(other.steps), this.steps)
        }];
        if this.copies != other.copies {
            takes.push(format!("copy the data {} instead of {}", times(other.copies), times(this.copies)));
        } else if this.across != other.across {
            takes.push(format!(
                "send it to another region {} instead of {}",
                times(other.across),
                times(this.across)
            ));
        }
        match (this.key_policies, other.key_policies) {
            (0, 1..) => takes.push("change a key policy".to_owned()),
            (1.., 0) => takes.push("change no key policy".to_owned()),
            _ => {}
        }
        let last = takes.pop().unwrap_or_default();
        let takes = if takes.is_empty() { last } else { format!("{} and {last}", takes.join(", ")) };
        let but = self.but.map(|but| format!("; {but}")).unwrap_or_default();
        format!("{} it would {takes}{but}.", self.instead)
    }
}

fn steps(n: usize) -> String {
    if n == 1 { "1 step".to_owned() } else { format!("{n} steps") }
}

fn times(n: usize) -> String {
    match n {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::compile;
    use crate::rules::testing::cleared;

    fn plan(line: &str) -> Plan {
        let (request, facts) = cleared(line);
        compile(&request, &facts)
    }

    #[test]
    fn what_a_plan_takes_is_counted_on_its_calls() {
        let effort = |steps, copies, across, key_policies| Effort { steps, copies, across, key_policies };
        assert_eq!(Effort::of(&plan("copy none name=x")), effort(1, 1, 0, 0));
        let chain = plan("copy automated aws/rds to-account=222 use1->euw1 name=x");
        assert_eq!(Effort::of(&chain), effort(4, 2, 1, 1));
        // What takes it back comes after what was asked for.
        assert!(Effort::of(&chain.cleaning_up()).steps > 4);
        assert_eq!(Effort::of(&plan("share cmk with=222,333 key-access=grant")), effort(3, 0, 0, 0));
    }

    fn choice(this: (usize, usize, usize, usize), other: (usize, usize, usize, usize)) -> Choice {
        let effort = |(steps, copies, across, key_policies)| Effort { steps, copies, across, key_policies };
        Choice { instead: "Under alias/dba".to_owned(), this: effort(this), other: effort(other), but: None }
    }

    #[test]
    fn steps_decide_before_data_and_data_before_key_policies() {
        for (this, other, measure, sentence) in [
            ((2, 1, 0, 0), (3, 1, 0, 1), Measure::Steps, "take 3 steps instead of 2 and change a key policy"),
            (
                (2, 1, 0, 1),
                (1, 0, 0, 0),
                Measure::Steps,
                "take 1 step instead of 2, copy the data never instead of once and change no key policy",
            ),
            (
                (2, 1, 0, 1),
                (2, 2, 1, 0),
                Measure::Data,
                "take as many steps, copy the data twice instead of once and change no key policy",
            ),
            (
                (2, 2, 1, 0),
                (2, 2, 2, 0),
                Measure::Data,
                "take as many steps and send it to another region twice instead of once",
            ),
            ((2, 1, 0, 0), (2, 1, 0, 1), Measure::KeyPolicies, "take as many steps and change a key policy"),
        ] {
            let choice = choice(this, other);
            assert_eq!(choice.measure(), measure);
            assert_eq!(choice.sentence(), format!("Under alias/dba it would {sentence}."));
        }
    }

    #[test]
    fn of_two_that_are_alike_something_is_said_only_where_something_speaks_against_the_other() {
        let (one, other) = (plan("copy none name=x"), plan("copy none name=y"));
        assert_eq!(Choice::between(&one, &other, "By a grant".to_owned(), None), None);
        let choice =
            Choice::between(&one, &other, "By a grant".to_owned(), Some("it takes time")).expect("one");
        assert_eq!(choice.measure(), Measure::Alike);
        assert_eq!(choice.sentence(), "By a grant it would take as many steps; it takes time.");
    }
}
