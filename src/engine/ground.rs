//! Whether what a step stands on is still as the plan saw it: read again just before the step is sent.

use crate::domain::{
    Answer, Database, Fault, FaultClass, Json, KeyPolicies, KeyState, Kind, Policy, Question, Shown,
    Snapshot, SnapshotArn, SnapshotFacts, Status, Tag,
};
use crate::plan::{Follow, Ground, Identity, Operation, Orders, Purpose, STAMP, Step};
use crate::ports::Cloud;

/// What keeps a step from being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Something is not as the plan saw it; the difference, in a sentence.
    Changed(Shown),
    /// It could not be read just now.
    Blind(Fault),
}

/// Reads all again that a step of these orders stands on that was sent so many times before.
///
/// What was sent before and did not seem to be carried out may show late: AWS then says so itself, and what is there
/// is looked at.
pub(super) async fn check(
    cloud: &dyn Cloud,
    step: &Step,
    orders: &Orders,
    attempts: u32,
) -> Result<(), Doubt> {
    for ground in &step.grounds {
        if attempts > 0 && matches!(ground, Ground::FreeSnapshot(_) | Ground::FreeDatabase(..)) {
            continue;
        }
        let answer = cloud.ask(&question(ground)).await.map_err(|fault| unread(ground, fault))?;
        let difference = difference(ground, &answer, orders);
        let is_so_already = || match step.call.operation {
            // To put what is there changes nothing.
            Operation::PutKeyPolicy => is_its_own_doing(step, &answer),
            // What is to be cleaned up and is gone already needs nothing.
            _ => (attempts > 0 || step.purpose == Purpose::CleanUp) && is_its_own_doing(step, &answer),
        };
        if let Some(difference) = difference.filter(|_| !is_so_already()) {
            return Err(Doubt::Changed(difference.into()));
        }
    }
    Ok(())
}

/// Whether an answer shows what the step would have done.
fn is_its_own_doing(step: &Step, answer: &Answer) -> bool {
    match (step.call.operation, answer) {
        (Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot, Answer::Snapshot(found)) => {
            is_gone(found.as_deref())
        }
        (Operation::PutKeyPolicy, Answer::KeyPolicy(policies)) => says(policies, step.call.text("Policy")),
        (operation, Answer::Key(Some(key))) => is_brought_to(&key.state, operation),
        _ => false,
    }
}

/// Whether a snapshot is deleted, or will be.
pub(super) fn is_gone(found: Option<&SnapshotFacts>) -> bool {
    found.is_none_or(|found| found.row.status.exact().eq_ignore_ascii_case("deleting"))
}

/// Whether a key is in the state that an operation brings it to; false for an operation that is none of a key's state.
pub(super) fn is_brought_to(state: &KeyState, operation: Operation) -> bool {
    match operation {
        Operation::CancelKeyDeletion => matches!(state, KeyState::Disabled | KeyState::Enabled),
        Operation::EnableKey => *state == KeyState::Enabled,
        Operation::DisableKey => *state == KeyState::Disabled,
        _ => false,
    }
}

/// Whether the policy of a key says this.
pub(super) fn says(policies: &KeyPolicies, text: Option<&str>) -> bool {
    let now = policies.default.as_ref().ok().map(Policy::text);
    now.zip(text).is_some_and(|(now, text)| is_same_json(now, text))
}

/// What would show it.
fn question(ground: &Ground) -> Question {
    match ground {
        Ground::Snapshot { seen_by, arn, .. } => Question::Snapshot(seen_by.clone(), arn.clone()),
        Ground::FreeSnapshot(arn) => Question::Snapshot(arn.home(), arn.clone()),
        Ground::FreeDatabase(scope, ..) | Ground::OwnDatabase { seen_by: scope, .. } => {
            Question::Databases(scope.clone())
        }
        Ground::Key(scope, key) | Ground::KeyWas(scope, key, _) => {
            Question::Key(scope.clone(), key.exact().to_owned())
        }
        Ground::Policy(key, _) => {
            let home = key.home().expect("BUG: a policy is put by the owner of the key");
            Question::KeyPolicy(home, key.clone())
        }
    }
}

/// What it means that it cannot be read, though the plan could.
fn unread(ground: &Ground, fault: Fault) -> Doubt {
    match fault.class {
        FaultClass::AccessDenied | FaultClass::ExplicitDeny | FaultClass::RegionDisabled => {
            let what = match ground {
                Ground::Snapshot { arn, .. } => format!("{}", arn.name()),
                Ground::FreeSnapshot(arn) => format!("whether {} is there", arn.name()),
                Ground::FreeDatabase(_, _, name) | Ground::OwnDatabase { name, .. } => {
                    format!("whether {} is there", Shown::from(name.as_str()))
                }
                Ground::Key(_, key) | Ground::KeyWas(_, key, _) | Ground::Policy(key, _) => {
                    format!("key {}", Shown::from(key.id()))
                }
            };
            Doubt::Changed(
                format!("{what} could be read for the plan, and no longer can: {}", fault.message).into(),
            )
        }
        FaultClass::ExpiredCredentials
        | FaultClass::NoCredentials
        | FaultClass::Throttled
        | FaultClass::Unreachable
        | FaultClass::InvalidResponse
        | FaultClass::Other => Doubt::Blind(fault),
    }
}

/// How an answer differs from what the plan saw.
fn difference(ground: &Ground, answer: &Answer, orders: &Orders) -> Option<String> {
    match (ground, answer) {
        // Nobody knows whether what would have this stamp was made at all.
        (
            Ground::Snapshot { is: Identity::Stamped(_), .. } | Ground::FreeSnapshot(_),
            Answer::Snapshot(None),
        ) => None,
        (Ground::Snapshot { arn, .. }, Answer::Snapshot(None)) => {
            Some(format!("{} is not there any more", arn.name()))
        }
        (Ground::Snapshot { arn, is, .. }, Answer::Snapshot(Some(found))) => {
            another(arn, is, found, orders.stamp_on(&Follow::Snapshot(arn.clone())))
        }
        (Ground::FreeSnapshot(arn), Answer::Snapshot(Some(found))) => Some(format!(
            "a snapshot named {} was made there meanwhile{}",
            arn.name(),
            found.row.created_at.get().map(|at| format!(", at {at:.0}")).unwrap_or_default()
        )),
        (Ground::FreeDatabase(_, kind, name), Answer::Databases(all)) => {
            let is_there =
                all.iter().any(|one| one.kind == *kind && one.name.exact().eq_ignore_ascii_case(name));
            let noun = match kind {
                Kind::Instance => "an instance",
                Kind::Cluster => "a cluster",
            };
            is_there.then(|| format!("{noun} named {} was made there meanwhile", Shown::from(name.as_str())))
        }
        (Ground::OwnDatabase { kind, name, stamp, .. }, Answer::Databases(all)) => {
            let named = |one: &&Database| one.kind == *kind && one.name.exact().eq_ignore_ascii_case(name);
            let made = match kind {
                Kind::Instance => Follow::Instance(name.clone()),
                Kind::Cluster => Follow::Cluster(name.clone()),
            };
            let before = || orders.stamp_on(&made).map(|tag| tag.value.exact());
            let wanted = stamp.as_deref().or_else(before);
            let is_strange = |one: &Database| {
                let own = one.tags.iter().find(|tag| tag.key.exact() == STAMP);
                own.is_none_or(|own| wanted.is_some_and(|wanted| own.value.exact() != wanted))
            };
            let name = Shown::from(name.as_str());
            let words = || format!("{name} is not the database that the run has made: it is not deleted");
            all.iter().find(named).is_some_and(is_strange).then(words)
        }
        (Ground::Key(_, key), Answer::Key(found)) => {
            let name = Shown::from(key.id());
            match found.as_ref().map(|found| &found.state) {
                Some(KeyState::Enabled) => None,
                Some(KeyState::Disabled) => Some(format!("key {name} was disabled meanwhile")),
                Some(KeyState::PendingDeletion) => Some(format!("key {name} is about to be deleted now")),
                Some(KeyState::Other(state)) => Some(format!("key {name} is {state} now")),
                None => Some(format!("key {name} is not there any more")),
            }
        }
        (Ground::KeyWas(_, key, was), Answer::Key(found)) => {
            let now = found.as_ref().map(|found| &found.state);
            (now != Some(was)).then(|| match now {
                Some(now) => format!("key {} {} meanwhile", Shown::from(key.id()), became(now)),
                None => format!("key {} is not there any more", Shown::from(key.id())),
            })
        }
        (Ground::Policy(key, before), Answer::KeyPolicy(policies)) => {
            (!says(policies, Some(before))).then(|| {
                format!("the policy of key {} was changed by somebody else meanwhile", Shown::from(key.id()))
            })
        }
        _ => Some("AWS's answer is to another question".to_owned()),
    }
}

/// What has become of a key, in words.
fn became(state: &KeyState) -> String {
    match state {
        KeyState::Enabled => "was enabled".to_owned(),
        KeyState::Disabled => "was disabled".to_owned(),
        KeyState::PendingDeletion => "was scheduled for deletion".to_owned(),
        KeyState::Other(state) => format!("became {state}"),
    }
}

/// Why a snapshot of the right name is not the one that was meant, or cannot be used.
fn another(arn: &SnapshotArn, is: &Identity, found: &SnapshotFacts, stamp: Option<&Tag>) -> Option<String> {
    let (name, row) = (arn.name(), &found.row);
    match is {
        Identity::Made => {
            if let Some(strange) = stamp.and_then(|stamp| strange(&name, row, stamp.value.exact())) {
                return Some(strange);
            }
        }
        Identity::Seen { created, key } => {
            if row.created_at.get() != *created {
                let when = row
                    .created_at
                    .get()
                    .map_or_else(|| "at an unknown time".to_owned(), |at| format!("at {at:.0}"));
                return Some(format!("{name} is another snapshot now, made {when}"));
            }
            let now = row.encryption.key();
            if now != key.as_ref() {
                let now = now.map_or_else(|| "none".to_owned(), |key| Shown::from(key.id()).to_string());
                return Some(format!("{name} is under another key now: {now}"));
            }
        }
        // It may be deleted while it is being made, too.
        Identity::Stamped(stamp) => return strange(&name, row, stamp),
        Identity::MadeBetween(from, to) => {
            if row.created_at.get().is_none_or(|at| at < *from || at > *to) {
                return Some(format!("{name} is another snapshot than the one that the run has made"));
            }
        }
    }
    (row.status != Status::Available)
        .then(|| format!("{name} is {} now, not available", Shown::from(row.status.exact())))
}

/// Why a snapshot is not the one that was made under a stamp.
fn strange(name: &Shown, row: &Snapshot, stamp: &str) -> Option<String> {
    match row.tags.iter().find(|tag| tag.key.exact() == STAMP).map(|tag| &tag.value) {
        Some(own) if own.exact() == stamp => None,
        Some(other) => Some(format!("{name} is another snapshot now, made by run {other}")),
        None => Some(format!("{name} is another snapshot than the one that the run has made")),
    }
}

/// Whether two documents say the same, however they are laid out.
fn is_same_json(one: &str, other: &str) -> bool {
    one == other || matches!((Json::parse(one), Json::parse(other)), (Ok(one), Ok(other)) if one == other)
}
