//! What the system and SQLite say, as the journal's errors: what to do decides which.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::domain::Shown;
use crate::ports::JournalError;

/// A path in words.
pub(super) fn place(path: &Path) -> Shown {
    path.display().to_string().into()
}

/// What the system said of a file.
pub(super) fn of_io(path: &Path, error: &io::Error) -> JournalError {
    use io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let file = place(path);
    match error.kind() {
        PermissionDenied | ReadOnlyFilesystem => JournalError::ReadOnly(file),
        StorageFull | QuotaExceeded => JournalError::Full(file),
        _ => JournalError::Failed { file, what: error.to_string().into() },
    }
}

/// What SQLite said of the journal.
pub(super) fn of_sqlite(path: &Path, error: &rusqlite::Error) -> JournalError {
    let file = place(path);
    let what: Shown = error.to_string().into();
    let Some(code) = error.sqlite_error() else {
        // A row that is missing, of another type, or no text: nothing here writes such.
        return JournalError::Corrupted { file, what };
    };
    match code.code {
        ErrorCode::DiskFull => JournalError::Full(file),
        // Without room for it, the index of the write-ahead log cannot grow.
        ErrorCode::SystemIoFailure if code.extended_code == ffi::SQLITE_IOERR_SHMSIZE => {
            JournalError::Full(file)
        }
        // The file was made before; what cannot be opened is what lies beside it.
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
            JournalError::ReadOnly(file)
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => JournalError::Busy(file),
        // The schema is ours: where a table, a column or a constraint says no, the file is not what was written.
        ErrorCode::DatabaseCorrupt
        | ErrorCode::NotADatabase
        | ErrorCode::ConstraintViolation
        | ErrorCode::TypeMismatch
        | ErrorCode::Unknown => JournalError::Corrupted { file, what },
        _ => JournalError::Failed { file, what },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_becomes_what_to_do() {
        let path = Path::new("/data/journal.sqlite");
        let of = |kind: io::ErrorKind| of_io(path, &kind.into());
        let file = || Shown::from("/data/journal.sqlite");
        assert_eq!(of(io::ErrorKind::ReadOnlyFilesystem), JournalError::ReadOnly(file()));
        assert_eq!(of(io::ErrorKind::StorageFull), JournalError::Full(file()));
        assert_eq!(of(io::ErrorKind::QuotaExceeded), JournalError::Full(file()));
        let of = |code| of_sqlite(path, &rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
        assert_eq!(of(ffi::SQLITE_FULL), JournalError::Full(file()));
        assert_eq!(of(ffi::SQLITE_IOERR_SHMSIZE), JournalError::Full(file()));
        assert_eq!(of(ffi::SQLITE_READONLY), JournalError::ReadOnly(file()));
        assert_eq!(of(ffi::SQLITE_BUSY), JournalError::Busy(file()));
        assert!(matches!(of(ffi::SQLITE_NOTADB), JournalError::Corrupted { .. }));
        assert!(matches!(of(ffi::SQLITE_IOERR), JournalError::Failed { .. }));
    }
}
