//! What must hold: nothing is sent but by sending on the last screen, and in read-only mode not even by that.
//!
//! Every chord that means something anywhere and every character is pressed once in every state of every dialog, and
//! long walks of random chords lead through all of them.

use std::collections::BTreeSet;

use serde_json::json;
use snapdeck::domain::Access;
use snapdeck::input::{Action, Chord, Context, Keymap};

use super::Desk;
use crate::check::fleet::{Fleet, PROD};
use crate::twins::dice::Dice;

/// Where one snapshot's dialogs can be: the chords that lead there from the deck, and the context that it is then.
const OF_ONE: [(&str, Context); 22] = [
    ("a", Context::Menu),
    ("c", Context::Form),
    ("c Tab Tab", Context::FormText),
    ("c Tab Space", Context::FormPicker),
    ("c p", Context::Form),
    ("c Enter", Context::Last),
    ("s", Context::Form),
    ("s Space", Context::FormPicker),
    ("s Space Space Enter", Context::Form),
    ("s Space Space Enter Enter", Context::Last),
    ("s Tab Space Enter", Context::LastTyped),
    ("e", Context::Form),
    ("e Tab", Context::FormText),
    ("e Space", Context::FormPicker),
    ("e Space Enter Enter", Context::Last),
    ("t", Context::Form),
    ("t Tab Tab", Context::FormText),
    ("t Enter", Context::Last),
    ("x", Context::Form),
    ("x Tab", Context::FormText),
    ("D", Context::Form),
    ("D Enter", Context::LastTyped),
];

/// The same for several.
const OF_SEVERAL: [(&str, Context); 9] = [
    ("a", Context::Menu),
    ("c L", Context::Affected),
    ("c Enter", Context::Last),
    ("s Space Space Enter Enter", Context::Last),
    ("e Space Enter Enter", Context::Last),
    ("t Enter", Context::Last),
    ("x", Context::Form),
    ("D L", Context::Affected),
    ("D Enter", Context::LastTyped),
];

/// Three snapshots of prod that nothing is the matter with, so that a last screen is never far.
async fn desk(access: Access) -> Desk {
    let named = |name: &str| json!({ "DBSnapshotIdentifier": name, "DBInstanceIdentifier": name });
    let fleet = ["orders", "users", "wiki"];
    let fleet = fleet.iter().fold(Fleet::new(), |fleet, name| fleet.instance(PROD, named(name)));
    Desk::on_fleet(fleet.cloud(), access).await
}

/// Every chord that means something somewhere, and every character of the keyboard.
fn chords() -> BTreeSet<Chord> {
    let keymap = Keymap::default();
    let bound = keymap.bindings().iter().flat_map(|binding| binding.chords.clone());
    let typed = (' '..='~').map(|character| {
        let text = if character == ' ' { "Space".to_owned() } else { character.to_string() };
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    });
    bound.chain(typed).collect()
}

fn sends(context: Context, chord: Chord) -> bool {
    Keymap::default().action(context, chord) == Some(Action::Send)
}

/// Presses every chord once in every state; with sending where nothing may be sent anyway.
async fn press_everything(access: Access, marks: &str, states: &[(&str, Context)]) {
    let mut desk = desk(access).await;
    desk.press(marks).await;
    let (start, chords) = (desk.app(), chords());
    for (way, context) in states {
        desk.back_to(&start);
        desk.press(way).await;
        // Where nothing is sent, nothing is typed before it either.
        let context = match (access, *context) {
            (Access::ReadOnly, Context::LastTyped) => Context::Last,
            (_, context) => context,
        };
        assert_eq!(desk.context(), context, "{way}\n{}", desk.screen());
        let here = desk.app();
        for chord in &chords {
            if access == Access::ReadWrite && sends(context, *chord) {
                continue;
            }
            desk.back_to(&here);
            desk.hit(*chord);
            desk.settle().await;
            assert_eq!(desk.sent(), [""; 0], "{way}, then {chord}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_chord_of_the_copy_dialog_and_the_menu_sends_anything_but_sending_on_the_last_screen() {
    press_everything(Access::ReadWrite, "", &OF_ONE[..6]).await;
}

#[tokio::test(start_paused = true)]
async fn no_chord_of_the_other_dialogs_sends_anything_but_sending_on_the_last_screen() {
    press_everything(Access::ReadWrite, "", &OF_ONE[6..]).await;
}

#[tokio::test(start_paused = true)]
async fn no_chord_of_a_dialog_of_several_sends_anything_but_sending_on_the_last_screen() {
    press_everything(Access::ReadWrite, "ctrl-a", &OF_SEVERAL).await;
}

#[tokio::test(start_paused = true)]
async fn nothing_at_all_is_sent_in_read_only_mode() {
    press_everything(Access::ReadOnly, "", &OF_ONE).await;
}

#[tokio::test(start_paused = true)]
async fn nothing_at_all_is_sent_of_several_in_read_only_mode() {
    press_everything(Access::ReadOnly, "ctrl-a", &OF_SEVERAL).await;
}

/// Walks at random, from the deck again and again; gives the contexts that the ways led through.
async fn walk(access: Access, seed: u64) -> BTreeSet<String> {
    let mut desk = desk(access).await;
    let read =
        |texts: &[&str]| texts.iter().map(|text| text.parse().expect("a chord")).collect::<Vec<Chord>>();
    let (doors, inside) =
        (read(&["c", "s", "e", "D", "a"]), read(&["Enter", "Tab", "Space", "f", "F", "L", "u"]));
    let all: Vec<Chord> = chords().into_iter().collect();
    let (dice, start) = (&mut Dice::new(seed), desk.app());
    let mut contexts = BTreeSet::new();
    for _ in 0..30 {
        desk.back_to(&start);
        if dice.percent(40) {
            desk.press("ctrl-a").await;
        }
        let mut way = vec![*dice.pick(&doors)];
        way.extend((0..15).map(|_| if dice.percent(60) { *dice.pick(&inside) } else { *dice.pick(&all) }));
        for (n, chord) in way.iter().enumerate() {
            if access == Access::ReadWrite && sends(desk.context(), *chord) {
                continue;
            }
            desk.hit(*chord);
            desk.settle().await;
            contexts.insert(format!("{:?}", desk.context()));
            assert_eq!(desk.sent(), [""; 0], "seed {seed}: {:?}", &way[..=n]);
        }
    }
    contexts
}

/// A walk sends nothing and sees every part of the dialogs.
async fn walk_through(access: Access) {
    let seen = walk(access, 1).await;
    for context in ["Menu", "Form", "FormText", "FormPicker", "Affected", "Last"] {
        assert!(seen.contains(context), "{context} was never reached: {seen:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn no_way_through_the_dialogs_sends_anything_but_by_sending() {
    walk_through(Access::ReadWrite).await;
}

#[tokio::test(start_paused = true)]
async fn no_way_through_the_dialogs_sends_anything_in_read_only_mode() {
    walk_through(Access::ReadOnly).await;
}
