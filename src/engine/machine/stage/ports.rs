//! The stage as what a keeper asks of the outside: a cloud, and a journal.

#![cfg(test)]

use jiff::Timestamp;

use super::Stage;
use crate::domain::{Answer, Fault, Question};
use crate::engine::script::nothing_else_is_asked;
use crate::plan::{Author, Entry, Event, History, Holder, Order, Plan, Receipt, RunId};
use crate::ports::{Cloud, Hold, Journal, JournalError, Pending};

impl Cloud for Stage {
    nothing_else_is_asked!();

    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        Box::pin(self.tell(question))
    }

    fn send<'a>(&'a self, order: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(self.receive(order))
    }
}

impl Journal for Stage {
    fn begin<'a>(
        &'a self,
        plan: &'a Plan,
        author: &'a Author,
        now: Timestamp,
    ) -> Pending<'a, Result<RunId, JournalError>> {
        self.journal.begin(plan, author, now)
    }

    fn adopt<'a>(&'a self, history: &'a History) -> Pending<'a, Result<(), JournalError>> {
        self.journal.adopt(history)
    }

    fn hold(&self, run: RunId, now: Timestamp) -> Pending<'_, Result<Hold, JournalError>> {
        self.journal.hold(run, now)
    }

    fn record<'a>(
        &'a self,
        hold: &'a Hold,
        n: usize,
        event: &'a Event,
    ) -> Pending<'a, Result<(), JournalError>> {
        Box::pin(self.write(hold, n, event))
    }

    fn list(&self, most: usize) -> Pending<'_, Result<Vec<Entry>, JournalError>> {
        self.journal.list(most)
    }

    fn holder(&self, run: RunId) -> Pending<'_, Result<Option<Holder>, JournalError>> {
        self.journal.holder(run)
    }

    fn load(&self, run: RunId) -> Pending<'_, Result<History, JournalError>> {
        self.journal.load(run)
    }
}
