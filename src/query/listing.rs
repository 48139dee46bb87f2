//! A list of rows, filtered and in order, kept so while the inventory changes.
//!
//! Invariants: what it shows is what building it anew would show; every live row has its place in the order, whether it is
//! shown or not, so that a filter typed letter by letter never sorts; a page of rows is merged, not sorted in. The order of
//! names and that of ages are kept besides, so that another order is a sort of numbers.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use crate::domain::{AccountId, Change, Inventory, Region, Row, RowId, Shown, Snapshot};

use super::known::Known;
use super::lineage::Lineage;
use super::order::{Entry, compare_names, merge};
use super::term::{Place, Sight};
use super::text::Texts;
use super::{Filter, Order, View, Watched};

/// How long a filter that depends on the time may be late: its smallest unit.
const PATIENCE: SignedDuration = SignedDuration::from_secs(1);

/// The rows that a list shows, in its order.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    view: View,
    filter: Filter,
    order: Order,
    accounts: Option<BTreeSet<AccountId>>,
    regions: Option<BTreeSet<Region>>,
    /// The rows that are shown, in order.
    rows: Vec<RowId>,
    /// The searchable text of each row that was ever seen.
    texts: Texts,
    /// What was concluded of each row.
    known: Known,
    /// Whether each row is shown.
    shown: Vec<bool>,
    /// All live rows, in order.
    sorted: Vec<RowId>,
    /// The same by the age of their data, those that are alike in it by their names.
    by_age: Vec<RowId>,
    /// The same by their names.
    by_name: Vec<RowId>,
    lineage: Lineage,
    /// The accounts as they were named when the rows were looked at.
    names: HashMap<AccountId, Shown>,
    looked_at: Timestamp,
}

impl Listing {
    /// Lists what a view and a filter admit.
    pub fn new(view: View, filter: Filter, order: Order, inventory: &Inventory, now: Timestamp) -> Self {
        let mut listing = Self { view, filter, order, ..Self::default() };
        listing.refresh(inventory, now);
        listing
    }

    /// The rows, first to last.
    pub fn rows(&self) -> &[RowId] {
        &self.rows
    }

    /// How many rows it shows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it shows nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Where a row stands; `None` when it is not shown.
    pub fn position(&self, id: RowId) -> Option<usize> {
        self.rows.iter().position(|row| *row == id)
    }

    /// The view.
    pub fn view(&self) -> View {
        self.view
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The order.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The accounts whose rows it shows; `None` for all.
    pub fn accounts(&self) -> Option<&BTreeSet<AccountId>> {
        self.accounts.as_ref()
    }

    /// The regions whose rows it shows; `None` for all.
    pub fn regions(&self) -> Option<&BTreeSet<Region>> {
        self.regions.as_ref()
    }

    /// Takes in what a report changed; to be called after every report, those that touch no row included.
    pub fn update(&mut self, change: &Change, inventory: &Inventory, now: Timestamp) {
        let ids = change.added.iter().chain(&change.changed).chain(&change.removed);
        let mut touched: BTreeSet<RowId> = ids.copied().collect();
        self.add_named(&mut touched, inventory);
        if !touched.is_empty() && !self.merge(touched, inventory, now) {
            self.refresh(inventory, now);
            return;
        }
        let late = (now.duration_since(self.looked_at)).abs() >= PATIENCE;
        if self.filter.watches(Watched::Readings) || (late && self.filter.watches(Watched::Time)) {
            self.choose(inventory, now);
        }
    }

    /// Adds the rows that name accounts which are called otherwise now.
    fn add_named(&mut self, touched: &mut BTreeSet<RowId>, inventory: &Inventory) {
        let ours = inventory.accounts().iter().filter_map(|entry| Some((entry.id()?, &entry.account.name)));
        if ours.clone().count() == self.names.len()
            && ours.clone().all(|(id, name)| self.names.get(&id) == Some(name))
        {
            return;
        }
        let names: HashMap<AccountId, Shown> = ours.map(|(id, name)| (id, name.clone())).collect();
        let is_other = |id: AccountId| names.get(&id) != self.names.get(&id);
        let affected = inventory.rows().filter(|(_, row)| {
            let Snapshot { scope, share, .. } = &row.snapshot;
            is_other(scope.account)
                || (row.snapshot.owner() != scope.account && is_other(row.snapshot.owner()))
                || share.accounts().iter().any(|id| is_other(*id))
        });
        touched.extend(affected.map(|(id, _)| id).filter(|id| id.index() < self.known.len()));
        self.names = names;
    }

    /// Chooses a view.
    pub fn set_view(&mut self, view: View, inventory: &Inventory, now: Timestamp) {
        self.view = view;
        self.choose(inventory, now);
    }

    /// Chooses a filter.
    pub fn set_filter(&mut self, filter: Filter, inventory: &Inventory, now: Timestamp) {
        self.filter = filter;
        self.choose(inventory, now);
    }

    /// Chooses the accounts whose rows are shown; `None` for all.
    pub fn set_accounts(
        &mut self,
        accounts: Option<BTreeSet<AccountId>>,
        inventory: &Inventory,
        now: Timestamp,
    ) {
        self.accounts = accounts;
        self.choose(inventory, now);
    }

    /// Chooses the regions whose rows are shown; `None` for all.
    pub fn set_regions(&mut self, regions: Option<BTreeSet<Region>>, inventory: &Inventory, now: Timestamp) {
        self.regions = regions;
        self.choose(inventory, now);
    }

    /// Chooses an order; the only choice that sorts, and one that changes nothing of what is shown.
    pub fn set_order(&mut self, order: Order, inventory: &Inventory) {
        self.order = order;
        self.sort(inventory);
        self.show();
    }

    /// Builds everything anew; needed by itself only when a change was missed.
    pub fn refresh(&mut self, inventory: &Inventory, now: Timestamp) {
        self.lineage = Lineage::default();
        self.texts = Texts::default();
        self.known = Known::default();
        self.names.clear();
        self.add_named(&mut BTreeSet::new(), inventory);
        let mut by_name = Vec::with_capacity(inventory.len());
        for (id, row) in inventory.rows() {
            self.lineage.learn(id, row);
            while self.known.len() < id.index() {
                self.push(None, inventory);
            }
            self.push(Some(row), inventory);
            by_name.push(id);
        }
        by_name.sort_unstable_by(|a, b| compare_names(self.entry(*a, inventory), self.entry(*b, inventory)));
        let mut by_age = by_name.clone();
        by_age.sort_by_key(|id| self.freshness(*id));
        (self.by_name, self.by_age) = (by_name, by_age);
        self.sort(inventory);
        self.choose(inventory, now);
    }

    /// Makes room for the next row.
    fn push(&mut self, row: Option<&Row>, inventory: &Inventory) {
        self.texts.push(row, inventory);
        self.known.push(row, inventory);
    }

    /// Puts touched rows where they belong now; `false` if one is not new and was never seen.
    fn merge(&mut self, mut touched: BTreeSet<RowId>, inventory: &Inventory, now: Timestamp) -> bool {
        for id in &touched {
            let Some(row) = inventory.row(*id) else { continue };
            self.lineage.learn(*id, row);
        }
        self.lineage.add_copies(&mut touched, inventory);

        let mut moved = vec![false; self.known.len()];
        let (mut placed, mut new) = (Vec::new(), Vec::new());
        for id in touched {
            let (row, index) = (inventory.row(id), id.index());
            if index > self.known.len() {
                return false;
            }
            if let Some(moved) = moved.get_mut(index) {
                *moved = true;
                if let Some(row) = row {
                    self.texts.set(index, row, inventory);
                }
                self.known.set(index, row, inventory);
            } else {
                self.push(row, inventory);
                self.shown.push(false);
                new.extend(row.map(|_| id));
            }
            self.shown[index] = self.admits(id, inventory, now);
            placed.extend(row.map(|_| id));
        }
        if moved.contains(&true) {
            let stays = |id: &RowId| moved.get(id.index()) != Some(&true);
            self.sorted.retain(stays);
            self.by_age.retain(stays);
            self.by_name.retain(|id| self.known.facts(id.index()).is_some());
        }
        self.insert(placed, new, inventory);
        self.show();
        true
    }

    /// Merges rows into the orders; into that of names those only that are new.
    fn insert(&mut self, mut placed: Vec<RowId>, mut new: Vec<RowId>, inventory: &Inventory) {
        let mut sorted = std::mem::take(&mut self.sorted);
        let mut by_age = std::mem::take(&mut self.by_age);
        let mut by_name = std::mem::take(&mut self.by_name);
        let entry = |id: RowId| self.entry(id, inventory);
        let by_order = |a: RowId, b: RowId| self.order.compare(entry(a), entry(b));
        placed.sort_unstable_by(|a, b| by_order(*a, *b));
        merge(&mut sorted, &placed, |other, placed| by_order(other, placed).is_lt());
        let of_age = |a: RowId, b: RowId| {
            self.freshness(a).cmp(&self.freshness(b)).then_with(|| compare_names(entry(a), entry(b)))
        };
        placed.sort_unstable_by(|a, b| of_age(*a, *b));
        merge(&mut by_age, &placed, |other, placed| of_age(other, placed).is_lt());
        let of_name = |a: RowId, b: RowId| compare_names(entry(a), entry(b));
        new.sort_unstable_by(|a, b| of_name(*a, *b));
        merge(&mut by_name, &new, |other, new| of_name(other, new).is_lt());
        (self.sorted, self.by_age, self.by_name) = (sorted, by_age, by_name);
    }

    fn sort(&mut self, inventory: &Inventory) {
        let mut sorted = std::mem::take(&mut self.sorted);
        self.order.sort(&mut sorted, (&self.by_age, &self.by_name), |id| self.entry(id, inventory));
        self.sorted = sorted;
    }

    /// Asks every row anew whether it is shown.
    fn choose(&mut self, inventory: &Inventory, now: Timestamp) {
        let live = (0..self.known.len()).map(RowId::of_index);
        let mut rows: Vec<RowId> = live.filter(|id| self.is_within(*id, inventory)).collect();
        self.filter.retain(&mut rows, &self.texts, |id| self.sight(id, inventory, now));
        self.shown.clear();
        self.shown.resize(self.known.len(), false);
        for id in rows {
            self.shown[id.index()] = true;
        }
        self.looked_at = now;
        self.show();
    }

    fn show(&mut self) {
        self.rows.clear();
        // Those that are gone are not shown.
        if self.shown.iter().filter(|shown| **shown).count() == self.sorted.len() {
            self.rows.extend_from_slice(&self.sorted);
        } else {
            self.rows.extend(self.sorted.iter().filter(|id| self.shown[id.index()]));
        }
    }

    /// Whether a row is shown.
    fn admits(&self, id: RowId, inventory: &Inventory, now: Timestamp) -> bool {
        self.is_within(id, inventory) && self.filter.admits(self.sight(id, inventory, now))
    }

    /// Whether a row is one of the view, of an account and of a region that are shown; it is itself looked at only where
    /// that is needed to tell.
    fn is_within(&self, id: RowId, inventory: &Inventory) -> bool {
        let Some(facts) = self.known.facts(id.index()) else { return false };
        let row = || inventory.row(id).expect("BUG: a row that is gone is looked at");
        let in_view = match self.view {
            View::All => true,
            View::Problems => facts.has_problem == Some(true),
            view => view.admits(row(), inventory),
        };
        in_view
            && self.accounts.as_ref().is_none_or(|all| all.contains(&row().snapshot.scope.account))
            && self.regions.as_ref().is_none_or(|all| all.contains(&row().snapshot.scope.region))
    }

    fn sight<'a>(&'a self, id: RowId, inventory: &'a Inventory, now: Timestamp) -> Sight<'a> {
        let (text, facts) = (self.texts.text(id.index()), self.known.facts(id.index()));
        Sight { row: Place::Inventory(id), text, facts, inventory, now }
    }

    /// A live row as orders see it.
    fn entry<'a>(&'a self, id: RowId, inventory: &'a Inventory) -> Entry<'a> {
        Entry { id, known: &self.known, texts: &self.texts, inventory }
    }

    fn freshness(&self, id: RowId) -> u64 {
        self.known.freshness(id.index())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{KeyManager, KeyState, Report, Round, Scope, SnapshotArn};
    use crate::query::fixture::{Fleet, account, assorted_pages, named, now};
    use crate::query::{Column, Direction};

    const FILTERS: [&str; 6] =
        ["", "size:<200", "enc:unknown", "age:>10h", "is:foreign,problem", "!is:stale"];

    fn filter(text: &str) -> Filter {
        Filter::parse(text).expect("a filter")
    }

    fn empty(fleet: &Fleet) -> Listing {
        Listing::new(View::All, Filter::default(), Order::default(), &fleet.inventory, now())
    }

    #[track_caller]
    fn same_as_anew(listing: &Listing, fleet: &Fleet) {
        let mut anew =
            Listing::new(listing.view, listing.filter.clone(), listing.order, &fleet.inventory, now());
        anew.set_accounts(listing.accounts.clone(), &fleet.inventory, now());
        anew.set_regions(listing.regions.clone(), &fleet.inventory, now());
        assert_eq!(fleet.names_of(listing), fleet.names_of(&anew));
        assert_eq!(listing.rows(), anew.rows());
    }

    #[test]
    fn a_copy_moves_when_the_snapshot_that_it_is_a_copy_of_arrives() {
        let mut fleet = Fleet::new();
        let mut listing = empty(&fleet);
        let source = |name: &str| {
            let region = Region::new("us-east-1");
            SnapshotArn::new(&region, account(1), crate::domain::Kind::Cluster, name).text()
        };
        let copy_of = |name: &str, of: &str| {
            named(name).cluster("aurora-mysql").hours_old(1).with(|s| s.source_snapshot = Some(source(of)))
        };
        let change = fleet
            .read("us-east-1", [copy_of("second", "first"), copy_of("first", "original"), named("other")]);
        listing.update(&change, &fleet.inventory, now());
        assert_eq!(fleet.names_of(&listing), ["first", "second", "other"]);
        let change = fleet.read("us-east-1", [named("original").cluster("aurora-mysql").hours_old(90)]);
        listing.update(&change, &fleet.inventory, now());
        assert_eq!(fleet.names_of(&listing), ["other", "first", "original", "second"]);
        same_as_anew(&listing, &fleet);
    }

    #[test]
    fn merging_and_sorting_agree_in_every_order() {
        for by in Column::ALL {
            for direction in [Direction::Ascending, Direction::Descending] {
                let mut fleet = Fleet::new();
                let order = Order { by, direction };
                let mut listing = Listing::new(View::All, Filter::default(), order, &fleet.inventory, now());
                for (digit, region, rows) in assorted_pages(70, 7) {
                    let change = fleet.page(digit, region, 1, rows);
                    listing.update(&change, &fleet.inventory, now());
                }
                same_as_anew(&listing, &fleet);
            }
        }
    }

    #[test]
    fn what_is_gone_is_not_listed_and_its_copies_fall_back() {
        let mut fleet = Fleet::assorted(60);
        let mut listing = empty(&fleet);
        let scope = Scope { account: account(1), region: Region::new("us-east-1") };
        fleet.inventory.apply(Report::Started { scope: scope.clone(), round: Round(2) });
        let change = fleet.page(1, "us-east-1", 2, vec![named("Snap-007"), named("new")]);
        listing.update(&change, &fleet.inventory, now());
        let change = fleet.inventory.apply(Report::Complete { scope, round: Round(2) });
        assert!(!change.removed.is_empty());
        listing.update(&change, &fleet.inventory, now());
        same_as_anew(&listing, &fleet);
    }

    #[test]
    fn a_row_comes_and_goes_with_what_is_learned_of_its_key_and_its_readers() {
        let mut fleet = Fleet::new();
        let mut listing = empty(&fleet);
        listing.set_filter(filter("enc:customer"), &fleet.inventory, now());
        let change = fleet.read("us-east-1", [named("a").key("c")]);
        listing.update(&change, &fleet.inventory, now());
        assert!(listing.is_empty());
        let change = fleet.learn_key("c", KeyManager::Customer, KeyState::Enabled, "alias/dba");
        listing.update(&change, &fleet.inventory, now());
        assert_eq!(listing.len(), 1);
        listing.set_filter(filter("alias/dba"), &fleet.inventory, now());
        assert_eq!(listing.len(), 1, "the text that words are looked for in follows, too");
    }

    #[test]
    fn an_account_that_turns_out_to_be_ours_is_no_stranger_any_more() {
        let mut fleet = Fleet::new();
        let mut listing = empty(&fleet);
        listing.set_filter(filter("is:foreign"), &fleet.inventory, now());
        let change = fleet.read("us-east-1", [named("a").shared_with(&[9])]);
        listing.update(&change, &fleet.inventory, now());
        assert_eq!(listing.len(), 1);
        let mut accounts: Vec<_> =
            fleet.inventory.accounts().iter().map(|entry| entry.account.clone()).collect();
        accounts.push(crate::domain::Account {
            name: "lab".into(),
            id: Some(account(9)),
            ..accounts[0].clone()
        });
        let change = fleet.inventory.apply(Report::Accounts { accounts, known: vec![] });
        listing.update(&change, &fleet.inventory, now());
        assert!(listing.is_empty());
    }

    #[test]
    fn time_alone_brings_rows_of_a_certain_age() {
        let mut fleet = Fleet::new();
        fleet.read("us-east-1", [named("a").hours_old(5)]);
        let mut listing = empty(&fleet);
        listing.set_filter(filter("age:>=6h"), &fleet.inventory, now());
        assert!(listing.is_empty());
        let later = now() + SignedDuration::from_hours(1);
        listing.update(&Change::default(), &fleet.inventory, later);
        assert_eq!(listing.len(), 1);
    }

    #[test]
    fn a_new_reading_alone_makes_rows_stale() {
        let mut fleet = Fleet::new();
        fleet.read("us-east-1", [named("a")]);
        let mut listing = empty(&fleet);
        listing.set_filter(filter("is:stale"), &fleet.inventory, now());
        let scope = Scope { account: account(1), region: Region::new("us-east-1") };
        let change = fleet.inventory.apply(Report::Started { scope, round: Round(2) });
        listing.update(&change, &fleet.inventory, now());
        assert_eq!(listing.len(), 1);
        let change = fleet.page(1, "us-east-1", 2, vec![named("a")]);
        assert!(change.is_empty());
        listing.update(&change, &fleet.inventory, now());
        assert!(listing.is_empty());
    }

    #[test]
    fn the_pickers_narrow_the_list_to_accounts_and_regions() {
        let fleet = Fleet::assorted(60);
        let mut listing = empty(&fleet);
        let all = listing.len();
        listing.set_accounts(Some(BTreeSet::from([account(2)])), &fleet.inventory, now());
        let dr = listing.len();
        listing.set_regions(Some(BTreeSet::from([Region::new("eu-west-1")])), &fleet.inventory, now());
        assert!(listing.is_empty() && dr > 0 && dr < all, "dr has rows in us-east-1 only");
        listing.set_accounts(None, &fleet.inventory, now());
        assert!(!listing.is_empty());
        listing.set_regions(None, &fleet.inventory, now());
        assert_eq!(listing.len(), all);
    }

    #[test]
    fn a_change_that_was_skipped_does_not_confuse_the_list() {
        let mut fleet = Fleet::new();
        let mut listing = empty(&fleet);
        let skipped = fleet.read("us-east-1", [named("a"), named("b")]);
        let change = fleet.read("us-east-1", [named("c")]);
        listing.update(&change, &fleet.inventory, now());
        listing.update(&skipped, &fleet.inventory, now());
        same_as_anew(&listing, &fleet);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn pages_in_any_order_give_what_building_anew_gives(
            pages in Just(assorted_pages(70, 5)).prop_shuffle(),
            column in 0usize..12,
            descending in any::<bool>(),
            wanted in 0usize..FILTERS.len(),
        ) {
            let direction = if descending { Direction::Descending } else { Direction::Ascending };
            let order = Order { by: Column::ALL[column], direction };
            let mut fleet = Fleet::new();
            let mut listing = Listing::new(View::All, filter(FILTERS[wanted]), order, &fleet.inventory, now());
            for (digit, region, rows) in pages {
                let change = fleet.page(digit, region, 1, rows);
                listing.update(&change, &fleet.inventory, now());
            }
            let change = fleet.learn_key("c", KeyManager::Aws, KeyState::Enabled, "alias/aws/rds");
            listing.update(&change, &fleet.inventory, now());
            same_as_anew(&listing, &fleet);
            for (at, id) in listing.rows().iter().enumerate() {
                prop_assert_eq!(listing.position(*id), Some(at));
            }
        }
    }
}
