//! One file or folder: creating it for its owner alone, and looking at it without touching it.
//!
//! Looking never creates, and says "cannot tell" rather than guessing.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::Path;

/// What is found where a file should be.
#[derive(Debug)]
pub enum FileState {
    /// It is there and can be read.
    Readable,
    /// There is none.
    Missing,
    /// It is there, or may be, and cannot be read.
    Unreadable(io::Error),
}

impl FileState {
    /// Looks at a file by opening it.
    pub fn of(path: &Path) -> Self {
        match File::open(path).and_then(|file| file.metadata()) {
            Ok(facts) if facts.is_dir() => {
                Self::Unreadable(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"))
            }
            Ok(_) => Self::Readable,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::Missing,
            Err(error) => Self::Unreadable(error),
        }
    }
}

/// What is found where a folder of the program should be.
#[derive(Debug)]
pub enum FolderState {
    /// It is there, and only its owner gets in.
    Private,
    /// It is there, and others get in: its permission bits, as 0o755.
    Open(u32),
    /// It is there, and its owner may not write into it.
    ReadOnly,
    /// There is none yet; it is created when it is needed.
    Missing,
    /// A file is in its place.
    NotAFolder,
    /// It cannot be looked at.
    Unreadable(io::Error),
}

impl FolderState {
    /// Looks at a folder.
    pub fn of(path: &Path) -> Self {
        match std::fs::metadata(path) {
            Ok(facts) if !facts.is_dir() => Self::NotAFolder,
            Ok(facts) if facts.permissions().readonly() => Self::ReadOnly,
            Ok(facts) => match open_bits(&facts) {
                0 => Self::Private,
                mode => Self::Open(mode),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::Missing,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => Self::NotAFolder,
            Err(error) => Self::Unreadable(error),
        }
    }
}

/// The text of a file that the user names.
pub fn read(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
}

/// Creates a folder and those above it, each for its owner alone; one that exists is left as it is.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Creates a file for its owner alone; one that exists, a link included, is an error.
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The permission bits if group or others have any, else 0.
#[cfg(unix)]
fn open_bits(facts: &std::fs::Metadata) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = facts.permissions().mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 { 0 } else { mode }
}

/// Elsewhere a folder inherits who gets in, and that is for the system's owner to say.
#[cfg(not(unix))]
fn open_bits(_: &std::fs::Metadata) -> u32 {
    0
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn what_is_created_is_its_owners_alone() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a/b");
        create_folder(&folder).expect("created");
        create_file(&folder.join("f")).expect("created");
        let mode = |path: &Path| fs::metadata(path).expect("facts").permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&root.path().join("a"))), (0o700, 0o700));
        assert_eq!(mode(&folder.join("f")), 0o600);
        assert!(matches!(FolderState::of(&folder), FolderState::Private));
    }

    #[test]
    fn a_folder_that_others_can_enter_is_told_with_its_bits() {
        let root = tempfile::tempdir().expect("a folder");
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).expect("set");
        assert!(matches!(FolderState::of(root.path()), FolderState::Open(0o755)));
    }

    #[test]
    fn missing_and_mistaken_places_are_told_apart() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("f");
        create_file(&file).expect("created");
        assert!(matches!(FileState::of(&file), FileState::Readable));
        assert!(matches!(FileState::of(&root.path().join("g")), FileState::Missing));
        assert!(matches!(FileState::of(root.path()), FileState::Unreadable(_)));
        assert!(matches!(FolderState::of(&file), FolderState::NotAFolder));
        assert!(matches!(FolderState::of(&root.path().join("g")), FolderState::Missing));
        assert!(create_file(&file).is_err(), "a file is never created twice");
    }
}
