//! The tables of the journal, and how its file is opened.
//!
//! `run` and `event` only ever grow: their rows refuse to be changed or taken out. `tally` says how many events a run
//! has, and the seal over it; it changes in the transaction of each event, so that an event that is lost is missed.

use std::fs::{self, File};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::fault;
use crate::disk::file::{create_file, create_folder};
use crate::ports::JournalError;

/// The number of these tables.
const VERSION: i64 = 1;

/// How long another program's write is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long is waited between two tries where SQLite does not wait by itself.
const PAUSE: Duration = Duration::from_millis(10);

const TABLES: &str = "
    CREATE TABLE version (number INTEGER NOT NULL) STRICT;
    CREATE TABLE run (
        place INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        begun TEXT NOT NULL,
        author TEXT NOT NULL,
        goal TEXT NOT NULL,
        steps INTEGER NOT NULL,
        plan TEXT NOT NULL
    ) STRICT;
    CREATE TABLE event (
        run TEXT NOT NULL REFERENCES run (id),
        n INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (run, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tally (
        run TEXT PRIMARY KEY REFERENCES run (id),
        events INTEGER NOT NULL,
        seal INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER run_stays BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'a run stays as it is'); END;
    CREATE TRIGGER run_is_kept BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'a run is kept'); END;
    CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'an event stays as it is'); END;
    CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'an event is kept'); END;
";

/// Makes the file of a journal and its folder, for their owner alone, where there are none.
pub(super) fn create(file: &Path) -> Result<(), JournalError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    create_folder(folder).map_err(|error| fault::of_io(folder, &error))?;
    match create_file(file) {
        Ok(_) => {
            // A file that is new is on the disk when its folder is.
            let all = [Some(folder), folder.parent().filter(|above| !above.as_os_str().is_empty())];
            let mut folders = all.into_iter().flatten();
            folders
                .try_for_each(|folder| File::open(folder)?.sync_all())
                .map_err(|error| fault::of_io(folder, &error))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(fault::of_io(file, &error)),
    }
}

/// Opens the file of a journal, which must be there, and makes its tables if it is empty.
pub(super) fn open(file: &Path) -> Result<Connection, JournalError> {
    let until = Instant::now() + PATIENCE;
    keep_to_owner(file);
    loop {
        match connect(file) {
            // Turning the write-ahead log on does not wait by itself.
            Err(error) if is_busy(&error) && Instant::now() < until => sleep(PAUSE),
            Err(error) => return Err(fault::of_sqlite(file, &error)),
            Ok((_, version)) if version > VERSION => return Err(JournalError::Newer(fault::place(file))),
            Ok((connection, VERSION)) => return Ok(connection),
            Ok((_, version)) => {
                let what = format!("its version is {version}").into();
                return Err(JournalError::Corrupted { file: fault::place(file), what });
            }
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Connects; gives the version of the tables besides.
fn connect(file: &Path) -> rusqlite::Result<(Connection, i64)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    if !has_tables(&connection)? {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have made them meanwhile.
        if !has_tables(&transaction)? {
            transaction.execute_batch(TABLES)?;
            transaction.execute("INSERT INTO version (number) VALUES (?1)", [VERSION])?;
        }
        transaction.commit()?;
    }
    let version = connection.query_row("SELECT number FROM version", [], |row| row.get(0))?;
    Ok((connection, version))
}

fn has_tables(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) > 0 FROM sqlite_schema", [], |row| row.get(0))
}

/// Takes away what others may do with the file; what lies beside it gets the same rights from SQLite.
#[cfg(unix)]
fn keep_to_owner(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    if fs::metadata(file).is_ok_and(|facts| facts.permissions().mode() & 0o077 != 0) {
        // Where that is not ours to do, it is not ours to refuse either: the file may still be read.
        let _ = fs::set_permissions(file, fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn keep_to_owner(_: &Path) {}
