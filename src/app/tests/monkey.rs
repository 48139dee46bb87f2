//! A monkey at the keyboard, the mouse and the network: 100,000 events at random, and what must hold after each.
//!
//! A walk begins with the sample fleet; dialogs are answered and refused, jobs go on as they can and as they cannot.
//! What must hold is checked after every event; every 32nd is drawn, at the size that the screen has by then, from 1x1
//! to 400x100: in a debug build a frame takes as long as ten events. The walks are the same in every run:
//! `SNAPDECK_MONKEY=SEED` takes others, and what fails is told with its seed, shortened.

#![cfg(test)]

mod world;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::super::layer::Layer;
use super::super::words::count;
use super::*;
use crate::domain::{Ground, ScopeState, Theme};
use crate::view::sound::is_sound;
use crate::view::{self, Depth, Glyphs, Look, Palette};
use world::{Happening, World, happening, is_grave};

/// How many walks one test takes, and how many events a walk has.
const WALKS: u32 = 25;
const EVENTS: usize = 1000;

/// How many events pass between two frames.
const FRAME: usize = 32;

/// What holds of the application whatever has happened.
fn check(app: &App) {
    let deck = &app.deck;
    let rows = deck.listing.rows();
    match deck.cursor.row() {
        Some(id) => assert_eq!(rows.get(deck.cursor.index()), Some(&id), "the cursor is on a listed row"),
        None => assert!(rows.is_empty(), "there are rows, and the cursor is on none"),
    }
    assert!(deck.marks.iter().all(|id| deck.inventory.row(*id).is_some()), "a mark of a row that is gone");
    counts(app);
}

/// What is on the screen is what it should be, and drawn soundly.
fn check_screen(app: &App) {
    let (deck, size) = (&app.deck, app.size());
    let rows = deck.listing.rows();
    if let Some(layout) = app.layout() {
        let page = app.table();
        let height = layout.table.map_or(0, |rect| usize::from(rect.inner().height.saturating_sub(1)));
        assert!(page.rows.len() <= height, "only visible rows are built");
        assert_eq!(page.rows.len(), rows.len().saturating_sub(deck.cursor.offset()).min(height));
        let on_screen = page.rows.iter().filter(|row| row.cursor).count();
        assert_eq!(on_screen, usize::from(layout.table.is_some() && !rows.is_empty() && height > 0));
        let (branches, at) = app.tree();
        assert!(
            branches.is_empty() || at.is_some_and(|at| at < branches.len()),
            "the tree's cursor is on a line"
        );
    }
    app.hints();
    if size.width > 0 && size.height > 0 {
        draw(app, size);
    }
}

/// What is counted adds up, however it is counted.
fn counts(app: &App) {
    let (deck, inventory) = (&app.deck, &app.deck.inventory);
    let rows = deck.listing.rows();
    let different: BTreeSet<_> = rows.iter().collect();
    assert_eq!(different.len(), rows.len(), "a row is listed twice");
    assert!(rows.iter().all(|id| inventory.row(*id).is_some()), "a row is listed that is gone");
    let listing = &deck.listing;
    let is_all = listing.accounts().is_none() && listing.regions().is_none() && listing.filter().is_empty();
    if is_all && listing.view() == View::All {
        assert_eq!(rows.len(), inventory.len(), "nothing hides a row, and not all are listed");
    }
    let mut of_scope: BTreeMap<_, usize> = BTreeMap::new();
    for (_, row) in inventory.rows() {
        *of_scope.entry(&row.snapshot.scope).or_default() += 1;
    }
    assert_eq!(of_scope.values().sum::<usize>(), inventory.len());
    let (mut complete, mut failed, mut under_way, mut disabled) = (0, 0, 0, 0);
    for (scope, entry) in inventory.scopes() {
        assert_eq!(of_scope.remove(scope).unwrap_or(0), entry.rows, "{scope:?}");
        match entry.state {
            ScopeState::Complete => complete += 1,
            ScopeState::Failed(_) => failed += 1,
            ScopeState::Waiting | ScopeState::Reading | ScopeState::Throttled => under_way += 1,
            ScopeState::Disabled(_) => disabled += 1,
        }
    }
    assert!(of_scope.is_empty(), "rows of scopes that nobody knows: {of_scope:?}");
    let coverage = inventory.coverage();
    assert_eq!(
        (coverage.complete, coverage.failed, coverage.under_way, coverage.disabled, coverage.snapshots),
        (complete, failed, under_way, disabled, inventory.len())
    );
    assert_eq!(coverage.scopes, complete + failed + under_way);
    if app.size().width >= 100 {
        let header: String = app.header().left.iter().map(|piece| piece.text.as_str()).collect();
        assert!(header.contains(&format!("{complete}/{} scope", coverage.scopes)), "{header}");
        assert!(header.contains(&count(inventory.len(), "snapshot")), "{header}");
    }
}

/// What stood before whatever leaves the application: what was in front, and which jobs there were.
struct Stood {
    context: Context,
    jobs: BTreeSet<JobId>,
    may_leave: bool,
}

impl Stood {
    fn of(app: &App) -> Self {
        let was_asked = app.layers.iter().any(|layer| matches!(layer, Layer::Leave(_)));
        Self {
            context: app.context(),
            jobs: jobs(app),
            may_leave: was_asked || app.deck.jobs.under_way() == 0,
        }
    }

    /// What leaves has been asked for where it must be.
    fn permits(&self, msg: &Msg, effects: &[Effect]) {
        let context = self.context;
        for effect in effects {
            match effect {
                Effect::Run { job, orders, .. } if !self.jobs.contains(job) => {
                    assert!(matches!(context, Context::Last | Context::LastTyped), "sent from {context:?}");
                    assert!(matches!(msg, Msg::Input(Event::Chord(_))), "sent by {msg:?}");
                    let typed = !orders.steps().any(is_grave) || context == Context::LastTyped;
                    assert!(typed, "sent, and no name was typed: {orders:?}");
                }
                Effect::Run { .. } => {
                    let is_sign_in =
                        matches!(msg, Msg::Reports(all) if matches!(all[..], [Report::SignedIn(_)]));
                    assert!(context == Context::Jobs || is_sign_in, "taken up from {context:?} by {msg:?}");
                }
                Effect::Cancel { .. } => assert_eq!(context, Context::GiveUp, "given up without a question"),
                Effect::Quit => assert!(self.may_leave, "left, and jobs are under way"),
                _ => {}
            }
        }
    }
}

fn jobs(app: &App) -> BTreeSet<JobId> {
    app.deck.jobs.by_urgency().into_iter().map(|job| job.id).collect()
}

/// Esc leads to the deck from anywhere, and nothing is sent, given up or lost on the way.
fn go_home(world: &mut World) {
    let (before, deep) = (jobs(&world.app), world.app.layers.len());
    for _ in 0..3 * deep + 3 {
        if world.app.layers.is_empty() {
            break;
        }
        let effects = press(&mut world.app, "Esc");
        let harmless = |effect: &Effect| matches!(effect, Effect::Ask(..) | Effect::Look(_));
        assert!(effects.iter().all(harmless), "Esc did {effects:?}");
        world.keep(effects);
    }
    assert!(world.app.layers.is_empty(), "a layer that Esc does not close: {:?}", world.app.layers.last());
    assert_eq!(jobs(&world.app), before, "Esc lost a job");
}

fn draw(app: &App, size: Size) {
    let look =
        Look { palette: Palette::new(Theme::AUTO, Ground::Dark, Depth::Sixteen), glyphs: Glyphs::Unicode };
    let backend = ratatui::backend::TestBackend::new(size.width, size.height);
    let mut terminal = ratatui::Terminal::new(backend).expect("a terminal");
    terminal.draw(|frame| view::draw(app, &look, frame)).expect("a frame");
    is_sound(terminal.backend().buffer()).unwrap_or_else(|why| panic!("{why}"));
}

/// Where walks have been: one that gets nowhere proves nothing.
#[derive(Default)]
struct Tally {
    contexts: HashSet<Context>,
    sent: usize,
}

fn walk(happenings: &[Happening], tally: &RefCell<Tally>) {
    let mut world = World::new();
    for (n, happening) in happenings.iter().enumerate() {
        match world.message(happening) {
            Some(msg) => {
                let stood = Stood::of(&world.app);
                let effects = world.app.update(msg.clone());
                stood.permits(&msg, &effects);
                world.keep(effects);
            }
            None if matches!(happening, Happening::Home) => go_home(&mut world),
            None => {}
        }
        check(&world.app);
        for (id, run) in &world.runs {
            // One that was put away is no longer there, and of one that is halted the deck is told no more.
            if let Some(job) = world.app.deck.jobs.get(*id).filter(|job| job.kept.is_none()) {
                assert_eq!(job.run.standing(), run.standing(), "a job is not where its driver is");
            }
        }
        if n % FRAME == 0 {
            check_screen(&world.app);
        }
        tally.borrow_mut().contexts.insert(world.app.context());
    }
    tally.borrow_mut().sent += world.runs.len();
    go_home(&mut world);
}

fn monkey(seed: u64) {
    let seed = std::env::var("SNAPDECK_MONKEY")
        .ok()
        .and_then(|text| text.parse().ok())
        .map_or(seed, |own: u64| own.wrapping_add(seed));
    let config = Config {
        cases: WALKS,
        rng_seed: RngSeed::Fixed(seed),
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let walks = prop::collection::vec(happening(), EVENTS);
    let tally = RefCell::default();
    let ran = TestRunner::new(config).run(&walks, |happenings| {
        walk(&happenings, &tally);
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("with the seed {seed}: {failure}"));
    let Tally { contexts, sent } = tally.into_inner();
    assert!(sent >= 10, "{sent} jobs were begun");
    let deep = [Context::LastTyped, Context::Jobs, Context::Leave, Context::FormPicker];
    assert!(contexts.len() >= 18 && deep.iter().all(|context| contexts.contains(context)), "{contexts:?}");
}

#[test]
fn a_monkey_breaks_nothing_1() {
    monkey(1);
}

#[test]
fn a_monkey_breaks_nothing_2() {
    monkey(2);
}

#[test]
fn a_monkey_breaks_nothing_3() {
    monkey(3);
}

#[test]
fn a_monkey_breaks_nothing_4() {
    monkey(4);
}

proptest! {
    #![proptest_config(Config::with_cases(48))]

    #[test]
    fn pages_never_move_the_cursor_off_its_snapshot(
        moves in prop::collection::vec((0usize..500, 0usize..2, 0u8..30), 1..40),
    ) {
        let mut world = World::new();
        press(&mut world.app, "j");
        for (chord, place, from) in moves {
            for happening in [Happening::Bound(chord), Happening::Started(place)] {
                let msg = world.message(&happening).expect("a message");
                world.app.update(msg);
            }
            let before = world.app.deck.cursor.row();
            let page = world.message(&Happening::Page(place, from, false)).expect("a page");
            world.app.update(page);
            // Rows only come here, and a changed row may leave a filter; the one under the cursor stays unless it did.
            let still = before.is_none_or(|id| world.app.deck.listing.position(id).is_none());
            prop_assert!(still || world.app.deck.cursor.row() == before);
        }
    }
}
