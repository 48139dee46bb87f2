//! Starts the deck: the application, the terminal, and the world behind it.

use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Report, WrapErr as _};
use jiff::tz::TimeZone;
use snapdeck::app::layout::Size;
use snapdeck::app::{App, Badges, Options, World as Behind};
use snapdeck::cli::{Exit, Preferences};
use snapdeck::disk::{self, Folders};
use snapdeck::input::Keymap;
use snapdeck::runtime::{self, Ending, LookChoice, Surroundings, ThemeChoice};
use snapdeck::view::{Glyphs, Theme};

use super::world::World;

/// Runs the deck until it is left.
pub(crate) async fn run(
    world: World,
    preferences: Preferences,
    folders: &Folders,
) -> Result<ExitCode, Report> {
    let overrides =
        preferences.keys.iter().map(|key| (key.action.exact().to_owned(), key.chord.exact().to_owned()));
    let keymap = match Keymap::with(&overrides.collect::<Vec<_>>()) {
        Ok(keymap) => keymap,
        Err(mistake) => return Ok(refuse(folders, &mistake)),
    };
    let theme = match preferences.theme.as_ref().map(snapdeck::domain::Shown::exact) {
        None | Some("auto") => ThemeChoice::Auto,
        Some("dark") => ThemeChoice::Fixed(Theme::Dark),
        Some("light") => ThemeChoice::Fixed(Theme::Light),
        Some("none") => ThemeChoice::Fixed(Theme::Colourless),
        Some(_) => return Ok(refuse(folders, &"the themes are auto, dark, light and none")),
    };
    let glyphs = preferences.ascii.then_some(Glyphs::Ascii);
    let (width, height) = runtime::size().wrap_err("the terminal does not tell its size")?;
    let look = runtime::detect(LookChoice { theme, glyphs });
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
        size: Size { width, height },
    });
    let here = std::env::current_dir().wrap_err("the current folder is gone")?;
    let save = Arc::new(move |name: &str, text: &str| {
        disk::save(&here, name, text).map_err(|error| error.to_string())
    });
    let around = Surroundings { cloud: world.cloud, clock: world.clock, save, keeper, look };
    match runtime::run(app, around).await.wrap_err("the terminal cannot be used")? {
        Ending::Quit => Ok(Exit::Done.into()),
        // As the shell counts: 128 and the signal's number.
        Ending::Signal(number) => Ok(ExitCode::from(128 + u8::try_from(number).unwrap_or(0))),
    }
}

fn refuse(folders: &Folders, why: &dyn std::fmt::Display) -> ExitCode {
    super::complain(&format!("{}: {why}", folders.settings.path().display()));
    Exit::Usage.into()
}
