//! A small fleet for the tests of this module: real reports, folded by the real inventory.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Filter, Listing, Order, View};
use crate::domain::fixture;
use crate::domain::{
    AccountId, Change, Encryption, Family, Identity, Inventory, Key, KeyArn, KeyManager, KeyState, Kind,
    Moment, Origin, Region, Report, Round, Scope, Share, Snapshot, SnapshotArn, Tag,
};

/// The time of all tests.
pub(super) fn now() -> Timestamp {
    "2026-11-24T03:00:00Z".parse().expect("a time")
}

/// The account whose id is one digit twelve times: 1 is ours and called prod, 2 ours and called dr, 7 known as partner.
pub(super) fn account(digit: u8) -> AccountId {
    char::from(b'0' + digit).to_string().repeat(12).parse().expect("an account id")
}

pub(super) fn key_arn(name: &str) -> KeyArn {
    format!("arn:aws:kms:us-east-1:111111111111:key/{name}").parse().expect("a key ARN")
}

/// A snapshot in the making: manual, mysql, available, three hours old, 100 GiB, not encrypted, share not asked.
#[derive(Clone, Debug)]
pub(super) struct Draft(Snapshot);

pub(super) fn named(name: &str) -> Draft {
    let scope = Scope { account: account(1), region: Region::new("us-east-1") };
    Draft(Snapshot { storage_type: Some("gp3".into()), ..fixture::snapshot(&scope, name) }).hours_old(3)
}

impl Draft {
    pub(super) fn with(mut self, change: impl FnOnce(&mut Snapshot)) -> Self {
        change(&mut self.0);
        self
    }

    pub(super) fn cluster(self, engine: &str) -> Self {
        self.with(|s| {
            s.arn = SnapshotArn::new(&s.scope.region, s.owner(), Kind::Cluster, s.arn.exact_name());
            s.family = Family::of(Kind::Cluster, engine);
            s.engine = engine.into();
        })
    }

    pub(super) fn hours_old(self, hours: i64) -> Self {
        let at = now() - SignedDuration::from_hours(hours);
        self.with(|s| (s.created_at, s.data_at) = (at.into(), at.into()))
    }

    pub(super) fn undated(self) -> Self {
        self.with(|s| (s.created_at, s.data_at) = (Moment::UNKNOWN, Moment::UNKNOWN))
    }

    pub(super) fn size(self, gib: impl Into<Option<u32>>) -> Self {
        self.with(|s| s.size_gib = gib.into())
    }

    pub(super) fn db(self, name: &str) -> Self {
        self.with(|s| s.source_db = name.into())
    }

    pub(super) fn key(self, name: &str) -> Self {
        self.with(|s| s.encryption = Encryption::Kms(key_arn(name)))
    }

    pub(super) fn share(self, share: Share) -> Self {
        self.with(|s| s.share = share)
    }

    pub(super) fn shared_with(self, digits: &[u8]) -> Self {
        self.share(Share::Accounts(digits.iter().map(|digit| account(*digit)).collect()))
    }

    pub(super) fn tags(self, tags: &[(&str, &str)]) -> Self {
        let tag = |(key, value): &(&str, &str)| Tag { key: (*key).into(), value: (*value).into() };
        self.with(|s| s.tags = tags.iter().map(tag).collect())
    }

    /// Another account's, as shared with the one that reads it.
    pub(super) fn from(self, owner: u8) -> Self {
        self.with(|s| {
            s.arn = SnapshotArn::new(&s.scope.region, account(owner), s.kind(), s.arn.exact_name());
            s.origin = Origin::Shared;
            s.share = Share::NotShareable;
        })
    }

    fn seen_from(self, scope: &Scope) -> Snapshot {
        let own = self.0.origin == Origin::Own;
        self.with(|s| {
            let owner = if own { scope.account } else { s.owner() };
            s.arn = SnapshotArn::new(&scope.region, owner, s.kind(), s.arn.exact_name());
            s.scope = scope.clone();
        })
        .0
    }
}

/// Two accounts of ours, prod and dr, and what was read in them.
pub(super) struct Fleet {
    pub(super) inventory: Inventory,
}

impl Fleet {
    pub(super) fn new() -> Self {
        let mut inventory = Inventory::default();
        let entry = |name: &str| fixture::account(name);
        inventory.apply(Report::Accounts {
            accounts: vec![entry("prod"), entry("dr")],
            known: vec![(account(7), "partner".into())],
        });
        let mut fleet = Self { inventory };
        for (name, digit) in [("prod", 1), ("dr", 2)] {
            fleet.inventory.apply(Report::SignedIn(Identity {
                name: name.into(),
                account: account(digit),
                caller: "arn:aws:iam::111111111111:user/dba".into(),
                regions: vec![Region::new("us-east-1"), Region::new("eu-west-1")],
            }));
        }
        for digit in [1, 2] {
            for region in ["us-east-1", "eu-west-1"] {
                let scope = Scope { account: account(digit), region: Region::new(region) };
                fleet.inventory.apply(Report::Started { scope, round: Round(1) });
            }
        }
        fleet
    }

    /// Reads a page of prod's.
    pub(super) fn read<const N: usize>(&mut self, region: &str, rows: [Draft; N]) -> Change {
        self.page(1, region, 1, Vec::from(rows))
    }

    pub(super) fn page(&mut self, digit: u8, region: &str, round: u32, rows: Vec<Draft>) -> Change {
        let scope = Scope { account: account(digit), region: Region::new(region) };
        let rows = rows.into_iter().map(|row| row.seen_from(&scope)).collect();
        self.inventory.apply(Report::Page { scope, round: Round(round), rows })
    }

    /// Learns of a key of prod's.
    pub(super) fn learn_key(
        &mut self,
        name: &str,
        manager: KeyManager,
        state: KeyState,
        alias: &str,
    ) -> Change {
        let aliases = vec![alias.into()];
        self.inventory.apply(Report::Keys(vec![Key {
            arn: key_arn(name),
            manager: Some(manager),
            state: Some(state),
            aliases,
        }]))
    }

    /// A fleet of many kinds of rows, the same each time.
    pub(super) fn assorted(rows: usize) -> Self {
        let mut fleet = Self::new();
        for (digit, region, rows) in assorted_pages(rows, 7) {
            fleet.page(digit, region, 1, rows);
        }
        fleet.learn_key("c", KeyManager::Customer, KeyState::Enabled, "alias/dba");
        fleet
    }

    pub(super) fn names_of(&self, listing: &Listing) -> Vec<String> {
        let row = |id| self.inventory.row(id).expect("a listed row");
        listing.rows().iter().map(|id| row(*id).snapshot.arn.exact_name().to_owned()).collect()
    }

    pub(super) fn names_in(&self, order: Order) -> Vec<String> {
        self.names_of(&Listing::new(View::All, Filter::default(), order, &self.inventory, now()))
    }

    /// The names that a view and a filter admit, in the order in which they were read.
    pub(super) fn names_through(&self, view: View, filter: &str) -> Vec<&str> {
        let filter = Filter::parse(filter).expect("a filter");
        let admitted = self.inventory.rows().filter(|(_, row)| {
            view.admits(row, &self.inventory) && filter.matches(row, &self.inventory, now())
        });
        admitted.map(|(_, row)| row.snapshot.arn.exact_name()).collect()
    }
}

/// Pages of rows of many kinds, copies of cluster snapshots among them.
pub(super) fn assorted_pages(rows: usize, a_page: usize) -> Vec<(u8, &'static str, Vec<Draft>)> {
    let draft = |n: usize| {
        let age = i64::try_from(n * 37 % 50).expect("a small number");
        let draft =
            named(&format!("Snap-{:03}", n * 7 % 100)).hours_old(age).db(["orders", "Ledger", ""][n % 3]);
        match n % 7 {
            0 => draft.undated(),
            1 => draft.size(None).key("c"),
            2 => draft.shared_with(&[2]).tags(&[("env", "prod")]),
            3 => draft.cluster("aurora-mysql"),
            4 => {
                let source = SnapshotArn::new(
                    &Region::new("us-east-1"),
                    account(1),
                    Kind::Cluster,
                    &format!("Snap-{:03}", n * 21 % 100),
                );
                draft.cluster("aurora-mysql").with(|s| s.source_snapshot = Some(source.text()))
            }
            5 => draft.share(Share::Public(Arc::new([]))).size(500),
            _ => draft.key("unlisted").size(u32::try_from(n).expect("a small number")),
        }
    };
    let numbers: Vec<usize> = (0..rows).collect();
    let places = [(1, "us-east-1"), (2, "us-east-1"), (1, "eu-west-1")];
    let page = |(page, numbers): (usize, &[usize])| {
        let (digit, region) = places[page % places.len()];
        (digit, region, numbers.iter().map(|n| draft(*n)).collect())
    };
    numbers.chunks(a_page).enumerate().map(page).collect()
}
