//! Rows that leave as soon as everything is known that their line says; none is kept after that.
//!
//! A row is ripe when its key's manager and alias and (where it was asked for) its share state are known, and
//! the age of its data hangs on no other snapshot. What never ripens leaves at the end, with what is known then.

use std::collections::HashMap;

use crate::domain::{
    AccountId, Encryption, EncryptionClass, Inventory, KeyArn, Kind, Region, Report, Round, Row, Scope,
    Share, SignIn, Snapshot, SnapshotArn, Unasked,
};
use crate::engine::Shares;

/// Rows that wait for something.
pub(super) struct Stream {
    shares: Shares,
    waiting: HashMap<Wanted, Vec<Snapshot>>,
}

/// What has to be learned before a row can leave.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Wanted {
    /// Who manages a key, or what it is called.
    Key(KeyArn),
    /// Who can read a snapshot that an account owns.
    Share(AccountId, SnapshotArn),
    /// How old a copy's data is: what it is a copy of may still come.
    Source,
}

impl Stream {
    pub(super) fn new(shares: Shares) -> Self {
        Self { shares, waiting: HashMap::new() }
    }

    /// Takes in one report and gives the rows that are ripe now; of one reading, in which each row comes once.
    ///
    /// The inventory learns everything but the instance rows: of cluster rows it has to know which is
    /// a copy of which, since a copy's own times do not tell how old its data is (LIST-11).
    pub(super) fn take(&mut self, report: Report, inventory: &mut Inventory) -> Vec<Row> {
        match report {
            Report::Page { scope, round, rows } => {
                let clusters = rows.iter().filter(|row| row.kind() == Kind::Cluster).cloned().collect();
                inventory.apply(Report::Page { scope, round, rows: clusters });
                self.ripe_of(rows, inventory)
            }
            Report::Shared { account, arn, share } => {
                let wanted = Wanted::Share(account, arn.clone());
                let mut rows = self.waiting.remove(&wanted).unwrap_or_default();
                for row in &mut rows {
                    row.share = share.clone();
                }
                inventory.apply(Report::Shared { account, arn, share });
                self.ripe_of(rows, inventory)
            }
            Report::Keys(keys) => {
                let arns: Vec<KeyArn> = keys.iter().map(|key| key.arn.clone()).collect();
                inventory.apply(Report::Keys(keys));
                let wait = arns.into_iter().filter_map(|arn| self.waiting.remove(&Wanted::Key(arn)));
                let rows = wait.flatten().collect();
                self.ripe_of(rows, inventory)
            }
            // Which keys are ours is known only when every account has answered.
            signed @ (Report::SignedIn(_) | Report::SameAccount { .. } | Report::SignInFailed { .. }) => {
                inventory.apply(signed);
                let by_key = self.waiting.extract_if(|wanted, _| matches!(wanted, Wanted::Key(_)));
                let rows = by_key.flat_map(|(_, rows)| rows).collect();
                self.ripe_of(rows, inventory)
            }
            other @ (Report::Accounts { .. }
            | Report::Started { .. }
            | Report::Throttled { .. }
            | Report::Complete { .. }
            | Report::Failed { .. }) => {
                inventory.apply(other);
                Vec::new()
            }
        }
    }

    /// Everything that still waits.
    pub(super) fn rest(self) -> Vec<Row> {
        let mut rows: Vec<Snapshot> = self.waiting.into_values().flatten().collect();
        rows.sort_by(|a, b| (&a.scope, &a.arn).cmp(&(&b.scope, &b.arn)));
        rows.into_iter().map(row_of).collect()
    }

    /// The ripe ones among these; the others wait.
    fn ripe_of(&mut self, rows: Vec<Snapshot>, inventory: &Inventory) -> Vec<Row> {
        let mut ripe = Vec::new();
        for row in rows {
            match wanted(&row, self.shares, inventory) {
                Some(wanted) => self.waiting.entry(wanted).or_default().push(row),
                None => ripe.push(row_of(row)),
            }
        }
        ripe
    }
}

/// What has to be learned before a row can leave; one thing at a time.
fn wanted(snapshot: &Snapshot, shares: Shares, inventory: &Inventory) -> Option<Wanted> {
    // First, since it is told once: whoever waits for something else by then would miss it.
    if shares == Shares::All && snapshot.share == Share::Unknown(Unasked::NotYet) {
        return Some(Wanted::Share(snapshot.scope.account, snapshot.arn.clone()));
    }
    if let Encryption::Kms(arn) = &snapshot.encryption
        && (inventory.encryption(snapshot) == EncryptionClass::Unknown || !is_alias_known(arn, inventory))
    {
        return Some(Wanted::Key(arn.clone()));
    }
    let is_copy = snapshot.kind() == Kind::Cluster && snapshot.source_snapshot.is_some();
    is_copy.then_some(Wanted::Source)
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

    /// A stream into which the start and one page of us-east-1 went, and what left it at once.
    fn begun(shares: Shares, rows: Vec<Snapshot>) -> (Stream, Inventory, Vec<String>) {
        let (mut stream, mut inventory) = (Stream::new(shares), Inventory::default());
        let (scope, round) = (scope(PROD, "us-east-1"), Round(1));
        stream.take(Report::Started { scope: scope.clone(), round }, &mut inventory);
        let ripe = stream.take(Report::Page { scope, round, rows }, &mut inventory);
        (stream, inventory, names(&ripe))
    }

    fn key(manager: Option<KeyManager>, alias: Option<&str>) -> Report {
        let aliases = alias.map(Shown::from).into_iter().collect();
        Report::Keys(vec![Key { arn: KEY.parse().expect("an ARN"), manager, state: None, aliases }])
    }

    #[test]
    fn a_row_leaves_when_its_key_is_known() {
        let rows = vec![snapshot(PROD, "us-east-1", "plain"), encrypted("secret")];
        let (mut stream, mut inventory, ripe) = begun(Shares::Never, rows);
        assert_eq!(ripe, ["plain"]);
        assert_eq!(names(&stream.take(key(None, None), &mut inventory)), Vec::<String>::new());
        assert_eq!(
            names(&stream.take(key(Some(KeyManager::Aws), Some("alias/aws/rds")), &mut inventory)),
            ["secret"]
        );
        assert!(stream.rest().is_empty() && inventory.is_empty(), "nothing is kept");
    }

    #[test]
    fn a_row_whose_key_nobody_can_describe_leaves_at_the_end() {
        let (mut stream, mut inventory, _) = begun(Shares::Never, vec![encrypted("secret")]);
        stream.take(key(None, None), &mut inventory);
        assert_eq!(names(&stream.rest()), ["secret"]);
    }

    #[test]
    fn a_row_under_our_own_key_waits_for_its_alias_and_one_under_anothers_does_not() {
        let described = key(Some(KeyManager::Customer), None);
        let (mut stream, mut inventory, _) = begun(Shares::Never, vec![encrypted("ours")]);
        assert_eq!(names(&stream.take(described, &mut inventory)), Vec::<String>::new());
        let listed = key(Some(KeyManager::Customer), Some("alias/dba"));
        assert_eq!(names(&stream.take(listed, &mut inventory)), ["ours"]);

        let arn: KeyArn = KEY.replace("111111111111", "999999999999").parse().expect("an ARN");
        let theirs = Snapshot { encryption: Encryption::Kms(arn.clone()), ..encrypted("theirs") };
        let (mut stream, mut inventory, _) = begun(Shares::Never, vec![theirs]);
        let described = Key { arn, manager: Some(KeyManager::Customer), state: None, aliases: vec![] };
        assert_eq!(names(&stream.take(Report::Keys(vec![described]), &mut inventory)), ["theirs"]);
    }

    #[test]
    fn a_row_waits_for_its_share_state_where_that_is_asked() {
        let row = snapshot(PROD, "us-east-1", "plain");
        let (account, arn) = (row.scope.account, row.arn.clone());
        let (mut stream, mut inventory, ripe) = begun(Shares::All, vec![row]);
        assert_eq!(ripe, Vec::<String>::new());
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
        let (stream, inventory, ripe) = begun(Shares::Never, vec![copy, original]);
        assert_eq!(ripe, ["original"]);
        assert_eq!(inventory.len(), 2, "the inventory can follow the copy");
        assert_eq!(names(&stream.rest()), ["copy"]);
    }
}
