//! The fleet: what is in the cloud when it begins, read from JSON in AWS's own shapes.
//!
//! Everything but `accounts` is optional; a mistake is named by its place. What the AWS CLI prints is
//! a valid part of a fleet.

pub(crate) mod defaults;
pub(crate) mod key;
pub(crate) mod mistake;
pub(crate) mod reader;
pub(crate) mod scope;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

pub use mistake::FleetMistake;
use mistake::Path;
use reader::Object;
use scope::{Place, Scope};

use super::state::State;
use super::state::account::Account;
use super::state::arn::Arn;
use super::state::clock::Clock;
use super::state::snapshot::{Snapshot, SnapshotKind};

/// Accounts, regions and all that lies in them, before any time has passed.
#[derive(Debug)]
pub struct Fleet {
    now: Timestamp,
    caller: String,
    accounts: BTreeMap<String, Account>,
    shares: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    seconds_per_gib: f64,
    latency: Duration,
}

/// One account that a fleet lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountInFleet<'a> {
    /// Its twelve digits.
    pub id: &'a str,
    /// Its name, if the fleet gives one.
    pub name: Option<&'a str>,
    /// The regions that the fleet says something about.
    pub regions: Vec<&'a str>,
    /// The regions that it has not opted in to.
    pub regions_disabled: Vec<&'a str>,
}

/// Seconds a copy takes for each GiB where the fleet does not say.
const SECONDS_PER_GIB: f64 = 0.05;

impl Fleet {
    /// Reads a fleet. The error names the place in the JSON.
    pub fn parse(json: &str) -> Result<Self, FleetMistake> {
        let root = Path::Root;
        let value: Value = serde_json::from_str(json)
            .map_err(|broken| root.mistake(format!("this is no JSON: {broken}")))?;
        let mut object = Object::new(value, &root)?;
        let now = match object.take("now") {
            Some((value, path)) => reader::time(&value, &path)?,
            None => Timestamp::now(),
        };
        let caller = object.text("caller")?;
        let mut fleet = Self {
            now,
            caller: String::new(),
            accounts: BTreeMap::new(),
            shares: BTreeMap::new(),
            seconds_per_gib: object.amount("copy_seconds_per_gib")?.unwrap_or(SECONDS_PER_GIB),
            latency: Duration::from_millis(object.count("latency_ms")?.unwrap_or_default().into()),
        };
        let (accounts, accounts_path) =
            object.take("accounts").ok_or_else(|| Path::Key(&root, "accounts").mistake("missing"))?;
        object.finish()?;
        let mut strangers = Vec::new();
        for (id, account) in reader::entries(accounts, &accounts_path)? {
            let path = Path::Key(&accounts_path, &id);
            if !is_account(&id) {
                return Err(path.mistake("expected an account of twelve digits"));
            }
            fleet.take_account(&id, account, &path, &mut strangers)?;
        }
        for (snapshot, with) in strangers {
            fleet.take_stranger(snapshot, with);
        }
        fleet.caller = match caller {
            Some(caller) if fleet.accounts.get(&caller).is_some_and(|account| account.listed) => caller,
            Some(caller) => {
                return Err(Path::Key(&root, "caller").mistake(format!("{caller} is none of the accounts")));
            }
            None => fleet
                .accounts()
                .next()
                .map(|first| first.id.to_owned())
                .ok_or_else(|| Path::Key(&root, "accounts").mistake("expected at least one account"))?,
        };
        Ok(fleet)
    }

    /// The fleet of `--demo`.
    pub fn built_in() -> Self {
        Self::parse(include_str!("../../assets/fleet.json")).expect("BUG: the built-in fleet is sound")
    }

    /// The account that calls when the access key does not name one.
    pub fn caller(&self) -> &str {
        &self.caller
    }

    /// The accounts that the fleet lists, in order of their ids.
    pub fn accounts(&self) -> impl Iterator<Item = AccountInFleet<'_>> {
        self.accounts.iter().filter(|(_, account)| account.listed).map(|(id, account)| AccountInFleet {
            id,
            name: account.name.as_deref(),
            regions: account.regions.keys().map(String::as_str).collect(),
            regions_disabled: account.regions_disabled.iter().map(String::as_str).collect(),
        })
    }

    /// The state that the cloud begins with, who calls by default, and the latency of every call.
    pub(crate) fn begin(self, speed: f64) -> (State, String, Duration) {
        let clock = Clock::new(self.now, speed);
        (State::new(clock, self.accounts, self.shares, self.seconds_per_gib), self.caller, self.latency)
    }

    fn take_account(
        &mut self,
        id: &str,
        value: Value,
        path: &Path<'_>,
        strangers: &mut Vec<(Snapshot, String)>,
    ) -> Result<(), FleetMistake> {
        let mut object = Object::new(value, path)?;
        let mut account = Account { name: object.text("name")?, listed: true, ..Account::default() };
        account.regions_disabled = object.texts("regions_disabled")?.into_iter().collect();
        if let Some((regions, regions_path)) = object.take("regions") {
            for (region, value) in reader::entries(regions, &regions_path)? {
                let place = Place { account: id, region: &region, now: self.now };
                let scope = scope::read(value, &Path::Key(&regions_path, &region), place)?;
                let Scope { region: contents, shares, strangers: others } = scope;
                self.shares.entry(region.clone()).or_default().extend(shares);
                strangers.extend(others);
                account.regions.insert(region, contents);
            }
        }
        object.finish()?;
        self.accounts.insert(id.to_owned(), account);
        Ok(())
    }

    /// Puts a snapshot that somebody else sees where it belongs, unless its owner listed it already.
    fn take_stranger(&mut self, snapshot: Snapshot, with: String) {
        let arn = snapshot.arn().to_owned();
        let place = Arn::parse(&arn).expect("BUG: a snapshot has an ARN");
        let owner = self.accounts.entry(place.account.to_owned()).or_default();
        let shelf = owner.regions.entry(place.region.to_owned()).or_default().shelf_mut(snapshot.kind);
        if SnapshotKind::of_resource(place.resource).is_some_and(|(_, id)| shelf.get(id).is_none()) {
            shelf.insert(snapshot);
        }
        let shares = self.shares.entry(place.region.to_owned()).or_default().entry(arn.clone()).or_default();
        if !shares.contains(&with) {
            shares.push(with);
        }
    }
}

/// Is it an account id: twelve digits?
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
