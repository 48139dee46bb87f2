//! A list of rows, filtered and in order, kept so while the inventory changes.
//!
//! Invariants: what it shows is what building it anew would show; every live row has its place in the order, whether it is
//! shown or not, so that a filter typed letter by letter never sorts; a page of rows is merged, not sorted in.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::domain::{AccountId, Change, Inventory, Region, Row, RowId, Shown};

use super::lineage::Lineage;
use super::term::{Facts, Place, Sight};
use super::text::searchable;
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
    /// A slot for every row that was ever seen, by id.
    ids: Vec<RowId>,
    /// The searchable text of each slot.
    texts: Vec<Box<str>>,
    /// What was concluded of each slot; nothing of a row that is gone.
    facts: Vec<Option<Facts>>,
    /// Whether each slot is shown.
    shown: Vec<bool>,
    /// The slots of all live rows, in order.
    sorted: Vec<u32>,
    lineage: Lineage,
    /// The accounts as they were named when the rows were looked at.
    names: Vec<(AccountId, Shown)>,
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
        if self.names != names(inventory) {
            self.refresh(inventory, now);
            return;
        }
        if !change.is_empty() && !self.merge(change, inventory, now) {
            self.refresh(inventory, now);
            return;
        }
        let late = (now.duration_since(self.looked_at)).abs() >= PATIENCE;
        if self.filter.watches(Watched::Readings) || (late && self.filter.watches(Watched::Time)) {
            self.choose(inventory, now);
        }
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

    /// Chooses an order; the only choice that sorts.
    pub fn set_order(&mut self, order: Order, inventory: &Inventory, now: Timestamp) {
        self.order = order;
        self.sort(inventory);
        self.choose(inventory, now);
    }

    /// Builds everything anew: needed by itself only when names of foreign accounts were learned.
    pub fn refresh(&mut self, inventory: &Inventory, now: Timestamp) {
        self.names = names(inventory);
        self.lineage = Lineage::default();
        self.ids.clear();
        self.texts.clear();
        self.facts.clear();
        for (id, row) in inventory.rows() {
            self.lineage.learn(id, row);
            self.ids.push(id);
            self.texts.push(searchable(row, inventory).into());
            self.facts.push(Some(Facts::of(row, inventory)));
        }
        self.sort(inventory);
        self.choose(inventory, now);
    }

    /// Puts touched rows where they belong now; `false` if a row is not new and was never seen.
    fn merge(&mut self, change: &Change, inventory: &Inventory, now: Timestamp) -> bool {
        let ids = change.added.iter().chain(&change.changed).chain(&change.removed);
        let mut touched: BTreeSet<RowId> = ids.copied().collect();
        for id in &touched {
            let Some(row) = inventory.row(*id) else { continue };
            self.lineage.learn(*id, row);
        }
        self.lineage.add_copies(&mut touched, inventory);

        let known = self.ids.len();
        let mut moved = vec![false; known];
        let mut placed = Vec::new();
        for id in touched {
            let row = inventory.row(id);
            let slot = match self.ids.binary_search(&id) {
                Ok(slot) => slot,
                Err(end) if end == self.ids.len() => {
                    self.ids.push(id);
                    self.texts.push(Box::default());
                    self.facts.push(None);
                    self.shown.push(false);
                    end
                }
                Err(_) => return false,
            };
            if let Some(moved) = moved.get_mut(slot) {
                *moved = true;
            }
            self.texts[slot] = row.map(|row| searchable(row, inventory).into()).unwrap_or_default();
            self.facts[slot] = row.map(|row| Facts::of(row, inventory));
            self.shown[slot] = self.admits(slot, inventory, now);
            placed.extend(row.map(|row| (slot_number(slot), row)));
        }
        if self.sorted.iter().any(|slot| moved[*slot as usize]) {
            self.sorted.retain(|slot| !moved[*slot as usize]);
        }
        placed.sort_unstable_by(|(_, a), (_, b)| self.order.compare(a, b, inventory));
        self.insert(&placed, inventory);
        self.show();
        true
    }

    /// Merges slots that are in order into the order.
    fn insert(&mut self, placed: &[(u32, &Row)], inventory: &Inventory) {
        let old = std::mem::take(&mut self.sorted);
        let mut rest = old.as_slice();
        let mut merged = Vec::with_capacity(old.len() + placed.len());
        for (slot, row) in placed {
            let before = rest.partition_point(|slot| {
                let other =
                    inventory.row(self.ids[*slot as usize]).expect("BUG: a row that is gone is in order");
                self.order.compare(other, row, inventory).is_lt()
            });
            merged.extend_from_slice(&rest[..before]);
            merged.push(*slot);
            rest = &rest[before..];
        }
        merged.extend_from_slice(rest);
        self.sorted = merged;
    }

    fn sort(&mut self, inventory: &Inventory) {
        let live = (0..).zip(&self.ids).filter_map(|(slot, id)| inventory.row(*id).map(|row| (slot, row)));
        let (slots, rows): (Vec<u32>, Vec<&Row>) = live.unzip();
        let places = self.order.sorted(&rows, inventory);
        self.sorted = places.into_iter().map(|at| slots[at as usize]).collect();
    }

    /// Asks every row anew whether it is shown.
    fn choose(&mut self, inventory: &Inventory, now: Timestamp) {
        self.shown = (0..self.ids.len()).map(|slot| self.admits(slot, inventory, now)).collect();
        self.looked_at = now;
        self.show();
    }

    fn show(&mut self) {
        let shown = self.sorted.iter().map(|slot| *slot as usize).filter(|slot| self.shown[*slot]);
        self.rows = shown.map(|slot| self.ids[slot]).collect();
    }

    /// Whether a slot is shown; the row itself is looked at only where that is needed to tell.
    fn admits(&self, slot: usize, inventory: &Inventory, now: Timestamp) -> bool {
        let Some(facts) = self.facts[slot] else { return false };
        let row = Place::Inventory(self.ids[slot]);
        let sight = Sight { row, text: &self.texts[slot], facts: Some(facts), inventory, now };
        let in_view = match self.view {
            View::All => true,
            View::Problems => facts.has_problem == Some(true),
            view => view.admits(sight.row(), inventory),
        };
        in_view
            && self.accounts.as_ref().is_none_or(|all| all.contains(&sight.row().snapshot.scope.account))
            && self.regions.as_ref().is_none_or(|all| all.contains(&sight.row().snapshot.scope.region))
            && self.filter.admits(sight)
    }
}

fn names(inventory: &Inventory) -> Vec<(AccountId, Shown)> {
    let named = |entry: &crate::domain::AccountEntry| Some((entry.id()?, entry.account.name.clone()));
    inventory.accounts().iter().filter_map(named).collect()
}

fn slot_number(slot: usize) -> u32 {
    u32::try_from(slot).expect("BUG: more than four thousand million rows")
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
