//! Whatever text comes from outside: no screen lets it steer, hide, push a border away, or look like something else.

#![cfg(test)]

use proptest::prelude::*;

use super::super::sound::is_sound;
use super::*;
use crate::app::layout::Rect;
use crate::app::sample::{PROD, ask, empty, fault, fresh, options, reports, scope, snapshot, type_in};
use crate::app::{Msg, Notice};
use crate::domain::fixture::hostile;
use crate::domain::{
    Encryption, FaultClass, Key, KeyManager, Report, Round, Share, Shown, Snapshot, Status, Tag,
};

/// The sample fleet with this text wherever text can be: names of accounts, snapshots, aliases and tags, what AWS says.
fn app(texts: &[String], width: u16, height: u16) -> App {
    let text = |n: usize| Shown::from(texts[n % texts.len()].as_str());
    let key = "arn:aws:kms:us-east-1:111111111111:key/hostile";
    let key: crate::domain::KeyArn = key.parse().expect("the ARN of a key");
    let mut app = App::new(options(width, height));
    for report in reports().into_iter().chain(fresh()) {
        app.update(Msg::Reports(vec![match report {
            Report::Accounts { mut accounts, known } => {
                for (n, account) in accounts.iter_mut().enumerate().skip(1) {
                    account.name = format!("{}{n}", text(n).exact()).into();
                }
                Report::Accounts { accounts, known: known.into_iter().map(|(id, _)| (id, text(0))).collect() }
            }
            Report::SignInFailed { fault, .. } => {
                Report::SignInFailed { name: format!("{}2", text(2).exact()).into(), fault }
            }
            Report::Failed { scope, round, fault } => Report::Failed {
                scope,
                round,
                fault: crate::domain::Fault { message: text(0), hint: text(1), code: Some(text(2)), ..fault },
            },
            other => other,
        }]));
    }
    let east = scope(PROD, "us-east-1");
    let row = |(n, words): (usize, &String)| Snapshot {
        source_db: text(n),
        engine: text(n + 1),
        engine_version: text(n + 2),
        status: if n == 0 { Status::Available } else { Status::of(words) },
        encryption: if n == 1 { Encryption::None } else { Encryption::Kms(key.clone()) },
        option_group: Some(text(n)),
        storage_type: Some(text(n)),
        source_snapshot: Some(text(n)),
        share: Share::Private,
        tags: [Tag { key: text(n), value: text(n + 1) }].into(),
        ..snapshot(&east, &format!("{words}{n}"))
    };
    let rows = texts.iter().enumerate().map(row).collect();
    app.update(Msg::Reports(vec![Report::Page { scope: east, round: Round(3), rows }]));
    app.update(Msg::Reports(vec![Report::Keys(vec![Key {
        arn: key,
        manager: Some(KeyManager::Customer),
        state: None,
        aliases: vec![format!("alias/{}", text(0).exact()).into()],
    }])]));
    press(&mut app, "g");
    app
}

/// Both borders of something stand where they are to stand, in every line of it.
fn is_framed(buffer: &Buffer, rect: Rect) -> bool {
    let right = rect.x + rect.width - 1;
    let inner = rect.y + 1..rect.y + rect.height - 1;
    inner.into_iter().all(|y| [rect.x, right].iter().all(|x| ["│", "|"].contains(&buffer[(*x, y)].symbol())))
}

fn check(app: &App, glyphs: Glyphs) -> Result<Buffer, TestCaseError> {
    let buffer = drawn(app, &Look { glyphs, ..dark() });
    let lines = || text(&buffer).join("\n");
    is_sound(&buffer).map_err(|why| TestCaseError::fail(format!("{why}\n{}", lines())))?;
    if glyphs == Glyphs::Ascii {
        prop_assert!(lines().is_ascii(), "{}", lines());
    }
    let sheets = app.sheets();
    if let Some(sheet) = sheets.last() {
        prop_assert!(is_framed(&buffer, sheet.area), "{:?}\n{}", sheet.area, lines());
    } else {
        let layout = app.layout().expect("a layout");
        let panes = [layout.tree, layout.table, layout.details];
        prop_assert!(panes.into_iter().flatten().all(|rect| is_framed(&buffer, rect)), "{}", lines());
    }
    Ok(buffer)
}

const PLACES: [&str; 16] = [
    "Down",
    "Enter",
    "w Right Right",
    "h",
    "A",
    "R",
    "o",
    "?",
    "ctrl-s",
    "a",
    "c",
    "s",
    "D",
    "Space Space c",
    "J",
    "/",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn no_screen_is_pushed_out_of_shape(
        texts in prop::collection::vec(hostile(), 2..8),
        size in proptest::sample::select(vec![(80, 24), (120, 40), (150, 45), (200, 50)]),
        glyphs in prop_oneof![Just(Glyphs::Unicode), Just(Glyphs::Ascii)],
    ) {
        let at_first = app(&texts, size.0, size.1);
        check(&at_first, glyphs)?;
        for place in PLACES {
            let mut app = at_first.clone();
            ask(&mut app, place);
            check(&app, glyphs)?;
        }
        let mut app = at_first;
        app.update(Msg::Notice(Notice::bad(texts[0].as_str())));
        check(&app, glyphs)?;
        press(&mut app, "/");
        type_in(&mut app, &texts[0]);
        check(&app, glyphs)?;
    }

    #[test]
    fn no_row_is_taken_for_another(
        names in prop::collection::btree_set(hostile(), 2..12),
        size in proptest::sample::select(vec![(80, 24), (60, 24), (120, 40)]),
    ) {
        // Blanks at the ends cannot be told apart.
        let names: std::collections::BTreeSet<String> = names.iter().map(|name| name.trim_matches(' ').to_owned()).collect();
        let mut app = empty(size.0, size.1);
        let (east, round) = (scope(PROD, "us-east-1"), Round(1));
        for report in reports().into_iter().take(4) {
            app.update(Msg::Reports(vec![report]));
        }
        app.update(Msg::Reports(vec![Report::Started { scope: east.clone(), round }]));
        let rows = names.iter().map(|name| snapshot(&east, name)).collect();
        app.update(Msg::Reports(vec![Report::Page { scope: east, round, rows }]));
        press(&mut app, "g");
        let buffer = check(&app, Glyphs::Unicode)?;
        let shown = app.table().rows.len();
        prop_assert_eq!(shown, names.len());
        let table = app.layout().and_then(|layout| layout.table);
        if let Some(rect) = table {
            let lines = text(&buffer);
            let top = usize::from(rect.y) + 2;
            let rows: std::collections::BTreeSet<String> =
                lines[top..top + shown].iter().map(|line| line.replace('▌', " ")).collect();
            prop_assert_eq!(rows.len(), shown, "{}", lines.join("\n"));
        }
    }
}

#[test]
fn half_of_a_wide_character_never_covers_what_lies_over_it() {
    // Names of every length, so that a sheet's border falls onto a half of one of them.
    let names: Vec<String> = (0..16).map(|n| format!("{}{}", "x".repeat(n % 2), "注文".repeat(20))).collect();
    for chords in ["A", "ctrl-s", "o", "?", "R"] {
        for width in [80, 81, 83, 120, 121] {
            let mut app = app(&names, width, 24);
            press(&mut app, chords);
            check(&app, Glyphs::Unicode).unwrap_or_else(|why| panic!("{chords} at {width}: {why}"));
        }
    }
}

#[test]
fn what_is_no_ascii_is_not_taken_for_ascii() {
    let mut app = app(&["e\u{301}t\u{301}".to_owned(), "et".to_owned()], 80, 24);
    app.update(Msg::Notice(Notice::bad("e\u{301}t")));
    let lines = text(&drawn(&app, &ascii())).join("\n");
    assert!(lines.contains("?t") && lines.contains("??0") && lines.contains("et1"), "{lines}");
}

#[test]
fn faults_are_told_in_sound_words() {
    let mut app = app(&["\u{1b}[2J\u{202e}注".to_owned()], 80, 24);
    let fault = fault(FaultClass::ExplicitDeny);
    let scope = scope(PROD, "ap-southeast-2");
    app.update(Msg::Reports(vec![Report::Started { scope: scope.clone(), round: Round(7) }]));
    let fault = crate::domain::Fault { message: "\u{1b}[2J\nall is well".into(), ..fault };
    app.update(Msg::Reports(vec![Report::Failed { scope, round: Round(7), fault }]));
    press(&mut app, "h j j j Enter");
    let lines = text(&drawn(&app, &dark())).join("\n");
    assert!(lines.contains("\\u{1b}[2J\\nall is well"), "{lines}");
}
