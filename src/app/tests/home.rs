//! At home: the command line, the search in the help, what a chord says that cannot act, the mouse, the console.

use super::*;
use crate::app::layout::Rect;
use crate::app::sample::ask;
use crate::domain::Theme;
use crate::query::Order;

/// Gives a command, and the effects of it.
fn command(app: &mut App, line: &str) -> Vec<Effect> {
    press(app, ":");
    type_in(app, line);
    press(app, "Enter")
}

fn below(app: &App) -> String {
    let prompt = app.prompt().expect("a prompt");
    prompt.below.iter().map(|piece| piece.text.as_str()).collect()
}

/// The words of the topmost sheet.
fn sheet(app: &App) -> String {
    let sheets = app.sheets();
    let lines = &sheets.last().expect("a sheet").lines;
    let line = |line: &prose::Line| line.iter().map(|piece| piece.text.as_str()).collect::<String>();
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_command_line_chooses_views_themes_and_who_has_the_mouse() {
    let mut app = app(80, 24);
    command(&mut app, "view public");
    assert_eq!(app.deck.listing.view(), View::Public);
    let theme: Theme = "high-contrast".parse().expect("a theme");
    assert_eq!(command(&mut app, "theme high-contrast"), [Effect::Theme(theme)]);
    assert_eq!(command(&mut app, "mouse off"), [Effect::Mouse(Mouse::Terminal)]);
    assert_eq!(app.mouse(), Mouse::Terminal);
    assert!(notice(&app).contains("its own selection"), "{}", notice(&app));
    assert_eq!(press(&mut app, "M"), [Effect::Mouse(Mouse::Deck)]);
}

#[test]
fn what_can_follow_is_completed_round_and_round() {
    let mut app = app(80, 24);
    let mut completed = |typed: &str, chords: &str| {
        press(&mut app, ":");
        type_in(&mut app, typed);
        press(&mut app, chords);
        let text = app.prompt().expect("a prompt").line.text().to_owned();
        press(&mut app, "Esc");
        text
    };
    assert_eq!(completed("theme high", "Tab"), "theme high-contrast");
    assert_eq!(completed("view pr", "Tab"), "view problems");
    assert_eq!(completed("mouse ", "Tab Tab Tab"), "mouse on", "the first comes again after the last");
    assert_eq!(completed("sort ", "shift-Tab"), "sort created");
    assert_eq!(completed("account d", "Tab"), "account dr");
}

#[test]
fn a_word_that_is_none_says_which_there_are_and_escape_loses_nothing() {
    let mut app = app(80, 24);
    for (line, says) in [
        ("destroy", "no command \"destroy\": view filter sort region account theme save quit"),
        ("view mine", "\"mine\" is not a view: all, manual, automated"),
        ("theme drak", "there is no theme \"drak\": there are auto, dark"),
        ("sort colour", "\"colour\" is not a column to sort by: id, type"),
        ("region mars-1", "\"mars-1\" is not a region that is read: ap-east-1"),
        ("mouse maybe", "\"maybe\" is not on or off"),
        ("theme", "it needs a theme after it"),
    ] {
        command(&mut app, line);
        assert!(below(&app).starts_with(says), "{line}: {}", below(&app));
        press(&mut app, "Esc : Up");
        assert_eq!(app.prompt().expect("a prompt").line.text(), line);
        press(&mut app, "Esc");
    }
}

#[test]
fn the_help_is_searched_and_left_step_by_step() {
    let mut app = app(80, 24);
    press(&mut app, "?");
    let all = sheet(&app);
    press(&mut app, "/");
    assert_eq!(app.context(), Context::HelpSearch);
    type_in(&mut app, "clipboard? no: json");
    assert!(sheet(&app).contains("Nothing in this help"), "{}", sheet(&app));
    press(&mut app, "ctrl-u j s o n");
    assert!(sheet(&app).contains("The snapshot as AWS gives it."), "{}", sheet(&app));
    assert!(!sheet(&app).contains("One up."), "{}", sheet(&app));
    press(&mut app, "Enter");
    assert_eq!(app.context(), Context::Help, "the letters are chords again, and what was found stays");
    assert!(!sheet(&app).contains("One up."));
    press(&mut app, "Esc");
    assert_eq!(sheet(&app), all);
    press(&mut app, "Esc");
    assert_eq!(app.context(), Context::Table);
}

#[test]
fn a_chord_that_does_nothing_says_why() {
    let mut nothing = empty(80, 24);
    for (chord, says) in [
        ("Enter", "there is no snapshot under the cursor"),
        ("Space", "there is no snapshot under the cursor"),
        ("ctrl-s", "there is nothing to save"),
        ("Right", "the table is not wide"),
        ("Esc", "there is nothing to go back from"),
        ("W", "W does nothing here: ? shows what does"),
    ] {
        assert_eq!(press(&mut nothing, chord), [], "{chord}");
        assert!(notice(&nothing).contains(says), "{chord}: {}", notice(&nothing));
    }
    press(&mut nothing, "w Right");
    assert_eq!(notice(&nothing), "", "what acts says nothing");
    let mut dialog = sample::at(80, 24, "orders-nightly-1", "c");
    ask(&mut dialog, "alt-u");
    assert_eq!(notice(&dialog), "nothing was changed yet");
}

#[test]
fn borders_between_panes_are_drawn_with_the_mouse() {
    let mut app = app(200, 50);
    let tree = |app: &App| app.layout().and_then(|layout| layout.tree).map(|rect| rect.width);
    let details = |app: &App| app.layout().and_then(|layout| layout.details).map(|rect| rect.width);
    let drag = |app: &mut App, from: u16, to: u16| {
        for event in [Event::Click { col: from, row: 9 }, Event::Drag { col: to }, Event::Release] {
            app.update(Msg::Input(event));
        }
        // Nobody holds it any more.
        app.update(Msg::Input(Event::Drag { col: 3 }));
    };
    let Rect { x, width, .. } = app.layout().and_then(|layout| layout.table).expect("a table");
    drag(&mut app, x, 39);
    assert_eq!(tree(&app), Some(40));
    drag(&mut app, x + width, 120);
    assert_eq!(details(&app), Some(80));
    drag(&mut app, 39, 0);
    assert_eq!(tree(&app), Some(16), "a pane keeps room for what it is there for");
    drag(&mut app, 8, 20);
    assert_eq!(tree(&app), Some(16), "only a border is drawn");
}

#[test]
fn without_a_browser_the_address_of_the_console_is_copied_and_shown_whole() {
    let mut app = app(80, 24);
    let effects = press(&mut app, "b");
    let Effect::Open { url, .. } = &effects[0] else { panic!("{effects:?}") };
    let why = Mishap("no browser can be opened over ssh".into());
    let copied = app.update(Msg::Answer(ticket_of(&effects), Answer::Opened(Err(why))));
    assert!(matches!(&copied[..], [Effect::Copy { text, .. }] if text == url), "{copied:?}");
    let shown = sheet(&app).replace(['\n', ' '], "");
    assert!(shown.contains(url.as_str()), "{shown}");
    assert!(matches!(&press(&mut app, "y")[..], [Effect::Copy { text, .. }] if text == url));
    press(&mut app, "Esc");
    assert_eq!(app.context(), Context::Table);
}

#[test]
fn the_window_is_called_by_what_the_cursor_is_on() {
    assert_eq!(empty(80, 24).window_title(), "snapdeck - DEMO");
    assert_eq!(app(80, 24).window_title(), "snapdeck - DEMO - prod PROD");
    assert!(sample::at_work(80, 24).window_title().ends_with(" under way"));
}

#[test]
fn the_deck_opens_as_the_settings_say() {
    let mut options = sample::options(80, 24);
    options.opening.view = View::Problems;
    options.opening.order = Order { by: Column::Size, direction: Direction::Descending };
    let app = App::new(options);
    assert_eq!((app.deck.listing.view(), app.deck.listing.order().by), (View::Problems, Column::Size));
}

#[test]
fn the_last_screen_names_the_chords_that_the_settings_gave() {
    let keys = [("copy-commands", "F9"), ("save-script", "F10")];
    let mut options = sample::options(80, 24);
    options.keymap = Keymap::with(&keys).expect("a keymap");
    options.badges.access = crate::domain::Access::ReadOnly;
    let mut app = App::new(options);
    for report in sample::reports().into_iter().chain(sample::fresh()) {
        app.update(Msg::Reports(vec![report]));
    }
    press(&mut app, "/");
    type_in(&mut app, "orders-nightly-1");
    press(&mut app, "Enter");
    ask(&mut app, "c");
    ask(&mut app, "Enter");
    let words = sheet(&app).replace('\n', " ");
    assert!(words.contains("F9 copies them, F10 saves a script"), "{words}");
    assert!(!words.contains("ctrl-s") && !words.contains(": C copies"), "{words}");
}
