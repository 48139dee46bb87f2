//! The clipboard of the reader's terminal, also over ssh and inside tmux.
//!
//! OSC 52 asks the terminal; inside tmux `tmux load-buffer -w -` fills tmux's buffer and has tmux
//! ask the terminal, which also works where tmux swallows OSC 52.

use std::io::{Write as _, stdout};
use std::process::{Command, Stdio};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use crate::app::Mishap;

/// Puts text on the clipboard. Whether the terminal lets programs do so cannot be known.
pub(super) fn copy(text: &str) -> Result<(), Mishap> {
    if std::env::var_os("TMUX").is_some() && through_tmux(text).is_some() {
        return Ok(());
    }
    execute!(stdout(), CopyToClipboard::to_clipboard_from(text))
        .map_err(|error| Mishap(format!("the terminal could not be written to: {error}").into()))
}

fn through_tmux(text: &str) -> Option<()> {
    let mut tmux = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    tmux.stdin.take()?.write_all(text.as_bytes()).ok()?;
    tmux.wait().ok()?.success().then_some(())
}
