//! The lines at the foot of the screen: the filter and the commands.

use super::*;

#[test]
fn the_filter_follows_every_letter_and_escape_takes_it_back() {
    let mut app = app(80, 24);
    let all = listed(&app).len();
    press(&mut app, "j j j j");
    let before = under_cursor(&app);
    press(&mut app, "/");
    type_in(&mut app, "enc:none");
    assert!(listed(&app).len() < all);
    press(&mut app, "Esc");
    assert_eq!((listed(&app).len(), under_cursor(&app)), (all, before));
    press(&mut app, "/ l e d g e r Enter");
    assert_eq!(listed(&app).len(), 3);
    assert_eq!(app.context(), Context::Table);
    press(&mut app, "Esc");
    assert_eq!(listed(&app).len(), all, "the deck's own Esc takes the filter away");
}

#[test]
fn a_mistake_in_the_filter_filters_nothing_away_and_is_shown() {
    let mut app = app(80, 24);
    let all = listed(&app);
    press(&mut app, "/");
    type_in(&mut app, "encr:none");
    assert_eq!(listed(&app), all, "what was typed on the way to the mistake filters nothing away either");
    press(&mut app, "ctrl-u");
    type_in(&mut app, "ledger");
    let before = listed(&app);
    type_in(&mut app, " enc:nonee");
    assert_eq!(listed(&app), before);
    let below = &app.prompt().expect("a prompt").below;
    assert!(below[0].text.contains("nonee") && below[0].tone == prose::Tone::Danger, "{below:?}");
    press(&mut app, "Enter");
    assert_eq!(app.context(), Context::FilterLine, "a mistake is not kept");
}

#[test]
fn the_filter_is_completed_and_remembered() {
    let mut app = app(80, 24);
    press(&mut app, "/ e n c Tab");
    assert_eq!(app.prompt().expect("a prompt").line.text(), "enc:");
    type_in(&mut app, "none");
    press(&mut app, "Enter /");
    press(&mut app, "ctrl-u Up");
    assert_eq!(app.prompt().expect("a prompt").line.text(), "enc:none");
    press(&mut app, "Down");
    assert_eq!(app.prompt().expect("a prompt").line.text(), "");
}

#[test]
fn the_digits_choose_views() {
    let mut app = app(80, 24);
    for (chord, view) in ["1", "2", "3", "4", "5", "6", "7", "8"].into_iter().zip(View::ALL) {
        press(&mut app, chord);
        assert_eq!(app.deck.listing.view(), view);
    }
    press(&mut app, "7");
    assert_eq!(listed(&app), ["orders-prod-before-migration"]);
}

#[test]
fn commands_do_what_their_words_say() {
    let mut app = app(80, 24);
    let mut order = |line: &str| {
        press(&mut app, ":");
        type_in(&mut app, line);
        (press(&mut app, "Enter"), app.clone())
    };
    assert_eq!(order("sort size desc").1.deck.listing.order().by, Column::Size);
    assert_eq!(listed(&order("public").1).len(), 1);
    order("all");
    assert_eq!(listed(&order("account dr").1).len(), 3);
    assert_eq!(listed(&order("account all").1).len(), 14);
    assert_eq!(listed(&order("region euw1").1).len(), 6);
    order("region");
    assert_eq!(listed(&order("filter enc:none share:public").1).len(), 1);
    assert_eq!(order("refresh").0, [Effect::Refresh(Which::Everything)]);
    assert!(
        matches!(&order("save x.json").0[..], [Effect::Save { name, text, .. }] if name == "x.json" && text.starts_with("{\"snapshots\""))
    );
    assert_eq!(order("help").1.context(), Context::Help);
    press(&mut app, "Esc :");
    type_in(&mut app, "q");
    assert_eq!(press(&mut app, "Enter"), [Effect::Quit]);
}

#[test]
fn a_command_that_is_none_stays_to_be_mended() {
    for (line, says) in [
        ("destroy", "no command \"destroy\""),
        ("sort", "it needs a column"),
        ("sort colour", "not a column"),
        ("account nobody", "not an account"),
        ("filter enc:nonee", "nonee"),
    ] {
        let mut app = app(80, 24);
        press(&mut app, ":");
        type_in(&mut app, line);
        press(&mut app, "Enter");
        let below = app.prompt().expect("a prompt").below;
        assert!(below[0].text.contains(says), "{line}: {below:?}");
    }
}
