//! A small fleet in every state that there is, for tests of what lies above it.

#![cfg(test)]

mod aws;
mod work;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::fixture;
use crate::domain::{
    Access, Account, AccountId, DeniedBy, Encryption, Family, Fault, FaultClass, Identity, Key, KeyArn,
    KeyManager, KeyState, Kind, Moment, Origin, Region, Report, Round, Scope, Share, Shown, Snapshot,
    SnapshotArn, SnapshotType, Standing, Status, Tag, Tint, Unasked,
};
use crate::input::{Event, Keymap};
use crate::query::Filter;

pub(crate) use self::aws::answer;
pub(crate) use self::work::{ask, at, at_work, deliver, many, read_only};

use super::layout::Size;
use super::{App, Badges, Effect, Msg, Opening, Options, World};

pub(crate) const PROD: &str = "111111111111";
pub(crate) const DR: &str = "222222222222";
pub(crate) const LAB: &str = "333333333333";
pub(crate) const STRANGER: &str = "987654321098";

/// Three in the morning.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T03:12:00Z".parse().expect("a time")
}

pub(crate) fn account_id(text: &str) -> AccountId {
    text.parse().expect("an account id")
}

pub(crate) fn scope(account: &str, region: &str) -> Scope {
    Scope { account: account_id(account), region: Region::new(region) }
}

pub(crate) fn options(width: u16, height: u16) -> Options {
    Options {
        now: now(),
        zone: TimeZone::UTC,
        badges: Badges { world: World::Demo, endpoint: None, access: Access::ReadWrite },
        profiles: crate::plan::Profiles::Named,
        keymap: Keymap::default(),
        filter: Filter::default(),
        opening: Opening::default(),
        size: Size { width, height },
    }
}

/// An application that has learned nothing.
pub(crate) fn empty(width: u16, height: u16) -> App {
    App::new(options(width, height))
}

/// An application that has learned everything below.
pub(crate) fn app(width: u16, height: u16) -> App {
    let mut app = empty(width, height);
    for report in reports() {
        app.update(Msg::Reports(vec![report]));
    }
    app
}

/// The same with rows that nothing stands against: an instance snapshot that is not encrypted and nobody reads, some
/// more of it, a namesake in another region, and one of an Aurora cluster.
pub(crate) fn fuller(width: u16, height: u16) -> App {
    let mut app = app(width, height);
    for report in fresh() {
        app.update(Msg::Reports(vec![report]));
    }
    app
}

/// Presses chords, and gives the effects of the last.
pub(crate) fn press(app: &mut App, chords: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for chord in chords.split(' ') {
        let chord = chord.parse().expect("a chord");
        effects = app.update(Msg::Input(Event::Chord(chord)));
    }
    effects
}

/// Types text into whatever takes it.
pub(crate) fn type_in(app: &mut App, text: &str) {
    app.update(Msg::Input(Event::Paste(text.to_owned())));
}

/// A snapshot of an instance, seen by its owner, one hour old.
pub(crate) fn snapshot(scope: &Scope, name: &str) -> Snapshot {
    let hour = SignedDuration::from_hours(1);
    Snapshot {
        source_db: "orders-prod".into(),
        created_at: (now() - hour).into(),
        data_at: (now() - hour).into(),
        size_gib: Some(500),
        share: if SnapshotType::of("manual", name) == SnapshotType::Manual {
            Share::Private
        } else {
            Share::NotShareable
        },
        option_group: Some("default:mysql-8-0".into()),
        storage_type: Some("gp3".into()),
        ..fixture::snapshot(scope, name)
    }
}

pub(crate) fn aged(mut snapshot: Snapshot, minutes: i64) -> Snapshot {
    let at = now() - SignedDuration::from_mins(minutes);
    (snapshot.created_at, snapshot.data_at) = (at.into(), at.into());
    snapshot
}

pub(crate) fn fault(class: FaultClass) -> Fault {
    Fault {
        class,
        code: Some("AccessDenied".into()),
        message: "User: arn:aws:sts::444444444444:assumed-role/dba/me is not authorized to perform: \
                  rds:DescribeDBSnapshots with an explicit deny in a service control policy"
            .into(),
        action: Some("rds:DescribeDBSnapshots".into()),
        denied_by: Some(DeniedBy::ServiceControl),
        request_id: Some("7f3a2c10-0d1e-4c5b-9a77-3f0f6f5f1b2c".into()),
        remedy: None,
        hint: "The organisation's policy denies it: an administrator of the organisation has to allow it."
            .into(),
    }
}

fn account(name: &str, id: Option<&str>, standing: Standing, tint: Option<Tint>) -> Account {
    Account { name: name.into(), id: id.map(account_id), access: Access::ReadWrite, standing, tint }
}

fn signed_in(name: &str, id: &str, regions: &[&str]) -> Report {
    Report::SignedIn(Identity {
        name: name.into(),
        account: account_id(id),
        caller: format!("arn:aws:sts::{id}:assumed-role/team/dba").into(),
        regions: regions.iter().map(|region| Region::new(*region)).collect(),
    })
}

fn key(region: &str, id: &str) -> KeyArn {
    format!("arn:aws:kms:{region}:{PROD}:key/{id}").parse().expect("the ARN of a key")
}

/// Everything that is learned, in order.
pub(crate) fn reports() -> Vec<Report> {
    let (east, west) = (scope(PROD, "us-east-1"), scope(PROD, "eu-west-1"));
    let dr = scope(DR, "eu-west-1");
    let mut out = vec![
        Report::Accounts {
            accounts: vec![
                account("prod", Some(PROD), Standing::Production, Some(Tint::Magenta)),
                account("dr", Some(DR), Standing::Ordinary, None),
                account("lab", Some(LAB), Standing::Ordinary, None),
                account("vault", None, Standing::Ordinary, None),
            ],
            known: vec![(account_id("555555555555"), Shown::from("auditor"))],
        },
        signed_in("prod", PROD, &["us-east-1", "eu-west-1", "ap-east-1", "ap-southeast-2"]),
        signed_in("dr", DR, &["us-east-1", "eu-west-1"]),
        Report::SignInFailed { name: "lab".into(), fault: fault(FaultClass::ExpiredCredentials) },
    ];
    let read = |scope: &Scope, rows: Vec<Snapshot>| {
        let (scope, round) = (scope.clone(), Round(1));
        [Report::Started { scope: scope.clone(), round }, Report::Page { scope, round, rows }]
    };
    out.extend(read(&east, east_rows(&east)));
    out.push(Report::Complete { scope: east.clone(), round: Round(1) });
    out.extend(read(&west, west_rows(&west)));
    out.push(Report::Complete { scope: west.clone(), round: Round(1) });
    // Read again, and one row not seen yet.
    out.push(Report::Started { scope: west.clone(), round: Round(2) });
    out.push(Report::Page { scope: west.clone(), round: Round(2), rows: west_rows(&west).split_off(1) });
    out.extend(read(&dr, dr_rows(&dr)));
    for (region, class) in
        [("ap-east-1", FaultClass::RegionDisabled), ("ap-southeast-2", FaultClass::ExplicitDeny)]
    {
        let scope = scope(PROD, region);
        out.push(Report::Started { scope: scope.clone(), round: Round(1) });
        out.push(Report::Failed { scope, round: Round(1), fault: fault(class) });
    }
    out.push(Report::Keys(keys()));
    out
}

/// What is learned besides, for [`fuller`].
pub(crate) fn fresh() -> Vec<Report> {
    let (east, west) = (scope(PROD, "us-east-1"), scope(PROD, "eu-west-1"));
    let nightly = |n: i64| aged(snapshot(&east, &format!("orders-nightly-{n}")), 60 * 24 * (100 + n));
    let plain = Snapshot { encryption: Encryption::None, ..cluster(&west, "ledger-plain", 60 * 24 * 30) };
    let namesake = aged(snapshot(&west, "orders-nightly-2"), 60 * 24 * 120);
    let page = |scope: Scope, rows| Report::Page { scope, round: Round(3), rows };
    let started = |scope: &Scope| Report::Started { scope: scope.clone(), round: Round(3) };
    let nightly = (1..=8).map(nightly).collect();
    vec![started(&east), started(&west), page(east.clone(), nightly), page(west, vec![plain, namesake])]
}

fn keys() -> Vec<Key> {
    let key = |arn: KeyArn, manager, state, alias: &str| Key {
        arn,
        manager: Some(manager),
        state: Some(state),
        aliases: vec![Shown::from(alias)],
    };
    vec![
        key(key_dba(), KeyManager::Customer, KeyState::Enabled, "alias/dba"),
        key(key_default(), KeyManager::Aws, KeyState::Enabled, "alias/aws/rds"),
        key(key_old(), KeyManager::Customer, KeyState::PendingDeletion, "alias/old-backups"),
    ]
}

fn key_dba() -> KeyArn {
    key("us-east-1", "mrk-1111")
}

fn key_default() -> KeyArn {
    key("us-east-1", "2222")
}

fn key_old() -> KeyArn {
    key("eu-west-1", "3333")
}

fn east_rows(east: &Scope) -> Vec<Snapshot> {
    let of = |name: &str, minutes: i64| aged(snapshot(east, name), minutes);
    let shared = |ids: &[&str]| Share::Accounts(ids.iter().map(|id| account_id(id)).collect());
    let tags = vec![
        Tag { key: "env".into(), value: "prod".into() },
        Tag { key: "owner".into(), value: "payments team".into() },
    ];
    vec![
        Snapshot {
            share: Share::Public([account_id(DR)].into()),
            tags: tags.into(),
            ..of("orders-prod-before-migration", 180)
        },
        Snapshot {
            share: shared(&[DR, STRANGER]),
            encryption: Encryption::Kms(key_dba()),
            source_snapshot: Some("arn:aws:rds:eu-west-1:111111111111:snapshot:orders-prod-first".into()),
            ..of("orders-prod-2026-11-24", 300)
        },
        Snapshot { encryption: Encryption::Kms(key_default()), ..of("rds:orders-prod-2026-11-24-02-05", 58) },
        Snapshot {
            encryption: Encryption::Kms(key_default()),
            ..of("orders-under-default-key", 60 * 24 * 40)
        },
        Snapshot {
            status: Status::Copying,
            progress: Some(41),
            share: Share::Unknown(Unasked::NotYet),
            data_at: Moment::UNKNOWN,
            ..of("orders-prod-copy-for-the-dr-drill-2", 2)
        },
        Snapshot {
            encryption: Encryption::Kms(key("us-east-1", "9999")),
            ..of("awsbackup:job-7f3a", 60 * 21)
        },
        Snapshot { status: Status::of("failed"), progress: Some(0), ..of("billing-nightly", 60 * 30) },
        Snapshot { share: Share::Unknown(Unasked::Refused), ..of("billing-refused", 60 * 24 * 3) },
    ]
}

fn cluster(scope: &Scope, name: &str, minutes: i64) -> Snapshot {
    Snapshot {
        arn: SnapshotArn::new(&scope.region, scope.account, Kind::Cluster, name),
        family: Family::Aurora,
        engine: "aurora-postgresql".into(),
        engine_version: "16.4".into(),
        source_db: "ledger".into(),
        size_gib: None,
        option_group: None,
        storage_type: Some("aurora".into()),
        encryption: Encryption::AwsOwned,
        ..aged(snapshot(scope, name), minutes)
    }
}

fn west_rows(west: &Scope) -> Vec<Snapshot> {
    let cluster = |name: &str, minutes: i64| cluster(west, name, minutes);
    vec![
        Snapshot {
            encryption: Encryption::Kms(key_old()),
            ..cluster("ledger-aurora-gone-soon", 60 * 24 * 400)
        },
        cluster("ledger-aurora-final", 60 * 48),
        Snapshot {
            share: Share::Accounts([account_id("555555555555")].into()),
            ..cluster("ledger-for-the-auditor", 60 * 24 * 9)
        },
    ]
}

fn dr_rows(dr: &Scope) -> Vec<Snapshot> {
    let region = &dr.region;
    let given = |owner: &str, name: &str, minutes: i64| Snapshot {
        arn: SnapshotArn::new(region, account_id(owner), Kind::Instance, name),
        origin: Origin::Shared,
        share: Share::NotShareable,
        ..aged(snapshot(dr, name), minutes)
    };
    vec![
        Snapshot {
            encryption: Encryption::Kms(key_dba()),
            size_gib: Some(80),
            ..given(PROD, "users-from-prod", 60 * 96)
        },
        Snapshot {
            encryption: Encryption::Unnamed,
            ..given(STRANGER, "vendor-delivery-2026-11", 60 * 24 * 12)
        },
        Snapshot { size_gib: Some(16_384), ..aged(snapshot(dr, "warehouse-\u{202e}evil"), 60 * 24 * 800) },
    ]
}

/// Many snapshots whose names differ in the middle only, and are too long for any column.
pub(crate) fn twins(width: u16, height: u16) -> App {
    let mut app = empty(width, height);
    let (east, round) = (scope(PROD, "us-east-1"), Round(1));
    let long = "of-the-database-with-the-very-long-name";
    let rows = (0..40).map(|n| snapshot(&east, &format!("twin-{long}-{n:02}-{long}-of-the-month"))).collect();
    for report in reports().into_iter().take(4) {
        app.update(Msg::Reports(vec![report]));
    }
    app.update(Msg::Reports(vec![Report::Started { scope: east.clone(), round }]));
    app.update(Msg::Reports(vec![Report::Page { scope: east, round, rows }]));
    app
}

/// A hundred thousand snapshots in one scope.
pub(crate) fn crowd(width: u16, height: u16) -> App {
    let mut app = empty(width, height);
    let (east, round) = (scope(PROD, "us-east-1"), Round(1));
    for report in reports().into_iter().take(4) {
        app.update(Msg::Reports(vec![report]));
    }
    app.update(Msg::Reports(vec![Report::Started { scope: east.clone(), round }]));
    for page in 0..10 {
        let row = |n: i64| aged(snapshot(&east, &format!("orders-{n}")), n * 7919 % 100_003);
        let rows = (page * 10_000..(page + 1) * 10_000).map(row).collect();
        app.update(Msg::Reports(vec![Report::Page { scope: east.clone(), round, rows }]));
    }
    app
}
