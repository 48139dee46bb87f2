//! The themes by the names that settings and command lines give them; what they look like, `view` knows.

use std::fmt;
use std::str::FromStr;

use super::Shown;

/// How the deck is to be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// In colours.
    Coloured {
        /// Which colours.
        colours: Colours,
        /// For which background; `None` for the one that the terminal has.
        ground: Option<Ground>,
    },
    /// Without colours.
    Colourless,
}

/// Colours that belong together, for either background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// The usual ones.
    Usual,
    /// As far apart as can be, on a ground of their own.
    HighContrast,
    /// Told apart by eyes that do not tell red from green.
    ColourBlind,
}

/// What a background is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// For light text.
    Dark,
    /// For dark text.
    Light,
}

/// A name that is no theme's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchTheme(pub Shown);

/// Every theme with its name, in the order in which they are listed.
const NAMES: [(&str, Theme); 10] = [
    ("auto", Theme::AUTO),
    ("dark", coloured(Colours::Usual, Some(Ground::Dark))),
    ("light", coloured(Colours::Usual, Some(Ground::Light))),
    ("high-contrast", coloured(Colours::HighContrast, None)),
    ("high-contrast-dark", coloured(Colours::HighContrast, Some(Ground::Dark))),
    ("high-contrast-light", coloured(Colours::HighContrast, Some(Ground::Light))),
    ("colour-blind", coloured(Colours::ColourBlind, None)),
    ("colour-blind-dark", coloured(Colours::ColourBlind, Some(Ground::Dark))),
    ("colour-blind-light", coloured(Colours::ColourBlind, Some(Ground::Light))),
    ("none", Theme::Colourless),
];

const fn coloured(colours: Colours, ground: Option<Ground>) -> Theme {
    Theme::Coloured { colours, ground }
}

impl Theme {
    /// The usual one, for the background that the terminal has.
    pub const AUTO: Self = coloured(Colours::Usual, None);

    /// The names of all themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let named = NAMES.iter().find(|(_, theme)| *theme == self);
        named.map(|(name, _)| *name).expect("BUG: a theme without a name")
    }

    /// Whether it depends on the background that the terminal has.
    pub fn follows_the_terminal(self) -> bool {
        matches!(self, Self::Coloured { ground: None, .. })
    }
}

impl FromStr for Theme {
    type Err = NoSuchTheme;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = NAMES.iter().find(|(name, _)| *name == text);
        named.map(|(_, theme)| *theme).ok_or_else(|| NoSuchTheme(text.into()))
    }
}

impl fmt::Display for NoSuchTheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Theme::names().collect();
        write!(f, "there is no theme \"{}\": there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for NoSuchTheme {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_as_its_theme_and_another_is_told_which_there_are() {
        for name in Theme::names() {
            assert_eq!(name.parse::<Theme>().expect(name).name(), name);
        }
        let mistake = "drak\u{1b}".parse::<Theme>().expect_err("no theme").to_string();
        assert!(mistake.starts_with("there is no theme \"drak") && !mistake.contains('\u{1b}'), "{mistake}");
        assert!(mistake.ends_with("colour-blind-light, none"), "{mistake}");
    }
}
