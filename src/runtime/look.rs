//! How things are to look on this terminal: by choice, by environment, by asking it.

use std::env;
use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use crate::view::{Depth, Glyphs, Look, Palette, Theme};

/// How long the terminal may take to tell its background; over ssh an answer takes a while.
const PATIENCE: Duration = Duration::from_millis(200);

/// What the user chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookChoice {
    /// The theme.
    pub theme: ThemeChoice,
    /// The glyphs; `None` leaves it to the locale.
    pub glyphs: Option<Glyphs>,
}

/// The themes that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeChoice {
    /// What the terminal's background asks for.
    Auto,
    /// A given one.
    Fixed(Theme),
}

/// Finds out how things are to look. Must be called before anything else reads the terminal.
pub fn detect(choice: LookChoice) -> Look {
    let theme = match choice.theme {
        ThemeChoice::Fixed(theme) => theme,
        ThemeChoice::Auto if no_colour(|name| env::var(name).ok()) => Theme::Colourless,
        ThemeChoice::Auto => background(),
    };
    let var = |name: &str| env::var(name).ok();
    let glyphs = choice.glyphs.unwrap_or_else(|| glyphs(var));
    Look { palette: Palette::new(theme, depth(var)), glyphs }
}

fn background() -> Theme {
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Light) => Theme::Light,
        Ok(ThemeMode::Dark) | Err(_) => Theme::Dark,
    }
}

/// NO_COLOR counts when it is set to anything but nothing.
fn no_colour(var: impl Fn(&str) -> Option<String>) -> bool {
    var("NO_COLOR").is_some_and(|value| !value.is_empty()) || var("TERM").is_some_and(|term| term == "dumb")
}

fn depth(var: impl Fn(&str) -> Option<String>) -> Depth {
    let term = var("TERM").unwrap_or_default();
    match var("COLORTERM").as_deref() {
        Some("truecolor" | "24bit") => Depth::True,
        _ if term.contains("direct") => Depth::True,
        _ if term.contains("256") => Depth::TwoFiftySix,
        _ => Depth::Sixteen,
    }
}

/// Unicode only where the locale says so.
fn glyphs(var: impl Fn(&str) -> Option<String>) -> Glyphs {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| var(name)).find(|value| !value.is_empty());
    let locale = set.unwrap_or_default().to_ascii_lowercase().replace('-', "");
    // macOS sets no locale for programs that a window starts, and all its terminals know Unicode.
    let unicode = locale.contains("utf8") || (locale.is_empty() && cfg!(target_os = "macos"));
    if unicode { Glyphs::Unicode } else { Glyphs::Ascii }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vars<'a>(set: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| set.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_first_locale_that_is_set_decides_the_glyphs() {
        assert_eq!(glyphs(vars(&[("LANG", "en_US.UTF-8")])), Glyphs::Unicode);
        assert_eq!(glyphs(vars(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")])), Glyphs::Ascii);
        assert_eq!(glyphs(vars(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8")])), Glyphs::Unicode);
    }

    #[test]
    fn colours_are_counted_by_what_the_terminal_says_of_itself() {
        assert_eq!(depth(vars(&[("COLORTERM", "truecolor"), ("TERM", "xterm")])), Depth::True);
        assert_eq!(depth(vars(&[("TERM", "screen-256color")])), Depth::TwoFiftySix);
        assert_eq!(depth(vars(&[("TERM", "linux")])), Depth::Sixteen);
        assert!(no_colour(vars(&[("NO_COLOR", "1")])) && !no_colour(vars(&[("NO_COLOR", "")])));
    }
}
