//! A snapshot and an inventory for the tests of this module.

use std::sync::Arc;

use crate::domain::fixture;
pub(super) use crate::domain::fixture::account;
use crate::domain::{Identity, Inventory, Region, Report, Round, Scope, Snapshot, Tag};

pub(super) fn scope() -> Scope {
    Scope { account: "111111111111".parse().expect("an account id"), region: Region::new("us-east-1") }
}

pub(super) fn snapshot(name: &str) -> Snapshot {
    let at = Some("2026-11-24T00:12:33.456Z".parse().expect("a time"));
    let scope = scope();
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    Snapshot {
        source_db: "orders-db".into(),
        created_at: at.into(),
        data_at: at.into(),
        option_group: Some("default:mysql-8-0".into()),
        storage_type: Some("gp3".into()),
        tags: Arc::new([tag("env", "prod"), tag("team", "dba")]),
        ..fixture::snapshot(&scope, name)
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
