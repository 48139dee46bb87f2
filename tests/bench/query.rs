//! How long a list of 100,000 rows takes to follow a keystroke, a page and an order.

use std::sync::Arc;

use divan::Bencher;
use jiff::{SignedDuration, Timestamp};
use snapdeck::domain::{
    Access, Account, Change, Encryption, Family, Identity, Inventory, Key, KeyArn, KeyManager, Kind, Origin,
    Region, Report, Round, Scope, Share, Snapshot, SnapshotArn, SnapshotType, Standing, Status, Tag,
};
use snapdeck::query::{Column, Direction, Filter, Listing, Order, View, completions};

const ROWS: usize = 100_000;
const PAGE: usize = 100;
const ACCOUNTS: usize = 10;
const REGIONS: [&str; 4] = ["us-east-1", "eu-west-1", "eu-central-1", "ap-southeast-2"];

fn main() {
    divan::main();
}

fn now() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().expect("a time")
}

fn scope(page: usize) -> Scope {
    let account = format!("{:012}", 111_111_111_111 + page % ACCOUNTS).parse().expect("an account id");
    Scope { account, region: Region::new(REGIONS[page / ACCOUNTS % REGIONS.len()]) }
}

fn key(scope: &Scope) -> KeyArn {
    format!("arn:aws:kms:{}:{}:key/k", scope.region, scope.account).parse().expect("a key ARN")
}

fn snapshot(scope: &Scope, n: usize) -> Snapshot {
    // A walk over all ages that looks like none.
    let age = i64::try_from(n * 7919 % 99_991).expect("a small number");
    let at = Some(now() - SignedDuration::from_mins(age * 5));
    let manual = n.is_multiple_of(3);
    let name = if manual {
        format!("orders-{}-before-release-{n}", n % 50)
    } else {
        format!("rds:orders-{}-2026-11-{:02}-02-{n}", n % 50, n % 28 + 1)
    };
    let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
    Snapshot {
        arn: SnapshotArn::new(&scope.region, scope.account, Kind::Instance, &name),
        scope: scope.clone(),
        family: Family::Rds,
        engine: ["mysql", "postgres", "oracle-ee"][n % 3].into(),
        engine_version: "8.0.39".into(),
        source_db: format!("orders-{}", n % 50).into(),
        snapshot_type: if manual { SnapshotType::Manual } else { SnapshotType::Automated },
        origin: Origin::Own,
        status: Status::Available,
        progress: Some(100),
        created_at: at,
        data_at: at,
        size_gib: Some(u32::try_from(n % 4000).expect("a small number")),
        encryption: Encryption::Kms(key(scope)),
        share: if manual { Share::Private } else { Share::NotShareable },
        option_group: Some("default:mysql-8-0".into()),
        storage_type: Some("gp3".into()),
        source_snapshot: None,
        tags: Arc::new([tag("env", "prod"), tag("team", "payments")]),
    }
}

/// A fleet of so many rows.
fn fill(rows: usize) -> Inventory {
    let mut inventory = Inventory::default();
    let account = |n: usize| Account {
        name: format!("team-{n}").into(),
        id: None,
        access: Access::ReadWrite,
        standing: Standing::Ordinary,
        tint: None,
    };
    inventory.apply(Report::Accounts { accounts: (0..ACCOUNTS).map(account).collect(), known: vec![] });
    for n in 0..ACCOUNTS {
        inventory.apply(Report::SignedIn(Identity {
            name: format!("team-{n}").into(),
            account: scope(n).account,
            caller: "arn:aws:iam::111111111111:user/dba".into(),
            regions: REGIONS.map(Region::new).to_vec(),
        }));
    }
    for page in 0..ACCOUNTS * REGIONS.len() {
        let scope = scope(page);
        let (arn, manager) = (key(&scope), Some(KeyManager::Customer));
        inventory.apply(Report::Keys(vec![Key {
            arn,
            manager,
            state: None,
            aliases: vec!["alias/dba".into()],
        }]));
        inventory.apply(Report::Started { scope, round: Round(1) });
    }
    for page in 0..rows / PAGE {
        inventory.apply(page_report(page));
    }
    inventory
}

fn page_report(page: usize) -> Report {
    let scope = scope(page);
    let rows = (page * PAGE..(page + 1) * PAGE).map(|n| snapshot(&scope, n)).collect();
    Report::Page { scope, round: Round(1), rows }
}

fn listing(order: Order, inventory: &Inventory) -> Listing {
    Listing::new(View::All, Filter::default(), order, inventory, now())
}

/// One keystroke in the filter line: what was typed is read, and all rows are asked.
#[divan::bench(args = [
    "orders-17",
    "orders prod release",
    "enc:none",
    "age:>30d size:<500",
    "account:team-3",
    "region:use1",
    "tag:env=prod",
    "name:*release*1",
    "!is:problem",
])]
fn a_keystroke(bencher: Bencher<'_, '_>, text: &str) {
    let inventory = fill(ROWS);
    let mut list = listing(Order::default(), &inventory);
    bencher.bench_local(|| {
        list.set_filter(Filter::parse(text).expect("a filter"), &inventory, now());
        list.len()
    });
}

/// A page of 100 arrives where 100,000 rows are in order.
#[divan::bench(args = [Column::DataAge, Column::Id, Column::Account])]
fn a_page(bencher: Bencher<'_, '_>, by: Column) {
    let mut inventory = fill(ROWS);
    let list = listing(Order { by, direction: Direction::Ascending }, &inventory);
    let before = inventory.apply(page_report(ROWS / PAGE));
    let change = inventory.apply(page_report(ROWS / PAGE + 1));
    // A page before it, so that what grows has room as it mostly has.
    let grown = || {
        let mut list = list.clone();
        list.update(&before, &inventory, now());
        list
    };
    bencher.with_inputs(grown).bench_local_values(|mut list| {
        list.update(&change, &inventory, now());
        list
    });
}

/// 100 rows of 100,000 changed, as when their share states were learned.
#[divan::bench]
fn a_change(bencher: Bencher<'_, '_>) {
    let inventory = fill(ROWS);
    let mut list = listing(Order::default(), &inventory);
    let ids = inventory.rows().map(|(id, _)| id).step_by(ROWS / PAGE);
    let change = Change { changed: ids.collect(), ..Change::default() };
    bencher.bench_local(|| list.update(&change, &inventory, now()));
}

/// Another order is chosen.
#[divan::bench(args = [Column::DataAge, Column::Id, Column::Account, Column::Size])]
fn an_order(bencher: Bencher<'_, '_>, by: Column) {
    let inventory = fill(ROWS);
    let mut list = listing(Order::default(), &inventory);
    let order = Order { by, direction: Direction::Ascending };
    bencher.bench_local(|| list.set_order(order, &inventory, now()));
}

/// The row under the cursor is looked for.
#[divan::bench]
fn a_position(bencher: Bencher<'_, '_>) {
    let inventory = fill(ROWS);
    let list = listing(Order::default(), &inventory);
    let bottom = *list.rows().last().expect("a row");
    bencher.bench_local(|| list.position(divan::black_box(bottom)));
}

/// The tab key in the filter line.
#[divan::bench(args = ["db:orders-1", "tag:env="])]
fn a_completion(bencher: Bencher<'_, '_>, text: &str) {
    let inventory = fill(ROWS);
    bencher.bench_local(|| completions(text, text.len(), &inventory));
}

/// Everything is built anew, as when an account got a name.
#[divan::bench]
fn a_refresh(bencher: Bencher<'_, '_>) {
    let inventory = fill(ROWS);
    let mut list = listing(Order::default(), &inventory);
    bencher.bench_local(|| list.refresh(&inventory, now()));
}
