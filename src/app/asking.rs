//! What dialogs and menus want to know of AWS: asked once, of accounts that are signed in to.

use std::collections::BTreeSet;

use crate::domain::{self, SignIn};

use super::App;
use super::layer::Layer;
use super::message::{Effect, Question};
use super::orders::Purpose;

impl App {
    /// Asks AWS what the front layers want to know and nobody has asked yet. Who is not signed in to is not asked:
    /// the question waits, or is answered with why that failed.
    pub(super) fn inquire(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        loop {
            let asking = self.layers.iter_mut().filter_map(Layer::asking);
            let wanted: BTreeSet<domain::Question> = asking.flat_map(|layer| layer.questions()).collect();
            let mut failed = Vec::new();
            for question in wanted {
                let is_this =
                    |purpose: &Purpose| matches!(purpose, Purpose::Fact(asked) if *asked == question);
                if self.tickets.is_out(is_this) {
                    continue;
                }
                match self.deck.inventory.account(question.scope().account).map(|entry| &entry.sign_in) {
                    Some(SignIn::In(_)) => {
                        let ticket = self.tickets.issue(Purpose::Fact(question.clone()));
                        effects.push(Effect::Ask(ticket, Question::Fact(question)));
                    }
                    Some(SignIn::Failed(fault)) => failed.push((question, fault.clone())),
                    Some(SignIn::Waiting | SignIn::Same(_)) | None => {}
                }
            }
            if failed.is_empty() {
                return effects;
            }
            for (question, fault) in failed {
                self.learn_fact(&question, &Err(fault));
            }
        }
    }

    /// Gives an answer to every layer that waits for it.
    pub(super) fn learn_fact(
        &mut self,
        question: &domain::Question,
        answer: &Result<Box<domain::Answer>, domain::Fault>,
    ) {
        for layer in self.layers.iter_mut().filter_map(Layer::asking) {
            if layer.questions().contains(question) {
                let answer = answer.clone().map(|answer| *answer);
                layer.learn(question.clone(), answer, self.deck.now);
            }
        }
        self.dirty = true;
    }
}
