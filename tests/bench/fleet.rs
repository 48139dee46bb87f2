//! A fleet of 100,000 snapshots in 20 accounts and 5 regions, as it is reported while it is still read.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jiff::{SignedDuration, Timestamp};
use snapdeck::domain::{
    Access, Account, Encryption, Family, Identity, Key, KeyArn, KeyManager, Kind, Origin, Region, Report,
    Round, Scope, Share, Shown, Snapshot, SnapshotArn, SnapshotType, Standing, Status, Tag, Unasked,
};

pub(crate) const ROWS: usize = 100_000;

/// How many rows arrive at once, as AWS gives them.
pub(crate) const PAGE: usize = 100;

const ACCOUNTS: usize = 20;
const REGIONS: [&str; 5] = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"];

pub(crate) fn now() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().expect("a time")
}

/// What a reader reports, in order, with every row there is so far; no scope is complete yet.
pub(crate) fn reports() -> impl Iterator<Item = Report> {
    let account = |n: usize| Account {
        name: format!("team-{n}").into(),
        id: None,
        access: Access::ReadWrite,
        standing: Standing::Ordinary,
        tint: None,
    };
    let accounts = Report::Accounts { accounts: (0..ACCOUNTS).map(account).collect(), known: vec![] };
    let signed_in = (0..ACCOUNTS).map(|n| {
        Report::SignedIn(Identity {
            name: format!("team-{n}").into(),
            account: scope(n).account,
            caller: "arn:aws:iam::111111111111:user/dba".into(),
            regions: REGIONS.map(Region::new).to_vec(),
        })
    });
    let scopes = || (0..ACCOUNTS * REGIONS.len()).map(scope);
    let started = scopes().map(|scope| Report::Started { scope, round: Round(1) });
    let keys = scopes().map(|scope| {
        let (arn, manager) = (key(&scope), Some(KeyManager::Customer));
        Report::Keys(vec![Key { arn, manager, state: None, aliases: vec!["alias/dba".into()] }])
    });
    let pages = (0..ROWS / PAGE).map(page_report);
    std::iter::once(accounts).chain(signed_in).chain(started).chain(pages).chain(keys)
}

/// The scope of a page: every account, then every region, again and again.
fn scope(page: usize) -> Scope {
    let account = format!("{:012}", 111_111_111_111 + page % ACCOUNTS).parse().expect("an account id");
    Scope { account, region: Region::new(REGIONS[page / ACCOUNTS % REGIONS.len()]) }
}

fn key(scope: &Scope) -> KeyArn {
    format!("arn:aws:kms:{}:{}:key/k", scope.region, scope.account).parse().expect("a key ARN")
}

/// The page of this number; those from `ROWS / PAGE` on hold rows that nothing reported yet.
pub(crate) fn page_report(page: usize) -> Report {
    let scope = scope(page);
    let rows = (page * PAGE..(page + 1) * PAGE).map(|n| snapshot(&scope, n)).collect();
    Report::Page { scope, round: Round(1), rows }
}

/// A word, kept once however often it occurs, as those are that come from AWS.
fn word(text: &str) -> Shown {
    static WORDS: LazyLock<Mutex<HashMap<String, Shown>>> = LazyLock::new(Mutex::default);
    let mut words = WORDS.lock().expect("no panic");
    words.entry(text.to_owned()).or_insert_with(|| text.into()).clone()
}

/// The tags of every snapshot, likewise.
fn tags() -> Arc<[Tag]> {
    static TAGS: LazyLock<Arc<[Tag]>> = LazyLock::new(|| {
        let tag = |key: &str, value: &str| Tag { key: key.into(), value: value.into() };
        Arc::new([tag("env", "prod"), tag("team", "payments")])
    });
    Arc::clone(&TAGS)
}

fn snapshot(scope: &Scope, n: usize) -> Snapshot {
    // A walk over all ages that looks like none.
    let age = i64::try_from(n * 7919 % 99_991).expect("a small number");
    let at = (now() - SignedDuration::from_mins(age * 5)).into();
    let manual = n.is_multiple_of(3);
    let name = if manual {
        format!("orders-{}-before-release-{n}", n % 50)
    } else {
        format!("rds:orders-{}-2026-11-{:02}-02-{n}", n % 50, n % 28 + 1)
    };
    Snapshot {
        arn: SnapshotArn::new(&scope.region, scope.account, Kind::Instance, &name),
        scope: scope.clone(),
        family: Family::Rds,
        engine: word(["mysql", "postgres", "oracle-ee"][n % 3]),
        engine_version: word("8.0.39"),
        source_db: word(&format!("orders-{}", n % 50)),
        snapshot_type: if manual { SnapshotType::Manual } else { SnapshotType::Automated },
        origin: Origin::Own,
        status: Status::Available,
        progress: Some(100),
        created_at: at,
        data_at: at,
        size_gib: Some(u32::try_from(n % 4000).expect("a small number")),
        encryption: Encryption::Kms(key(scope)),
        share: if manual { Share::Unknown(Unasked::NotYet) } else { Share::NotShareable },
        option_group: Some(word("default:mysql-8-0")),
        storage_type: Some(word("gp3")),
        source_snapshot: None,
        tags: tags(),
    }
}
