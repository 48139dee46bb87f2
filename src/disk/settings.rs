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

use crate::domain::{Access, AccountId, ListedAccount, RegionChoice, Shown};

pub use account::parse_region;
pub use nearest::nearest;
pub use spot::{Mistake, Spot, Warning};

use section::{Notes, Section};

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
    pub theme: Option<Shown>,
    /// `ascii`: whether only ASCII is drawn.
    pub ascii: Option<bool>,
    /// `filter`: the filter that the deck opens with, in the filter language.
    pub filter: Option<Shown>,
    /// `[known]`: names of accounts that are not ours.
    pub known: Vec<(AccountId, Shown)>,
    /// `[keys]`: chords given to actions.
    pub keys: Vec<KeyOverride>,
}

/// A chord given to an action; whoever knows the actions and chords judges both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyOverride {
    /// The action's name.
    pub action: Shown,
    /// The chord as it was written.
    pub chord: Shown,
    /// Where it stands.
    pub at: Spot,
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
            theme: section.text("theme").map(|text| text.value.into()),
            ascii: section.flag("ascii"),
            filter: section.text("filter").map(|text| text.value.into()),
            known: read_known(section, notes),
            keys: read_keys(section, notes),
        };
        section.warn_of_the_unknown();
        settings
    }
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
fn read_keys(section: &mut Section<'_>, notes: &Notes<'_>) -> Vec<KeyOverride> {
    let entries = section.texts("keys").into_iter();
    let keys = entries.map(|entry| KeyOverride {
        action: entry.name.into(),
        chord: entry.text.value.into(),
        at: notes.spot(entry.text.at.start),
    });
    keys.collect()
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
