//! Files: the settings, the folders of the program, the journal of runs, and what is saved by hand.
//!
//! Everything that is created here is readable by its owner alone: folders 0700, files 0600. Nothing
//! that exists is ever overwritten.

mod file;
mod folders;
mod here;
mod journal;
mod log;
mod save;
mod settings;

pub use file::{FileState, FolderState, read};
pub use folders::{Folders, NoHome};
pub use here::{host, user};
pub use journal::Journal;
pub use log::{Log, create_log};
pub use save::{SaveError, save};
pub use settings::{
    Mistake, ReadSettings, Settings, SettingsError, SettingsFile, Spot, Warning, nearest, parse_region,
};
