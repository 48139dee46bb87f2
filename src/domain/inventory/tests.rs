//! What the inventory promises.

use std::sync::Arc;

use super::*;
use crate::domain::fixture;
use crate::domain::{Access, Account, Fault, Identity, Region, Standing};

fn id(text: &str) -> AccountId {
    text.parse().expect("an account id")
}

fn scope() -> Scope {
    Scope { account: id("111111111111"), region: Region::new("us-east-1") }
}

fn snapshot(name: &str) -> Snapshot {
    fixture::snapshot(&scope(), name)
}

fn signed_in() -> Inventory {
    let mut inventory = Inventory::default();
    let account = Account {
        name: "prod".into(),
        id: None,
        access: Access::ReadWrite,
        standing: Standing::Production,
        tint: None,
    };
    inventory.apply(Report::Accounts { accounts: vec![account], known: vec![] });
    inventory.apply(Report::SignedIn(Identity {
        name: "prod".into(),
        account: scope().account,
        caller: "arn:aws:sts::111111111111:assumed-role/dba/me".into(),
        regions: vec![scope().region],
    }));
    inventory
}

fn read(inventory: &mut Inventory, round: u32, names: &[&str]) -> Change {
    let (scope, round) = (scope(), Round(round));
    inventory.apply(Report::Started { scope: scope.clone(), round });
    inventory.apply(Report::Page { scope, round, rows: names.iter().map(|n| snapshot(n)).collect() })
}

fn names(inventory: &Inventory) -> Vec<String> {
    inventory.rows().map(|(_, row)| row.snapshot.arn.name().to_string()).collect()
}

fn fault(class: FaultClass) -> Fault {
    Fault {
        class,
        code: None,
        message: "no".into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "".into(),
    }
}

#[test]
fn an_arn_that_occurs_twice_in_a_scope_is_one_row() {
    let mut inventory = signed_in();
    let change = read(&mut inventory, 1, &["a", "b", "a"]);
    assert_eq!((change.added.len(), inventory.len()), (2, 2));
}

#[test]
fn rows_vanish_only_when_a_later_reading_is_complete() {
    let mut inventory = signed_in();
    read(&mut inventory, 1, &["a", "b"]);
    inventory.apply(Report::Complete { scope: scope(), round: Round(1) });
    read(&mut inventory, 2, &["b"]);
    assert_eq!(names(&inventory), ["a", "b"]);
    let stale: Vec<_> = inventory.rows().map(|(_, row)| inventory.is_stale(row)).collect();
    assert_eq!(stale, [true, false]);
    let change = inventory.apply(Report::Complete { scope: scope(), round: Round(2) });
    assert_eq!((change.removed.len(), names(&inventory)), (1, vec!["b".to_owned()]));
}

#[test]
fn a_failed_reading_takes_nothing_away() {
    let mut inventory = signed_in();
    read(&mut inventory, 1, &["a", "b"]);
    inventory.apply(Report::Complete { scope: scope(), round: Round(1) });
    read(&mut inventory, 2, &["b"]);
    inventory.apply(Report::Failed { scope: scope(), round: Round(2), fault: fault(FaultClass::Throttled) });
    assert_eq!(inventory.len(), 2);
    assert_eq!((inventory.coverage().failed, inventory.coverage().complete), (1, 0));
}

#[test]
fn what_arrives_of_an_earlier_reading_is_dropped() {
    let mut inventory = signed_in();
    read(&mut inventory, 1, &["a"]);
    read(&mut inventory, 2, &["b"]);
    let late =
        inventory.apply(Report::Page { scope: scope(), round: Round(1), rows: vec![snapshot("late")] });
    assert!(late.is_empty());
    inventory.apply(Report::Complete { scope: scope(), round: Round(1) });
    assert_eq!(inventory.scope(&scope()).map(|entry| &entry.state), Some(&ScopeState::Reading));
}

#[test]
fn a_region_that_is_not_enabled_is_neither_failed_nor_counted() {
    let mut inventory = signed_in();
    read(&mut inventory, 1, &[]);
    inventory.apply(Report::Failed {
        scope: scope(),
        round: Round(1),
        fault: fault(FaultClass::RegionDisabled),
    });
    let coverage = inventory.coverage();
    assert_eq!((coverage.disabled, coverage.failed, coverage.scopes), (1, 0, 0));
    assert!(!coverage.has_gaps());
}

#[test]
fn a_share_state_that_was_asked_outlives_a_refresh() {
    let mut inventory = signed_in();
    read(&mut inventory, 1, &["a"]);
    let arn = snapshot("a").arn;
    inventory.apply(Report::Shared {
        account: scope().account,
        arn: arn.clone(),
        share: Share::Public(Arc::new([])),
    });
    read(&mut inventory, 2, &["a"]);
    let row = inventory.find(scope().account, &arn).and_then(|id| inventory.row(id)).expect("the row");
    assert_eq!(row.snapshot.share.name(), "public");
}

#[test]
fn encryption_is_unknown_until_the_keys_manager_is_known() {
    let mut inventory = signed_in();
    let arn: KeyArn = "arn:aws:kms:us-east-1:111111111111:key/1".parse().expect("a key ARN");
    let mut row = snapshot("a");
    row.encryption = Encryption::Kms(arn.clone());
    read(&mut inventory, 1, &[]);
    inventory.apply(Report::Page { scope: scope(), round: Round(1), rows: vec![row.clone()] });
    assert_eq!(inventory.encryption(&row), EncryptionClass::Unknown);
    assert_eq!(inventory.unknown_keys().len(), 1);
    let key = |manager| Key { arn: arn.clone(), manager, state: None, aliases: vec![] };
    let named = Key { aliases: vec!["alias/aws/rds".into()], ..key(Some(KeyManager::Aws)) };
    let change = inventory.apply(Report::Keys(vec![named]));
    assert_eq!((change.changed.len(), inventory.encryption(&row)), (1, EncryptionClass::AwsManaged));
    inventory.apply(Report::Keys(vec![key(None)]));
    assert_eq!(inventory.encryption(&row), EncryptionClass::AwsManaged, "a denial takes nothing back");
    assert_eq!(inventory.key(&arn).and_then(Key::short_alias).as_deref(), Some("aws/rds"));
}

#[test]
fn two_names_of_one_account_are_one_account() {
    let mut inventory = signed_in();
    let mut accounts: Vec<_> = inventory.accounts().iter().map(|entry| entry.account.clone()).collect();
    accounts.push(Account { name: "prod-again".into(), ..accounts[0].clone() });
    inventory.apply(Report::Accounts { accounts, known: vec![] });
    inventory.apply(Report::SameAccount { name: "prod-again".into(), id: scope().account });
    assert_eq!(inventory.accounts()[1].id(), None);
}

#[test]
fn a_key_that_is_described_touches_the_rows_that_are_under_it_now() {
    let mut inventory = signed_in();
    let (scope, round) = (scope(), Round(1));
    let arn = |id: &str| -> KeyArn {
        format!("arn:aws:kms:us-east-1:111111111111:key/{id}").parse().expect("a key ARN")
    };
    let under = |name: &str, key: &str| Snapshot { encryption: Encryption::Kms(arn(key)), ..snapshot(name) };
    inventory.apply(Report::Started { scope: scope.clone(), round });
    let mut page = |rows: Vec<Snapshot>| {
        inventory.apply(Report::Page { scope: scope.clone(), round, rows });
        let keys =
            |id: &str| Report::Keys(vec![Key { arn: arn(id), manager: None, state: None, aliases: vec![] }]);
        ["one", "two"].map(|id| {
            let changed = inventory.apply(keys(id)).changed;
            let name = |id| inventory.row(id).expect("a row").snapshot.arn.exact_name().to_owned();
            changed.into_iter().map(name).collect::<Vec<_>>()
        })
    };
    assert_eq!(page(vec![]), [vec![""; 0], vec![]]);
    page(vec![under("a", "one"), under("b", "two"), snapshot("c")]);
    assert_eq!(page(vec![]), [vec!["a"], vec!["b"]]);
    assert_eq!(page(vec![under("b", "one"), under("a", "one")]), [vec!["a", "b"], vec![]]);
    assert_eq!(page(vec![under("b", "two")]), [vec!["a"], vec!["b"]]);
}
