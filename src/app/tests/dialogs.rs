//! The dialogs: what is typed, chosen and mended, and that nothing of it goes astray.

use proptest::prelude::*;

use super::*;
use crate::app::prose::line_width;
use crate::app::sample::{answer, ask, at, deliver, fuller, many};
use crate::domain::Argument;

/// Everything on the sheets, and which line has the focus.
fn shown(app: &App) -> String {
    let sheets = app.sheets();
    let lines = sheets.iter().flat_map(|sheet| {
        let lines = sheet.lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect());
        std::iter::once(format!("{} {:?}", sheet.title, sheet.at)).chain(lines)
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// The line that has the focus.
fn focused(app: &App) -> String {
    let sheets = app.sheets();
    let sheet = sheets.iter().rfind(|sheet| sheet.at.is_some()).expect("a sheet with a focus");
    sheet.lines[sheet.at.unwrap_or(0)].iter().map(|piece| piece.text.as_str()).collect()
}

/// Pastes, everything that it asks answered.
fn paste(app: &mut App, text: &str) {
    let effects = app.update(Msg::Input(Event::Paste(text.to_owned())));
    deliver(app, effects);
}

fn pick(app: &mut App, typed: &str) {
    ask(app, "Space");
    paste(app, typed);
    ask(app, "Enter");
}

/// A parameter of every order that is sent.
fn sent(effects: &[Effect], parameter: &str) -> Vec<Argument> {
    let orders = effects.iter().filter_map(|effect| match effect {
        Effect::Run { orders, .. } => Some(orders),
        _ => None,
    });
    let steps = orders.flat_map(crate::plan::Orders::steps);
    steps.filter_map(|step| step.call.parameter(parameter).cloned()).collect()
}

/// A copy to another region, which needs a key that is not there.
fn blocked() -> App {
    let mut app = at(120, 40, "orders-prod-2026-11-24 share:shared", "c");
    ask(&mut app, "Tab");
    pick(&mut app, "eu-west-1");
    app
}

#[test]
fn undo_brings_everything_back_one_change_at_a_time() {
    let mut app = at(120, 40, "orders-prod-2026-11-24 share:shared", "c");
    let mut before = Vec::new();
    let mut change = |app: &mut App, what: &dyn Fn(&mut App)| {
        before.push(shown(app));
        what(app);
        assert_ne!(before.last(), Some(&shown(app)));
    };
    ask(&mut app, "Tab");
    change(&mut app, &|app| pick(app, "eu-west-1"));
    change(&mut app, &|app| drop(ask(app, "f")));
    ask(&mut app, "Tab");
    change(&mut app, &|app| drop(ask(app, "x y z Backspace")));
    ask(&mut app, "Tab Tab Tab");
    change(&mut app, &|app| drop(ask(app, "Space")));
    while let Some(was) = before.pop() {
        ask(&mut app, "alt-u");
        // The focus is where the change was made.
        assert_eq!(shown(&app).lines().count(), was.lines().count());
        let without_focus = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(without_focus(&shown(&app)), without_focus(&was));
    }
    let after = shown(&app);
    ask(&mut app, "alt-u");
    assert_eq!(shown(&app), after, "there is nothing left to take back");
}

#[test]
fn an_answer_to_a_dialog_that_was_closed_lands_in_no_other() {
    let mut app = fuller(120, 40);
    let asked = |effects: Vec<Effect>| {
        let one = |effect| match effect {
            Effect::Ask(ticket, Question::Fact(question)) => Some((ticket, question)),
            _ => None,
        };
        effects.into_iter().filter_map(one).collect::<Vec<_>>()
    };
    press(&mut app, "g j");
    let old = asked(press(&mut app, "c"));
    press(&mut app, "Esc");
    let new = asked(press(&mut app, "c"));
    assert!(!old.is_empty() && old.len() == new.len(), "the same is asked again: {old:?} {new:?}");
    let before = shown(&app);
    for (ticket, question) in old {
        let said = Answer::Fact(answer(&question).map(Box::new));
        assert_eq!(app.update(Msg::Answer(ticket, said)), []);
        assert_eq!(shown(&app), before, "{question:?}");
    }
    let (ticket, question) = &new[0];
    app.update(Msg::Answer(*ticket, Answer::Fact(answer(question).map(Box::new))));
    assert_ne!(shown(&app), before, "its own answer is taken in");
}

#[test]
fn a_fact_is_asked_once_however_much_is_typed() {
    let mut app = at(120, 40, "orders-nightly-1", "c");
    ask(&mut app, "Tab Tab");
    let mut asked = Vec::new();
    for chord in ["x", "Backspace", "y", "Left", "z"] {
        asked.extend(press(&mut app, chord));
    }
    assert_eq!(asked, [], "a name is judged by what is known");
}

#[test]
fn what_is_pasted_is_text_and_no_chord() {
    let mut app = at(120, 40, "orders-nightly-1", "c");
    let before = shown(&app);
    paste(&mut app, "fFXu\r\nD");
    assert_eq!(shown(&app), before, "nothing is typed into a field that is chosen");
    ask(&mut app, "Tab Tab");
    paste(&mut app, "from-the-clipboard");
    assert!(
        focused(&app).ends_with("from-the-clipboard"),
        "it stands for what was proposed: {}",
        focused(&app)
    );
    paste(&mut app, "-2\n");
    assert_eq!(app.context(), Context::FormText, "a line end in it reviews nothing");
    assert!(focused(&app).contains("from-the-clipboard-2"), "{}", focused(&app));
}

#[test]
fn what_is_typed_goes_on_from_what_was_proposed() {
    let mut app = at(120, 40, "orders-nightly-1", "c");
    ask(&mut app, "Tab Tab - 2");
    assert!(focused(&app).ends_with("orders-nightly-1-copy-2"), "{}", focused(&app));
}

#[test]
fn the_first_field_in_error_gets_the_focus_on_review() {
    let mut app = blocked();
    ask(&mut app, "shift-Tab Enter");
    assert!(focused(&app).starts_with(" Key"), "{}", focused(&app));
    assert_eq!(notice(&app), "1 thing blocks");
    assert_eq!(app.context(), Context::Form, "what is blocked has no last screen");
}

#[test]
fn a_field_that_a_way_out_changed_is_marked_until_it_is_touched() {
    let mut app = blocked();
    ask(&mut app, "f Tab Tab");
    assert!(focused(&app).starts_with(" Key") && shown(&app).contains("  changed"), "{}", shown(&app));
    pick(&mut app, "alias/off");
    assert!(!shown(&app).contains("  changed"), "{}", shown(&app));
}

#[test]
fn a_text_that_a_way_out_changed_is_marked_while_it_has_the_focus() {
    let mut app = at(120, 40, "orders-nightly-1", "c");
    ask(&mut app, "Tab Tab");
    paste(&mut app, "9-nightly");
    ask(&mut app, "ctrl-x");
    assert!(focused(&app).ends_with("9-nightly  changed"), "{}", focused(&app));
    ask(&mut app, "x");
    assert!(focused(&app).ends_with("9-nightlyx"), "{}", focused(&app));
}

#[test]
fn names_of_several_never_collide() {
    let mut app = fuller(120, 40);
    press(&mut app, "/");
    type_in(&mut app, "name:orders-nightly-2");
    press(&mut app, "Enter");
    assert_eq!(listed(&app).len(), 2, "a snapshot and its namesake elsewhere");
    ask(&mut app, "Space Space c Tab");
    pick(&mut app, "eu-west-1");
    let effects = ask(&mut app, "Enter Enter");
    let names: Vec<Argument> = sent(&effects, "TargetDBSnapshotIdentifier");
    assert_eq!(names.len(), 2, "{}", shown(&app));
    assert_ne!(names[0], names[1]);
}

#[test]
fn tags_are_sent_as_they_are_typed() {
    let mut app = at(120, 40, "orders-nightly-1", "c");
    ask(&mut app, "shift-Tab");
    assert!(focused(&app).starts_with(" Tags"), "{}", focused(&app));
    paste(&mut app, "env=prod, owner = the team ,flag");
    let effects = ask(&mut app, "Enter Enter");
    let tags = sent(&effects, "Tags");
    let [Argument::Tags(tags)] = &tags[..] else { panic!("{effects:?} {}", shown(&app)) };
    let pairs: Vec<_> = tags.iter().map(|tag| (tag.key.exact(), tag.value.exact())).collect();
    assert_eq!(pairs, [("env", "prod"), ("owner", "the team"), ("flag", "")]);
}

#[test]
fn what_is_blocked_is_left_out_and_comes_back() {
    let mut app = many(120, 40, "c");
    let all = shown(&app);
    assert!(all.contains("12: "), "{all}");
    ask(&mut app, "X");
    assert!(!shown(&app).contains("12: ") && !shown(&app).contains("ERROR"), "{}", shown(&app));
    ask(&mut app, "u");
    assert_eq!(shown(&app), all);
}

#[test]
fn deleting_needs_the_name_to_the_letter() {
    let mut app = at(120, 40, "orders-nightly-1", "D");
    assert_eq!(ask(&mut app, "Enter Enter"), []);
    assert_eq!(notice(&app), "nothing was sent: type orders-nightly-1 first");
    paste(&mut app, "orders-nightly-11");
    assert_eq!(ask(&mut app, "Enter"), []);
    let effects = ask(&mut app, "Backspace Enter");
    assert_eq!(sent(&effects, "DBSnapshotIdentifier"), [Argument::Text("orders-nightly-1".into())]);
}

/// One thing that a user, or AWS, does while a dialog is open.
#[derive(Debug, Clone)]
enum Doing {
    Chord(usize),
    Paste(String),
    Click(u16, u16),
    Resize(u16, u16),
    /// AWS answers so many of the questions that are out.
    Answer(usize),
}

fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        8 => (0usize..500).prop_map(Doing::Chord),
        2 => "[a-z0-9=,/:* \\\\\u{e9}\u{202e}\n-]{1,12}".prop_map(Doing::Paste),
        1 => prop::sample::select(vec!["eu-west-1", "dba", "222222222222", "orders-nightly-1"])
            .prop_map(|text| Doing::Paste(text.to_owned())),
        2 => (0u16..130, 0u16..45).prop_map(|(col, row)| Doing::Click(col, row)),
        1 => (30u16..160, 6u16..50).prop_map(|(width, height)| Doing::Resize(width, height)),
        4 => (1usize..20).prop_map(Doing::Answer),
    ]
}

/// What is drawn stays within its place, whatever it says.
fn check_sheets(app: &App) {
    app.hints();
    for sheet in app.sheets() {
        let inner = sheet.area.inner();
        assert!(sheet.lines.len() <= usize::from(inner.height), "{}: {:?}", sheet.title, sheet.lines);
        for line in &sheet.lines {
            assert!(line_width(line) <= usize::from(inner.width), "{}: {line:?}", sheet.title);
        }
        if let Some(entry) = sheet.entry {
            assert!(entry.line < sheet.lines.len() && entry.column < usize::from(inner.width).max(1));
        }
        assert!(sheet.at.is_none_or(|at| at < sheet.lines.len().max(1)), "{}: {:?}", sheet.title, sheet.at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_in_a_dialog_it_holds_together(
        row in 0usize..24,
        marks in 0usize..4,
        opener in prop::sample::select(vec!["c", "s", "e", "D", "a"]),
        all in prop::collection::vec(doing(), 1..60),
    ) {
        let mut app = fuller(80, 24);
        press(&mut app, "g");
        for _ in 0..row {
            press(&mut app, "j");
        }
        for _ in 0..marks {
            press(&mut app, "Space");
        }
        let chords: Vec<Chord> = app.keymap.bindings().iter().flat_map(|one| one.chords.clone()).collect();
        let mut out = press(&mut app, opener);
        for doing in &all {
            let context = app.context();
            let effects = match doing {
                Doing::Chord(n) => app.update(Msg::Input(Event::Chord(chords[n % chords.len()]))),
                Doing::Paste(text) => app.update(Msg::Input(Event::Paste(text.clone()))),
                Doing::Click(col, row) => app.update(Msg::Input(Event::Click { col: *col, row: *row })),
                Doing::Resize(width, height) => {
                    app.update(Msg::Input(Event::Resize { width: *width, height: *height }))
                }
                Doing::Answer(n) => {
                    let rest = out.split_off((*n).min(out.len()));
                    let answered = std::mem::replace(&mut out, rest);
                    deliver(&mut app, answered)
                }
            };
            let sends = effects.iter().any(|effect| matches!(effect, Effect::Run { .. }));
            prop_assert!(!sends || matches!(context, Context::Last | Context::LastTyped), "sent from {context:?}");
            let typed = matches!(doing, Doing::Chord(_));
            prop_assert!(!sends || typed, "sent by {doing:?}");
            let is_question = |effect: &Effect| matches!(effect, Effect::Ask(_, Question::Fact(_)));
            out.extend(effects.into_iter().filter(is_question));
            check_sheets(&app);
        }
    }
}
