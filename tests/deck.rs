//! The real binary on the demo cloud in a pseudo terminal, as the terminal tests and the pictures start it.

use std::path::Path;

use tempfile::TempDir;

use crate::pty::{Ground, Pty, Start};

/// The deck, and the home folder that it has to itself.
pub(crate) struct Deck {
    pub(crate) pty: Pty,
    pub(crate) home: TempDir,
}

/// Starts the deck on the built-in fleet.
pub(crate) fn on_demo(size: (u16, u16), ground: Ground, env: &[(&str, &str)]) -> Deck {
    start(&["--demo"], size, ground, env)
}

/// Starts the deck on the built-in fleet so that it sends nothing that changes anything.
pub(crate) fn on_demo_read_only(size: (u16, u16)) -> Deck {
    start(&["--demo", "--read-only"], size, Ground::Dark, &[])
}

/// Starts the deck on a fleet of the test's own.
pub(crate) fn on_fleet(fleet: &str, size: (u16, u16)) -> Deck {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("fleet.json");
    std::fs::write(&file, fleet).expect("written");
    let demo = format!("--demo={}", file.display());
    start_in(home, &[&demo], size, Ground::Dark, &[])
}

fn start(args: &[&str], size: (u16, u16), ground: Ground, env: &[(&str, &str)]) -> Deck {
    start_in(tempfile::tempdir().expect("a folder"), args, size, ground, env)
}

pub(crate) fn start_in(
    home: TempDir,
    args: &[&str],
    size: (u16, u16),
    ground: Ground,
    env: &[(&str, &str)],
) -> Deck {
    let program = Path::new(env!("CARGO_BIN_EXE_snapdeck"));
    let pty = Pty::start(&Start { program, args, size, ground, env, home: home.path() });
    Deck { pty, home }
}
