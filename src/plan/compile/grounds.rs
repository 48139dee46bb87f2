//! What the steps of a plan stand on, from what was known when it was made.
//!
//! Only what was seen then is asked for again; what a step before makes is there by then.

use crate::domain::{
    Answer, Fact, Facts, KeyArn, KeyState, Kind, Question, Scope, SnapshotArn, SnapshotFacts,
};
use crate::plan::{Call, Follow, Ground, Identity, Operation, Plan, Step};

/// Puts under every step of a plan what it stands on, and says how much it moves.
pub(super) fn put(plan: &mut Plan, facts: &Facts) {
    let mut made: Vec<SnapshotArn> = Vec::new();
    let mut enabled: Vec<KeyArn> = Vec::new();
    let mut size = None;
    for step in &mut plan.steps {
        step.grounds = of(step, &made, facts);
        step.grounds.extend(mended(&step.call, &enabled));
        if step.call.operation == Operation::EnableKey {
            enabled.extend(key(&step.call));
        }
        if let Some((_, found)) = source(&step.call).and_then(|arn| seen(&arn, facts)) {
            size = found.row.size_gib;
        }
        if let Follow::Snapshot(arn) = &step.follows {
            step.gib = size;
            made.push(arn.clone());
        }
    }
}

fn of(step: &Step, made: &[SnapshotArn], facts: &Facts) -> Vec<Ground> {
    let call = &step.call;
    let source = source(call).and_then(|arn| {
        if made.contains(&arn) {
            return Some(Ground::Snapshot { seen_by: arn.home(), arn, is: Identity::Made });
        }
        let (seen_by, found) = seen(&arn, facts)?;
        let key = found.row.encryption.key().cloned();
        let is = Identity::Seen { created: found.row.created_at.get(), key };
        Some(Ground::Snapshot { seen_by: seen_by.clone(), arn, is })
    });
    let target = match &step.follows {
        Follow::Snapshot(arn) => Some(Ground::FreeSnapshot(arn.clone())),
        Follow::Instance(name) => {
            Some(Ground::FreeDatabase(call.scope.clone(), Kind::Instance, name.clone()))
        }
        Follow::Cluster(name) => Some(Ground::FreeDatabase(call.scope.clone(), Kind::Cluster, name.clone())),
        Follow::Nothing | Follow::Export(_) => None,
    };
    let key = call.text("KmsKeyId").and_then(|key| enabled(&key.parse().ok()?, facts));
    let policy = policy_before(step);
    source.into_iter().chain(target).chain(key).chain(policy).chain(key_before(call, facts)).collect()
}

/// The policy that a change of it was made from.
fn policy_before(step: &Step) -> Option<Ground> {
    if step.call.operation != Operation::PutKeyPolicy {
        return None;
    }
    let before = step.undo.as_ref()?.text("Policy")?;
    Some(Ground::Policy(key(&step.call)?, before.to_owned()))
}

/// How a key was found that is brought back; what a step before has made of it is not read again.
fn key_before(call: &Call, facts: &Facts) -> Option<Ground> {
    let was = match call.operation {
        Operation::CancelKeyDeletion => KeyState::PendingDeletion,
        Operation::EnableKey => KeyState::Disabled,
        _ => return None,
    };
    let key = key(call)?;
    let scope = seen_as(&key, &was, facts).or_else(|| key.home())?;
    Some(Ground::KeyWas(scope, key, was))
}

/// That a key which a step before has enabled is so still.
fn mended(call: &Call, enabled: &[KeyArn]) -> Option<Ground> {
    let key: KeyArn = call.text("KmsKeyId")?.parse().ok()?;
    enabled.contains(&key).then(|| Some(Ground::Key(key.home()?, key))).flatten()
}

fn key(call: &Call) -> Option<KeyArn> {
    call.text("KeyId")?.parse().ok()
}

/// The snapshot that a call reads, changes or deletes.
fn source(call: &Call) -> Option<SnapshotArn> {
    let kind = match call.operation {
        Operation::CopyDBSnapshot | Operation::ModifyDBSnapshotAttribute | Operation::DeleteDBSnapshot => {
            Kind::Instance
        }
        // An instance is restored from a snapshot of a Multi-AZ DB cluster, too (REST-01).
        Operation::RestoreDBInstanceFromDBSnapshot if call.text("DBSnapshotIdentifier").is_some() => {
            Kind::Instance
        }
        _ => Kind::Cluster,
    };
    let names = ["DBSnapshotIdentifier", "DBClusterSnapshotIdentifier", "SnapshotIdentifier", "SourceArn"];
    let makes_one =
        matches!(call.operation, Operation::CreateDBSnapshot | Operation::CreateDBClusterSnapshot);
    let found = || names.into_iter().find_map(|name| call.text(name)).filter(|_| !makes_one);
    let name = call.copied_from().or_else(found)?;
    let own = || SnapshotArn::new(&call.scope.region, call.scope.account, kind, name);
    Some(name.parse().unwrap_or_else(|_| own()))
}

/// What was seen of a snapshot, and by whom; its owner is asked first.
fn seen<'f>(arn: &SnapshotArn, facts: &'f Facts) -> Option<(&'f Scope, &'f SnapshotFacts)> {
    facts.sightings(arn).min_by_key(|(scope, _)| (scope.account != arn.account(), scope.account))
}

/// That a key is enabled, where that was seen.
fn enabled(key: &KeyArn, facts: &Facts) -> Option<Ground> {
    Some(Ground::Key(seen_as(key, &KeyState::Enabled, facts)?, key.clone()))
}

/// Who has seen a key in a state: its owner, where that has.
fn seen_as(key: &KeyArn, state: &KeyState, facts: &Facts) -> Option<Scope> {
    let is_of_keys = |question: &Question| matches!(question, Question::Key(..) | Question::Keys(_));
    let seen = facts.asked().filter(|(question, _)| is_of_keys(question)).filter_map(|(question, _)| {
        let keys = match facts.get(question) {
            Fact::Known { value: Answer::Key(key), .. } => key.as_slice(),
            Fact::Known { value: Answer::Keys(keys), .. } => keys,
            _ => &[],
        };
        let is_so = keys.iter().any(|own| own.arn == *key && own.state == *state);
        is_so.then(|| question.scope().clone())
    });
    let scopes: Vec<Scope> = seen.collect();
    let is_owner = |scope: &&Scope| Some((*scope).clone()) == key.home();
    scopes.iter().find(is_owner).or_else(|| scopes.iter().min_by_key(|scope| scope.account)).cloned()
}
