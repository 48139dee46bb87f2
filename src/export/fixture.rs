//! A snapshot and an inventory for the tests of this module.

use std::sync::Arc;

use crate::domain::{
    Access, Account, Encryption, Family, Identity, Inventory, Kind, Origin, Region, Report, Round, Scope,
    Share, Snapshot, SnapshotArn, SnapshotType, Standing, Status, Tag, Unasked,
};

pub(super) fn scope() -> Scope {
    Scope { account: "111111111111".parse().expect("an account id"), region: Region::new("us-east-1") }
}

pub(super) fn account(name: &str) -> Account {
    let (access, standing) = (Access::ReadWrite, Standing::Ordinary);
    Account { name: name.into(), id: None, access, standing, tint: None }
}

pub(super) fn snapshot(name: &str) -> Snapshot {
    let at = Some("2026-11-24T00:12:33.456Z".parse().expect("a time"));
    let scope = scope();
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    Snapshot {
        arn: SnapshotArn::new(&scope.region, scope.account, Kind::Instance, name),
        scope,
        family: Family::Rds,
        engine: "mysql".into(),
        engine_version: "8.0.39".into(),
        source_db: "orders-db".into(),
        snapshot_type: SnapshotType::Manual,
        origin: Origin::Own,
        status: Status::Available,
        progress: Some(100),
        created_at: at,
        data_at: at,
        size_gib: Some(100),
        encryption: Encryption::None,
        share: Share::Unknown(Unasked::NotYet),
        option_group: Some("default:mysql-8-0".into()),
        storage_type: Some("gp3".into()),
        source_snapshot: None,
        tags: Arc::new([tag("env", "prod"), tag("team", "dba")]),
    }
}

/// An inventory of the account prod with these rows, read to the end.
pub(super) fn inventory_of(rows: Vec<Snapshot>) -> Inventory {
    let mut inventory = Inventory::default();
    let (scope, round) = (scope(), Round(1));
    inventory.apply(Report::Accounts { accounts: vec![account("prod"), account("lab")], known: vec![] });
    inventory.apply(Report::SignedIn(Identity {
        name: "prod".into(),
        account: scope.account,
        caller: "arn:aws:iam::111111111111:user/dba".into(),
        regions: vec![scope.region.clone()],
    }));
    inventory.apply(Report::Started { scope: scope.clone(), round });
    inventory.apply(Report::Page { scope: scope.clone(), round, rows });
    inventory.apply(Report::Complete { scope, round });
    inventory
}
