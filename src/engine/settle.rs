//! Whether an order was carried out to which no answer came: the cloud is asked for what it would have made.
//!
//! Names are the plan's own and AWS takes each once. What carries the stamp of the step is its; where no stamp could be
//! put on it, a thing of that name is taken for ours only where nothing speaks against it: another source, another
//! place, or an age that it cannot have.

use jiff::Timestamp;

use crate::domain::{
    AccountId, Answer, Argument, Database, ExportTask, Fault, FaultClass, Kind, Question, Share, Shown,
    SnapshotArn, SnapshotFacts, Tag,
};
use crate::plan::{Call, Follow, Happening, Operation, Receipt, SKEW, Step};
use crate::ports::Cloud;

use super::ground::{is_brought_to, is_gone, says};

/// Looks whether a step was carried out that was sent then, as this call.
pub(super) async fn settle(
    cloud: &dyn Cloud,
    step: &Step,
    call: &Call,
    sent: Option<Timestamp>,
) -> Happening {
    let Some(question) = question(step) else {
        // It can be sent again without doing anything twice.
        return Happening::NotFound;
    };
    match cloud.ask(&question).await {
        Ok(answer) => told(&answer, step, call, sent),
        Err(fault) if fault.class.needs_sign_in() => Happening::Shut(fault),
        // What it was to change is gone: nobody will know.
        Err(fault) if fault.code.as_ref().is_some_and(|code| code.exact().contains("NotFound")) => {
            Happening::Unclear(
                format!("what it was to change is not there any more: {}", fault.message).into(),
            )
        }
        Err(fault) => Happening::Blind(fault),
    }
}

/// What would show it; `None` for what does the same however often it is sent.
fn question(step: &Step) -> Option<Question> {
    let scope = step.call.scope.clone();
    match step.call.operation {
        Operation::CopyDBSnapshot
        | Operation::CopyDBClusterSnapshot
        | Operation::CreateDBSnapshot
        | Operation::CreateDBClusterSnapshot => match &step.follows {
            Follow::Snapshot(arn) => Some(Question::Snapshot(scope, arn.clone())),
            _ => None,
        },
        Operation::ModifyDBSnapshotAttribute | Operation::ModifyDBClusterSnapshotAttribute => {
            Some(Question::Attributes(scope, of_call(&step.call)?))
        }
        Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot => {
            Some(Question::Snapshot(scope, of_call(&step.call)?))
        }
        Operation::RestoreDBInstanceFromDBSnapshot
        | Operation::RestoreDBClusterFromSnapshot
        | Operation::DeleteDBInstance
        | Operation::DeleteDBCluster => Some(Question::Databases(scope)),
        Operation::StartExportTask => Some(Question::ExportTasks(scope)),
        Operation::PutKeyPolicy => Some(Question::KeyPolicy(scope, step.call.text("KeyId")?.parse().ok()?)),
        Operation::CancelKeyDeletion | Operation::EnableKey | Operation::DisableKey => {
            Some(Question::Key(scope, step.call.text("KeyId")?.to_owned()))
        }
        // A grant of the same name is the same grant.
        Operation::CreateGrant | Operation::RevokeGrant => None,
    }
}

/// The snapshot that a call names.
fn of_call(call: &Call) -> Option<SnapshotArn> {
    let kind = match call.operation {
        Operation::ModifyDBClusterSnapshotAttribute | Operation::DeleteDBClusterSnapshot => Kind::Cluster,
        _ => Kind::Instance,
    };
    let name = match kind {
        Kind::Instance => call.text("DBSnapshotIdentifier"),
        Kind::Cluster => call.text("DBClusterSnapshotIdentifier"),
    }?;
    Some(SnapshotArn::new(&call.scope.region, call.scope.account, kind, name))
}

fn told(answer: &Answer, step: &Step, call: &Call, sent: Option<Timestamp>) -> Happening {
    let is_there = |there: bool| {
        if there { Happening::Found(Receipt::default()) } else { Happening::NotFound }
    };
    match (answer, call.operation) {
        (Answer::Snapshot(found), Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot) => {
            is_there(is_gone(found.as_deref()))
        }
        (Answer::Key(found), operation) => {
            is_there(found.as_ref().is_some_and(|key| is_brought_to(&key.state, operation)))
        }
        (Answer::KeyPolicy(policies), _) => is_there(says(policies, call.text("Policy"))),
        (Answer::Snapshot(found), _) => {
            adopted(found.as_deref(), |found| strange_snapshot(found, call, sent))
        }
        (Answer::Attributes(share), _) => is_there(is_shared_so(share, call)),
        (Answer::Databases(all), Operation::DeleteDBInstance) => {
            is_there(is_going(database(all, Kind::Instance, call.deleted())))
        }
        (Answer::Databases(all), Operation::DeleteDBCluster) => {
            is_there(is_going(database(all, Kind::Cluster, call.deleted())))
        }
        (Answer::Databases(all), _) => {
            let found = match &step.follows {
                Follow::Instance(name) => database(all, Kind::Instance, Some(name)),
                Follow::Cluster(name) => database(all, Kind::Cluster, Some(name)),
                Follow::Nothing | Follow::Snapshot(_) | Follow::Export(_) => None,
            };
            adopted(found, |found| strange_stamp(&found.tags, call, "a database"))
        }
        (Answer::ExportTasks(all), _) => {
            let named = call.text("ExportTaskIdentifier");
            let found = all.iter().find(|one| Some(one.id.exact()) == named);
            adopted(found, |found| strange_export(found, call))
        }
        _ => Happening::Blind(unexpected()),
    }
}

/// What it means that this was found under the name of what a call makes, where something may speak against it.
fn adopted<T>(found: Option<T>, strange: impl FnOnce(T) -> Option<Shown>) -> Happening {
    match found.map(strange) {
        None => Happening::NotFound,
        Some(Some(why)) => Happening::Unclear(why),
        Some(None) => Happening::Found(Receipt::default()),
    }
}

fn database<'a>(all: &'a [Database], kind: Kind, name: Option<&str>) -> Option<&'a Database> {
    let is_named = |one: &&Database| name.is_some_and(|name| one.name.exact().eq_ignore_ascii_case(name));
    all.iter().filter(|one| one.kind == kind).find(is_named)
}

/// Whether a database is deleted, or will be.
fn is_going(found: Option<&Database>) -> bool {
    found.is_none_or(|found| found.status.exact() == "deleting")
}

/// Why the tags of a thing of the right name are not those of what a call makes that puts its stamp there.
fn strange_stamp(tags: &[Tag], call: &Call, noun: &str) -> Option<Shown> {
    let stamp = call.stamp()?;
    match tags.iter().find(|tag| tag.key == stamp.key).map(|tag| &tag.value) {
        Some(own) if *own == stamp.value => None,
        Some(other) => Some(format!("{noun} of that name is there already, made by run {other}").into()),
        None => Some(format!("{noun} of that name is there already, and it was not made by this run").into()),
    }
}

/// Why an export task of the right name is not the one that a call would have begun: no stamp goes on those.
fn strange_export(found: &ExportTask, call: &Call) -> Option<Shown> {
    let differs = |name, own: &Shown| call.text(name) != Some(own.exact());
    if differs("SourceArn", &found.source) {
        return Some(format!("an export task of that name is there already, of {}", found.source).into());
    }
    differs("S3BucketName", &found.bucket)
        .then(|| format!("an export task of that name is there already, into {}", found.bucket).into())
}

/// Why a snapshot of the right name is not the one that the call would have made.
fn strange_snapshot(found: &SnapshotFacts, call: &Call, sent: Option<Timestamp>) -> Option<Shown> {
    let row = &found.row;
    if call.stamp().is_some() {
        return strange_stamp(&row.tags, call, "a snapshot");
    }
    let wanted = call.copied_from();
    // AWS names the source of some copies only, by ARN or by name.
    if let (Some(source), Some(wanted)) = (&row.source_snapshot, wanted) {
        let is_the_same = wanted == source.exact() || wanted.ends_with(&format!(":{}", source.exact()));
        if !is_the_same {
            return Some(format!("a snapshot of that name is there already, copied from {source}").into());
        }
    }
    match (row.created_at.get(), sent) {
        (Some(created), Some(sent)) if created < sent - SKEW => {
            Some("a snapshot of that name is there already, older than the request".into())
        }
        _ => None,
    }
}

/// Whether a snapshot is shared as a call would have made it.
fn is_shared_so(share: &Share, call: &Call) -> bool {
    let values = |name: &str| match call.parameter(name) {
        Some(Argument::List(values)) => values.clone(),
        _ => Vec::new(),
    };
    let has = |value: &String| match value.as_str() {
        "all" => matches!(share, Share::Public(_)),
        id => id.parse::<AccountId>().is_ok_and(|id| share.accounts().contains(&id)),
    };
    values("ValuesToAdd").iter().all(has) && !values("ValuesToRemove").iter().any(has)
}

/// An answer to another question than was asked.
pub(super) fn unexpected() -> Fault {
    Fault {
        class: FaultClass::InvalidResponse,
        code: None,
        message: "the answer is to another question".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "Look at the snapshot yourself, then try again.".into(),
    }
}
