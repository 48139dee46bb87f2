//! Everything that is known of all accounts: a fold over reports.
//!
//! Invariants: a row is one ARN as one account sees it; a [`RowId`] names the same snapshot for as
//! long as the program runs; rows vanish only when a later reading of their scope is complete
//! without them; nothing unknown is ever counted as zero.

mod entries;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

pub use entries::{AccountEntry, Coverage, ScopeEntry, SignIn};
use rows::Rows;

use super::{
    AccountId, Encryption, EncryptionClass, FaultClass, Key, KeyArn, KeyManager, Kind, Report, Round, Scope,
    ScopeState, Share, Shown, Snapshot, SnapshotArn, Unasked,
};

/// How many copies of copies are followed to find the age of a cluster snapshot's data.
const LINEAGE: usize = 8;

/// Names one row for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(u32);

impl RowId {
    /// Its number: rows are numbered in the order in which they were seen first, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The row of a number.
    pub fn of_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("BUG: more than four thousand million rows"))
    }
}

/// A row: the snapshot, and the reading that saw it last.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// The reading of its scope that saw it last.
    pub seen: Round,
}

/// Which rows a report touched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// New rows.
    pub added: Vec<RowId>,
    /// Rows whose snapshot is another now.
    pub changed: Vec<RowId>,
    /// Rows that are gone; their ids are never used again.
    pub removed: Vec<RowId>,
}

impl Change {
    /// Whether no row was touched.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Adds what another report touched; a row that came and went again is in both lists.
    pub fn extend(&mut self, other: Self) {
        self.added.extend(other.added);
        self.changed.extend(other.changed);
        self.removed.extend(other.removed);
    }
}

/// All accounts, scopes, rows and keys.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    accounts: Vec<AccountEntry>,
    /// Where the accounts are among them whose ids are known.
    ours: HashMap<AccountId, usize>,
    known: HashMap<AccountId, Shown>,
    scopes: BTreeMap<Scope, ScopeEntry>,
    rows: Rows,
    keys: HashMap<KeyArn, Key>,
    /// The rows that were ever seen under each key.
    under: HashMap<KeyArn, Vec<RowId>>,
}

impl Inventory {
    /// Takes in one report and tells which rows it touched.
    pub fn apply(&mut self, report: Report) -> Change {
        match report {
            Report::Accounts { accounts, known } => {
                let entry = |account| AccountEntry { account, sign_in: SignIn::Waiting };
                self.accounts = accounts.into_iter().map(entry).collect();
                self.known = known.into_iter().collect();
                self.learn_ids();
                Change::default()
            }
            Report::SignedIn(identity) => {
                for region in &identity.regions {
                    let scope = Scope { account: identity.account, region: region.clone() };
                    self.scopes.entry(scope).or_default();
                }
                let name = identity.name.clone();
                self.set_sign_in(&name, SignIn::In(identity));
                Change::default()
            }
            Report::SameAccount { name, id } => {
                self.set_sign_in(&name, SignIn::Same(id));
                Change::default()
            }
            Report::SignInFailed { name, fault } => {
                self.set_sign_in(&name, SignIn::Failed(fault));
                Change::default()
            }
            Report::Started { scope, round } => {
                let entry = self.scopes.entry(scope).or_default();
                if round > entry.round {
                    *entry = ScopeEntry { state: ScopeState::Reading, round, seen: 0, rows: entry.rows };
                }
                Change::default()
            }
            Report::Page { scope, round, rows } => self.take_page(&scope, round, rows),
            Report::Throttled { scope, round } => {
                if let Some(entry) = self.scopes.get_mut(&scope).filter(|entry| entry.round == round) {
                    entry.state = ScopeState::Throttled;
                }
                Change::default()
            }
            Report::Complete { scope, round } => self.complete(&scope, round),
            Report::Failed { scope, round, fault } => {
                if let Some(entry) = self.scopes.get_mut(&scope).filter(|entry| entry.round == round) {
                    entry.state = match fault.class {
                        FaultClass::RegionDisabled => ScopeState::Disabled(fault),
                        _ => ScopeState::Failed(fault),
                    };
                }
                Change::default()
            }
            Report::Keys(keys) => self.learn_keys(keys),
            Report::Shared { account, arn, share } => {
                let Some(id) = self.rows.find(account, &arn) else { return Change::default() };
                let Some(row) = self.rows.get_mut(id) else { return Change::default() };
                row.snapshot.share = share;
                Change { changed: vec![id], ..Change::default() }
            }
        }
    }

    /// The accounts, in the order in which the settings name them.
    pub fn accounts(&self) -> &[AccountEntry] {
        &self.accounts
    }

    /// The scopes, by account id and region.
    pub fn scopes(&self) -> impl Iterator<Item = (&Scope, &ScopeEntry)> {
        self.scopes.iter()
    }

    /// One scope.
    pub fn scope(&self, scope: &Scope) -> Option<&ScopeEntry> {
        self.scopes.get(scope)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// All rows, oldest id first.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &Row)> {
        self.rows.iter()
    }

    /// One row, if it is still there.
    pub fn row(&self, id: RowId) -> Option<&Row> {
        self.rows.get(id)
    }

    /// The row of an ARN as one account sees it.
    pub fn find(&self, account: AccountId, arn: &SnapshotArn) -> Option<RowId> {
        self.rows.find(account, arn)
    }

    /// Whether a row is left over from a reading before the last one of its scope, or from one that ended because the
    /// credentials did.
    pub fn is_stale(&self, row: &Row) -> bool {
        self.scopes.get(&row.snapshot.scope).is_none_or(|entry| row.seen < entry.round || entry.is_shut())
    }

    /// What is known of a key.
    pub fn key(&self, arn: &KeyArn) -> Option<&Key> {
        self.keys.get(arn)
    }

    /// The keys that rows are encrypted under and of which nothing is known yet, with a scope that sees each.
    pub fn unknown_keys(&self) -> HashMap<Scope, Vec<KeyArn>> {
        let mut asked: HashSet<&KeyArn> = HashSet::new();
        let mut unknown: HashMap<Scope, Vec<KeyArn>> = HashMap::new();
        for (_, row) in self.rows() {
            let Encryption::Kms(arn) = &row.snapshot.encryption else { continue };
            if !self.keys.contains_key(arn) && asked.insert(arn) {
                unknown.entry(row.snapshot.scope.clone()).or_default().push(arn.clone());
            }
        }
        unknown
    }

    /// How a snapshot is encrypted; `Unknown` until its key's manager is known.
    pub fn encryption(&self, snapshot: &Snapshot) -> EncryptionClass {
        match &snapshot.encryption {
            Encryption::None => EncryptionClass::None,
            Encryption::AwsOwned => EncryptionClass::AwsOwned,
            Encryption::Unnamed => EncryptionClass::Unknown,
            Encryption::Kms(arn) => match self.keys.get(arn).and_then(|key| key.manager) {
                Some(KeyManager::Aws) => EncryptionClass::AwsManaged,
                Some(KeyManager::Customer) => EncryptionClass::Customer,
                None => EncryptionClass::Unknown,
            },
        }
    }

    /// When the data is from (LIST-11); cluster snapshots are followed to the snapshot that they are a copy of.
    pub fn data_at(&self, snapshot: &Snapshot) -> Option<Timestamp> {
        let mut at = snapshot;
        for _ in 0..LINEAGE {
            if at.kind() == Kind::Instance {
                break;
            }
            let Some(source) =
                at.source_snapshot.as_ref().and_then(|s| s.exact().parse::<SnapshotArn>().ok())
            else {
                break;
            };
            let Some(row) = self.find(source.account(), &source).and_then(|id| self.row(id)) else { break };
            at = &row.snapshot;
        }
        at.data_at.get()
    }

    /// The name of an account: of ours, or one that the settings know; `None` for a foreign one.
    pub fn account_name(&self, id: AccountId) -> Option<&Shown> {
        self.account(id).map(|entry| &entry.account.name).or_else(|| self.known.get(&id))
    }

    /// Accounts that are not ours and that the settings name.
    pub fn known(&self) -> impl Iterator<Item = (AccountId, &Shown)> {
        self.known.iter().map(|(id, name)| (*id, name))
    }

    /// The account of ours with this id.
    pub fn account(&self, id: AccountId) -> Option<&AccountEntry> {
        self.accounts.get(*self.ours.get(&id)?)
    }

    /// How much of everything has been read.
    pub fn coverage(&self) -> Coverage {
        Coverage::of(&self.accounts, self.scopes.values(), self.rows.len())
    }

    fn set_sign_in(&mut self, name: &Shown, sign_in: SignIn) {
        if let Some(entry) = self.accounts.iter_mut().find(|entry| entry.account.name == *name) {
            entry.sign_in = sign_in;
        }
        self.learn_ids();
    }

    fn learn_ids(&mut self) {
        let ids = self.accounts.iter().enumerate().filter_map(|(at, entry)| Some((entry.id()?, at)));
        // Of two profiles of one account the first has it.
        self.ours = ids.rev().collect();
    }

    fn take_page(&mut self, scope: &Scope, round: Round, rows: Vec<Snapshot>) -> Change {
        let mut change = Change::default();
        let Some(entry) = self.scopes.get_mut(scope).filter(|entry| entry.round == round) else {
            return change;
        };
        entry.state = ScopeState::Reading;
        for mut snapshot in rows {
            let known = self.rows.find(scope.account, &snapshot.arn);
            let key = snapshot.encryption.key().cloned();
            let (id, key_is_new) = if let Some(id) = known {
                let Some(row) = self.rows.get_mut(id) else { continue };
                if row.seen < round {
                    row.seen = round;
                    entry.seen += 1;
                }
                // The listing never says who may read it; what was asked stays until it is asked again.
                if snapshot.share == Share::Unknown(Unasked::NotYet) {
                    snapshot.share = row.snapshot.share.clone();
                }
                let key_is_new = row.snapshot.encryption.key() != key.as_ref();
                if row.snapshot != snapshot {
                    row.snapshot = snapshot;
                    change.changed.push(id);
                }
                (id, key_is_new)
            } else {
                let id = self.rows.add(Row { snapshot, seen: round });
                entry.rows += 1;
                entry.seen += 1;
                change.added.push(id);
                (id, true)
            };
            if let Some(key) = key.filter(|_| key_is_new) {
                self.under.entry(key).or_default().push(id);
            }
        }
        change
    }

    fn complete(&mut self, scope: &Scope, round: Round) -> Change {
        let mut change = Change::default();
        let Some(entry) = self.scopes.get_mut(scope).filter(|entry| entry.round == round) else {
            return change;
        };
        entry.state = ScopeState::Complete;
        if entry.stale() == 0 {
            return change;
        }
        change.removed = self.rows.remove_if(|row| row.snapshot.scope == *scope && row.seen < round);
        entry.rows -= change.removed.len();
        change
    }

    fn learn_keys(&mut self, keys: Vec<Key>) -> Change {
        let learned: HashSet<KeyArn> = keys.iter().map(|key| key.arn.clone()).collect();
        for mut key in keys {
            // An account that sees less of a key takes nothing back of what another one learned: aliases
            // show in the owner's account only.
            if let Some(known) = self.keys.remove(&key.arn) {
                key.manager = key.manager.or(known.manager);
                key.state = key.state.or(known.state);
                if key.aliases.is_empty() {
                    key.aliases = known.aliases;
                }
            }
            self.keys.insert(key.arn.clone(), key);
        }
        let still = |arn: &KeyArn, id: RowId| {
            self.row(id).is_some_and(|row| row.snapshot.encryption.key() == Some(arn))
        };
        let rows = learned
            .iter()
            .flat_map(|arn| self.under.get(arn).into_iter().flatten().map(move |id| (arn, *id)));
        let changed: BTreeSet<RowId> = rows.filter(|(arn, id)| still(arn, *id)).map(|(_, id)| id).collect();
        Change { changed: changed.into_iter().collect(), ..Change::default() }
    }
}
