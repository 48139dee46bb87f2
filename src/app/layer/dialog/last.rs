//! The last screen of a dialog: its plans before they are sent, and the only way out of it that sends anything.

use std::collections::BTreeSet;

use crate::domain::{Access, AccountId, Action, Facts, Inventory};
use crate::input::{self, Context};
use crate::plan::{Choice, Plan, Shell};

use super::super::super::deck::Deck;
use super::super::super::layout::Rect;
use super::super::sending::{Gate, Sending, Why};
use super::super::{Press, Reply, Sheet};
use super::hand::{Around, copied, saved};
use super::spec;
use super::subject::Subject;

/// The last screen.
#[derive(Debug, Clone)]
pub(super) struct Last {
    action: Action,
    subjects: Vec<Subject>,
    sending: Sending,
}

/// What comes of a chord.
pub(super) struct Pressed {
    pub(super) reply: Reply,
    /// Back to the fields.
    pub(super) leaves: bool,
}

impl Last {
    pub(super) fn new(
        action: Action,
        subjects: &[Subject],
        (plans, choice): (Vec<Plan>, Option<&Choice>),
        facts: &Facts,
        around: &Around,
    ) -> Self {
        let gate = gate(action, subjects, &plans, facts, around);
        let sending = Sending::new(plans, gate).chosen(choice);
        Self { action, subjects: subjects.to_vec(), sending }
    }

    pub(super) fn is_typed_in(&self) -> bool {
        self.sending.is_typed_in()
    }

    pub(super) fn can(&self, action: input::Action, deck: &Deck) -> bool {
        self.sending.can(action, deck)
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck, shell: &Shell) -> Pressed {
        let stay = |reply| Pressed { reply, leaves: false };
        let plans = self.sending.plans();
        let plans: Vec<&Plan> = plans.iter().collect();
        match press {
            Press::Action(input::Action::Back) => Pressed { reply: Reply::Stay, leaves: true },
            Press::Action(input::Action::CopyCommands) => stay(copied(&plans, shell)),
            Press::Action(input::Action::SaveScript) => {
                stay(saved(self.action, &self.subjects, &plans, shell))
            }
            press => stay(self.sending.press(press, deck)),
        }
    }

    pub(super) fn sheet(&self, area: Rect, inventory: &Inventory) -> Sheet {
        self.sending.sheet(format!("Last look · {}", spec::title(self.action)), area, inventory)
    }
}

fn gate(action: Action, subjects: &[Subject], plans: &[Plan], facts: &Facts, around: &Around) -> Gate {
    let steps = || plans.iter().flat_map(|plan| &plan.steps);
    let shut = |id: &AccountId| {
        around.access == Access::ReadOnly
            || facts.account(*id).is_none_or(|account| account.access == Access::ReadOnly)
    };
    let read_only: BTreeSet<AccountId> = steps().map(|step| step.call.scope.account).filter(shut).collect();
    if !read_only.is_empty() {
        let chord = |action| around.keymap.chord(Context::Last, action);
        let ways =
            [(input::Action::CopyCommands, "copies them"), (input::Action::SaveScript, "saves a script")];
        let ways = ways.map(|(action, does)| chord(action).map(|chord| format!("{chord} {does}")));
        let ways: Vec<String> = ways.into_iter().flatten().collect();
        let instead = format!(" Hand the commands to somebody who may: {}.", ways.join(", "));
        return Gate::Shut(Why::ReadOnly(read_only.into_iter().collect(), instead));
    }
    let public = subjects.iter().any(Subject::is_made_public);
    if public && subjects.len() > 1 {
        return Gate::Shut(Why::PublicAtOnce);
    }
    let (to, verb) = match (action, public) {
        (Action::Delete, _) => ("delete for good:", "delete"),
        (_, true) => ("make it PUBLIC:", "publish"),
        _ => return Gate::Open,
    };
    let wanted = match subjects {
        [one] => one.snapshot.arn.exact_name().to_owned(),
        many => format!("{verb} {}", many.len()),
    };
    Gate::typed(wanted, to)
}
