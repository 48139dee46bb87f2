//! Every screen that there is, and how it is come to.

#![cfg(test)]

use crate::app::sample::{self, ask, at, at_work, many, press, read_only, type_in};
use crate::app::{Answer, App, Effect, Mishap, Msg};
use crate::domain::{Device, Fault, FaultClass, Remedy, Report};

/// A screen: its name, and the application that shows it at a size.
pub(super) type State = (&'static str, fn(u16, u16) -> App);

/// Every screen.
pub(super) const STATES: [State; 56] = [
    ("deck", sample::app),
    ("reading", sample::empty),
    ("details", |w, h| deck(w, h, "Enter", "")),
    ("details_of_a_copy", |w, h| deck(w, h, "j j j Enter", "")),
    ("tree", |w, h| deck(w, h, "h", "")),
    ("wide", |w, h| deck(w, h, "w Right Right", "")),
    ("zoom", |w, h| deck(w, h, "z", "")),
    ("marks", |w, h| deck(w, h, "Space Space j", "")),
    ("problems", |w, h| deck(w, h, "8", "")),
    ("filter", |w, h| deck(w, h, "/", "enc:none ")),
    ("filter_mistake", |w, h| deck(w, h, "/", "enc:nonee")),
    ("nothing_left", |w, h| deck(w, h, "/", "nowhere")),
    ("command", |w, h| deck(w, h, ":", "s")),
    ("command_completed", |w, h| then(deck(w, h, ":", "sort "), "Tab Tab")),
    ("command_mistake", |w, h| then(deck(w, h, ":", "destroy"), "Enter")),
    ("sort", |w, h| deck(w, h, "o", "")),
    ("accounts", |w, h| deck(w, h, "A Space", "")),
    ("regions", |w, h| deck(w, h, "R", "")),
    ("save", |w, h| deck(w, h, "ctrl-s", "")),
    ("notice", |w, h| then(sample::empty(w, h), "ctrl-s D")),
    ("help", |w, h| deck(w, h, "?", "")),
    ("help_searched", |w, h| deck(w, h, "? /", "json")),
    ("json", |w, h| deck(w, h, "J", "")),
    ("link", link),
    ("code", code),
    ("failure", |w, h| deck(w, h, "h j j j Enter", "")),
    ("menu", |w, h| at(w, h, "rds:orders", "a")),
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
    ("jobs_strip", at_work),
    ("jobs", |w, h| then(at_work(w, h), "!")),
    ("jobs_steps", |w, h| then(at_work(w, h), "! Enter")),
    ("jobs_events", |w, h| then(at_work(w, h), "! v")),
    ("give_up", |w, h| then(at_work(w, h), "! j X")),
    ("take_back", |w, h| then(at_work(w, h), "! G u")),
    ("leave", |w, h| then(at_work(w, h), "q")),
];

/// Presses chords, everything that they ask answered.
fn then(mut app: App, chords: &str) -> App {
    ask(&mut app, chords);
    app
}

/// The address of the console, where no browser opens it.
fn link(width: u16, height: u16) -> App {
    let mut app = sample::app(width, height);
    let effects = press(&mut app, "b");
    let [Effect::Open { ticket, .. }] = &effects[..] else { panic!("{effects:?}") };
    let why = Mishap("no browser can be opened over ssh".into());
    app.update(Msg::Answer(*ticket, Answer::Opened(Err(why))));
    app
}

/// The code of an MFA device is asked for, the last one was wrong.
fn code(width: u16, height: u16) -> App {
    let mut app = sample::app(width, height);
    let device = Device { profile: "dba-prod".into(), serial: "arn:aws:iam::111111111111:mfa/me".into() };
    let why =
        "the code was not accepted: MultiFactorAuthentication failed with invalid MFA one time pass code.";
    let fault = sample::fault(FaultClass::NoCredentials);
    let fault = Fault { message: why.into(), remedy: Some(Box::new(Remedy::Code(device))), ..fault };
    app.update(Msg::Reports(vec![Report::SignInFailed { name: "vault".into(), fault }]));
    type_in(&mut app, "12");
    app
}

/// The deck after chords and what was typed then.
fn deck(width: u16, height: u16, chords: &str, typed: &str) -> App {
    let mut app = sample::app(width, height);
    press(&mut app, chords);
    type_in(&mut app, typed);
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
