//! The dialogs' journeys: the real binary in a terminal, from the row to the job's end, narrow and wide.
//!
//! Invariants: every journey holds at both sizes; each waits for what a person would wait for, a text on the screen;
//! Esc is followed by a wait, since a chord right behind it would be read as one with alt.

mod copy;
mod delete;
mod encrypt;
mod many;
mod refused;
mod share;
mod typed;

use std::thread;

use crate::check::fleet::Fleet;
use crate::deck::{Deck, on_demo, on_demo_read_only, on_fleet};
use crate::pty::{Ground, Pty};

/// The narrow one has the plan beneath the fields, the wide one beside them.
const SIZES: [(u16, u16); 2] = [(80, 24), (140, 40)];

/// Goes on a journey over the built-in fleet.
fn on_built_in(journey: impl Fn(&mut Deck) + Sync) {
    at_each_size(|size| {
        let mut deck = on_demo(size, Ground::Dark, &[]);
        deck.pty.see("21/22 scopes").gone("...");
        journey(&mut deck);
    });
}

/// The same where nothing may be changed.
fn on_read_only(journey: impl Fn(&mut Deck) + Sync) {
    at_each_size(|size| {
        let mut deck = on_demo_read_only(size);
        deck.pty.see("21/22 scopes").gone("...");
        journey(&mut deck);
    });
}

/// The same over a fleet of the journey's own: two accounts with two regions.
fn on(fleet: &Fleet, journey: impl Fn(&mut Deck) + Sync) {
    at_each_size(|size| {
        let mut deck = on_fleet(&fleet.json(), size);
        deck.pty.see("4 scopes").gone("...");
        journey(&mut deck);
    });
}

/// Both sizes at once: most of a journey is waiting for the cloud.
fn at_each_size(go: impl Fn((u16, u16)) + Sync) {
    let go = &go;
    thread::scope(|scope| {
        for size in SIZES {
            scope.spawn(move || go(size));
        }
    });
}

/// Filters the table, so that the cursor is on the first of so many rows.
fn find<'a>(pty: &'a mut Pty, filter: &str, rows: usize) -> &'a mut Pty {
    // A long filter is cut in the title.
    let title = format!("of {rows} · {}", filter.split(' ').next().unwrap_or_default());
    pty.keys("/\x15").keys(filter).see(&title).keys("\r")
}

/// Opens the picker of the field in focus, filters it down to one item and takes that.
fn pick<'a>(pty: &'a mut Pty, title: &str, text: &str) -> &'a mut Pty {
    pty.keys(" ").see(&format!("┌ {title} ")).keys(text).see(&format!("filter {text}")).keys("\r");
    pty.gone(&format!("┌ {title} "))
}

/// Waits for a line that holds all of these.
fn line<'a>(pty: &'a mut Pty, words: &[&str]) -> &'a mut Pty {
    pty.until(&format!("a line with {words:?}"), |screen| {
        screen.contents().lines().any(|line| words.iter().all(|word| line.contains(word)))
    })
}

/// Waits until the jobs' line says that the only job is done.
fn done<'a>(pty: &'a mut Pty, goal: &str) -> &'a mut Pty {
    line(pty, &[" ! jobs  ", goal, "  done"])
}

/// Waits until a snapshot is in the table as available: no status stands before its type.
fn available<'a>(pty: &'a mut Pty, name: &str, words: &[&str]) -> &'a mut Pty {
    pty.until(&format!("{name} is there with {words:?}"), |screen| {
        screen.contents().lines().any(|line| {
            let rest = line.split_once(&format!(" {name} ")).map(|(_, rest)| rest.trim_start());
            rest.is_some_and(|rest| {
                rest.starts_with("manual ") && words.iter().all(|word| rest.contains(word))
            })
        })
    })
}
