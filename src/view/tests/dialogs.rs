//! Every dialog, what lies over it, and the jobs, as they are on the screen.
//!
//! A file holds one state in all sizes, one under another; `_ascii` and `_styles` tell the same state apart.

use super::*;
use crate::app::prose::line_width;
use crate::app::sample::{ask, at, at_work, many, read_only};

/// A state, and how it is come to.
type State = (&'static str, fn(u16, u16) -> App);

const STATES: [State; 27] = [
    ("copy_blocked", copy_blocked),
    ("copy_ready", |w, h| then(copy_blocked(w, h), "F")),
    ("share_long_way", share_long_way),
    ("share_long_way_taken", |w, h| then(share_long_way(w, h), "F")),
    ("share_public", share_public),
    ("encrypt_instance", |w, h| with_key(at(w, h, "orders-nightly-1", "e"))),
    ("encrypt_aurora", |w, h| with_key(at(w, h, "ledger-plain", "e"))),
    ("encrypt_aurora_restored", |w, h| then(with_key(at(w, h, "ledger-plain", "e")), "f")),
    ("restore_instance", |w, h| at(w, h, "orders-nightly-1", "t")),
    ("restore_aurora", |w, h| at(w, h, "ledger-plain", "t")),
    ("export", |w, h| at(w, h, "orders-nightly-1", "x")),
    ("delete", |w, h| at(w, h, "orders-prod-2026-11-24 share:shared", "D")),
    ("many", copy_many),
    ("many_mended", |w, h| then(copy_many(w, h), "F")),
    ("affected", |w, h| then(copy_many(w, h), "L")),
    ("picker_keys", |w, h| then(to_region(at(w, h, "orders-nightly-1", "c"), "eu-west-1"), "Tab Tab Space")),
    ("picker_accounts", |w, h| then(at(w, h, "orders-nightly-1", "s"), "Space")),
    ("last_open", |w, h| then(copy_blocked(w, h), "F Enter")),
    ("last_typed", |w, h| then(at(w, h, "orders-nightly-1", "D"), "Enter")),
    ("last_public", |w, h| then(share_public(w, h), "Enter")),
    ("last_read_only", |w, h| then(read_only(w, h, "orders-nightly-1", "c"), "Enter")),
    ("last_steps", |w, h| then(share_long_way(w, h), "F Enter")),
    ("menu", |w, h| at(w, h, "rds:orders", "a")),
    ("jobs_strip", at_work),
    ("jobs", |w, h| then(at_work(w, h), "!")),
    ("jobs_steps", |w, h| then(at_work(w, h), "! Enter")),
    ("leave", leaving),
];

fn then(mut app: App, chords: &str) -> App {
    ask(&mut app, chords);
    app
}

/// Picks the region of a copy that was just opened.
fn to_region(app: App, region: &str) -> App {
    let mut app = then(app, "Tab Space");
    type_in(&mut app, region);
    then(app, "Enter")
}

/// Picks the key of a dialog that begins with it.
fn with_key(app: App) -> App {
    let mut app = then(app, "Space");
    type_in(&mut app, "dba");
    then(app, "Enter")
}

fn copy_blocked(width: u16, height: u16) -> App {
    to_region(at(width, height, "orders-prod-2026-11-24 share:shared", "c"), "eu-west-1")
}

fn share_long_way(width: u16, height: u16) -> App {
    let mut app = at(width, height, "rds:orders", "s");
    ask(&mut app, "Space");
    type_in(&mut app, "dr");
    then(app, "Enter")
}

fn share_public(width: u16, height: u16) -> App {
    then(at(width, height, "orders-nightly-1", "s"), "Tab Space")
}

fn copy_many(width: u16, height: u16) -> App {
    to_region(many(width, height, "c"), "eu-west-1")
}

fn leaving(width: u16, height: u16) -> App {
    then(at_work(width, height), "q")
}

/// The screens of a state in these sizes, one under another.
fn screens(state: fn(u16, u16) -> App, sizes: &[(u16, u16)], draw: impl Fn(&App) -> Vec<String>) -> String {
    let screen = |(width, height): &(u16, u16)| {
        format!("== {width}x{height} ==\n{}", draw(&state(*width, *height)).join("\n"))
    };
    sizes.iter().map(screen).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_dialog_at_every_size() {
    let unicode = look(Theme::Dark, Glyphs::Unicode);
    for (name, state) in STATES {
        insta::assert_snapshot!(name, screens(state, &SIZES, |app| text(&drawn(app, &unicode))));
    }
}

#[test]
fn every_dialog_in_ascii_at_every_size() {
    let ascii = look(Theme::Colourless, Glyphs::Ascii);
    for (name, state) in STATES {
        let all = screens(state, &SIZES, |app| text(&drawn(app, &ascii)));
        let other: Vec<&str> = all.lines().filter(|line| !line.is_ascii()).collect();
        assert!(other.is_empty(), "{name}: {other:#?}");
        insta::assert_snapshot!(format!("{name}_ascii"), all);
    }
}

#[test]
fn every_dialog_in_every_theme() {
    for (name, state) in STATES {
        let all = [("dark", Theme::Dark), ("light", Theme::Light), ("colourless", Theme::Colourless)].map(
            |(theme, which)| {
                let look = look(which, Glyphs::Unicode);
                format!("{theme}\n{}", screens(state, &SIZES[..2], |app| styles(&drawn(app, &look))))
            },
        );
        insta::assert_snapshot!(format!("{name}_styles"), all.join("\n\n"));
    }
}

#[test]
fn no_line_of_a_dialog_is_wider_than_its_place() {
    for (name, state) in STATES {
        for (width, height) in SIZES.into_iter().chain([(60, 20), (40, 8), (109, 30), (110, 30)]) {
            for sheet in state(width, height).sheets() {
                let room = usize::from(sheet.area.inner().width);
                let rows = usize::from(sheet.area.inner().height);
                assert!(sheet.lines.len() <= rows, "{name} {width}x{height}: {} lines", sheet.lines.len());
                for line in &sheet.lines {
                    let words: String = line.iter().map(|piece| piece.text.as_str()).collect();
                    assert!(line_width(line) <= room, "{name} {width}x{height}: {words:?} in {room}");
                }
            }
        }
    }
}
