//! Panics: wherever one happens, the terminal is given back, its words stay to be read, and the program ends.
//!
//! The program in the terminal is this test itself, in another role: a deck in a world that panics.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use snapdeck::app::layout::Size;
use snapdeck::app::{App, Badges, Opening, Options, World};
use snapdeck::aws::{Aws, Link, Wire};
use snapdeck::domain::{Access, AccountSource, Region, RegionChoice, Setup, Theme};
use snapdeck::engine::Keeper;
use snapdeck::input::Keymap;
use snapdeck::plan::Profiles;
use snapdeck::ports::Cloud;
use snapdeck::query::Filter;
use snapdeck::runtime::{self, Appearance, Ending, Surroundings};

use super::{NARROW, is_given_back, signal};
use crate::pty::{Ground, Pty, Start};

/// Says where the panic is to be; only in the terminal.
const ROLE: &str = "SNAPDECK_TEST_PANIC";

#[test]
fn a_panic_gives_the_terminal_back_and_its_words_stay() {
    match std::env::var(ROLE).as_deref() {
        Ok("task") => in_a_task(),
        Ok(_) => in_the_loop(),
        Err(_) => {
            let mut deck = started("task");
            assert_eq!(deck.wait(), 0, "{}", deck.text());
            assert!(is_given_back(&deck), "{}", deck.text());
            assert!(deck.text().contains("the wire is broken"), "{}", deck.text());

            let mut deck = started("loop");
            deck.see("snapdeck").keys("\x1a");
            // The stop follows the restoring by a moment: a continuing signal that is early is sent again.
            while !deck.has_ended() {
                signal(&deck, "CONT");
            }
            assert_eq!(deck.wait(), 101, "{}", deck.text());
            assert!(is_given_back(&deck), "{}", deck.text());
            assert!(deck.text().contains("the clock is broken"), "{}", deck.text());
        }
    }
}

fn started(role: &str) -> Pty {
    let home = tempfile::tempdir().expect("a folder");
    let program = std::env::current_exe().expect("this program");
    let name = "terminal::panics::a_panic_gives_the_terminal_back_and_its_words_stay";
    Pty::start(&Start {
        program: Path::new(&program),
        args: &[name, "--exact", "--nocapture"],
        size: NARROW,
        ground: Ground::Dark,
        env: &[(ROLE, role)],
        home: home.path(),
    })
}

/// Whoever asks AWS panics, and nobody waits for what becomes of that.
fn in_a_task() {
    let wire: Wire = Arc::new(|_| Box::pin(async { panic!("the wire is broken") }));
    let ending = deck(Aws::new(setup(), link(wire)), Arc::new(Timestamp::now));
    assert_eq!(ending.expect("a terminal"), Ending::Panicked);
}

/// The clock panics when the loop looks at it after a stop.
fn in_the_loop() {
    let wire: Wire = Arc::new(|_| Box::pin(std::future::pending()));
    let looks = AtomicUsize::new(0);
    let clock = Arc::new(move || match looks.fetch_add(1, Ordering::SeqCst) {
        0 => Timestamp::now(),
        _ => panic!("the clock is broken"),
    });
    let ending = deck(Aws::new(setup(), link(wire)), clock);
    panic!("the loop goes on without a clock: {ending:?}");
}

fn link(wire: Wire) -> Link {
    Link::InProcess { wire, access_key_id: "AKIA111111111111".to_owned() }
}

fn setup() -> Setup {
    Setup {
        accounts: AccountSource::DefaultChain,
        access: Access::ReadOnly,
        regions: RegionChoice::Named(vec![Region::new("us-east-1")]),
        endpoint: None,
        known: Vec::new(),
    }
}

/// Runs a deck in this terminal until it ends.
fn deck(aws: Aws, clock: runtime::Clock) -> std::io::Result<Ending> {
    let cloud: Arc<dyn Cloud> = Arc::new(aws);
    let (width, height) = runtime::size()?;
    let app = App::new(Options {
        now: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        badges: Badges { world: World::Demo, endpoint: None, access: Access::ReadOnly },
        profiles: Profiles::Environment,
        keymap: Keymap::default(),
        filter: Filter::default(),
        opening: Opening::default(),
        size: Size { width, height },
    });
    let around = Surroundings {
        keeper: Keeper::new(Arc::clone(&cloud), Arc::clone(&clock), None, ("me".into(), "here".into())),
        cloud,
        clock,
        save: Arc::new(|_, _| Err("nothing is saved".to_owned())),
        appearance: Appearance::of_environment(Theme::AUTO, None),
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let ending = runtime.block_on(runtime::run(app, around));
    runtime.shutdown_background();
    ending
}
