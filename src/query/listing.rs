//! A list of rows, filtered and in order, kept so as the inventory changes.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::{AccountId, Change, Inventory, Region, RowId};

use super::{Filter, Order, View};

/// The rows that a list shows, in its order.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    view: View,
    filter: Filter,
    order: Order,
    accounts: Option<BTreeSet<AccountId>>,
    regions: Option<BTreeSet<Region>>,
    rows: Vec<RowId>,
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

    /// Takes in what a report changed; to be called after every report, the ones that touch no row included.
    pub fn update(&mut self, _change: &Change, inventory: &Inventory, now: Timestamp) {
        self.refresh(inventory, now);
    }

    /// Chooses a view.
    pub fn set_view(&mut self, view: View, inventory: &Inventory, now: Timestamp) {
        self.view = view;
        self.refresh(inventory, now);
    }

    /// Chooses a filter.
    pub fn set_filter(&mut self, filter: Filter, inventory: &Inventory, now: Timestamp) {
        self.filter = filter;
        self.refresh(inventory, now);
    }

    /// Chooses an order.
    pub fn set_order(&mut self, order: Order, inventory: &Inventory, now: Timestamp) {
        self.order = order;
        self.refresh(inventory, now);
    }

    /// Chooses the accounts whose rows are shown; `None` for all.
    pub fn set_accounts(
        &mut self,
        accounts: Option<BTreeSet<AccountId>>,
        inventory: &Inventory,
        now: Timestamp,
    ) {
        self.accounts = accounts;
        self.refresh(inventory, now);
    }

    /// Chooses the regions whose rows are shown; `None` for all.
    pub fn set_regions(&mut self, regions: Option<BTreeSet<Region>>, inventory: &Inventory, now: Timestamp) {
        self.regions = regions;
        self.refresh(inventory, now);
    }

    /// Looks at everything again.
    pub fn refresh(&mut self, inventory: &Inventory, now: Timestamp) {
        let admitted = inventory.rows().filter(|(_, row)| {
            let scope = &row.snapshot.scope;
            self.accounts.as_ref().is_none_or(|accounts| accounts.contains(&scope.account))
                && self.regions.as_ref().is_none_or(|regions| regions.contains(&scope.region))
                && self.view.admits(row, inventory)
                && self.filter.matches(row, inventory, now)
        });
        let mut rows: Vec<_> = admitted.collect();
        rows.sort_unstable_by(|(_, a), (_, b)| self.order.compare(a, b, inventory));
        self.rows = rows.into_iter().map(|(id, _)| id).collect();
    }
}
