//! The deck: the inventory, what is listed of it, and where the user is in tree, table and details.
//!
//! Invariants: the cursor is on a listed row whenever one is listed; marks are of rows that exist; what
//! the tree and the pickers choose is narrowed together and never widens each other.

mod press;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::{
    AccountId, Cells as _, Change, Inventory, Region, Report, Row, RowId, Scope, Share, SnapshotArn, Unasked,
};
use crate::query::{Filter, Listing, Order, View, Watched};

use super::columns::{Extent, Needs};
use super::cursor::{Cause, Cursor};
use super::details;
use super::jobs::Jobs;
use super::layout::{Foot, Layout, Pane, Size, Strip, Widths, Zoom};
use super::options::Opening;
use super::prose::{self, Line};
use super::tree::{Node, Tree};

/// The deck.
#[derive(Debug, Clone)]
pub(super) struct Deck {
    pub(super) inventory: Inventory,
    pub(super) listing: Listing,
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
    pub(super) size: Size,
    pub(super) foot: Foot,
    pub(super) strip: Strip,
    pub(super) jobs: Jobs,
    pub(super) cursor: Cursor,
    pub(super) tree: Tree,
    pub(super) marks: BTreeSet<RowId>,
    pub(super) focus: Pane,
    pub(super) zoom: Zoom,
    /// How wide the mouse drew the panes.
    pub(super) widths: Widths,
    pub(super) extent: Extent,
    /// The first line of the details that is shown.
    pub(super) details_at: usize,
    /// The accounts that the picker chose; `None` for all.
    accounts: Option<BTreeSet<AccountId>>,
    /// The regions that the picker chose; `None` for all.
    regions: Option<BTreeSet<Region>>,
    /// The longest identifier seen so far: columns do not jump while rows come and go.
    longest: u16,
}

impl Deck {
    pub(super) fn new(filter: Filter, opening: Opening, now: Timestamp, zone: TimeZone, size: Size) -> Self {
        let inventory = Inventory::default();
        let listing = Listing::new(opening.view, filter, opening.order, &inventory, now);
        Self {
            inventory,
            listing,
            now,
            zone,
            size,
            foot: Foot::Closed,
            strip: Strip::Hidden,
            jobs: Jobs::default(),
            cursor: Cursor::default(),
            tree: Tree::default(),
            marks: BTreeSet::new(),
            focus: Pane::Table,
            zoom: Zoom::Off,
            widths: Widths::default(),
            extent: Extent::Fitting,
            details_at: 0,
            accounts: None,
            regions: None,
            longest: 0,
        }
    }

    /// Takes in what was learned; the cursor stays on its snapshot.
    pub(super) fn learn(&mut self, reports: Vec<Report>) {
        let around = self.cursor.around(&self.listing);
        let mut change = Change::default();
        for report in reports {
            change.extend(self.inventory.apply(report));
        }
        for id in &change.removed {
            self.marks.remove(id);
        }
        for row in change.added.iter().filter_map(|id| self.inventory.row(*id)) {
            let width = row.snapshot.arn.name().to_string().cells();
            self.longest = self.longest.max(u16::try_from(width).unwrap_or(u16::MAX));
        }
        self.listing.update(&change, &self.inventory, self.now);
        // An account's id may have become known just now.
        self.narrow();
        let height = self.table_height();
        self.cursor.settle(&around, Cause::Report, &self.listing, height);
        self.fit();
    }

    /// Takes in what time it is.
    pub(super) fn tick(&mut self, now: Timestamp) {
        self.now = now;
        if self.listing.filter().watches(Watched::Time) {
            let around = self.cursor.around(&self.listing);
            self.listing.update(&Change::default(), &self.inventory, now);
            let height = self.table_height();
            self.cursor.settle(&around, Cause::Report, &self.listing, height);
        }
    }

    /// Changes what is listed, because the user says so.
    pub(super) fn choose(&mut self, choice: Choice) {
        let around = self.cursor.around(&self.listing);
        let (inventory, now) = (&self.inventory, self.now);
        match choice {
            Choice::View(view) => self.listing.set_view(view, inventory, now),
            Choice::Filter(filter) => self.listing.set_filter(filter, inventory, now),
            Choice::Order(order) => self.listing.set_order(order, inventory),
            Choice::Accounts(accounts) => self.accounts = accounts,
            Choice::Regions(regions) => self.regions = regions,
            Choice::Place => {}
        }
        self.narrow();
        let height = self.table_height();
        self.cursor.settle(&around, Cause::Choice, &self.listing, height);
        self.details_at = 0;
    }

    /// Puts the cursor on a row, and takes away whatever hides it.
    pub(super) fn reveal(&mut self, row: RowId) {
        if self.listing.position(row).is_none() {
            self.choose(Choice::View(View::All));
            self.choose(Choice::Filter(Filter::default()));
            self.choose(Choice::Accounts(None));
            self.choose(Choice::Regions(None));
            self.tree.home();
            self.choose(Choice::Place);
        }
        if let Some(index) = self.listing.position(row) {
            self.turn_to(Pane::Table);
            self.go_to(index);
        }
    }

    /// Lists what tree and pickers admit together.
    fn narrow(&mut self) {
        let (accounts, regions) = self.tree.node().narrows(&self.inventory);
        let accounts = both(self.accounts.as_ref(), accounts);
        let regions = both(self.regions.as_ref(), regions);
        if self.listing.accounts() != accounts.as_ref() {
            self.listing.set_accounts(accounts, &self.inventory, self.now);
        }
        if self.listing.regions() != regions.as_ref() {
            self.listing.set_regions(regions, &self.inventory, self.now);
        }
    }

    /// Keeps every cursor on the screen after the screen or what is on it changed.
    pub(super) fn fit(&mut self) {
        let height = self.table_height();
        self.cursor.fit(&self.listing, height);
        let height = self.tree_height();
        if self.tree.fit(&self.inventory, height) {
            self.choose(Choice::Place);
        }
        let last = self.details_lines().len().saturating_sub(self.details_height());
        self.details_at = self.details_at.min(last);
    }

    /// Where everything is; `None` when the screen is too small.
    pub(super) fn layout(&self) -> Option<Layout> {
        Layout::of(self.size, self.focus, (self.zoom, self.widths), self.foot, self.strip)
    }

    /// The row under the cursor.
    pub(super) fn row(&self) -> Option<&Row> {
        self.inventory.row(self.cursor.row()?)
    }

    /// The accounts that the picker chose.
    pub(super) fn picked_accounts(&self) -> Option<&BTreeSet<AccountId>> {
        self.accounts.as_ref()
    }

    /// The regions that the picker chose.
    pub(super) fn picked_regions(&self) -> Option<&BTreeSet<Region>> {
        self.regions.as_ref()
    }

    /// The rows that an action on "these" means: the marked ones in the listing's order, else the one under the cursor.
    pub(super) fn these(&self) -> Vec<&Row> {
        self.these_ids().into_iter().filter_map(|id| self.inventory.row(id)).collect()
    }

    /// The same rows, by their ids.
    pub(super) fn these_ids(&self) -> Vec<RowId> {
        if self.marks.is_empty() {
            return self.cursor.row().into_iter().collect();
        }
        let listed = self.listing.rows().iter().filter(|id| self.marks.contains(id));
        let hidden = self.marks.iter().filter(|id| self.listing.position(**id).is_none());
        listed.chain(hidden).copied().collect()
    }

    /// The rows on the screen.
    pub(super) fn visible(&self) -> &[RowId] {
        let Some(height) = self.layout().and_then(|layout| layout.table).map(|_| self.table_height()) else {
            return &[];
        };
        let rows = self.listing.rows();
        let start = self.cursor.offset().min(rows.len());
        &rows[start..(start + height).min(rows.len())]
    }

    /// The snapshots on the screen whose share state was not asked yet, the one under the cursor first.
    pub(super) fn unasked(&self) -> Vec<(Scope, SnapshotArn)> {
        let unasked = |row: &&Row| row.snapshot.share == Share::Unknown(Unasked::NotYet);
        let cursor = self.cursor.row();
        let rest = self.visible().iter().copied().filter(|id| Some(*id) != cursor);
        let rows = cursor.into_iter().chain(rest).filter_map(|id| self.inventory.row(id)).filter(unasked);
        rows.map(|row| (row.snapshot.scope.clone(), row.snapshot.arn.clone())).collect()
    }

    /// What the rows ask of the columns.
    pub(super) fn needs(&self) -> Needs {
        let width = |text: &str| u16::try_from(text.cells()).unwrap_or(u16::MAX);
        let accounts = self.inventory.accounts();
        let account = match accounts {
            [] | [_] => 0,
            many => many.iter().map(|entry| width(&entry.account.name.to_string())).max().unwrap_or(0),
        };
        let regions: BTreeSet<&Region> = self.inventory.scopes().map(|(scope, _)| &scope.region).collect();
        let region = match regions.len() {
            0 | 1 => 0,
            _ => regions.iter().map(|region| width(&region.short())).max().unwrap_or(0),
        };
        Needs { id: self.longest, account, region }
    }

    /// The details of the row under the cursor, or why there are none, laid out to their pane.
    pub(super) fn details_lines(&self) -> Vec<Line> {
        let Some(rect) = self.layout().and_then(|layout| layout.details) else { return Vec::new() };
        let blocks = match self.row() {
            Some(row) => details::blocks(row, &self.inventory, self.now, &self.zone),
            None => Vec::new(),
        };
        prose::lay_out(&blocks, usize::from(rect.inner().width))
    }

    /// The node that the tree is on.
    pub(super) fn node(&self) -> &Node {
        self.tree.node()
    }

    pub(super) fn table_height(&self) -> usize {
        self.height(Pane::Table).saturating_sub(1)
    }

    pub(super) fn tree_height(&self) -> usize {
        self.height(Pane::Tree)
    }

    pub(super) fn details_height(&self) -> usize {
        self.height(Pane::Details)
    }

    /// The rows inside a pane's border; for one that is off the screen, what it would have there.
    fn height(&self, pane: Pane) -> usize {
        let place = |layout: Layout| layout.pane(pane).unwrap_or(layout.body);
        self.layout().map_or(1, |layout| usize::from(place(layout).inner().height))
    }
}

/// What the user can change about the list.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    /// Another fixed view.
    View(View),
    /// Another filter.
    Filter(Filter),
    /// Another order.
    Order(Order),
    /// The accounts to show; `None` for all.
    Accounts(Option<BTreeSet<AccountId>>),
    /// The regions to show; `None` for all.
    Regions(Option<BTreeSet<Region>>),
    /// Another place in the tree.
    Place,
}

/// What both admit; `None` admits everything.
fn both<T: Ord + Clone>(a: Option<&BTreeSet<T>>, b: Option<BTreeSet<T>>) -> Option<BTreeSet<T>> {
    match (a, b) {
        (None, other) => other,
        (Some(a), None) => Some(a.clone()),
        (Some(a), Some(b)) => Some(a.intersection(&b).cloned().collect()),
    }
}
