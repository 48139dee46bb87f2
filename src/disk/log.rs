//! The log that `--log` asks for: a file of the user's own, readable by nobody else, harmless to look at.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::domain::harmless;

/// A log. What is written to it at once becomes one line, whatever it holds.
#[derive(Debug)]
pub struct Log(File);

/// Opens a log to write at its end; a new one is made with mode 0600.
///
/// # Errors
/// When the file cannot be opened or made.
pub fn create_log(file: &Path) -> io::Result<Log> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(file).map(Log)
}

impl Write for Log {
    fn write(&mut self, entry: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(entry);
        let line = harmless(text.strip_suffix('\n').unwrap_or(&text)).into_owned() + "\n";
        self.0.write_all(line.as_bytes())?;
        Ok(entry.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture::hostile;
    use crate::domain::is_hidden;

    #[test]
    fn a_new_log_is_the_users_alone_and_an_old_one_is_continued() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log");
        create_log(&path).expect("a log").write_all(b"a\n").expect("written");
        create_log(&path).expect("a log").write_all(b"b\n").expect("written");
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!((mode & 0o777, std::fs::read_to_string(&path).expect("text").as_str()), (0o600, "a\nb\n"));
    }

    proptest! {
        #[test]
        fn an_entry_is_one_harmless_line(entries in prop::collection::vec(hostile(), 1..6)) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("log");
            let mut log = create_log(&path).expect("a log");
            for entry in &entries {
                log.write_all(format!("{entry}\n").as_bytes()).expect("written");
            }
            let text = std::fs::read_to_string(&path).expect("text");
            prop_assert_eq!(text.matches('\n').count(), entries.len());
            prop_assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{:?}", text);
        }
    }
}
