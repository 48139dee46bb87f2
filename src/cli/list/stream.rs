//! Rows that leave as soon as everything is known that their line says; none is kept after that.
//!
//! A row is ripe when its scope was read to the end, its key's manager and alias and (where it was asked
//! for) its share state are known, and the age of its data hangs on no other snapshot. What never ripens
//! leaves at the end, with what is known then.

use std::collections::{BTreeMap, HashSet};

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Inventory, KeyArn, Kind, Region, Report, Round, Row, Scope,
    Share, SignIn, Snapshot, SnapshotArn, Unasked,
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
                let ripe = self.learn_share(account, &arn, &share, inventory);
                inventory.apply(Report::Shared { account, arn, share });
                ripe
            }
            Report::Keys(keys) => {
                inventory.apply(Report::Keys(keys));
                self.ripe_of_all(inventory)
            }
            // Which keys are ours is known only when every account has answered.
            signed @ (Report::SignedIn(_) | Report::SameAccount { .. } | Report::SignInFailed { .. }) => {
                inventory.apply(signed);
                self.ripe_of_all(inventory)
            }
            other @ (Report::Accounts { .. } | Report::Started { .. } | Report::Throttled { .. }) => {
                inventory.apply(other);
                Vec::new()
            }
        }
    }

    /// Everything that still waits.
    pub(super) fn rest(self) -> Vec<Row> {
        self.waiting.into_values().flat_map(BTreeMap::into_values).map(row_of).collect()
    }

    /// Notes who can read a snapshot, and takes its rows out where that was all that they waited for.
    fn learn_share(
        &mut self,
        account: AccountId,
        arn: &SnapshotArn,
        share: &Share,
        inventory: &Inventory,
    ) -> Vec<Row> {
        let mut ripe = Vec::new();
        for (scope, rows) in self.waiting.iter_mut().filter(|(scope, _)| scope.account == account) {
            let Some(row) = rows.get_mut(arn) else { continue };
            row.share = share.clone();
            if self.ended.contains(scope) && is_ripe(row, self.shares, inventory) {
                ripe.extend(rows.remove(arn).map(row_of));
            }
        }
        ripe
    }

    /// Takes the ripe rows of every scope out.
    fn ripe_of_all(&mut self, inventory: &Inventory) -> Vec<Row> {
        let scopes: Vec<Scope> = self.waiting.keys().cloned().collect();
        scopes.iter().flat_map(|scope| self.ripe_of(scope, inventory)).collect()
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
        Encryption::Kms(arn) => {
            inventory.encryption(snapshot) != EncryptionClass::Unknown && is_alias_known(arn, inventory)
        }
        Encryption::None | Encryption::AwsOwned | Encryption::Unnamed => true,
    };
    let share_known = shares == Shares::Never || snapshot.share != Share::Unknown(Unasked::NotYet);
    let age_known = snapshot.kind() == Kind::Instance || snapshot.source_snapshot.is_none();
    key_known && share_known && age_known
}

/// Whether no later report can tell an alias: one is known, or the key is not ours and its aliases cannot be listed.
///
/// An account that may use another one's key describes it without its aliases, so that the manager of a key
/// may be known long before its alias.
fn is_alias_known(arn: &KeyArn, inventory: &Inventory) -> bool {
    let told = inventory.key(arn).is_some_and(|key| !key.aliases.is_empty());
    let is_ours = arn.account().is_some_and(|account| {
        inventory.scope(&Scope { account, region: Region::new(arn.region()) }).is_some()
    });
    let all_answered = || inventory.accounts().iter().all(|entry| entry.sign_in != SignIn::Waiting);
    told || (!is_ours && all_answered())
}

/// A row of the one reading that there is.
fn row_of(snapshot: Snapshot) -> Row {
    Row { snapshot, seen: Round::default().next() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::fake::{scope, snapshot};
    use crate::domain::{Key, KeyManager, Shown};

    const PROD: &str = "111111111111";
    const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/1";

    fn names(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.snapshot.arn.name().to_string()).collect()
    }

    fn encrypted(name: &str) -> Snapshot {
        let encryption = Encryption::Kms(KEY.parse().expect("an ARN"));
        Snapshot { encryption, ..snapshot(PROD, "us-east-1", name) }
    }

    /// A stream into which the start and one page of us-east-1 went.
    fn begun(shares: Shares, rows: Vec<Snapshot>) -> (Stream, Inventory) {
        let (mut stream, mut inventory) = (Stream::new(shares), Inventory::default());
        let (scope, round) = (scope(PROD, "us-east-1"), Round(1));
        stream.take(Report::Started { scope: scope.clone(), round }, &mut inventory);
        let early = stream.take(Report::Page { scope, round, rows }, &mut inventory);
        assert_eq!(names(&early), Vec::<String>::new());
        (stream, inventory)
    }

    fn complete() -> Report {
        Report::Complete { scope: scope(PROD, "us-east-1"), round: Round(1) }
    }

    fn key(manager: Option<KeyManager>, alias: Option<&str>) -> Report {
        let aliases = alias.map(Shown::from).into_iter().collect();
        Report::Keys(vec![Key { arn: KEY.parse().expect("an ARN"), manager, state: None, aliases }])
    }

    #[test]
    fn a_row_leaves_when_its_scope_is_read_and_its_key_is_known() {
        let rows = vec![snapshot(PROD, "us-east-1", "plain"), encrypted("secret")];
        let (mut stream, mut inventory) = begun(Shares::Never, rows);
        assert_eq!(names(&stream.take(complete(), &mut inventory)), ["plain"]);
        assert_eq!(names(&stream.take(key(None, None), &mut inventory)), Vec::<String>::new());
        assert_eq!(
            names(&stream.take(key(Some(KeyManager::Aws), Some("alias/aws/rds")), &mut inventory)),
            ["secret"]
        );
        assert!(stream.rest().is_empty() && inventory.is_empty(), "nothing is kept");
    }

    #[test]
    fn a_row_whose_key_nobody_can_describe_leaves_at_the_end() {
        let (mut stream, mut inventory) = begun(Shares::Never, vec![encrypted("secret")]);
        stream.take(complete(), &mut inventory);
        stream.take(key(None, None), &mut inventory);
        assert_eq!(names(&stream.rest()), ["secret"]);
    }

    #[test]
    fn a_row_under_our_own_key_waits_for_its_alias_and_one_under_anothers_does_not() {
        let described = key(Some(KeyManager::Customer), None);
        let (mut stream, mut inventory) = begun(Shares::Never, vec![encrypted("ours")]);
        stream.take(complete(), &mut inventory);
        assert_eq!(names(&stream.take(described, &mut inventory)), Vec::<String>::new());
        let listed = key(Some(KeyManager::Customer), Some("alias/dba"));
        assert_eq!(names(&stream.take(listed, &mut inventory)), ["ours"]);

        let arn: KeyArn = KEY.replace("111111111111", "999999999999").parse().expect("an ARN");
        let theirs = Snapshot { encryption: Encryption::Kms(arn.clone()), ..encrypted("theirs") };
        let (mut stream, mut inventory) = begun(Shares::Never, vec![theirs]);
        stream.take(complete(), &mut inventory);
        let described = Key { arn, manager: Some(KeyManager::Customer), state: None, aliases: vec![] };
        assert_eq!(names(&stream.take(Report::Keys(vec![described]), &mut inventory)), ["theirs"]);
    }

    #[test]
    fn a_row_that_comes_twice_leaves_once() {
        let row = snapshot(PROD, "us-east-1", "plain");
        let (mut stream, mut inventory) = begun(Shares::Never, vec![row.clone(), row]);
        assert_eq!(names(&stream.take(complete(), &mut inventory)), ["plain"]);
    }

    #[test]
    fn a_row_waits_for_its_share_state_where_that_is_asked() {
        let row = snapshot(PROD, "us-east-1", "plain");
        let (account, arn) = (row.scope.account, row.arn.clone());
        let (mut stream, mut inventory) = begun(Shares::All, vec![row]);
        assert_eq!(names(&stream.take(complete(), &mut inventory)), Vec::<String>::new());
        let shared = Report::Shared { account, arn, share: Share::Private };
        let rows = stream.take(shared, &mut inventory);
        assert_eq!((names(&rows), &rows[0].snapshot.share), (vec!["plain".to_owned()], &Share::Private));
    }

    #[test]
    fn a_copied_cluster_waits_for_what_it_is_a_copy_of() {
        let arn = |name| {
            let scope = scope(PROD, "us-east-1");
            SnapshotArn::new(&scope.region, scope.account, Kind::Cluster, name)
        };
        let original = Snapshot { arn: arn("original"), ..snapshot(PROD, "us-east-1", "") };
        let source_snapshot = Some(arn("original").text().clone());
        let copy = Snapshot { arn: arn("copy"), source_snapshot, ..original.clone() };
        let (mut stream, mut inventory) = begun(Shares::Never, vec![copy, original]);
        assert_eq!(names(&stream.take(complete(), &mut inventory)), ["original"]);
        assert_eq!(inventory.len(), 2, "the inventory can follow the copy");
        assert_eq!(names(&stream.rest()), ["copy"]);
    }
}
