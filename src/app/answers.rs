//! Taking in the answers to what was asked outside: each goes to what its ticket is out for.

use super::App;
use super::layer::{Layer, Link, State};
use super::message::{Answer, Effect, Mishap, Notice, Ticket};
use super::orders::Purpose;

impl App {
    pub(super) fn take_answer(&mut self, ticket: Ticket, answer: Answer) -> Vec<Effect> {
        let Some(purpose) = self.tickets.redeem(ticket) else { return Vec::new() };
        self.dirty = true;
        match (purpose, answer) {
            (Purpose::Document, Answer::Document(result)) => {
                if let Some(Layer::Document(document)) = self.layers.last_mut() {
                    document.state = result.map_or_else(State::Failed, State::Here);
                }
            }
            (Purpose::Copy(what), Answer::Copied(Ok(()))) => {
                self.tell(Notice::good(format!("copied {what}")));
            }
            (Purpose::Copy(_), Answer::Copied(Err(Mishap(why)))) => {
                self.tell(Notice::bad(format!("nothing was copied: {why}")));
            }
            (Purpose::Save(what), Answer::Saved(Ok(path))) => {
                self.tell(Notice::good(format!("saved {what} to {path}")));
            }
            (Purpose::Save(_), Answer::Saved(Err(Mishap(why)))) => {
                self.tell(Notice::bad(format!("nothing was saved: {why}")));
            }
            (Purpose::Open(_), Answer::Opened(Ok(()))) => self.tell(Notice::good("opened in the browser")),
            (Purpose::Open(url), Answer::Opened(Err(why))) => {
                let link = Link::new(url, why);
                let copy = link.copy();
                self.open(Layer::Link(link));
                return self.carry_out(copy);
            }
            (Purpose::SignIn(accounts), Answer::Ran(ran)) => return self.take_sign_in(accounts, ran),
            // An answer to another question than was asked answers nothing.
            (Purpose::Fact(question), Answer::Fact(answer)) => self.learn_fact(&question, &answer),
            (
                _,
                Answer::Fact(_)
                | Answer::Document(_)
                | Answer::Saved(_)
                | Answer::Copied(_)
                | Answer::Opened(_)
                | Answer::Ran(_),
            ) => {}
        }
        Vec::new()
    }
}
