//! Starts the deck: the application, the terminal, and the world behind it.

use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Report, WrapErr as _};
use jiff::tz::TimeZone;
use snapdeck::app::layout::Size;
use snapdeck::app::{App, Badges, Mouse, Opening, Options, World as Behind};
use snapdeck::cli::{Exit, Preferences};
use snapdeck::disk::{self, Folders};
use snapdeck::input::Keymap;
use snapdeck::runtime::{self, Appearance, Ending, Surroundings};
use snapdeck::view::Glyphs;

use super::world::World;

/// Runs the deck until it is left.
pub(crate) async fn run(
    world: World,
    preferences: Preferences,
    keymap: Keymap,
    folders: &Folders,
) -> Result<ExitCode, Report> {
    let glyphs = preferences.ascii.then_some(Glyphs::Ascii);
    let (width, height) = runtime::size().wrap_err("the terminal does not tell its size")?;
    let appearance = Appearance::of_environment(preferences.theme, glyphs);
    let keeper = world.keeper(folders)?;
    let app = App::new(Options {
        now: (world.clock)(),
        zone: TimeZone::system(),
        badges: Badges {
            world: if world.demo { Behind::Demo } else { Behind::Real },
            endpoint: world.endpoint,
            access: preferences.access,
        },
        profiles: world.profiles,
        keymap,
        filter: preferences.filter,
        opening: Opening {
            view: preferences.view,
            order: preferences.order,
            mouse: if preferences.mouse { Mouse::Deck } else { Mouse::Terminal },
        },
        size: Size { width, height },
    });
    let here = std::env::current_dir().wrap_err("the current folder is gone")?;
    let save = Arc::new(move |name: &str, text: &str| {
        disk::save(&here, name, text).map_err(|error| error.to_string())
    });
    let around = Surroundings { cloud: world.cloud, clock: world.clock, save, keeper, appearance };
    match runtime::run(app, around).await.wrap_err("the terminal cannot be used")? {
        Ending::Quit => Ok(Exit::Done.into()),
        // As of a program whose main thread panics.
        Ending::Panicked => Ok(ExitCode::from(101)),
        // As the shell counts: 128 and the signal's number.
        Ending::Signal(number) => Ok(ExitCode::from(128 + u8::try_from(number).unwrap_or(0))),
    }
}
