//! Whatever happens, in whatever order: the deck holds together.

use proptest::prelude::*;

use super::*;

/// One thing that can happen, drawn at random.
#[derive(Debug, Clone)]
enum Happening {
    Chord(usize),
    Typed(String),
    Click(u16, u16),
    Wheel(u16, u16),
    Resize(u16, u16),
    Report(usize),
    Page(u8, u8),
    Complete(u8),
    Clock(u16),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        8 => (0usize..500).prop_map(Happening::Chord),
        2 => "[a-z:<>!,*0-9 ]{1,6}".prop_map(Happening::Typed),
        2 => (0u16..160, 0u16..50).prop_map(|(col, row)| Happening::Click(col, row)),
        1 => (0u16..160, 0u16..50).prop_map(|(col, row)| Happening::Wheel(col, row)),
        1 => (0u16..220, 0u16..60).prop_map(|(width, height)| Happening::Resize(width, height)),
        3 => (0usize..40).prop_map(Happening::Report),
        3 => (0u8..4, 0u8..30).prop_map(|(round, from)| Happening::Page(round, from)),
        1 => (0u8..4).prop_map(Happening::Complete),
        1 => (0u16..500).prop_map(Happening::Clock),
    ]
}

fn message(happening: &Happening, keymap: &Keymap) -> Msg {
    let scope = sample::scope(PROD, "us-east-1");
    match happening {
        Happening::Chord(n) => {
            let chords: Vec<Chord> =
                keymap.bindings().iter().flat_map(|binding| binding.chords.clone()).collect();
            Msg::Input(Event::Chord(chords[n % chords.len()]))
        }
        Happening::Typed(text) => Msg::Input(Event::Paste(text.clone())),
        Happening::Click(col, row) => Msg::Input(Event::Click { col: *col, row: *row }),
        Happening::Wheel(col, row) => Msg::Input(Event::Wheel { col: *col, row: *row, turn: Turn::Down }),
        Happening::Resize(width, height) => Msg::Input(Event::Resize { width: *width, height: *height }),
        Happening::Report(n) => {
            let mut reports = sample::reports();
            Msg::Report(reports.swap_remove(n % reports.len()))
        }
        Happening::Page(round, from) => {
            let name = |n: u8| format!("orders-{}", n % 37);
            let rows = (*from..from + 20)
                .map(|n| sample::aged(snapshot(&scope, &name(n)), i64::from(n) * 31))
                .collect();
            Msg::Report(Report::Page { scope, round: Round(u32::from(*round)), rows })
        }
        Happening::Complete(round) => {
            Msg::Report(Report::Complete { scope, round: Round(u32::from(*round)) })
        }
        Happening::Clock(minutes) => {
            Msg::Clock(sample::now() + jiff::SignedDuration::from_mins(i64::from(*minutes)))
        }
    }
}

fn check(app: &App) {
    let deck = &app.deck;
    let rows = deck.listing.rows();
    match deck.cursor.row() {
        Some(id) => assert_eq!(rows.get(deck.cursor.index()), Some(&id), "the cursor is on a listed row"),
        None => assert!(rows.is_empty(), "there are rows, and the cursor is on none"),
    }
    if let Some(layout) = app.layout() {
        let page = app.table();
        let height = layout.table.map_or(0, |rect| usize::from(rect.inner().height.saturating_sub(1)));
        assert!(page.rows.len() <= height, "only visible rows are built");
        assert_eq!(page.rows.len(), rows.len().saturating_sub(deck.cursor.offset()).min(height));
        let on_screen = page.rows.iter().filter(|row| row.cursor).count();
        assert_eq!(on_screen, usize::from(layout.table.is_some() && !rows.is_empty() && height > 0));
    }
    assert!(deck.marks.iter().all(|id| deck.inventory.row(*id).is_some()), "a mark of a row that is gone");
    let different: BTreeSet<_> = rows.iter().collect();
    assert_eq!(different.len(), rows.len());
    let coverage = deck.inventory.coverage();
    assert_eq!(coverage.complete + coverage.failed + coverage.under_way, coverage.scopes);
    app.hints();
    app.sheets();
    app.header();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_deck_holds_together(happenings in prop::collection::vec(happening(), 1..60)) {
        let mut app = app(120, 40);
        let keymap = app.keymap.clone();
        for happening in &happenings {
            app.update(message(happening, &keymap));
            check(&app);
        }
        for _ in 0..4 {
            press(&mut app, "Esc");
        }
        prop_assert!(app.layers.is_empty(), "a layer that Esc does not close: {:?}", app.layers);
    }

    #[test]
    fn pages_never_move_the_cursor_off_its_snapshot(
        moves in prop::collection::vec((0usize..500, 0u8..4, 0u8..30), 1..40),
    ) {
        let mut app = app(80, 24);
        let keymap = app.keymap.clone();
        press(&mut app, "j");
        for (chord, round, from) in moves {
            app.update(message(&Happening::Chord(chord), &keymap));
            let before = app.deck.cursor.row();
            let scope = sample::scope(PROD, "us-east-1");
            app.update(Msg::Report(Report::Started { scope, round: Round(u32::from(round)) }));
            app.update(message(&Happening::Page(round, from), &keymap));
            // Rows only come here, and a changed row may leave a filter; the one under the cursor stays unless it did.
            let still = before.is_none_or(|id| app.deck.listing.position(id).is_none());
            prop_assert!(still || app.deck.cursor.row() == before);
        }
    }
}
