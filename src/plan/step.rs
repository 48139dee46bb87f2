//! A plan, and the steps that it is made of: each a call with its reason, what to wait for, and what takes it back.
//!
//! Every text here is written by us around [`Shown`](crate::domain::Shown) parts, so it is harmless to show.

use crate::domain::{PolicyDiff, SnapshotArn};

use super::{Call, Ground, Operation};

/// What a request becomes: calls in order. The next one is made when what the one before has begun is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What it reaches, as "Copy orders to eu-west-1 in dr (222222222222) as orders-copy".
    pub goal: String,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// One call of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is sent, by whom and where.
    pub call: Call,
    /// What matters of it in a few words, as "orders-prod-2026-11-24, key alias/dba".
    pub essentials: String,
    /// Why it is made, in one short sentence.
    pub why: String,
    /// The rule that asks for it, as `SHARE-08`.
    pub rule: Option<&'static str>,
    /// What has to be there before the next step.
    pub follows: Follow,
    /// The call that takes it back, where one does.
    pub undo: Option<Call>,
    /// What it is for.
    pub purpose: Purpose,
    /// What has to be so when it is sent.
    pub grounds: Vec<Ground>,
    /// How much it copies, in GiB, where AWS says.
    pub gib: Option<u32>,
}

/// What has to be waited for after a call, in the scope of that call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// Nothing: the answer is the end of it.
    Nothing,
    /// The snapshot is `available` (DescribeDBSnapshots, DescribeDBClusterSnapshots).
    Snapshot(SnapshotArn),
    /// The instance of this name is `available` (DescribeDBInstances).
    Instance(String),
    /// The cluster of this name is `available` (DescribeDBClusters).
    Cluster(String),
    /// The export task of this name is `COMPLETE` (DescribeExportTasks).
    Export(String),
}

/// What a step is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It makes what was asked for, or what that needs for as long as it lives.
    Goal,
    /// It leads there; what it leaves behind is of no use afterwards.
    Way,
    /// It takes back what a step on the way has left behind.
    CleanUp,
}

impl Step {
    /// The operation, as the API writes it.
    pub fn title(&self) -> &'static str {
        self.call.operation.name()
    }

    /// What a change of a key policy adds and takes away; `None` for any other step.
    pub fn policy_diff(&self) -> Option<PolicyDiff> {
        let grounds = self.grounds.iter().find_map(|ground| match ground {
            Ground::Policy(_, text) => Some(text.as_str()),
            _ => None,
        });
        let old = self.undo.as_ref().and_then(|undo| undo.text("Policy")).or(grounds)?;
        Some(PolicyDiff::between(old, self.call.text("Policy")?))
    }

    /// What it means to take the step back, in one short sentence.
    pub fn way_back(&self) -> &'static str {
        match self.call.operation {
            Operation::CopyDBSnapshot | Operation::CopyDBClusterSnapshot => {
                "Delete the copy; while it is still being made, that cancels it."
            }
            Operation::ModifyDBSnapshotAttribute | Operation::ModifyDBClusterSnapshotAttribute => {
                match (self.call.parameter("ValuesToAdd"), &self.undo) {
                    (Some(_), Some(_)) => {
                        "Take the access away again; copies that others made meanwhile stay."
                    }
                    (None, Some(_)) => "Give the access back.",
                    (_, None) => "There is nothing to take back.",
                }
            }
            Operation::RestoreDBInstanceFromDBSnapshot if self.undo.is_some() => {
                "Delete the instance: it was made for this only."
            }
            Operation::RestoreDBInstanceFromDBSnapshot | Operation::RestoreDBClusterFromSnapshot => {
                "Delete the new database by hand; what was written to it is lost then."
            }
            Operation::StartExportTask => "What was written stays in the bucket until it is deleted there.",
            Operation::DeleteDBSnapshot | Operation::DeleteDBClusterSnapshot => {
                "Nothing brings a deleted snapshot back."
            }
            Operation::CreateDBSnapshot | Operation::CreateDBClusterSnapshot => "Delete the snapshot.",
            Operation::DeleteDBInstance | Operation::DeleteDBCluster => {
                "Nothing brings a deleted database back."
            }
            Operation::PutKeyPolicy => {
                "Put the old policy back; other changes made to it meanwhile would be lost."
            }
            Operation::CreateGrant => "Revoke the grant.",
            Operation::RevokeGrant => "Make the grant again.",
            Operation::CancelKeyDeletion => {
                "Schedule its deletion again yourself (kms:ScheduleKeyDeletion): snapdeck never does."
            }
            Operation::EnableKey => "Disable the key again: nothing under it can be read then.",
            Operation::DisableKey => "Enable the key again.",
        }
    }
}
