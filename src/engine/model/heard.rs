//! What a driver makes of every answer to every errand: told by its own functions, once.

#![cfg(test)]

use super::folds::{Folds, Word};
use crate::domain::{
    Answer, Argument, Fault, FaultClass, KeyPolicies, Kind, Policy, Question, Share, SnapshotArn, fixture,
};
use crate::engine::drive::{look, sent};
use crate::engine::script::{Look, Script};
use crate::engine::settle::settle;
use crate::plan::{Call, Follow, Ground, Operation, Orders, Receipt, Step};

/// What is answered to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reply {
    /// It is taken.
    Taken,
    /// What it makes is there already.
    Exists,
    /// Nothing.
    Silence,
    /// It is not allowed.
    Denied,
    /// Too much was asked.
    Throttled,
    /// Nobody is signed in any more.
    Expired,
}

/// What is seen of what an order makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum View {
    /// It is not there.
    Absent,
    /// It is being made.
    Working,
    /// It is there.
    Ready,
    /// It came to nothing.
    Failed,
    /// Too much was asked.
    Throttled,
    /// Nobody is signed in any more.
    Expired,
}

const REPLIES: [Reply; 6] =
    [Reply::Taken, Reply::Exists, Reply::Silence, Reply::Denied, Reply::Throttled, Reply::Expired];

const VIEWS: [View; 6] =
    [View::Absent, View::Working, View::Ready, View::Failed, View::Throttled, View::Expired];

/// What is heard of a step.
pub(super) struct Heard {
    /// Whether AWS takes the name of what it makes once, and makes it bit by bit.
    pub(super) is_named: bool,
    sent: [Word; 6],
    looked: [Word; 6],
    settled: [Word; 6],
}

impl Heard {
    /// What an answer to an order means.
    pub(super) fn sent(&self, reply: Reply) -> Word {
        self.sent[reply as usize]
    }

    /// What a look means.
    pub(super) fn looked(&self, view: View) -> Word {
        self.looked[view as usize]
    }

    /// What it means for a step of which nobody knows whether it was carried out.
    pub(super) fn settled(&self, view: View) -> Word {
        self.settled[view as usize]
    }

    /// What is heard of the steps of these orders, which a line of the rules' language gives.
    pub(super) fn of(line: &str, orders: &Orders, folds: &Folds) -> Vec<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let scripts = VIEWS.map(|view| Script::of(line, vec![shown(view)]).0);
        let heard = |(n, step): (usize, &Step)| {
            let call = orders.order(n).expect("an order").call();
            let operation = call.operation;
            Self {
                is_named: step.follows != Follow::Nothing,
                sent: REPLIES.map(|reply| folds.word(&sent(answered(reply), operation))),
                looked: VIEWS.map(|view| {
                    let script = &scripts[view as usize];
                    prepare(script, view, step, call);
                    folds.word(&runtime.block_on(look(script, step)))
                }),
                settled: VIEWS.map(|view| {
                    let script = &scripts[view as usize];
                    prepare(script, view, step, call);
                    folds.word(&runtime.block_on(settle(script, step, call, None)))
                }),
            }
        };
        orders.steps().enumerate().map(heard).collect()
    }
}

fn no(class: FaultClass) -> Fault {
    fixture::fault(class, "no")
}

fn answered(reply: Reply) -> Result<Receipt, Fault> {
    match reply {
        Reply::Taken => Ok(Receipt::default()),
        Reply::Exists => Err(Fault { code: Some("DBSnapshotAlreadyExists".into()), ..no(FaultClass::Other) }),
        Reply::Silence => Err(no(FaultClass::Unreachable)),
        Reply::Denied => Err(no(FaultClass::AccessDenied)),
        Reply::Throttled => Err(no(FaultClass::Throttled)),
        Reply::Expired => Err(no(FaultClass::ExpiredCredentials)),
    }
}

fn shown(view: View) -> Look {
    match view {
        View::Absent => Ok(None),
        View::Working => Ok(Some(("creating", 5))),
        View::Ready => Ok(Some(("available", 100))),
        View::Failed => Ok(Some(("failed", 0))),
        View::Throttled => Err(no(FaultClass::Throttled)),
        View::Expired => Err(no(FaultClass::ExpiredCredentials)),
    }
}

/// Has a script show that next of what a step makes.
fn prepare(script: &Script, view: View, step: &Step, call: &Call) {
    let is_there = |answer: fn(bool, &Step, &Call) -> Answer| match view {
        View::Throttled | View::Expired => Err(shown(view).expect_err("a fault")),
        _ => Ok(answer(view != View::Absent, step, call)),
    };
    let scope = call.scope.clone();
    match call.operation {
        Operation::CopyDBSnapshot => script.carried_out(call),
        Operation::PutKeyPolicy => {
            let key = call.text("KeyId").and_then(|key| key.parse().ok()).expect("a key");
            script.doubt(Question::KeyPolicy(scope, key), is_there(policy));
        }
        Operation::ModifyDBSnapshotAttribute => {
            let name = call.text("DBSnapshotIdentifier").expect("a snapshot");
            let arn = SnapshotArn::new(&scope.region, scope.account, Kind::Instance, name);
            script.doubt(Question::Attributes(scope, arn), is_there(attributes));
        }
        other => panic!("the model has no {other:?}"),
    }
}

fn policy(is_there: bool, step: &Step, call: &Call) -> Answer {
    let before = step.grounds.iter().find_map(|ground| match ground {
        Ground::Policy(_, before) => Some(before.as_str()),
        _ => None,
    });
    let text = if is_there { call.text("Policy") } else { before };
    let default = Policy::parse(text.expect("a policy"));
    Answer::KeyPolicy(KeyPolicies { default, aws_ram: None, grants: Ok(vec![]) })
}

fn attributes(is_there: bool, _: &Step, call: &Call) -> Answer {
    let added = match call.parameter("ValuesToAdd") {
        Some(Argument::List(added)) => added.iter().filter_map(|id| id.parse().ok()).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    Answer::Attributes(if is_there { Share::Accounts(added.into()) } else { Share::Private })
}
