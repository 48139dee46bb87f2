//! What the application promises: chords in, effects and layers out, and what always holds.

use super::layout::Pane;
use super::sample::{self, PROD, app, empty, press, snapshot, type_in};
use super::*;
use crate::domain::{FaultClass, Round, Share, Unasked};
use crate::input::Turn;
use crate::query::{Column, Filter, View};

mod dialogs;
mod handed_out;
mod home;
mod jobs;
mod monkey;
mod prompts;
mod readers;

fn under_cursor(app: &App) -> String {
    app.deck.row().map_or_else(String::new, |row| row.snapshot.arn.name().to_string())
}

fn listed(app: &App) -> Vec<String> {
    let rows = app.deck.listing.rows().iter().filter_map(|id| app.deck.inventory.row(*id));
    rows.map(|row| row.snapshot.arn.name().to_string()).collect()
}

fn notice(app: &App) -> String {
    app.notice().map_or_else(String::new, |notice| notice.text.to_string())
}

fn ticket_of(effects: &[Effect]) -> Ticket {
    match effects.first() {
        Some(
            Effect::Ask(ticket, _)
            | Effect::Copy { ticket, .. }
            | Effect::Save { ticket, .. }
            | Effect::Open { ticket, .. },
        ) => *ticket,
        other => panic!("no ticket in {other:?}"),
    }
}

/// What a chord can change, without what only counts frames.
fn state(app: &App) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        app.picture(),
        app.layers,
        app.deck.focus,
        app.layout(),
        app.tree(),
        app.details()
    )
}

#[test]
fn ctrl_c_leaves_from_anywhere_and_q_at_the_top_only() {
    for chords in ["?", "/", ":", "o", "A", "R", "ctrl-s", "J", "h", "Enter"] {
        let mut app = app(80, 24);
        press(&mut app, chords);
        assert_eq!(press(&mut app, "ctrl-c"), [Effect::Quit], "{chords}");
    }
    assert_eq!(press(&mut app(80, 24), "q"), [Effect::Quit]);
    assert_eq!(press(&mut app(80, 24), "? q"), []);
    assert_eq!(press(&mut app(80, 24), "/ q"), [], "in a line it is a letter");
    assert_eq!(press(&mut app(80, 24), ": ctrl-z"), [Effect::Suspend]);
}

#[test]
fn rows_on_the_screen_are_looked_at_first_and_once() {
    let mut app = empty(80, 24);
    let mut looks = Vec::new();
    for report in sample::reports() {
        looks.extend(app.update(Msg::Reports(vec![report])));
    }
    let [Effect::Look(rows)] = &looks[..] else { panic!("{looks:?}") };
    assert_eq!(rows[0].1.exact_name(), "orders-prod-copy-for-the-dr-drill-2");
    assert_eq!(press(&mut app, "j"), [], "nothing new came onto the screen");
}

#[test]
fn the_cursor_stays_on_its_snapshot_while_pages_arrive() {
    let mut app = app(80, 24);
    press(&mut app, "j j");
    let before = under_cursor(&app);
    let (scope, round) = (sample::scope("222222222222", "us-east-1"), Round(1));
    let rows = (0..200).map(|n| sample::aged(snapshot(&scope, &format!("new-{n}")), n)).collect();
    app.update(Msg::Reports(vec![Report::Started { scope: scope.clone(), round }]));
    app.update(Msg::Reports(vec![Report::Page { scope, round, rows }]));
    assert_eq!(under_cursor(&app), before);
}

#[test]
fn a_cursor_that_nobody_moved_stays_at_the_top() {
    let mut app = empty(80, 24);
    for report in sample::reports() {
        app.update(Msg::Reports(vec![report]));
        assert_eq!(app.deck.cursor.index(), 0);
    }
    assert_eq!(under_cursor(&app), listed(&app)[0]);
}

#[test]
fn a_snapshot_that_vanishes_hands_the_cursor_to_its_neighbour() {
    let mut app = app(80, 24);
    press(&mut app, "G k");
    let names = listed(&app);
    assert_eq!(under_cursor(&app), "warehouse-\\u{202e}evil");
    let scope = sample::scope("222222222222", "eu-west-1");
    app.update(Msg::Reports(vec![Report::Started { scope: scope.clone(), round: Round(2) }]));
    app.update(Msg::Reports(vec![Report::Complete { scope, round: Round(2) }]));
    assert_eq!(under_cursor(&app), *names.last().expect("a row"));
}

#[test]
fn the_tree_narrows_the_table_to_where_it_is() {
    let mut app = app(120, 40);
    press(&mut app, "h j");
    assert_eq!(listed(&app).len(), 11);
    press(&mut app, "j j j");
    assert_eq!(listed(&app).len(), 3);
    press(&mut app, "Left");
    assert_eq!(listed(&app).len(), 11, "folding leads to the account");
    press(&mut app, "Esc Esc");
    assert_eq!((listed(&app).len(), app.focus()), (14, Pane::Table));
}

#[test]
fn what_failed_says_who_was_denied_what_and_is_read_again() {
    let mut app = app(120, 40);
    press(&mut app, "h j j j Enter");
    assert_eq!(app.context(), Context::Failure);
    let text = format!("{:?}", app.sheets()[0].lines);
    for says in [
        "rds:DescribeDBSnapshots",
        "service control policy",
        "assumed-role/team/dba",
        "AccessDenied",
        "7f3a2c10",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    let scope = sample::scope(PROD, "ap-southeast-2");
    assert_eq!(press(&mut app, "r"), [Effect::Refresh(Which::Scope(scope.clone()))]);
    app.update(Msg::Reports(vec![Report::Started { scope, round: Round(2) }]));
    assert!(format!("{:?}", app.sheets()[0].lines).contains("being read"), "it follows the new attempt");
    press(&mut app, "Esc G k Enter");
    assert_eq!(press(&mut app, "r"), [Effect::Refresh(Which::Account("lab".into()))]);
}

#[test]
fn pickers_choose_by_typing_and_by_space() {
    let mut app = app(80, 24);
    press(&mut app, "A d r Enter");
    assert_eq!(listed(&app).len(), 3);
    press(&mut app, "A Space Down Space Enter");
    assert_eq!(listed(&app).len(), 11, "prod instead of dr");
    press(&mut app, "A ctrl-a ctrl-a Enter");
    assert_eq!(listed(&app).len(), 14);
    press(&mut app, "R e u Space Enter");
    assert_eq!(listed(&app).len(), 6);
}

#[test]
fn the_order_turns_round_when_it_is_chosen_again() {
    let mut app = app(80, 24);
    let before = listed(&app);
    press(&mut app, "o Enter");
    assert_ne!(listed(&app), before);
    press(&mut app, "o Enter");
    assert_eq!(listed(&app), before);
    let head = app.table().heads[0];
    app.update(Msg::Input(Event::Click { col: head.x + 2, row: 2 }));
    assert_eq!(app.deck.listing.order().by, Column::Id, "a click on a heading sorts");
}

#[test]
fn the_mouse_reaches_rows_nodes_and_folds() {
    let mut app = app(150, 45);
    let layout = app.layout().expect("a layout");
    let table = layout.table.expect("a table").inner();
    app.update(Msg::Input(Event::Click { col: table.x + 9, row: table.y + 3 }));
    assert_eq!((app.deck.cursor.index(), app.focus()), (2, Pane::Table));
    app.update(Msg::Input(Event::Wheel { col: table.x, row: table.y + 3, turn: Turn::Down }));
    assert_eq!(app.deck.cursor.index(), 2, "all rows are on the screen: nothing scrolls");
    let tree = layout.tree.expect("a tree").inner();
    app.update(Msg::Input(Event::Click { col: tree.x, row: tree.y + 1 }));
    assert_eq!((app.tree().0[1].fold, listed(&app).len()), (Fold::Closed, 11));
    press(&mut app, "?");
    app.update(Msg::Input(Event::Wheel { col: 9, row: 9, turn: Turn::Down }));
    assert!(app.sheets()[0].foot.starts_with("4-"), "{}", app.sheets()[0].foot);
    app.update(Msg::Input(Event::Click { col: 0, row: 5 }));
    assert!(app.sheets().is_empty(), "a click beside a sheet closes it");
}

#[test]
fn what_comes_together_is_taken_in_as_if_it_came_one_by_one() {
    let [mut together, mut alone] = [(); 2].map(|()| sample::empty(120, 40));
    together.update(Msg::Reports(sample::reports()));
    for report in sample::reports() {
        alone.update(Msg::Reports(vec![report]));
    }
    assert_eq!(together.picture(), alone.picture());
    let all = |app: &App| app.deck.listing.rows().to_vec();
    assert_eq!(all(&together), all(&alone));
}

#[test]
fn nothing_is_drawn_while_nothing_that_is_shown_changes() {
    let mut app = app(80, 24);
    assert!(app.needs_frame() && !app.needs_frame());
    app.update(Msg::Clock(sample::now() + jiff::SignedDuration::from_secs(2)));
    assert!(!app.needs_frame(), "no age on the screen has changed");
    app.update(Msg::Clock(sample::now() + jiff::SignedDuration::from_mins(2)));
    assert!(app.needs_frame());
    let first = app.deck.row().expect("a row").snapshot.arn.clone();
    let share = |share| {
        Msg::Reports(vec![Report::Shared { account: sample::account_id(PROD), arn: first.clone(), share }])
    };
    press(&mut app, "2");
    app.needs_frame();
    app.update(share(Share::NotShareable));
    assert!(!app.needs_frame(), "a row that is not on the screen");
}

#[test]
fn every_hint_does_something_here_and_now() {
    for places in [
        "",
        "h",
        "h j",
        "h j j j",
        "Enter",
        "/",
        "/ e n c",
        ":",
        ": s",
        "o",
        "A",
        "ctrl-s",
        "?",
        "J",
        "h j j j Enter",
    ] {
        for (width, height) in [(80, 24), (150, 45)] {
            let mut at = app(width, height);
            if !places.is_empty() {
                press(&mut at, places);
            }
            for hint in at.hints() {
                let mut tried = at.clone();
                let effects = press(&mut tried, &hint.chord);
                let moved = state(&tried) != state(&at) || tried.notice.is_some();
                // A short text has no second page; its hints are those of the long ones.
                let paging = hint.label.starts_with("page");
                assert!(moved || !effects.is_empty() || paging, "{places:?} at {width}: {hint:?}");
            }
        }
    }
}

#[test]
fn an_empty_table_says_which_empty_it_is() {
    let says = |app: &App| {
        let lines = app.emptiness(200).expect("nothing is listed");
        lines.into_iter().flatten().map(|piece| piece.text + " ").collect::<String>()
    };
    let mut reports = sample::reports().into_iter();
    let mut app = empty(120, 40);
    assert!(says(&app).contains("Looking for accounts"));
    app.update(Msg::Reports(vec![reports.next().expect("the accounts")]));
    assert!(says(&app).contains("Signing in to 4 accounts"), "{}", says(&app));
    for name in ["prod", "dr", "lab", "vault"] {
        let fault = sample::fault(FaultClass::NoCredentials);
        app.update(Msg::Reports(vec![Report::SignInFailed { name: name.into(), fault }]));
    }
    assert!(
        says(&app).contains("No AWS credentials") && says(&app).contains("aws sso login"),
        "{}",
        says(&app)
    );

    let mut app = empty(120, 40);
    let scope = sample::scope("222222222222", "eu-west-1");
    for report in sample::reports().into_iter().take(4) {
        app.update(Msg::Reports(vec![report]));
    }
    assert!(says(&app).contains("0 of 6 scopes read"), "{}", says(&app));
    for round in [Round(1)] {
        let all: Vec<_> = app.deck.inventory.scopes().map(|(scope, _)| scope.clone()).collect();
        for scope in all {
            app.update(Msg::Reports(vec![Report::Started { scope: scope.clone(), round }]));
            app.update(Msg::Reports(vec![Report::Complete { scope, round }]));
        }
    }
    let fault = sample::fault(FaultClass::ExpiredCredentials);
    app.update(Msg::Reports(vec![Report::SignInFailed { name: "vault".into(), fault }]));
    assert!(
        says(&app).contains("There are no snapshots") && says(&app).contains("eu-west-1"),
        "{}",
        says(&app)
    );
    assert!(says(&app).contains("2 accounts could not be read"), "{}", says(&app));

    let page = Report::Page { scope: scope.clone(), round: Round(1), rows: vec![snapshot(&scope, "one")] };
    app.update(Msg::Reports(vec![page]));
    press(&mut app, "/");
    type_in(&mut app, "nowhere");
    assert!(says(&app).contains("nowhere") && says(&app).contains("Esc takes it away"), "{}", says(&app));
}

#[test]
fn a_filter_of_the_options_is_in_force_from_the_start() {
    let filter = Filter::parse("ledger").expect("a filter");
    let mut app = App::new(Options { filter, ..sample::options(80, 24) });
    for report in sample::reports() {
        app.update(Msg::Reports(vec![report]));
    }
    assert_eq!(listed(&app).len(), 3);
}

#[test]
fn share_states_that_are_unknown_are_never_private() {
    let app = app(80, 24);
    let rows = app.table().rows;
    for (row, id) in rows.iter().zip(app.deck.visible()) {
        let share = &app.deck.inventory.row(*id).expect("a row").snapshot.share;
        let text: String = row.cells.iter().flatten().map(|piece| piece.text.as_str()).collect();
        if matches!(share, Share::Unknown(Unasked::NotYet | Unasked::Refused)) {
            assert!(!text.contains("private"), "{text}");
        }
    }
}
