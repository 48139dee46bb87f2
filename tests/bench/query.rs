//! How long a list of 100,000 rows takes to follow a keystroke, a page and an order.

mod fleet;

use divan::Bencher;
use snapdeck::domain::{Change, Inventory};
use snapdeck::query::{Column, Direction, Filter, Listing, Order, View, completions};

use fleet::{PAGE, ROWS, now, page_report};

fn main() {
    divan::main();
}

/// The inventory of the whole fleet.
fn filled() -> Inventory {
    let mut inventory = Inventory::default();
    for report in fleet::reports() {
        inventory.apply(report);
    }
    inventory
}

fn listing(order: Order, inventory: &Inventory) -> Listing {
    Listing::new(View::All, Filter::default(), order, inventory, now())
}

/// One keystroke in the filter line: what was typed is read, and all rows are asked.
#[divan::bench(args = [
    "orders-17",
    "orders prod release",
    "enc:none",
    "age:>30d size:<500",
    "account:team-3",
    "region:use1",
    "tag:env=prod",
    "name:*release*1",
    "!is:problem",
])]
fn a_keystroke(bencher: Bencher<'_, '_>, text: &str) {
    let inventory = filled();
    let mut list = listing(Order::default(), &inventory);
    bencher.bench_local(|| {
        list.set_filter(Filter::parse(text).expect("a filter"), &inventory, now());
        list.len()
    });
}

/// A page of 100 arrives where 100,000 rows are in order.
#[divan::bench(args = [Column::DataAge, Column::Id, Column::Account])]
fn a_page(bencher: Bencher<'_, '_>, by: Column) {
    let mut inventory = filled();
    let list = listing(Order { by, direction: Direction::Ascending }, &inventory);
    let before = inventory.apply(page_report(ROWS / PAGE));
    let change = inventory.apply(page_report(ROWS / PAGE + 1));
    // A page before it, so that what grows has room as it mostly has.
    let grown = || {
        let mut list = list.clone();
        list.update(&before, &inventory, now());
        list
    };
    bencher.with_inputs(grown).bench_local_values(|mut list| {
        list.update(&change, &inventory, now());
        list
    });
}

/// 100 rows of 100,000 changed, as when their share states were learned.
#[divan::bench]
fn a_change(bencher: Bencher<'_, '_>) {
    let inventory = filled();
    let mut list = listing(Order::default(), &inventory);
    let ids = inventory.rows().map(|(id, _)| id).step_by(ROWS / PAGE);
    let change = Change { changed: ids.collect(), ..Change::default() };
    bencher.bench_local(|| list.update(&change, &inventory, now()));
}

/// Another order is chosen.
#[divan::bench(args = [Column::DataAge, Column::Id, Column::Account, Column::Size])]
fn an_order(bencher: Bencher<'_, '_>, by: Column) {
    let inventory = filled();
    let mut list = listing(Order::default(), &inventory);
    let order = Order { by, direction: Direction::Ascending };
    bencher.bench_local(|| list.set_order(order, &inventory));
}

/// The row under the cursor is looked for.
#[divan::bench]
fn a_position(bencher: Bencher<'_, '_>) {
    let inventory = filled();
    let list = listing(Order::default(), &inventory);
    let bottom = *list.rows().last().expect("a row");
    bencher.bench_local(|| list.position(divan::black_box(bottom)));
}

/// The tab key in the filter line.
#[divan::bench(args = ["db:orders-1", "tag:env="])]
fn a_completion(bencher: Bencher<'_, '_>, text: &str) {
    let inventory = filled();
    bencher.bench_local(|| completions(text, text.len(), &inventory));
}

/// Everything is built anew, as when an account got a name.
#[divan::bench]
fn a_refresh(bencher: Bencher<'_, '_>) {
    let inventory = filled();
    let mut list = listing(Order::default(), &inventory);
    bencher.bench_local(|| list.refresh(&inventory, now()));
}
