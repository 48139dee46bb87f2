//! Saving text under a name that the user typed.
//!
//! A bare name lies in the folder that the caller chose; one with a path is taken from the current
//! folder, and `~` is the home folder. Nothing is overwritten: `view.csv` becomes `view-1.csv`.

use std::fmt;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use crate::domain::{Shown, is_hidden};

use super::file::{create_file, create_folder};

/// How many names are tried before giving up.
const TRIES: u32 = 1000;

/// Why text could not be saved.
#[derive(Debug)]
pub enum SaveError {
    /// The name names no file.
    BadName {
        /// The name.
        name: Shown,
        /// Why not.
        why: &'static str,
    },
    /// The folder that the name leads into is not there.
    NoFolder(PathBuf),
    /// The name and a thousand numbered ones are taken.
    Taken(PathBuf),
    /// The file could not be written.
    Failed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// Saves text for its owner alone and tells where it lies.
pub fn save(dir: &Path, name: &str, text: &str) -> Result<PathBuf, SaveError> {
    let place = place(dir, name, etcetera::home_dir().ok().as_deref())?;
    let failed = |path: &Path, error| SaveError::Failed { path: path.to_owned(), error };
    let folder = place.parent().unwrap_or(Path::new(""));
    if folder == dir {
        create_folder(dir).map_err(|error| failed(dir, error))?;
    } else if !folder.as_os_str().is_empty() && !folder.is_dir() {
        return Err(SaveError::NoFolder(folder.to_owned()));
    }
    for n in 0..TRIES {
        let path = numbered(&place, n);
        match create_file(&path) {
            Ok(mut file) => {
                let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
                return written.map(|()| path.clone()).map_err(|error| failed(&path, error));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(&path, error)),
        }
    }
    Err(SaveError::Taken(place))
}

/// Where a name leads, before anything is looked at.
fn place(dir: &Path, name: &str, home: Option<&Path>) -> Result<PathBuf, SaveError> {
    let bad = |why| SaveError::BadName { name: name.into(), why };
    if name.trim().is_empty() {
        return Err(bad("it is empty"));
    }
    if name.chars().any(is_hidden) {
        return Err(bad("it has control or invisible characters"));
    }
    if name.ends_with(std::path::is_separator) {
        return Err(bad("it names a folder, not a file"));
    }
    let below_home = name.strip_prefix('~').and_then(|rest| rest.strip_prefix(std::path::is_separator));
    let path = match (below_home, home) {
        (Some(rest), Some(home)) => home.join(rest),
        (Some(_), None) => return Err(bad("the home folder is not known")),
        (None, _) if name.starts_with('~') => {
            return Err(bad("only ~/ is understood, not another user's home"));
        }
        (None, _) if name.contains(std::path::is_separator) => PathBuf::from(name),
        (None, _) => dir.join(name),
    };
    match path.components().next_back() {
        Some(Component::Normal(_)) if !name.ends_with("/.") && name != "." => Ok(path),
        _ => Err(bad("it names a folder, not a file")),
    }
}

/// The nth name: `view.csv`, `view-1.csv`, `view-2.csv`.
fn numbered(path: &Path, n: u32) -> PathBuf {
    if n == 0 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{n}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| Shown::from(path.to_string_lossy().as_ref());
        match self {
            Self::BadName { name, why } => write!(f, "\"{name}\" is not the name of a file: {why}"),
            Self::NoFolder(path) => write!(f, "there is no folder {}: create it first", shown(path)),
            Self::Taken(path) => write!(f, "{} and its numbered names are taken", shown(path)),
            Self::Failed { path, error } => write!(f, "{} could not be written: {error}", shown(path)),
        }
    }
}

impl std::error::Error for SaveError {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let root = tempfile::tempdir().expect("a folder");
        let dir = root.path().join("views");
        let names: Vec<_> = ["one", "two", "three"]
            .map(|text| save(&dir, "view.csv", text).expect("saved"))
            .iter()
            .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["view.csv", "view-1.csv", "view-2.csv"]);
        assert_eq!(fs::read_to_string(dir.join("view.csv")).expect("read"), "one");
        assert_eq!(fs::read_to_string(dir.join("view-2.csv")).expect("read"), "three");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_and_the_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().expect("a folder");
        let target = root.path().join("target");
        std::os::unix::fs::symlink(&target, root.path().join("view")).expect("linked");
        let path = save(root.path(), "view", "text").expect("saved");
        assert_eq!(path, root.path().join("view-1"));
        assert!(!target.exists());
        assert_eq!(fs::metadata(path).expect("facts").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_name_may_lead_elsewhere_but_must_name_a_file() {
        let home = Path::new("/home/dba");
        let at = |name| place(Path::new("/views"), name, Some(home));
        assert_eq!(at("a.csv").expect("a place"), Path::new("/views/a.csv"));
        assert_eq!(at("./a.csv").expect("a place"), Path::new("./a.csv"));
        assert_eq!(at("~/out/a.csv").expect("a place"), Path::new("/home/dba/out/a.csv"));
        for bad in ["", "  ", ".", "..", "a/", "a/..", "a/.", "~", "~root/a", "a\u{202e}b", "a\nb", "a\0b"] {
            assert!(matches!(at(bad), Err(SaveError::BadName { .. })), "{bad:?}");
        }
    }

    #[test]
    fn a_folder_that_the_user_named_is_not_made_up() {
        let root = tempfile::tempdir().expect("a folder");
        let name = root.path().join("no/such/view.csv");
        let error = save(root.path(), &name.to_string_lossy(), "text").expect_err("no folder");
        assert!(error.to_string().ends_with("no/such: create it first"), "{error}");
    }
}
