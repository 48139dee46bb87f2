//! For tests of every floor: the plainest snapshot and the plainest account, to be altered where it matters.

use std::sync::Arc;

use super::{
    Access, Account, Encryption, Family, Fault, FaultClass, Kind, Origin, Region, Scope, Share, Snapshot,
    SnapshotArn, SnapshotType, Standing, Status, Unasked,
};

/// An available mysql instance snapshot of the scope's own, not encrypted, whose share state nobody has asked.
pub(crate) fn snapshot(scope: &Scope, name: &str) -> Snapshot {
    Snapshot {
        scope: scope.clone(),
        arn: SnapshotArn::new(&scope.region, scope.account, Kind::Instance, name),
        family: Family::Rds,
        engine: "mysql".into(),
        engine_version: "8.0.39".into(),
        source_db: "orders".into(),
        snapshot_type: SnapshotType::of("manual", name),
        origin: Origin::Own,
        status: Status::Available,
        progress: Some(100),
        created_at: None,
        data_at: None,
        size_gib: Some(100),
        encryption: Encryption::None,
        share: Share::Unknown(Unasked::NotYet),
        option_group: None,
        storage_type: None,
        source_snapshot: None,
        tags: Arc::new([]),
    }
}

/// An account that only has a name.
pub(crate) fn account(name: &str) -> Account {
    Account {
        name: name.into(),
        id: None,
        access: Access::ReadWrite,
        standing: Standing::Ordinary,
        tint: None,
    }
}

/// Account 111111111111 in us-east-1.
pub(crate) fn scope() -> Scope {
    Scope { account: "111111111111".parse().expect("an account id"), region: Region::new("us-east-1") }
}

/// A fault that says this and no more.
pub(crate) fn fault(class: FaultClass, message: &str) -> Fault {
    Fault {
        class,
        code: None,
        message: message.into(),
        action: None,
        denied_by: None,
        request_id: None,
        hint: "Ask somebody who may.".into(),
    }
}
