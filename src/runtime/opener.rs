//! Opens an address in the reader's browser, where there is one.

use std::process::{Command, Stdio};

use crate::app::Mishap;

/// Starts the browser; on another machine than the reader's there is none to start.
pub(super) fn open(url: &str) -> Result<(), Mishap> {
    if std::env::var_os("SSH_CONNECTION").is_some() {
        return Err(Mishap("no browser can be opened over ssh".into()));
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let started = Command::new(opener)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match started {
        Ok(status) if status.success() => Ok(()),
        Ok(_) | Err(_) => Err(Mishap(format!("{opener} found no browser").into())),
    }
}
