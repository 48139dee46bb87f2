//! What takes back what a job has done: the requests, and what stands before sending them.

use crate::domain::AccountId;
use crate::input::Action;
use crate::plan::Plan;

use super::super::deck::Deck;
use super::super::layout::Rect;
use super::sending::{Gate, Sending, Why};
use super::{Press, Reply, Sheet, whole};

/// What takes a job back.
#[derive(Debug, Clone)]
pub(in super::super) struct TakeBack(Sending);

impl TakeBack {
    /// For a plan; in these accounts nothing may be changed.
    pub(in super::super) fn new(plan: Plan, read_only: Vec<AccountId>) -> Self {
        let gate = if read_only.is_empty() {
            gate(&plan)
        } else {
            Gate::Shut(Why::ReadOnly(read_only, String::new()))
        };
        Self(Sending::new(vec![plan], gate))
    }

    pub(in super::super) fn is_typed_in(&self) -> bool {
        self.0.is_typed_in()
    }

    pub(super) fn can(&self, action: Action, deck: &Deck) -> bool {
        match action {
            Action::CopyCommands | Action::SaveScript | Action::CleanUp => false,
            action => self.0.can(action, deck),
        }
    }

    pub(super) fn press(&mut self, press: Press<'_>, deck: &Deck) -> Reply {
        match press {
            Press::Action(Action::Back) => Reply::Close,
            press => self.0.press(press, deck),
        }
    }

    pub(super) fn sheet(&self, body: Rect, deck: &Deck) -> Sheet {
        self.0.sheet("Last look · take back".to_owned(), whole(body), &deck.inventory)
    }
}

/// What is deleted needs its name typed, whoever made it.
fn gate(plan: &Plan) -> Gate {
    let names: Vec<&str> = plan.steps.iter().filter_map(|step| step.call.deleted()).collect();
    match &names[..] {
        [] => Gate::Open,
        [name] => Gate::typed((*name).to_owned(), "delete it for good:"),
        names => Gate::typed(format!("delete {}", names.len()), "delete them for good:"),
    }
}
