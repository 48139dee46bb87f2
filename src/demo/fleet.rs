//! The fleet: what is in the cloud when it begins, read from JSON in AWS's own shapes.
//!
//! Everything but `accounts` is optional; a mistake is named by its place. What the AWS CLI prints is
//! a valid part of a fleet.

pub(crate) mod defaults;
pub(crate) mod key;
pub(crate) mod mistake;
pub(crate) mod place;
pub(crate) mod reader;
pub(crate) mod scope;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

pub use mistake::FleetMistake;
use mistake::Path;
use place::Place;
use reader::Object;
use scope::Scope;

use super::state::State;
use super::state::account::Account;
use super::state::arn::{Arn, is_account};
use super::state::clock::Clock;
use super::state::snapshot::{Snapshot, SnapshotKind};

/// Accounts, regions and all that lies in them, before any time has passed.
#[derive(Debug, Clone)]
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
        account.roles_with_mfa = object.texts("roles_with_mfa")?.into_iter().collect();
        if let Some((devices, devices_path)) = object.take("MFADevices") {
            account.mfa_devices = reader::each(devices, &devices_path, mfa_device)?.into_iter().collect();
        }
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
        let there = owner.regions.entry(place.region.to_owned()).or_default().shelf_mut(snapshot.kind);
        if SnapshotKind::of_resource(place.resource).is_some_and(|(_, id)| there.get(id).is_none()) {
            there.insert(snapshot);
        }
        let shares = self.shares.entry(place.region.to_owned()).or_default().entry(arn.clone()).or_default();
        if !shares.contains(&with) {
            shares.push(with);
        }
    }
}

/// An MFA device: its serial number, as `aws iam list-mfa-devices` prints it, and the code that is good.
fn mfa_device(value: Value, path: &Path<'_>) -> Result<(String, String), FleetMistake> {
    let mut object = Object::new(value, path)?;
    let serial =
        object.text("SerialNumber")?.ok_or_else(|| Path::Key(path, "SerialNumber").mistake("missing"))?;
    let code = object.text("Code")?.ok_or_else(|| Path::Key(path, "Code").mistake("missing"))?;
    // Whose it is and since when is printed too, and means nothing here.
    object.text("UserName")?;
    object.text("EnableDate")?;
    object.finish()?;
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Path::Key(path, "Code").mistake(format!("expected six digits, found {code}")));
    }
    Ok((serial, code))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What is wrong with a fleet whose account 111111111111 has this in us-east-1.
    #[track_caller]
    fn mistake(region: &Value) -> String {
        let fleet = json!({"accounts": {"111111111111": {"regions": {"us-east-1": region}}}});
        Fleet::parse(&fleet.to_string()).expect_err("a mistake").to_string()
    }

    #[test]
    fn a_mistake_is_named_by_its_place() {
        let scope = "accounts.111111111111.regions.us-east-1";
        for (region, said) in [
            (
                json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a"}, {"DBSnapshotIdentifier": "b", "Engine": 5}]}),
                "DBSnapshots[1].Engine: expected a string, found 5",
            ),
            (
                json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a", "Enigne": "mysql"}]}),
                "DBSnapshots[0].Enigne: unknown field, did you mean Engine?",
            ),
            (json!({"DBSnapshot": []}), "DBSnapshot: unknown field, did you mean DBSnapshots?"),
            (json!({"DBSnapshots": {}}), "DBSnapshots: expected a list, found an object"),
            (
                json!({"DBSnapshots": [{}]}),
                "DBSnapshots[0].DBSnapshotIdentifier: missing: a snapshot needs its identifier",
            ),
            (
                json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a"}, {"DBSnapshotIdentifier": "A"}]}),
                "DBSnapshots[1]: a second DBSnapshot named A",
            ),
            (
                json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a", "SnapshotCreateTime": "yesterday"}]}),
                "DBSnapshots[0].SnapshotCreateTime: expected a time as 2026-11-24T03:00:00Z, found \"yesterday\"",
            ),
            (
                json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a", "TagList": [{"Key": "k", "Value": true}]}]}),
                "DBSnapshots[0].TagList[0].Value: expected a string, found true",
            ),
            (
                json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a",
                    "DBSnapshotArn": "arn:aws:rds:us-east-1:222222222222:snapshot:a"}]}),
                "DBSnapshots[0].DBSnapshotArn: arn:aws:rds:us-east-1:222222222222:snapshot:a does not belong to account \
                 111111111111 in us-east-1",
            ),
            (
                json!({"SnapshotAttributes": {"arn:aws:rds:us-east-1:111111111111:snapshot:gone": []}}),
                "SnapshotAttributes.arn:aws:rds:us-east-1:111111111111:snapshot:gone: no snapshot of this scope has that ARN",
            ),
            (json!({"Keys": [{"Aliases": []}]}), "Keys[0].KeyMetadata: missing"),
            (
                json!({"Keys": [{"KeyMetadata": {"KeyId": "k"}, "Aliases": ["dba"]}]}),
                "Keys[0].Aliases[0]: expected a name that begins with alias/, found dba",
            ),
            (
                json!({"Keys": [{"KeyMetadata": {"KeyId": "k"}, "Policy": 5}]}),
                "Keys[0].Policy: expected a policy, found 5",
            ),
            (json!({"Faults": [{"Code": "X"}]}), "Faults[0].Operation: missing"),
            (
                json!({"Faults": [{"Operation": "*", "Body": "none"}]}),
                "Faults[0].Body: expected half, garbage, cut, empty or again, found none",
            ),
            (
                json!({"Faults": [{"Operation": "*", "Code": "X", "Status": 200}]}),
                "Faults[0].Status: expected 400 to 599, found 200",
            ),
            (json!({"DBSubnetGroups": [{}]}), "DBSubnetGroups[0].DBSubnetGroupName: missing"),
        ] {
            assert_eq!(mistake(&region), format!("{scope}.{said}"));
        }
    }

    #[test]
    fn a_mistake_outside_of_a_region_is_named_too() {
        for (fleet, said) in [
            ("{}", "accounts: missing"),
            (r#"{"accounts": {}}"#, "accounts: expected at least one account"),
            (r#"{"accounts": {"12": {}}}"#, "accounts.12: expected an account of twelve digits"),
            (r#"{"accounts": {"111111111111": {}}, "caller": "2"}"#, "caller: 2 is none of the accounts"),
            (
                r#"{"accounts": {"111111111111": {"nmae": ""}}}"#,
                "accounts.111111111111.nmae: unknown field, did you mean name?",
            ),
            (
                r#"{"accounts": {"111111111111": {"MFADevices": [{"SerialNumber": "m", "Code": "12"}]}}}"#,
                "accounts.111111111111.MFADevices[0].Code: expected six digits, found 12",
            ),
            (r#"{"account": {}, "accounts": {}}"#, "account: unknown field, did you mean accounts?"),
            (
                r#"{"accounts": {}, "latency_ms": -1}"#,
                "latency_ms: expected a whole number that is not negative, found -1",
            ),
            ("[]", "expected an object, found a list"),
        ] {
            assert_eq!(Fleet::parse(fleet).expect_err("a mistake").to_string(), said);
        }
        let broken = Fleet::parse("{\n  oops").expect_err("a mistake").to_string();
        assert!(broken.starts_with("this is no JSON: ") && broken.contains("line 2"), "{broken}");
    }

    #[test]
    fn the_accounts_of_a_fleet_are_those_it_lists() {
        let fleet = Fleet::parse(
            &json!({"accounts": {
                "222222222222": {"name": "dr", "regions": {"eu-west-1": {}}, "regions_disabled": ["ap-east-1"]},
                "111111111111": {"regions": {"us-east-1": {"DBSnapshots": [
                    {"DBSnapshotIdentifier": "arn:aws:rds:us-east-1:987654321098:snapshot:p", "SnapshotType": "shared"}]}}}}})
            .to_string(),
        )
        .expect("sound");
        assert_eq!(fleet.caller(), "111111111111");
        let accounts: Vec<_> = fleet.accounts().collect();
        assert_eq!(
            accounts.iter().map(|account| account.id).collect::<Vec<_>>(),
            ["111111111111", "222222222222"]
        );
        assert_eq!((accounts[1].name, &accounts[1].regions_disabled), (Some("dr"), &vec!["ap-east-1"]));
    }

    #[test]
    fn the_built_in_fleet_is_sound() {
        assert!(Fleet::built_in().accounts().count() > 0);
    }

    #[tokio::test]
    async fn what_a_fleet_leaves_out_is_as_in_aws() {
        use crate::demo::trial::Trial;
        let trial = Trial::of(&json!({"DBSnapshots": [{"DBSnapshotIdentifier": "a"}]}));
        let said = trial.rds("DescribeDBSnapshots", "").await;
        for (field, text) in [
            ("Status", "available"),
            ("PercentProgress", "100"),
            ("SnapshotType", "manual"),
            ("Encrypted", "false"),
            ("DBSnapshotArn", "arn:aws:rds:us-east-1:111111111111:snapshot:a"),
            ("SnapshotCreateTime", "2026-11-24T03:00:00.000Z"),
        ] {
            assert_eq!(said.text(field), text, "{field}");
        }
    }

    #[tokio::test]
    async fn a_pasted_listing_with_shared_snapshots_is_seen_as_it_was() {
        use crate::demo::trial::Trial;
        let pasted = json!([
            {"DBSnapshotIdentifier": "arn:aws:rds:us-east-1:987654321098:snapshot:p", "SnapshotType": "shared",
             "DBSnapshotArn": "arn:aws:rds:us-east-1:987654321098:snapshot:p"},
            {"DBSnapshotIdentifier": "arn:aws:rds:us-east-1:987654321098:snapshot:q", "SnapshotType": "public"}]);
        let trial = Trial::of(&json!({ "DBSnapshots": pasted }));
        let said = trial.rds("DescribeDBSnapshots", "IncludeShared=true&IncludePublic=true").await;
        assert_eq!(said.texts("SnapshotType"), ["shared", "public"]);
        assert_eq!(trial.rds("DescribeDBSnapshots", "").await.texts("SnapshotType").len(), 0);
    }
}
