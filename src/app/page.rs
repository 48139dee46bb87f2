//! What is on the screen of tree, table and details: built for the visible rows only.
//!
//! Identifiers are whole where they fit; where one does not, its middle goes, and never so that two
//! rows on the screen look alike.

use std::collections::BTreeMap;

use crate::domain::{AccountId, Cells as _, Inventory, Kind, Row, RowId, middle_cut};
use crate::query::Direction;

use super::columns::{Extent, Field, Placed, columns};
use super::cuts::cut_apart;
use super::deck::Deck;
use super::prose::{Line, Piece, Tone};
use super::tree::tint_of;
use super::words::{self, Room};

/// The table as it is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The columns, with what stands over them.
    pub heads: Vec<Head>,
    /// The rows, top to bottom.
    pub rows: Vec<Shown>,
}

/// What stands over a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Where the column begins, from the table's inner edge.
    pub x: u16,
    /// How wide it is.
    pub width: u16,
    /// Its heading.
    pub title: &'static str,
    /// Where heading and cells stand in it.
    pub edge: Edge,
    /// Whether rows are sorted by it, and which way.
    pub sorted: Option<Direction>,
}

/// Where text stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// At its left edge.
    Left,
    /// At its right edge, as numbers do.
    Right,
}

/// A row on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Whether the cursor is on it.
    pub cursor: bool,
    /// Whether it is marked.
    pub marked: bool,
    /// `C` for a cluster snapshot.
    pub kind: char,
    /// `~` for a row that the last reading of its scope has not seen.
    pub stale: char,
    /// A cell for every column.
    pub cells: Vec<Line>,
}

/// The columns of the table as it is now.
pub(super) fn placed(deck: &Deck) -> Vec<Placed> {
    let width = deck.layout().and_then(|layout| layout.table).map_or(0, |rect| rect.inner().width);
    columns(width, deck.needs(), deck.extent)
}

/// The table as it is now.
pub(super) fn page(deck: &Deck) -> Page {
    let placed = placed(deck);
    let order = deck.listing.order();
    let heads = placed.iter().map(|column| Head {
        x: column.x,
        width: column.width,
        title: column.field.title(),
        edge: if column.field.is_number() { Edge::Right } else { Edge::Left },
        sorted: (column.field.order() == Some(order.by)).then_some(order.direction),
    });
    let heads = heads.collect();
    let visible: Vec<(RowId, &Row)> =
        deck.visible().iter().filter_map(|id| Some((*id, deck.inventory.row(*id)?))).collect();
    let has_status = placed.iter().any(|column| column.field == Field::Status);
    let mut ids = identifiers(&visible, &placed, has_status).into_iter();
    let accounts = account_names(&deck.inventory, &placed);
    let rows = visible.iter().map(|(id, row)| {
        let id_cell = ids.next().unwrap_or_default();
        let cell = |column: &Placed| match column.field {
            Field::Id => id_cell.clone(),
            field => vec![cell(field, row, deck, usize::from(column.width), &accounts)],
        };
        Shown {
            cursor: deck.cursor.row() == Some(*id),
            marked: deck.marks.contains(id),
            kind: if row.snapshot.kind() == Kind::Cluster { 'C' } else { ' ' },
            stale: if deck.inventory.is_stale(row) { '~' } else { ' ' },
            cells: placed.iter().map(cell).collect(),
        }
    });
    Page { heads, rows: rows.collect() }
}

/// The identifiers, each with its status behind it where no column has it.
fn identifiers(visible: &[(RowId, &Row)], placed: &[Placed], has_status: bool) -> Vec<Line> {
    let width = placed.first().map_or(0, |column| usize::from(column.width));
    let names: Vec<String> = visible.iter().map(|(_, row)| row.snapshot.arn.name().to_string()).collect();
    let suffixes: Vec<Option<Piece>> = visible
        .iter()
        .map(|(_, row)| if has_status { None } else { words::status_word(&row.snapshot) })
        .collect();
    // Rows whose names must be cut are cut together with those that have the same room: rows with other
    // room differ by what stands behind the name.
    let mut rooms: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, suffix) in suffixes.iter().enumerate() {
        let room = width.saturating_sub(suffix.as_ref().map_or(0, |piece| piece.width() + 1));
        rooms.entry(room).or_default().push(n);
    }
    let mut cut = vec![String::new(); names.len()];
    for (room, members) in rooms {
        let originals: Vec<&str> = members.iter().map(|n| names[*n].as_str()).collect();
        for (n, text) in members.into_iter().zip(cut_apart(&originals, room)) {
            cut[n] = text;
        }
    }
    cut.into_iter()
        .zip(suffixes)
        .map(|(name, suffix)| match suffix {
            None => vec![Piece::plain(name)],
            Some(suffix) => {
                let gap = width.saturating_sub(name.cells() + suffix.width());
                vec![Piece::plain(name), Piece::plain(" ".repeat(gap)), suffix]
            }
        })
        .collect()
}

fn cell(field: Field, row: &Row, deck: &Deck, width: usize, accounts: &BTreeMap<AccountId, String>) -> Piece {
    let (snapshot, inventory) = (&row.snapshot, &deck.inventory);
    let fitted = |text: String| {
        let piece = words::maybe(text);
        Piece { text: middle_cut(&piece.text, width), ..piece }
    };
    match field {
        // Identifiers are cut together, not one by one.
        Field::Id => Piece::plain(snapshot.arn.name()),
        Field::Type => words::type_word(snapshot),
        Field::Encryption(room) => words::encryption_word(row, inventory, room, width),
        Field::Share(_) => words::share_word(snapshot, inventory, width),
        Field::Age => words::age_word(inventory.data_at(snapshot), deck.now),
        Field::Size => words::size_word(snapshot),
        Field::Account => {
            let id = snapshot.scope.account;
            let name = accounts.get(&id).cloned().unwrap_or_else(|| middle_cut(&id.to_string(), width));
            Piece::new(tint_of(inventory, id).map_or(Tone::Plain, Tone::Tint), name)
        }
        Field::Region(Room::Narrow) => Piece::plain(snapshot.scope.region.short()),
        Field::Region(Room::Wide) => fitted(snapshot.scope.region.to_string()),
        Field::Engine => fitted(snapshot.engine.to_string()),
        Field::Version => fitted(snapshot.engine_version.to_string()),
        Field::Status => {
            let piece = words::status_word(snapshot).unwrap_or_else(|| Piece::new(Tone::Dim, "available"));
            Piece { text: middle_cut(&piece.text, width), ..piece }
        }
        Field::Source => fitted(snapshot.source_db.to_string()),
        Field::Created => {
            let local = |at: jiff::Timestamp| {
                at.to_zoned_datetime(deck.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
            };
            snapshot
                .created_at
                .get()
                .map_or_else(|| Piece::new(Tone::Doubt, "?"), |at| Piece::plain(local(at)))
        }
        Field::Storage => {
            fitted(snapshot.storage_type.as_ref().map_or_else(String::new, ToString::to_string))
        }
        Field::Options => {
            fitted(snapshot.option_group.as_ref().map_or_else(String::new, ToString::to_string))
        }
    }
}

/// The names of our accounts, cut to the column so that no two look alike.
fn account_names(inventory: &Inventory, placed: &[Placed]) -> BTreeMap<AccountId, String> {
    let Some(column) = placed.iter().find(|column| column.field == Field::Account) else {
        return BTreeMap::new();
    };
    let accounts: Vec<_> =
        inventory.accounts().iter().filter_map(|entry| Some((entry.id()?, &entry.account.name))).collect();
    let names: Vec<String> = accounts.iter().map(|(_, name)| name.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let cut = cut_apart(&names, usize::from(column.width));
    accounts.iter().map(|(id, _)| *id).zip(cut).collect()
}

/// What the table's border says: the view, where the cursor is, and what narrows the list.
pub(super) fn title(deck: &Deck) -> Line {
    let listing = &deck.listing;
    let total = listing.rows().len();
    let mut line = vec![
        Piece::new(Tone::Strong, listing.view().title()),
        Piece::plain(match (total, deck.inventory.len()) {
            (0, 0) => " · none".to_owned(),
            (0, all) => format!(" · none of {}", words::grouped(all)),
            (total, _) => {
                format!(" · {} of {}", words::grouped(deck.cursor.index() + 1), words::grouped(total))
            }
        }),
    ];
    if !deck.marks.is_empty() {
        line.push(Piece::new(Tone::Accent, format!(" · {} marked", words::grouped(deck.marks.len()))));
    }
    for place in places(deck) {
        line.push(Piece::new(Tone::Accent, format!(" · {place}")));
    }
    if !listing.filter().is_empty() {
        line.push(Piece::new(
            Tone::Accent,
            format!(" · {}", crate::domain::Shown::from(listing.filter().text())),
        ));
    }
    line
}

/// The accounts and regions that the list is narrowed to.
fn places(deck: &Deck) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(accounts) = deck.listing.accounts() {
        match accounts.first().filter(|_| accounts.len() == 1) {
            Some(id) => {
                let name = deck.inventory.account_name(*id);
                out.push(name.map_or_else(|| id.to_string(), ToString::to_string));
            }
            None => out.push(words::count(accounts.len(), "account")),
        }
    }
    if let Some(regions) = deck.listing.regions() {
        match regions.first().filter(|_| regions.len() == 1) {
            Some(region) => out.push(region.to_string()),
            None => out.push(words::count(regions.len(), "region")),
        }
    }
    out
}

/// What the table's lower border says: the order, and how far the wide table is scrolled.
pub(super) fn foot(deck: &Deck) -> String {
    let order = deck.listing.order();
    let sorted = format!("{}: {}", order.by.title(), super::layer::direction_word(order.by, order.direction));
    match deck.extent {
        Extent::Fitting => sorted,
        Extent::Wide { skipped: 0 } => format!("wide · {sorted}"),
        Extent::Wide { skipped } => {
            format!("wide, {} left of here · {sorted}", words::count(skipped, "column"))
        }
    }
}
