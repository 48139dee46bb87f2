//! What something else has to be done for first, as steps: a key brought back, a copy or an instance between.

use crate::domain::{
    Argument, Facts, KeyArn, KeyRepair, KeyState, Kind, Request, Shown, SnapshotArn, Stage, TemporaryInstance,
};
use crate::plan::{Call, Follow, Operation, Plan, Purpose, Step};

use super::calls;
use super::words::Words;

/// What is done first and then what was asked for.
pub(super) fn plan(
    (snapshot, first, then): (&SnapshotArn, &[Stage], &Request),
    facts: &Facts,
    calls_of: impl Fn(&Request, &Facts) -> Plan,
) -> Plan {
    let words = Words { facts };
    let mut steps = vec![];
    for stage in first {
        match stage {
            Stage::Repair(repair) => steps.extend(brought_back(repair, then, &words)),
            Stage::Copy(copy) => steps.extend(between(calls_of(copy, facts).steps)),
            Stage::Instance(instance) => steps.extend(temporary(instance, then)),
        }
    }
    let Plan { goal, steps: last } = calls_of(then, facts);
    steps.extend(last);
    // What was asked about is what the plan is about, whatever lies between.
    let goal = goal.replacen(&then.snapshot().name().to_string(), &snapshot.name().to_string(), 1);
    Plan { goal, steps }
}

/// A copy that only leads further, with what it takes.
fn between(mut steps: Vec<Step>) -> Vec<Step> {
    if let Some(copy) = steps.last_mut() {
        copy.purpose = Purpose::Way;
        copy.rule = Some("COPY-23");
        "It goes to another region or to another account at a time, not to both.".clone_into(&mut copy.why);
    }
    steps
}

/// CancelKeyDeletion where the key was to be deleted, and EnableKey: the first leaves it disabled (COPY-21).
fn brought_back(repair: &KeyRepair, then: &Request, words: &Words<'_>) -> Vec<Step> {
    let key = &repair.key;
    let step = |operation, why: &str, undo, purpose| Step {
        call: calls::of_key(key, operation),
        essentials: format!("key {}", words.key(key)),
        why: why.to_owned(),
        rule: Some("COPY-21"),
        follows: Follow::Nothing,
        undo,
        purpose,
        grounds: vec![],
        gib: None,
    };
    // Nothing schedules a deletion again: that is for whoever wanted it.
    let cancel = (repair.was == KeyState::PendingDeletion).then(|| {
        let why = "It was to be deleted, and all that is under it lost.";
        step(Operation::CancelKeyDeletion, why, None, Purpose::Goal)
    });
    let purpose = if stays_under(then, key) { Purpose::Goal } else { Purpose::Way };
    let disable = Some(calls::of_key(key, Operation::DisableKey));
    let enable =
        step(Operation::EnableKey, "Nothing can be read that is under a disabled key.", disable, purpose);
    cancel.into_iter().chain([enable]).collect()
}

/// Whether what a request makes needs the key for as long as it lives.
fn stays_under(request: &Request, key: &KeyArn) -> bool {
    let is = |own: Option<&KeyArn>| own.is_none_or(|own| own == key);
    let named = |parameters: &[(&'static str, Argument)]| {
        parameters.iter().find_map(|(name, value)| match value {
            Argument::Text(text) if *name == "KmsKeyId" => text.parse::<KeyArn>().ok(),
            _ => None,
        })
    };
    match request {
        Request::Copy { key: own, .. } => is(own.as_ref()),
        Request::Share { first, .. } => is(first.as_ref().and_then(|first| first.key.as_ref())),
        Request::Restore { first, parameters, .. } => match first {
            Some(first) => is(first.key.as_ref()),
            None => is(named(parameters).as_ref()),
        },
        Request::Export { parameters, .. } => is(named(parameters).as_ref()),
        Request::Delete { .. } => false,
        Request::After { then, .. } => stays_under(then, key),
    }
}

/// RestoreDBInstanceFromDBSnapshot of a cluster's snapshot (REST-01), and CreateDBSnapshot of what it makes.
fn temporary(instance: &TemporaryInstance, then: &Request) -> Vec<Step> {
    let at = instance.from.home();
    let text = |text: &str| Argument::Text(text.to_owned());
    let name = ("DBInstanceIdentifier", text(&instance.name));
    let call = |operation, parameters| Call { scope: at.clone(), operation, parameters };
    let restore = Step {
        call: call(
            Operation::RestoreDBInstanceFromDBSnapshot,
            vec![
                name.clone(),
                // Nobody is to reach it in the time that it lives.
                ("PubliclyAccessible", Argument::Flag(false)),
                ("DBClusterSnapshotIdentifier", text(instance.from.exact_name())),
            ],
        ),
        essentials: format!("{}, from {}", Shown::from(instance.name.as_str()), instance.from.name()),
        why: "Of a Multi-AZ DB cluster's snapshot only an instance leads further.".to_owned(),
        rule: Some("COPY-30"),
        follows: Follow::Instance(instance.name.clone()),
        undo: Some(call(
            Operation::DeleteDBInstance,
            vec![
                name.clone(),
                ("SkipFinalSnapshot", Argument::Flag(true)),
                ("DeleteAutomatedBackups", Argument::Flag(true)),
            ],
        )),
        purpose: Purpose::Way,
        grounds: vec![],
        gib: None,
    };
    // What is shared is shared for as long as it is there.
    let is_shared = matches!(then, Request::Share { first: None, .. });
    let taken = calls::made(&at, Kind::Instance, instance.taken.exact_name());
    let take = Step {
        call: call(
            Operation::CreateDBSnapshot,
            vec![("DBSnapshotIdentifier", text(taken.exact_name())), name],
        ),
        essentials: format!("{}, of {}", taken.name(), Shown::from(instance.name.as_str())),
        why: format!("It holds what {} holds, and can go where that cannot.", instance.from.name()),
        rule: Some("COPY-30"),
        undo: Some(calls::delete(&taken)),
        follows: Follow::Snapshot(taken),
        purpose: if is_shared { Purpose::Goal } else { Purpose::Way },
        grounds: vec![],
        gib: None,
    };
    vec![restore, take]
}
