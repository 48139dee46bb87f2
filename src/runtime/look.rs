//! How things are to look on this terminal: by choice, by environment, by what the terminal answers.

use std::env;

use crate::domain::{Ground, Theme};
use crate::view::{Depth, Glyphs, Look, Palette};

use super::background;

/// How things are to look, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct Appearance {
    theme: Theme,
    ground: Ground,
    depth: Depth,
    glyphs: Glyphs,
    can_be_asked: bool,
}

impl Appearance {
    /// What the user chose, with what the environment tells; glyphs that are not chosen are left to the locale.
    pub fn of_environment(theme: Theme, glyphs: Option<Glyphs>) -> Self {
        Self::of(theme, glyphs, |name| env::var(name).ok())
    }

    fn of(theme: Theme, glyphs: Option<Glyphs>, var: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            theme: if theme == Theme::AUTO && no_colour(&var) { Theme::Colourless } else { theme },
            ground: background::guess(var("COLORFGBG").as_deref()),
            depth: depth(&var),
            glyphs: glyphs.unwrap_or_else(|| self::glyphs(&var)),
            can_be_asked: background::can_be_asked(&var),
        }
    }

    /// Whether the terminal is to be asked for its background.
    pub(super) fn wants_the_background(self) -> bool {
        self.theme.follows_the_terminal() && self.can_be_asked
    }

    /// The terminal has answered.
    pub(super) fn stands_on(&mut self, ground: Ground) {
        self.ground = ground;
    }

    /// Another theme was chosen.
    pub(super) fn wears(&mut self, theme: Theme) {
        self.theme = theme;
    }

    /// The look that comes of it.
    pub(super) fn look(self) -> Look {
        Look { palette: Palette::new(self.theme, self.ground, self.depth), glyphs: self.glyphs }
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

    #[test]
    fn a_terminal_is_asked_only_where_its_answer_would_change_something() {
        let asks = |theme: &str, set: &[(&str, &str)]| {
            let theme = theme.parse().expect("a theme");
            Appearance::of(theme, None, vars(set)).wants_the_background()
        };
        let xterm = [("TERM", "xterm")];
        for (theme, expected) in [("auto", true), ("high-contrast", true), ("dark", false), ("none", false)] {
            assert_eq!(asks(theme, &xterm), expected, "{theme}");
        }
        assert!(!asks("auto", &[("TERM", "xterm"), ("NO_COLOR", "1")]));
        assert!(!asks("auto", &[("TERM", "dumb")]));
    }
}
