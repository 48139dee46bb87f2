//! From a request to the plan that carries it out.
//!
//! Every request becomes a plan: what cannot be carried out was refused before there was a request. The same
//! request always becomes the same calls, with the names that it says. Facts only choose words and tell what was
//! there before, so that nothing more is taken back than a plan has done.

mod calls;
mod lead;
mod share;
mod steps;
mod words;

use crate::domain::{Argument, Facts, Kind, Request, Scope, Shown, SnapshotArn};

use super::{Call, Follow, Operation, Plan, Purpose, Step};
use calls::NewCopy;
use lead::Lead;
use words::Words;

/// The calls that carry a request out, in order.
pub fn compile(request: &Request, facts: &Facts) -> Plan {
    let words = Words { facts };
    match request {
        Request::Copy { source, first, share, access, to, name, key, option_group, copy_tags, tags } => {
            let lead =
                Lead { snapshot: source, first: first.as_ref(), share: *share, access: access.as_ref() };
            let (mut steps, source) = lead.given_away(&words, key.as_ref());
            let copy = NewCopy {
                source: &source,
                to,
                name,
                key: key.as_ref(),
                option_group: option_group.as_deref(),
                copy_tags: *copy_tags,
                tags,
            };
            steps.push(steps::last_copy(&words, lead.snapshot, &copy));
            let what = lead.snapshot.name();
            Plan {
                goal: format!("Copy {what} to {} as {}", words.place(to), Shown::from(name.as_str())),
                steps,
            }
        }
        Request::Share { snapshot, first, access, add, remove, public } => {
            let change = share::Change { snapshot, add, remove, public: *public };
            change.plan(&words, first.as_ref(), access.as_ref())
        }
        Request::Restore { snapshot, first, share, access, to, makes, parameters } => {
            let lead = Lead { snapshot, first: first.as_ref(), share: *share, access: access.as_ref() };
            let (mut steps, source) = lead.taken(&words, to, parameters);
            let step = restore(&source, to, *makes, parameters);
            let (what, place) = (snapshot.name(), words.place(to));
            let goal = match &step.follows {
                Follow::Instance(name) | Follow::Cluster(name) => {
                    format!("Restore {what} in {place} as {}", Shown::from(name.as_str()))
                }
                Follow::Nothing | Follow::Snapshot(_) | Follow::Export(_) => format!("Restore {what}"),
            };
            steps.push(step);
            Plan { goal, steps }
        }
        Request::Export { snapshot, by, parameters } => Plan {
            goal: format!("Export {} to S3", snapshot.name()),
            steps: vec![export(snapshot, by, parameters)],
        },
        Request::Delete { snapshot } => {
            Plan { goal: format!("Delete {}", snapshot.name()), steps: vec![delete(snapshot)] }
        }
    }
}

/// RestoreDBInstanceFromDBSnapshot or RestoreDBClusterFromSnapshot.
fn restore(source: &SnapshotArn, to: &Scope, makes: Kind, parameters: &[(&'static str, Argument)]) -> Step {
    let (operation, database, snapshot) = match makes {
        Kind::Instance => {
            (Operation::RestoreDBInstanceFromDBSnapshot, "DBInstanceIdentifier", "DBSnapshotIdentifier")
        }
        Kind::Cluster => {
            (Operation::RestoreDBClusterFromSnapshot, "DBClusterIdentifier", "SnapshotIdentifier")
        }
    };
    // What another account owns is found by its ARN only (REST-02).
    let from = if source.account() == to.account { source.exact_name() } else { source.exact() };
    let mut parameters = parameters.to_vec();
    parameters.insert(1.min(parameters.len()), (snapshot, Argument::Text(from.to_owned())));
    let call = Call { scope: to.clone(), operation, parameters };
    let name = call.text(database).unwrap_or_default().to_owned();
    let essentials = format!("{}, from {}", Shown::from(name.as_str()), source.name());
    let (follows, why, rule) = match makes {
        Kind::Instance => (Follow::Instance(name), "A restore always makes a new instance.", "REST-06"),
        Kind::Cluster => {
            (Follow::Cluster(name), "A restore makes a new cluster, without instances yet.", "REST-23")
        }
    };
    Step {
        call,
        essentials,
        why: why.to_owned(),
        rule: Some(rule),
        follows,
        undo: None,
        purpose: Purpose::Goal,
    }
}

/// StartExportTask.
fn export(snapshot: &SnapshotArn, by: &Scope, parameters: &[(&'static str, Argument)]) -> Step {
    let call =
        Call { scope: by.clone(), operation: Operation::StartExportTask, parameters: parameters.to_vec() };
    let text = |name| call.text(name).unwrap_or_default();
    Step {
        essentials: format!("{}, to {}", snapshot.name(), Shown::from(text("S3BucketName"))),
        why: "AWS reads the snapshot and writes Parquet files into the bucket.".to_owned(),
        rule: Some("EXP-01"),
        follows: Follow::Export(text("ExportTaskIdentifier").to_owned()),
        undo: None,
        purpose: Purpose::Goal,
        call,
    }
}

/// DeleteDBSnapshot or DeleteDBClusterSnapshot.
fn delete(snapshot: &SnapshotArn) -> Step {
    Step {
        call: calls::delete(snapshot),
        essentials: snapshot.name().to_string(),
        why: "The snapshot is not needed any more; this is for good.".to_owned(),
        rule: None,
        follows: Follow::Nothing,
        undo: None,
        purpose: Purpose::Goal,
    }
}

#[cfg(test)]
mod tests;
