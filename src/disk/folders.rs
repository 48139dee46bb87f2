//! Where the program's own files lie, by the XDG rules.
//!
//! A path given on the command line wins over everything; a relative `XDG_*` variable counts as
//! unset, as the rules say.

use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy as _, Xdg};

use super::SettingsFile;

/// The program's name in paths.
const NAME: &str = "snapdeck";

/// Where the settings and the data of the program lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The settings file: `--config`, else `$XDG_CONFIG_HOME/snapdeck/config.toml`.
    pub settings: SettingsFile,
    /// Journal and cache: `--data-dir`, else `$XDG_DATA_HOME/snapdeck`.
    pub data: PathBuf,
}

/// The home folder is not known, so that no default place is either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoHome;

impl Folders {
    /// Finds them; what the command line gives is taken as it is.
    pub fn find(config: Option<&Path>, data_dir: Option<&Path>) -> Result<Self, NoHome> {
        let xdg = || Xdg::new().map_err(|_| NoHome);
        let settings = match config {
            Some(path) => SettingsFile::Given(path.to_owned()),
            None => SettingsFile::Usual(xdg()?.config_dir().join(NAME).join("config.toml")),
        };
        let data = match data_dir {
            Some(path) => path.to_owned(),
            None => xdg()?.data_dir().join(NAME),
        };
        Ok(Self { settings, data })
    }

    /// Creates the data folder for its owner alone, if there is none.
    pub fn create_data(&self) -> std::io::Result<()> {
        super::file::create_folder(&self.data)
    }
}

impl fmt::Display for NoHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the home folder is not known: set HOME, or give both --config and --data-dir")
    }
}

impl std::error::Error for NoHome {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_command_line_win() {
        let folders = Folders::find(Some(Path::new("my.toml")), Some(Path::new("here"))).expect("found");
        assert_eq!(folders.settings, SettingsFile::Given("my.toml".into()));
        assert_eq!(folders.data, Path::new("here"));
    }

    #[test]
    fn the_usual_places_carry_the_programs_name() {
        let folders = Folders::find(None, None).expect("found");
        assert!(folders.settings.path().ends_with("snapdeck/config.toml"), "{folders:?}");
        assert!(folders.data.ends_with("snapdeck"), "{folders:?}");
    }

    #[test]
    fn the_data_folder_is_created_once_and_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("deep/data");
        let folders = Folders::find(Some(Path::new("c")), Some(&data)).expect("found");
        folders.create_data().expect("created");
        folders.create_data().expect("still there");
        assert!(data.is_dir());
    }
}
