//! The settings file: TOML, read whole, with every mistake told by line and column.
//!
//! A mistake is an error, since guessing could read or change the wrong account; an entry that
//! nobody knows is a warning, since a newer version may know it. All of either are told at once.

mod account;
mod nearest;
mod section;
mod spot;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::domain::{Access, AccountId, ListedAccount, NoSuchTheme, RegionChoice, Shown, Theme};
use crate::input::Keymap;

pub use account::parse_region;
pub use nearest::nearest;
pub use spot::{Mistake, Spot, Warning};

use section::{Notes, Section, Text};

/// What the settings file says; everything is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// `[[accounts]]`, in the file's order.
    pub accounts: Vec<ListedAccount>,
    /// `regions`, for accounts that name none of their own.
    pub regions: Option<RegionChoice>,
    /// `read_only`: whether changes may be made anywhere at all.
    pub access: Option<Access>,
    /// `theme`.
    pub theme: Option<Theme>,
    /// `ascii`: whether only ASCII is drawn.
    pub ascii: Option<bool>,
    /// `filter`: the filter that the deck opens with, in the filter language.
    pub filter: Option<Shown>,
    /// `view`: the fixed view that the deck opens with, by its name.
    pub view: Option<Shown>,
    /// `sort`: the order that the deck opens with, a column or `column:desc`.
    pub sort: Option<Shown>,
    /// `mouse`: whether the deck takes the mouse.
    pub mouse: Option<bool>,
    /// `[known]`: names of accounts that are not ours.
    pub known: Vec<(AccountId, Shown)>,
    /// `[keys]`: the bindings, with the chords that were given to actions.
    pub keymap: Keymap,
}

/// Where the settings are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsFile {
    /// The file that `--config` names; it has to be there.
    Given(PathBuf),
    /// The usual place; nothing there is nothing said.
    Usual(PathBuf),
}

/// Settings that were read, and what is odd about them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadSettings {
    /// What they say.
    pub settings: Settings,
    /// What was passed over, in the file's order.
    pub warnings: Vec<Warning>,
}

/// Why there are no settings.
#[derive(Debug)]
pub enum SettingsError {
    /// The file could not be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file has mistakes, told in the file's order.
    Mistaken(Vec<Mistake>),
}

impl SettingsFile {
    /// The path.
    pub fn path(&self) -> &Path {
        match self {
            Self::Given(path) | Self::Usual(path) => path,
        }
    }

    /// Reads the file.
    pub fn read(&self) -> Result<ReadSettings, SettingsError> {
        match std::fs::read_to_string(self.path()) {
            Ok(text) => Settings::parse(&text, self.path()).map_err(SettingsError::Mistaken),
            Err(error) if error.kind() == io::ErrorKind::NotFound && matches!(self, Self::Usual(_)) => {
                Ok(ReadSettings::default())
            }
            Err(error) => Err(SettingsError::Unreadable { path: self.path().to_owned(), error }),
        }
    }
}

impl Settings {
    /// Reads settings from text; the path is only for the spots of what is told.
    pub fn parse(text: &str, file: &Path) -> Result<ReadSettings, Vec<Mistake>> {
        let notes = Notes::new(text, file);
        let table = match toml::de::DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                notes.mistake(error.span().unwrap_or_default(), error.message().replace('\n', ", "));
                return Err(notes.into_result().err().unwrap_or_default());
            }
        };
        let settings = Self::from_section(&mut Section::new(&table, "the settings", &notes), &notes);
        let warnings = notes.into_result()?;
        Ok(ReadSettings { settings, warnings })
    }

    fn from_section(section: &mut Section<'_>, notes: &Notes<'_>) -> Self {
        let accounts = account::read_accounts(section, notes);
        let settings = Self {
            accounts,
            regions: account::read_regions(section, notes),
            access: section
                .flag("read_only")
                .map(|only| if only { Access::ReadOnly } else { Access::ReadWrite }),
            theme: section.text("theme").and_then(|text| read_theme(&text, notes)),
            ascii: section.flag("ascii"),
            filter: section.text("filter").map(|text| text.value.into()),
            view: section.text("view").map(|text| text.value.into()),
            sort: section.text("sort").map(|text| text.value.into()),
            mouse: section.flag("mouse"),
            known: read_known(section, notes),
            keymap: read_keys(section, notes),
        };
        section.warn_of_the_unknown();
        settings
    }
}

/// Reads a theme's name.
fn read_theme(text: &Text<'_>, notes: &Notes<'_>) -> Option<Theme> {
    let theme = text.value.parse();
    theme.map_err(|mistake: NoSuchTheme| notes.mistake(text.at.clone(), mistake.to_string())).ok()
}

/// Reads `[known]`: names on the left, account ids on the right.
fn read_known(section: &mut Section<'_>, notes: &Notes<'_>) -> Vec<(AccountId, Shown)> {
    let mut known: Vec<(AccountId, Shown)> = Vec::new();
    for entry in section.texts("known") {
        let Some(id) = account::read_id(&entry.text, notes) else { continue };
        match known.iter().find(|(other, _)| *other == id) {
            Some((_, name)) => notes.mistake(
                entry.text.at,
                format!("account {id} is already known as \"{name}\": one name for one account"),
            ),
            None => known.push((id, entry.name.into())),
        }
    }
    known
}

/// Reads `[keys]`: actions on the left, chords on the right.
fn read_keys(section: &mut Section<'_>, notes: &Notes<'_>) -> Keymap {
    let entries = section.texts("keys");
    let pairs: Vec<(&str, &str)> = entries.iter().map(|entry| (entry.name, entry.text.value)).collect();
    Keymap::with(&pairs).unwrap_or_else(|mistakes| {
        for (n, mistake) in mistakes {
            notes.mistake(entries[n].text.at.clone(), Shown::from(mistake.to_string().as_str()).to_string());
        }
        Keymap::default()
    })
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, error } => {
                let path = Shown::from(path.to_string_lossy().as_ref());
                write!(f, "the settings file {path} could not be read: {error}")
            }
            Self::Mistaken(mistakes) => {
                for (n, mistake) in mistakes.iter().enumerate() {
                    write!(f, "{}{mistake}", if n == 0 { "" } else { "\n" })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for SettingsError {}

#[cfg(test)]
mod tests;
