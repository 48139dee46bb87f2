//! Terminals that can do little, and those that are none: ASCII by itself, or a sentence that says what to do instead.

use std::path::Path;
use std::process::Command;

use super::{NARROW, is_given_back, settled};
use crate::deck::on_demo;
use crate::pty::{Ground, Pty, Start};

#[test]
fn without_a_locale_of_utf8_only_ascii_is_drawn() {
    for env in [
        [("LANG", "C"), ("LC_ALL", "")],
        [("LANG", "C.UTF-8"), ("LC_ALL", "POSIX")],
        [("LANG", ""), ("LC_CTYPE", "")],
    ] {
        let mut deck = on_demo(NARROW, Ground::Dark, &env);
        let pty = settled(&mut deck.pty).see("SHARED");
        assert!(pty.text().is_ascii(), "{env:?}\n{}", pty.text());
        pty.keys("?").see("Help");
        assert!(pty.text().is_ascii(), "{env:?}\n{}", pty.text());
    }
}

#[test]
fn a_dumb_terminal_is_told_what_works_on_it() {
    let mut deck = on_demo(NARROW, Ground::Dark, &[("TERM", "dumb")]);
    assert_eq!(deck.pty.wait(), 2);
    let text = deck.pty.text();
    assert!(text.contains("TERM=dumb") && text.contains("snapdeck list"), "{text}");
    assert!(is_given_back(&deck.pty));
}

#[test]
fn a_pipe_gets_nothing_and_the_reader_a_sentence() {
    let home = tempfile::tempdir().expect("a folder");
    let script = format!("'{}' --demo | wc -c", env!("CARGO_BIN_EXE_snapdeck"));
    let (program, args) = (Path::new("/bin/sh"), ["-c", script.as_str()]);
    let start =
        Start { program, args: &args, size: NARROW, ground: Ground::Dark, env: &[], home: home.path() };
    let mut pty = Pty::start(&start);
    pty.wait();
    let text = pty.text();
    assert!(text.contains("snapdeck list"), "{text}");
    assert!(text.lines().any(|line| line.trim() == "0"), "something was written to the pipe: {text}");
}

#[test]
fn what_is_told_after_all_holds_nothing_that_acts() {
    let home = tempfile::tempdir().expect("a folder");
    let hostile = "no\u{1b}[2J\u{9b}31m\u{202e}where\u{e0041}.toml";
    for args in [
        vec!["--config", hostile, "list"],
        vec!["--demo=no\u{1b}]0;x\u{7}where", "list"],
        vec!["--log", "no\u{1b}[2J/where", "list"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_snapdeck"));
        let out =
            command.args(&args).env("HOME", home.path()).current_dir(home.path()).output().expect("it runs");
        let said = String::from_utf8(out.stderr).expect("UTF-8");
        assert!(said.contains("\\u{1b}"), "{args:?}: {said:?}");
        assert!(!said.chars().any(|c| c != '\n' && snapdeck::domain::is_hidden(c)), "{args:?}: {said:?}");
    }
}
