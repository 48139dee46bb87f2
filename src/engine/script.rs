//! A cloud that answers by a script, for what drives runs over it.

#![cfg(test)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::domain::{
    Access, Answer, Fact, Facts, Fault, FaultClass, KeyFacts, Kind, Question, Snapshot, SnapshotArn,
    SnapshotFacts, Status, Tag, fixture,
};
use crate::plan::{Call, Event, Happening, Order, Orders, Receipt, compile};
use crate::ports::{Cloud, Pending};
use crate::rules::testing::cleared;

/// What nobody asks of a cloud who drives runs over it.
macro_rules! nothing_else_is_asked {
    () => {
        fn accounts(
            &self,
        ) -> $crate::ports::Pending<'_, Result<$crate::ports::Accounts, $crate::domain::Fault>> {
            unreachable!("a driver lists no accounts")
        }

        fn take_code<'a>(
            &'a self,
            _: &'a $crate::domain::Device,
            _: $crate::domain::Code,
        ) -> $crate::ports::Pending<'a, ()> {
            unreachable!("a driver types no codes")
        }

        fn sign_in<'a>(
            &'a self,
            _: &'a $crate::domain::Shown,
        ) -> $crate::ports::Pending<'a, Result<$crate::domain::Identity, $crate::domain::Fault>> {
            unreachable!("a driver signs in to nothing")
        }

        fn read<'a>(
            &'a self,
            _: &'a $crate::domain::Scope,
            _: $crate::ports::Sink<'a, $crate::ports::Arrival>,
        ) -> $crate::ports::Pending<'a, Result<(), $crate::domain::Fault>> {
            unreachable!("a driver reads no scope")
        }

        fn keys<'a>(
            &'a self,
            _: &'a $crate::domain::Scope,
            _: Vec<$crate::domain::KeyArn>,
            _: $crate::ports::Sink<'a, Vec<$crate::domain::Key>>,
        ) -> $crate::ports::Pending<'a, ()> {
            unreachable!("a driver describes no keys")
        }

        fn share<'a>(
            &'a self,
            _: &'a $crate::domain::Scope,
            _: &'a $crate::domain::SnapshotArn,
        ) -> $crate::ports::Pending<'a, Result<$crate::domain::Share, $crate::domain::Fault>> {
            unreachable!("a driver asks for no share state")
        }

        fn document<'a>(
            &'a self,
            _: &'a $crate::domain::Scope,
            _: &'a $crate::domain::SnapshotArn,
        ) -> $crate::ports::Pending<'a, Result<String, $crate::domain::Fault>> {
            unreachable!("a driver shows no documents")
        }

        fn probe<'a>(
            &'a self,
            _: &'a $crate::domain::Scope,
        ) -> $crate::ports::Pending<'a, Vec<(&'static str, Result<(), $crate::domain::Fault>)>> {
            unreachable!("a driver probes nothing")
        }
    };
}
pub(super) use nothing_else_is_asked;

/// What a look shows: a status and a percent, nothing, or a fault.
pub(super) type Look = Result<Option<(&'static str, u8)>, Fault>;

/// Answers to orders and to looks, in the order in which they are given out; the last look repeats itself.
#[derive(Default)]
pub(super) struct Script {
    /// What is answered to the next orders.
    pub(super) orders: Mutex<Vec<Result<Receipt, Fault>>>,
    looks: Mutex<Vec<Look>>,
    /// The operations that were sent.
    pub(super) sent: Mutex<Vec<&'static str>>,
    /// How often it was asked.
    pub(super) asked: AtomicUsize,
    /// What the orders that were sent have made: the tags on it.
    pub(super) made: Mutex<Vec<(SnapshotArn, Vec<Tag>)>>,
    /// What was known when the plan was made; it stays so.
    facts: Facts,
    /// What is asked besides, before anything else.
    doubts: Mutex<Vec<(Question, Result<Answer, Fault>)>>,
    /// What was told so far.
    pub(super) told: Arc<Mutex<Vec<Event>>>,
}

impl Script {
    /// The orders of a line, over the world that their plan was made in.
    pub(super) fn of(line: &str, looks: Vec<Look>) -> (Self, Orders) {
        let (request, facts) = cleared(line);
        let plan = compile(&request, &facts);
        let orders = Orders::of(plan, |_| Access::ReadWrite).expect("orders");
        (Self { looks: Mutex::new(looks), facts, ..Self::default() }, orders)
    }

    /// Takes in that an order was carried out, though nobody here has sent it.
    pub(super) fn carried_out(&self, call: &Call) {
        if let Some(name) = call.text("TargetDBSnapshotIdentifier") {
            let arn = SnapshotArn::new(&call.scope.region, call.scope.account, Kind::Instance, name);
            self.made.lock().expect("a lock").push((arn, call.stamp().cloned().into_iter().collect()));
        }
    }

    /// The next time this is asked, this is the answer.
    pub(super) fn doubt(&self, question: Question, answer: Result<Answer, Fault>) {
        self.doubts.lock().expect("a lock").push((question, answer));
    }

    /// What the orders that were sent have made, by ARN: the tags on it.
    fn made(&self, arn: &SnapshotArn) -> Option<Vec<Tag>> {
        self.made.lock().expect("a lock").iter().find(|(own, _)| own == arn).map(|(_, stamp)| stamp.clone())
    }

    fn next_look(&self) -> Look {
        let mut looks = self.looks.lock().expect("a lock");
        if looks.len() > 1 { looks.remove(0) } else { looks[0].clone() }
    }
}

/// A key of the world that a plan was made in, by its ARN.
pub(super) fn key_of(facts: &Facts, arn: &str) -> Option<KeyFacts> {
    let known = |question| match facts.get(question) {
        Fact::Known { value: Answer::Key(key), .. } => key.iter().cloned().collect(),
        Fact::Known { value: Answer::Keys(keys), .. } => keys.clone(),
        _ => Vec::new(),
    };
    facts.asked().flat_map(|(question, _)| known(question)).find(|key| key.arn.exact() == arn)
}

impl Cloud for Script {
    nothing_else_is_asked!();

    fn ask<'a>(&'a self, question: &'a Question) -> Pending<'a, Result<Answer, Fault>> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let doubt = {
                let mut doubts = self.doubts.lock().expect("a lock");
                let at = doubts.iter().position(|(own, _)| own == question);
                at.map(|at| doubts.remove(at).1)
            };
            if let Some(answer) = doubt {
                return answer;
            }
            if let Fact::Known { value, .. } = self.facts.get(question) {
                return Ok(value.clone());
            }
            if let Question::Key(_, name) = question
                && let Some(key) = key_of(&self.facts, name)
            {
                return Ok(Answer::Key(Some(key)));
            }
            let Question::Snapshot(scope, arn) = question else {
                return Err(fixture::fault(FaultClass::Other, "it is not known"));
            };
            // Nothing is there before it is made.
            let Some(stamp) = self.made(arn) else { return Ok(Answer::Snapshot(None)) };
            let found = self.next_look()?.map(|(status, percent)| {
                let row = Snapshot {
                    status: Status::of(status),
                    progress: Some(percent),
                    tags: stamp.clone().into(),
                    ..fixture::snapshot(scope, arn.exact_name())
                };
                Box::new(SnapshotFacts {
                    row,
                    tde_credential: None,
                    snapshot_target: None,
                    engine_mode: None,
                    license_model: None,
                    iops: None,
                })
            });
            Ok(Answer::Snapshot(found))
        })
    }

    fn send<'a>(&'a self, order: &'a Order) -> Pending<'a, Result<Receipt, Fault>> {
        Box::pin(async move {
            let told = self.told.lock().expect("a lock").last().map(|event| event.what.clone());
            assert_eq!(told, Some(Happening::Sending), "nothing leaves before that was told");
            let call = order.call();
            self.sent.lock().expect("a lock").push(call.operation.name());
            self.carried_out(call);
            let mut answers = self.orders.lock().expect("a lock");
            if answers.is_empty() { Ok(Receipt::default()) } else { answers.remove(0) }
        })
    }
}
