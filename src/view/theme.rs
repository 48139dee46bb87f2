//! The themes: data of assets/themes, read once, with a colour for every meaning at every depth.
//!
//! A file that cannot be read is a bug: each is part of the program, and a test reads them all.

use std::sync::LazyLock;

use ratatui::style::Color;
use toml::{Table, Value};

use crate::domain::{Colours, Ground, Tint};

/// The colours of one theme.
#[derive(Debug)]
pub(super) struct Inks {
    /// The backgrounds of terminals that it is made for.
    #[cfg(test)]
    pub(super) made_for: Vec<(u8, u8, u8)>,
    /// Text, where it does not stand on the terminal's own background.
    pub(super) text: Ink,
    pub(super) dim: Ink,
    pub(super) border: Ink,
    pub(super) danger: Ink,
    pub(super) doubt: Ink,
    pub(super) good: Ink,
    pub(super) accent: Ink,
    /// The ground of the whole screen; `None` for the terminal's own.
    pub(super) paper: Option<Ink>,
    /// Under the row with the cursor.
    pub(super) cursor: Ink,
    /// Under the row that had the cursor when its pane had the focus.
    pub(super) rest: Ink,
    accounts: [Ink; TINTS.len()],
}

/// A colour at each depth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ink {
    sixteen: Color,
    indexed: u8,
    exact: (u8, u8, u8),
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The sixteen that the user has chosen.
    Sixteen,
    /// 256.
    TwoFiftySix,
    /// Red, green and blue to the bit.
    True,
}

/// The colours that accounts can have, by their names in the files.
const TINTS: [(Tint, &str); 6] = [
    (Tint::Red, "red"),
    (Tint::Green, "green"),
    (Tint::Yellow, "yellow"),
    (Tint::Blue, "blue"),
    (Tint::Magenta, "magenta"),
    (Tint::Cyan, "cyan"),
];

static DARK: LazyLock<Inks> = LazyLock::new(|| read(include_str!("../../assets/themes/dark.toml")));
static LIGHT: LazyLock<Inks> = LazyLock::new(|| read(include_str!("../../assets/themes/light.toml")));
static HIGH_CONTRAST_DARK: LazyLock<Inks> =
    LazyLock::new(|| read(include_str!("../../assets/themes/high-contrast-dark.toml")));
static HIGH_CONTRAST_LIGHT: LazyLock<Inks> =
    LazyLock::new(|| read(include_str!("../../assets/themes/high-contrast-light.toml")));
static COLOUR_BLIND_DARK: LazyLock<Inks> =
    LazyLock::new(|| read(include_str!("../../assets/themes/colour-blind-dark.toml")));
static COLOUR_BLIND_LIGHT: LazyLock<Inks> =
    LazyLock::new(|| read(include_str!("../../assets/themes/colour-blind-light.toml")));

/// The colours of a family on a ground.
pub(super) fn inks(colours: Colours, ground: Ground) -> &'static Inks {
    match (colours, ground) {
        (Colours::Usual, Ground::Dark) => &DARK,
        (Colours::Usual, Ground::Light) => &LIGHT,
        (Colours::HighContrast, Ground::Dark) => &HIGH_CONTRAST_DARK,
        (Colours::HighContrast, Ground::Light) => &HIGH_CONTRAST_LIGHT,
        (Colours::ColourBlind, Ground::Dark) => &COLOUR_BLIND_DARK,
        (Colours::ColourBlind, Ground::Light) => &COLOUR_BLIND_LIGHT,
    }
}

impl Inks {
    /// The colour of an account.
    pub(super) fn account(&self, tint: Tint) -> Ink {
        let at = TINTS.iter().position(|(known, _)| *known == tint);
        self.accounts[at.expect("BUG: a tint that no theme has")]
    }
}

impl Ink {
    /// The colour on a terminal with so many.
    pub(super) fn at(self, depth: Depth) -> Color {
        match depth {
            Depth::Sixteen => self.sixteen,
            Depth::TwoFiftySix => Color::Indexed(self.indexed),
            Depth::True => Color::Rgb(self.exact.0, self.exact.1, self.exact.2),
        }
    }
}

fn read(text: &str) -> Inks {
    let table: Table = text.parse().expect("BUG: a theme is no TOML");
    let part = |name: &str| {
        table.get(name).and_then(Value::as_table).unwrap_or_else(|| panic!("BUG: a theme without [{name}]"))
    };
    let wanted = |part: &Table, name: &str| {
        ink(part, name).unwrap_or_else(|| panic!("BUG: a theme whose {name} is no colour"))
    };
    let (inks, grounds, accounts) = (part("inks"), part("grounds"), part("accounts"));
    Inks {
        #[cfg(test)]
        made_for: made_for(&table),
        text: wanted(inks, "text"),
        dim: wanted(inks, "dim"),
        border: wanted(inks, "border"),
        danger: wanted(inks, "danger"),
        doubt: wanted(inks, "doubt"),
        good: wanted(inks, "good"),
        accent: wanted(inks, "accent"),
        paper: grounds.contains_key("paper").then(|| wanted(grounds, "paper")),
        cursor: wanted(grounds, "cursor"),
        rest: wanted(grounds, "rest"),
        accounts: TINTS.map(|(_, name)| wanted(accounts, name)),
    }
}

fn ink(part: &Table, name: &str) -> Option<Ink> {
    let ink = part.get(name)?.as_table()?;
    let sixteen = match ink.get("sixteen") {
        // Of sixteen colours none is a quiet ground: reverse video stands for those.
        None => Color::Reset,
        Some(name) => name.as_str()?.parse().ok()?,
    };
    let indexed = ink.get("indexed")?.as_integer()?.try_into().ok()?;
    Some(Ink { sixteen, indexed, exact: exact(ink.get("exact")?)? })
}

fn exact(colour: &Value) -> Option<(u8, u8, u8)> {
    let Color::Rgb(red, green, blue) = colour.as_str()?.parse().ok()? else { return None };
    Some((red, green, blue))
}

#[cfg(test)]
fn made_for(table: &Table) -> Vec<(u8, u8, u8)> {
    let all = table.get("made_for").and_then(Value::as_array).expect("a list of backgrounds");
    all.iter().map(|colour| exact(colour).expect("a colour")).collect()
}
