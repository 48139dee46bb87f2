//! The log that `--log` asks for: a file of the user's own, readable by nobody else.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Opens a log to write at its end; a new one is made with mode 0600.
///
/// # Errors
/// When the file cannot be opened or made.
pub fn create_log(file: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(file)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_new_log_is_the_users_alone_and_an_old_one_is_continued() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log");
        std::io::Write::write_all(&mut create_log(&path).expect("a log"), b"a").expect("written");
        std::io::Write::write_all(&mut create_log(&path).expect("a log"), b"b").expect("written");
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!((mode & 0o777, std::fs::read_to_string(&path).expect("text").as_str()), (0o600, "ab"));
    }
}
