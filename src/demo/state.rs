//! Everything the cloud holds, and what an operation may ask of it.
//!
//! An operation sees the state as of its call: copies have advanced, and nothing moves while it runs.
//! An account or region that nobody wrote down is empty and works.

pub(crate) mod account;
pub(crate) mod arn;
pub(crate) mod clock;
pub(crate) mod coming;
pub(crate) mod fault;
pub(crate) mod key;
pub(crate) mod lines;
pub(crate) mod listing;
pub(crate) mod snapshot;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use account::{Account, Region};
use arn::Arn;
use clock::Clock;
use fault::Fault;
use key::{Key, KeyName};
use lines::{Lines, Progress};
use listing::Listing;
use snapshot::{Snapshot, SnapshotKind};

use super::record::Record;
use super::wire::call::Call;

/// Accounts by id, shares by region and ARN, copies under way, and the time.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) accounts: BTreeMap<String, Account>,
    /// Region to snapshot ARN to whom it is shared with (account ids, or `all`); never an empty list.
    pub(crate) shares: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub(crate) lines: Lines,
    /// Where copies come from: the ARN of each copy that was begun here, to the ARN of its source.
    pub(crate) sources: HashMap<String, String>,
    /// Access key ids that `AssumeRole` gave away, to the ARN of who holds them.
    pub(crate) sessions: HashMap<String, String>,
    pub(crate) seconds_per_gib: f64,
    serial: u64,
    nothing: Region,
}

impl State {
    /// A cloud of these accounts and shares; what is being copied or created in them goes on.
    pub(crate) fn new(
        clock: Clock,
        accounts: BTreeMap<String, Account>,
        shares: BTreeMap<String, BTreeMap<String, Vec<String>>>,
        seconds_per_gib: f64,
    ) -> Self {
        let mut state = Self {
            clock,
            accounts,
            shares,
            lines: Lines::default(),
            sources: HashMap::new(),
            sessions: HashMap::new(),
            seconds_per_gib,
            serial: 0,
            nothing: Region::default(),
        };
        state.take_up_work();
        state
    }

    /// The time in the cloud.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The next number of a sequence, for ids that must differ.
    pub(crate) fn serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// A fresh id in the form of a UUID: a number in the clothes of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let serial = self.serial();
        // Knuth's multiplicative hash: neighbours do not look alike, and no two numbers collide.
        let mixed = serial.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{serial:012x}",
            mixed >> 32,
            (mixed >> 16) & 0xffff,
            (mixed >> 4) & 0xfff,
            serial & 0xfff
        )
    }

    /// A region of an account.
    pub(crate) fn region(&self, account: &str, region: &str) -> &Region {
        self.accounts.get(account).and_then(|account| account.regions.get(region)).unwrap_or(&self.nothing)
    }

    /// A region of an account, to change it; it begins to exist if it did not.
    pub(crate) fn region_mut(&mut self, account: &str, region: &str) -> &mut Region {
        self.accounts.entry(account.to_owned()).or_default().regions.entry(region.to_owned()).or_default()
    }

    /// The region that a call is about: the caller's, where the call is signed for.
    pub(crate) fn here(&self, call: &Call) -> &Region {
        self.region(&call.account, &call.region)
    }

    /// The region that a call is about, to change it.
    pub(crate) fn here_mut(&mut self, call: &Call) -> &mut Region {
        self.region_mut(&call.account, &call.region)
    }

    /// The snapshot of that ARN, whoever owns it.
    pub(crate) fn snapshot(&self, arn: &str) -> Option<&Snapshot> {
        let arn = Arn::parse(arn)?;
        let (kind, id) = SnapshotKind::of_resource(arn.resource)?;
        self.region(arn.account, arn.region).shelf(kind).get(id)
    }

    /// The snapshot of that ARN, to change it.
    pub(crate) fn snapshot_mut(&mut self, arn: &str) -> Option<&mut Snapshot> {
        let arn = Arn::parse(arn)?;
        let (kind, id) = SnapshotKind::of_resource(arn.resource)?;
        let region = self.accounts.get_mut(arn.account)?.regions.get_mut(arn.region)?;
        region.shelf_mut(kind).get_mut(id)
    }

    /// The ARN of whoever calls.
    pub(crate) fn principal(&self, call: &Call) -> String {
        let Call { account, access_key, region, .. } = call;
        let partition = arn::partition(region);
        match self.sessions.get(access_key) {
            Some(holder) => holder.clone(),
            // A session of before this cloud was started again.
            None if access_key.starts_with("ASIA") => {
                format!("arn:{partition}:sts::{account}:assumed-role/snapdeck/snapdeck")
            }
            None => format!("arn:{partition}:iam::{account}:user/snapdeck"),
        }
    }

    /// The faults that a fleet asks for in a region of an account.
    pub(crate) fn faults_mut(&mut self, account: &str, region: &str) -> Option<&mut [Fault]> {
        let region = self.accounts.get_mut(account)?.regions.get_mut(region)?;
        Some(&mut region.faults)
    }

    /// The caller's own snapshot in the region of the call, by name or by ARN.
    pub(crate) fn own_snapshot(
        &self,
        call: &Call,
        kind: SnapshotKind,
        identifier: &str,
    ) -> Option<&Snapshot> {
        let id = match Arn::parse(identifier) {
            None => identifier,
            Some(arn) if arn.account == call.account && arn.region == call.region => {
                SnapshotKind::of_resource(arn.resource).filter(|(named, _)| *named == kind)?.1
            }
            Some(_) => return None,
        };
        self.here(call).shelf(kind).get(id)
    }

    /// Puts a snapshot where its ARN says.
    pub(crate) fn insert_snapshot(&mut self, snapshot: Snapshot) {
        let arn = snapshot.arn().to_owned();
        let place = Arn::parse(&arn).expect("BUG: a snapshot has an ARN");
        self.region_mut(place.account, place.region).shelf_mut(snapshot.kind).insert(snapshot);
    }

    /// Takes a snapshot away, with its shares and whatever work goes on for it.
    pub(crate) fn remove_snapshot(&mut self, arn: &str) -> Option<Snapshot> {
        let place = Arn::parse(arn)?;
        let (kind, id) = SnapshotKind::of_resource(place.resource)?;
        let gone = self
            .accounts
            .get_mut(place.account)?
            .regions
            .get_mut(place.region)?
            .shelf_mut(kind)
            .remove(id)?;
        self.share(gone.arn(), Vec::new());
        self.lines.leave(gone.arn());
        Some(gone)
    }

    /// Whom a snapshot is shared with: account ids, or `all`.
    pub(crate) fn shared_with(&self, arn: &str) -> &[String] {
        Arn::parse(arn).and_then(|place| self.shares.get(place.region)?.get(arn)).map_or(&[], Vec::as_slice)
    }

    /// Shares a snapshot with exactly these.
    pub(crate) fn share(&mut self, arn: &str, accounts: Vec<String>) {
        let Some(place) = Arn::parse(arn) else { return };
        let shares = self.shares.entry(place.region.to_owned()).or_default();
        if accounts.is_empty() {
            shares.remove(arn);
        } else {
            shares.insert(arn.to_owned(), accounts);
        }
    }

    /// The key that a name means to a caller in a region: key id, key ARN, alias name or alias ARN.
    ///
    /// The region of an ARN is not compared with the caller's: the caller of this decides.
    pub(crate) fn key(&self, account: &str, region: &str, name: &str) -> Option<&Key> {
        let name = KeyName::parse(name);
        self.region(name.account().unwrap_or(account), name.region().unwrap_or(region)).key(&name)
    }

    /// How many of a quota are used and allowed; see [`listing::QUOTAS`].
    pub(crate) fn quota(&self, account: &str, region: &str, name: &str) -> Quota {
        let here = self.region(account, region);
        let given =
            here.list(Listing::AccountQuotas).iter().find(|q| q.text("AccountQuotaName") == Some(name));
        let usual = listing::QUOTAS.iter().find(|(usual, _)| *usual == name).map_or(0, |(_, max)| *max);
        let beyond = here.quota_offsets.get(name).copied().unwrap_or_default();
        Quota {
            used: here.counted(name) + beyond,
            max: given.and_then(|quota| quota.whole("Max")).unwrap_or(usual),
        }
    }

    /// The resource of the caller's region that has that ARN, snapshots included.
    pub(crate) fn own_resource(&self, call: &Call, arn: &str) -> Option<&Record> {
        let place =
            Arn::parse(arn).filter(|place| place.account == call.account && place.region == call.region)?;
        match SnapshotKind::of_resource(place.resource) {
            Some(_) => self.snapshot(arn).map(|snapshot| &snapshot.record),
            None => self.here(call).by_arn(arn),
        }
    }

    /// Starts work on a snapshot: it waits in its line, then takes as long as its size asks.
    pub(crate) fn start_work(&mut self, snapshot: &Snapshot) {
        let seconds = self.work_seconds(snapshot);
        let done = seconds * f64::from(snapshot.percent()) / 100.0;
        self.lines.join(snapshot.line(), snapshot.arn().to_owned(), seconds, done);
    }

    /// Seconds that a copy of that snapshot takes once its turn has come; at least one.
    pub(crate) fn work_seconds(&self, snapshot: &Snapshot) -> f64 {
        (f64::from(snapshot.size_gib()) * self.seconds_per_gib).max(1.0)
    }

    /// Lets copies advance to the present. Done before every call.
    pub(crate) fn advance(&mut self) {
        for (arn, progress) in self.lines.advance(self.clock.worked()) {
            let Some(snapshot) = self.snapshot_mut(&arn) else {
                self.note_coming(&arn, progress);
                continue;
            };
            match progress {
                Progress::Percent(percent) => snapshot.record.set("PercentProgress", i64::from(percent)),
                Progress::Finished => {
                    snapshot.record.set("PercentProgress", 100);
                    snapshot.record.set("Status", "available");
                }
            }
        }
    }

    fn take_up_work(&mut self) {
        let regions = self.accounts.values().flat_map(|account| account.regions.values());
        let under_way: Vec<Snapshot> = regions
            .flat_map(|region| SnapshotKind::BOTH.into_iter().flat_map(|kind| region.shelf(kind).iter()))
            .filter(|snapshot| matches!(snapshot.status(), "copying" | "creating"))
            .cloned()
            .collect();
        for snapshot in under_way {
            self.start_work(&snapshot);
        }
    }
}

/// How much of something an account may have in a region, and has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) used: i64,
    pub(crate) max: i64,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use crate::demo::Fleet;

    #[test]
    fn no_two_ids_are_the_same_and_all_look_like_uuids() {
        let fleet = Fleet::parse(&json!({"accounts": {"111111111111": {}}}).to_string()).expect("sound");
        let (mut state, ..) = fleet.begin(1.0);
        let ids: BTreeSet<String> = (0..5000).map(|_| state.uuid()).collect();
        assert_eq!(ids.len(), 5000);
        assert!(ids.iter().all(|id| id.split('-').map(str::len).eq([8, 4, 4, 4, 12])));
    }

    #[test]
    fn a_snapshot_that_goes_takes_its_shares_along() {
        let arn = "arn:aws:rds:us-east-1:111111111111:snapshot:a";
        let fleet = json!({"accounts": {"111111111111": {"regions": {"us-east-1": {
            "DBSnapshots": [{"DBSnapshotIdentifier": "a", "Status": "copying"}], "SnapshotAttributes": {arn: ["all"]}}}}}});
        let (mut state, ..) = Fleet::parse(&fleet.to_string()).expect("sound").begin(1.0);
        assert_eq!((state.shared_with(arn).len(), state.lines.targets().count()), (1, 1));
        let gone = state.remove_snapshot(arn).expect("it was there");
        assert_eq!((state.shared_with(arn).len(), state.lines.targets().count()), (0, 0));
        assert!(state.snapshot(arn).is_none());
        state.insert_snapshot(gone);
        assert!(state.snapshot(arn).is_some_and(|snapshot| snapshot.id() == "a"));
        assert!(state.shared_with(arn).is_empty());
    }
}
