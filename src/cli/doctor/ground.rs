//! What the program stands on: its settings, AWS's files, and its own folder.

use std::path::Path;

use crate::disk::{FileState, FolderState, Folders, ReadSettings, SettingsError};
use crate::domain::Shown;

use super::Environment;
use super::check::Check;

/// What was found before any account is tried.
#[derive(Debug)]
pub struct Ground {
    /// Where settings and data lie.
    pub folders: Folders,
    /// What reading the settings came to.
    pub settings: Result<ReadSettings, SettingsError>,
    /// The environment.
    pub environment: Environment,
}

impl Ground {
    pub(super) fn checks(&self) -> Vec<Check> {
        let mut checks = self.settings_checks();
        checks.extend(self.aws_checks());
        checks.push(self.data_check());
        checks
    }

    fn settings_checks(&self) -> Vec<Check> {
        let file = self.folders.settings.path();
        let path = shown(file);
        match &self.settings {
            Err(SettingsError::Mistaken(mistakes)) => {
                let check = |mistake: &crate::disk::Mistake| {
                    Check::fail("settings", mistake.to_string(), "mend this line of the settings file")
                };
                mistakes.iter().map(check).collect()
            }
            Err(error @ SettingsError::Unreadable { .. }) => {
                let mend = "create the file or make it readable, or leave --config out";
                vec![Check::fail("settings", error.to_string(), mend)]
            }
            Ok(ReadSettings { settings, warnings }) => {
                let detail = match (FileState::of(file), settings.accounts.len()) {
                    (FileState::Missing, _) => format!("none at {path}, and none is needed"),
                    (_, 0) => format!("{path} is read; it lists no account"),
                    (_, 1) => format!("{path} is read; it lists 1 account"),
                    (_, n) => format!("{path} is read; it lists {n} accounts"),
                };
                let warning = |warning: &crate::disk::Warning| {
                    Check::warn("settings", warning.to_string(), "mend or remove this entry")
                };
                let mut checks = vec![Check::ok("settings", detail)];
                checks.extend(warnings.iter().map(warning));
                checks
            }
        }
    }

    /// The files that the SDK reads profiles and credentials from.
    fn aws_checks(&self) -> Vec<Check> {
        let files = [
            ("AWS config", "AWS_CONFIG_FILE", ".aws/config"),
            ("AWS credentials", "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"),
        ];
        let check = |(name, variable, usual)| {
            let Some(path) = self.environment.file(variable, usual) else {
                let mend = format!("set HOME or {variable}");
                return Check::warn(name, "the home folder is not known", mend);
            };
            let named = self.environment.get(variable).is_some();
            let path = (shown(&path), FileState::of(&path));
            match path {
                (path, FileState::Readable) => Check::ok(name, path),
                (path, FileState::Missing) if named => {
                    let mend = format!("create it, or unset {variable}");
                    Check::warn(name, format!("{path} is not there, and {variable} names it"), mend)
                }
                // Credentials may come from the environment or the machine: no file is no fault.
                (path, FileState::Missing) => Check::ok(name, format!("none at {path}")),
                (path, FileState::Unreadable(error)) => Check::fail(
                    name,
                    format!("{path} cannot be read: {error}"),
                    "make it readable for yourself",
                ),
            }
        };
        files.into_iter().map(check).collect()
    }

    fn data_check(&self) -> Check {
        const NAME: &str = "data folder";
        let path = shown(&self.folders.data);
        match FolderState::of(&self.folders.data) {
            FolderState::Private => Check::ok(NAME, format!("{path} is yours alone")),
            FolderState::Missing => Check::ok(NAME, format!("{path} is created when it is needed")),
            FolderState::Open(mode) => {
                let detail = format!("{path} can be entered by others (mode {mode:o})");
                Check::warn(NAME, detail, format!("chmod 700 {path}"))
            }
            FolderState::ReadOnly => {
                Check::fail(NAME, format!("{path} cannot be written to"), format!("chmod 700 {path}"))
            }
            FolderState::NotAFolder => {
                let mend = "move the file away, or name a folder with --data-dir";
                Check::fail(NAME, format!("{path} is not a folder"), mend)
            }
            FolderState::Unreadable(error) => {
                let mend = "make it yours, or name another folder with --data-dir";
                Check::fail(NAME, format!("{path} cannot be looked at: {error}"), mend)
            }
        }
    }
}

fn shown(path: &Path) -> Shown {
    Shown::from(path.to_string_lossy().as_ref())
}
