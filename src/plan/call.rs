//! One call of AWS's API that changes something, in the API's own words.

use crate::domain::{Access, Argument, Scope};

/// An operation that changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    /// RDS CopyDBSnapshot.
    CopyDBSnapshot,
    /// RDS CopyDBClusterSnapshot.
    CopyDBClusterSnapshot,
    /// RDS ModifyDBSnapshotAttribute.
    ModifyDBSnapshotAttribute,
    /// RDS ModifyDBClusterSnapshotAttribute.
    ModifyDBClusterSnapshotAttribute,
    /// RDS RestoreDBInstanceFromDBSnapshot.
    RestoreDBInstanceFromDBSnapshot,
    /// RDS RestoreDBClusterFromSnapshot.
    RestoreDBClusterFromSnapshot,
    /// RDS StartExportTask.
    StartExportTask,
    /// RDS DeleteDBSnapshot.
    DeleteDBSnapshot,
    /// RDS DeleteDBClusterSnapshot.
    DeleteDBClusterSnapshot,
    /// RDS CreateDBSnapshot.
    CreateDBSnapshot,
    /// RDS CreateDBClusterSnapshot.
    CreateDBClusterSnapshot,
    /// RDS DeleteDBInstance, of an instance that a plan made on its way.
    DeleteDBInstance,
    /// RDS DeleteDBCluster, of a cluster that a plan made on its way.
    DeleteDBCluster,
    /// KMS PutKeyPolicy.
    PutKeyPolicy,
    /// KMS CreateGrant.
    CreateGrant,
    /// KMS RevokeGrant.
    RevokeGrant,
    /// KMS CancelKeyDeletion; the key is disabled then.
    CancelKeyDeletion,
    /// KMS EnableKey.
    EnableKey,
    /// KMS DisableKey, of a key that a plan enabled on its way.
    DisableKey,
}

/// What an operation does to the thing that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// It makes one, and AWS says so where there is one of that name.
    Makes,
    /// It deletes it, and AWS says so where there is none.
    Deletes,
    /// It changes it: sent twice it does the same as once.
    Changes,
}

/// A call: who makes it and where, the operation, and its parameters by the API's own names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The account that calls, and the region that is called.
    pub scope: Scope,
    /// The operation.
    pub operation: Operation,
    /// The parameters, in the order of the API's model.
    pub parameters: Vec<(&'static str, Argument)>,
}

/// A call that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order(Call);

/// Why a call may not be sent: its account, or the whole program, is read-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOnly;

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 19] = [
        Self::CopyDBSnapshot,
        Self::CopyDBClusterSnapshot,
        Self::ModifyDBSnapshotAttribute,
        Self::ModifyDBClusterSnapshotAttribute,
        Self::RestoreDBInstanceFromDBSnapshot,
        Self::RestoreDBClusterFromSnapshot,
        Self::StartExportTask,
        Self::DeleteDBSnapshot,
        Self::DeleteDBClusterSnapshot,
        Self::CreateDBSnapshot,
        Self::CreateDBClusterSnapshot,
        Self::DeleteDBInstance,
        Self::DeleteDBCluster,
        Self::PutKeyPolicy,
        Self::CreateGrant,
        Self::RevokeGrant,
        Self::CancelKeyDeletion,
        Self::EnableKey,
        Self::DisableKey,
    ];

    /// The IAM action that it is, as `rds:CopyDBSnapshot`.
    pub fn action(self) -> &'static str {
        match self {
            Self::CopyDBSnapshot => "rds:CopyDBSnapshot",
            Self::CopyDBClusterSnapshot => "rds:CopyDBClusterSnapshot",
            Self::ModifyDBSnapshotAttribute => "rds:ModifyDBSnapshotAttribute",
            Self::ModifyDBClusterSnapshotAttribute => "rds:ModifyDBClusterSnapshotAttribute",
            Self::RestoreDBInstanceFromDBSnapshot => "rds:RestoreDBInstanceFromDBSnapshot",
            Self::RestoreDBClusterFromSnapshot => "rds:RestoreDBClusterFromSnapshot",
            Self::StartExportTask => "rds:StartExportTask",
            Self::DeleteDBSnapshot => "rds:DeleteDBSnapshot",
            Self::DeleteDBClusterSnapshot => "rds:DeleteDBClusterSnapshot",
            Self::CreateDBSnapshot => "rds:CreateDBSnapshot",
            Self::CreateDBClusterSnapshot => "rds:CreateDBClusterSnapshot",
            Self::DeleteDBInstance => "rds:DeleteDBInstance",
            Self::DeleteDBCluster => "rds:DeleteDBCluster",
            Self::PutKeyPolicy => "kms:PutKeyPolicy",
            Self::CreateGrant => "kms:CreateGrant",
            Self::RevokeGrant => "kms:RevokeGrant",
            Self::CancelKeyDeletion => "kms:CancelKeyDeletion",
            Self::EnableKey => "kms:EnableKey",
            Self::DisableKey => "kms:DisableKey",
        }
    }

    /// What it does to the thing that it names.
    pub fn does(self) -> Does {
        match self {
            Self::CopyDBSnapshot
            | Self::CopyDBClusterSnapshot
            | Self::CreateDBSnapshot
            | Self::CreateDBClusterSnapshot
            | Self::RestoreDBInstanceFromDBSnapshot
            | Self::RestoreDBClusterFromSnapshot
            | Self::StartExportTask => Does::Makes,
            Self::DeleteDBSnapshot
            | Self::DeleteDBClusterSnapshot
            | Self::DeleteDBInstance
            | Self::DeleteDBCluster => Does::Deletes,
            Self::ModifyDBSnapshotAttribute
            | Self::ModifyDBClusterSnapshotAttribute
            | Self::PutKeyPolicy
            | Self::CreateGrant
            | Self::RevokeGrant
            | Self::CancelKeyDeletion
            | Self::EnableKey
            | Self::DisableKey => Does::Changes,
        }
    }

    /// The service, as the AWS CLI and IAM write it: `rds` or `kms`.
    pub fn service(self) -> &'static str {
        self.parts().0
    }

    /// The name, as the API writes it.
    pub fn name(self) -> &'static str {
        self.parts().1
    }

    fn parts(self) -> (&'static str, &'static str) {
        self.action().split_once(':').expect("BUG: an action without its service")
    }
}

impl Call {
    /// The order to send it, unless nothing may be changed there.
    pub fn order(self, access: Access) -> Result<Order, ReadOnly> {
        match access {
            Access::ReadWrite => Ok(Order(self)),
            Access::ReadOnly => Err(ReadOnly),
        }
    }

    /// The value of a parameter, by the API's own name.
    pub fn parameter(&self, name: &str) -> Option<&Argument> {
        self.parameters.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The ARN or name of the snapshot that a copy is made of.
    pub fn copied_from(&self) -> Option<&str> {
        self.text("SourceDBSnapshotIdentifier").or_else(|| self.text("SourceDBClusterSnapshotIdentifier"))
    }

    /// The name of what it deletes; `None` where it deletes nothing.
    pub fn deleted(&self) -> Option<&str> {
        let name = match self.operation {
            Operation::DeleteDBSnapshot => "DBSnapshotIdentifier",
            Operation::DeleteDBClusterSnapshot => "DBClusterSnapshotIdentifier",
            Operation::DeleteDBInstance => "DBInstanceIdentifier",
            Operation::DeleteDBCluster => "DBClusterIdentifier",
            _ => return None,
        };
        self.text(name)
    }

    /// The text of a parameter that is one, by the API's own name.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.parameter(name) {
            Some(Argument::Text(text)) => Some(text),
            _ => None,
        }
    }
}

impl Order {
    /// What is to be sent.
    pub fn call(&self) -> &Call {
        &self.0
    }

    /// The same with other parameters: whoever may send it may send that in the same scope.
    pub(super) fn with(&self, call: Call) -> Self {
        assert_eq!((&call.scope, call.operation), (&self.0.scope, self.0.operation), "BUG: another order");
        Self(call)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::scope;

    #[test]
    fn a_call_in_a_read_only_account_cannot_be_sent() {
        let call = Call { scope: scope(), operation: Operation::DeleteDBSnapshot, parameters: vec![] };
        assert_eq!(call.clone().order(Access::ReadOnly), Err(ReadOnly));
        assert_eq!(call.clone().order(Access::ReadWrite).expect("an order").call(), &call);
    }
}
