//! The locks of runs: a file for each, locked by the program that drives it.
//!
//! The system lets go of a lock when its program ends, so that no dead one holds anything. The file tells people who
//! has the lock, and is emptied when that lets go; text in a file that nobody has locked is of one that was cut short.
//! Files are never taken out: another program could lock one that is no longer there.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use jiff::Timestamp;

use super::fault;
use crate::disk::file::create_folder;
use crate::disk::here;
use crate::plan::{Holder, RunId};
use crate::ports::JournalError;

/// How often a lock is tried: who only looks at one has it for a moment, and who has just got one has to write down
/// who that is.
const TRIES: u32 = 5;

/// How long is waited between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The folder of the locks.
pub(super) struct Grips {
    folder: PathBuf,
}

/// A lock that this program has.
pub(super) struct Grip {
    file: File,
}

impl Grips {
    /// The locks of the journal in a folder.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.join("holds") }
    }

    /// Whether there were any runs here.
    pub(super) fn are_there(&self) -> bool {
        std::fs::read_dir(&self.folder).is_ok_and(|mut all| all.next().is_some())
    }

    /// Makes the file of a run, so that it is known that there was one.
    pub(super) fn prepare(&self, run: RunId) -> Result<(), JournalError> {
        self.open(run).map(drop)
    }

    /// Takes the lock of a run; gives who had it before and never let go, besides.
    pub(super) fn take(&self, run: RunId, since: Timestamp) -> Result<(Grip, Option<Holder>), JournalError> {
        let (mut file, path) = self.open(run)?;
        let failed = |error: io::Error| fault::of_io(&path, &error);
        for last in (0..TRIES).rev() {
            match file.try_lock() {
                Ok(()) => {
                    let before = read(&mut file).map_err(failed)?;
                    let own = Holder { pid: std::process::id(), host: here::host(), since };
                    write(&mut file, &own).map_err(failed)?;
                    return Ok((Grip { file }, before));
                }
                Err(TryLockError::WouldBlock) if last > 0 => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
        let holder = read(&mut file).map_err(failed)?;
        Err(holder.map_or_else(|| JournalError::Busy(fault::place(&path)), JournalError::Held))
    }

    /// Who has the lock of a run, where that can be told. Makes nothing.
    pub(super) fn holder(&self, run: RunId) -> Option<Holder> {
        let mut file = File::open(self.path(run)).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => read(&mut file).ok()?,
            Ok(()) | Err(TryLockError::Error(_)) => None,
        }
    }

    fn path(&self, run: RunId) -> PathBuf {
        self.folder.join(run.to_string())
    }

    fn open(&self, run: RunId) -> Result<(File, PathBuf), JournalError> {
        create_folder(&self.folder).map_err(|error| fault::of_io(&self.folder, &error))?;
        let path = self.path(run);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(|error| fault::of_io(&path, &error))?;
        Ok((file, path))
    }
}

impl Drop for Grip {
    fn drop(&mut self) {
        // If it stays, the next one takes this one for cut short, and the journal knows better.
        let _ = self.file.set_len(0);
    }
}

fn write(file: &mut File, holder: &Holder) -> io::Result<()> {
    io::Seek::rewind(file)?;
    file.set_len(0)?;
    file.write_all(format!("{}\n{}\n{}\n", holder.pid, holder.since, holder.host.exact()).as_bytes())
}

/// Who is written there; `None` when nobody is, or not all of it.
fn read(file: &mut File) -> io::Result<Option<Holder>> {
    /// More than any name of a machine takes.
    const LONGEST: u64 = 1024;
    let mut bytes = Vec::new();
    io::Seek::rewind(file)?;
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(parse(&String::from_utf8_lossy(&bytes)))
}

fn parse(text: &str) -> Option<Holder> {
    let mut lines = text.strip_suffix('\n')?.splitn(3, '\n');
    let (pid, since, host) = (lines.next()?, lines.next()?, lines.next()?);
    Some(Holder { pid: pid.parse().ok()?, host: host.into(), since: since.parse().ok()? })
}
