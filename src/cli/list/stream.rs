//! Rows that leave as soon as everything is known that their line says; none is kept after that.
//!
//! A row is ripe when its scope was read to the end, its key's manager and (where it was asked for)
//! its share state are known, and the age of its data hangs on no other snapshot. What never ripens
//! leaves at the end, with what is known then.

use std::collections::{BTreeMap, HashSet};

use crate::domain::{
    Encryption, EncryptionClass, Inventory, Kind, Report, Round, Row, Scope, Share, Snapshot, SnapshotArn,
    Unasked,
};
use crate::engine::Shares;

/// Rows that wait for something.
pub(super) struct Stream {
    shares: Shares,
    waiting: BTreeMap<Scope, BTreeMap<SnapshotArn, Snapshot>>,
    /// Scopes whose reading came to its end.
    ended: HashSet<Scope>,
}

impl Stream {
    pub(super) fn new(shares: Shares) -> Self {
        Self { shares, waiting: BTreeMap::new(), ended: HashSet::new() }
    }

    /// Takes in one report and gives the rows that are ripe now.
    ///
    /// The inventory learns everything but the instance rows: of cluster rows it has to know which is
    /// a copy of which, since a copy's own times do not tell how old its data is (LIST-11).
    pub(super) fn take(&mut self, report: Report, inventory: &mut Inventory) -> Vec<Row> {
        match report {
            Report::Page { scope, round, rows } => {
                let waiting = self.waiting.entry(scope.clone()).or_default();
                waiting.extend(rows.iter().map(|row| (row.arn.clone(), row.clone())));
                let rows = rows.into_iter().filter(|row| row.kind() == Kind::Cluster).collect();
                inventory.apply(Report::Page { scope, round, rows });
                Vec::new()
            }
            Report::Complete { ref scope, .. } | Report::Failed { ref scope, .. } => {
                let scope = scope.clone();
                inventory.apply(report);
                self.ended.insert(scope.clone());
                self.ripe_of(&scope, inventory)
            }
            Report::Shared { account, arn, share } => {
                let scopes = self.waiting.iter_mut().filter(|(scope, _)| scope.account == account);
                let mut touched = Vec::new();
                for (scope, rows) in scopes {
                    if let Some(row) = rows.get_mut(&arn) {
                        row.share = share.clone();
                        touched.push(scope.clone());
                    }
                }
                inventory.apply(Report::Shared { account, arn, share });
                touched.iter().flat_map(|scope| self.ripe_of(scope, inventory)).collect()
            }
            Report::Keys(keys) => {
                inventory.apply(Report::Keys(keys));
                let scopes: Vec<Scope> = self.waiting.keys().cloned().collect();
                scopes.iter().flat_map(|scope| self.ripe_of(scope, inventory)).collect()
            }
            other @ (Report::Accounts { .. }
            | Report::SignedIn(_)
            | Report::SameAccount { .. }
            | Report::SignInFailed { .. }
            | Report::Started { .. }) => {
                inventory.apply(other);
                Vec::new()
            }
        }
    }

    /// Everything that still waits.
    pub(super) fn rest(self) -> Vec<Row> {
        self.waiting.into_values().flat_map(BTreeMap::into_values).map(row_of).collect()
    }

    /// Takes the ripe rows of a scope out.
    fn ripe_of(&mut self, scope: &Scope, inventory: &Inventory) -> Vec<Row> {
        let Some(rows) = self.waiting.get_mut(scope) else { return Vec::new() };
        if !self.ended.contains(scope) {
            return Vec::new();
        }
        let shares = self.shares;
        let ripe = rows.extract_if(.., |_, snapshot| is_ripe(snapshot, shares, inventory));
        let ripe: Vec<Row> = ripe.map(|(_, snapshot)| row_of(snapshot)).collect();
        if rows.is_empty() {
            self.waiting.remove(scope);
        }
        ripe
    }
}

fn is_ripe(snapshot: &Snapshot, shares: Shares, inventory: &Inventory) -> bool {
    let key_known = match &snapshot.encryption {
        Encryption::Kms(_) => inventory.encryption(snapshot) != EncryptionClass::Unknown,
        Encryption::None | Encryption::AwsOwned | Encryption::Unnamed => true,
    };
    let share_known = shares == Shares::Never || snapshot.share != Share::Unknown(Unasked::NotYet);
    let age_known = snapshot.kind() == Kind::Instance || snapshot.source_snapshot.is_none();
    key_known && share_known && age_known
}

/// A row of the one reading that there is.
fn row_of(snapshot: Snapshot) -> Row {
    Row { snapshot, seen: Round::default().next() }
}
