//! The deck in a terminal, driven by chords: what a person sees, and what the shell gets back.

mod panics;
mod plain;
mod sizes;

use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use vt100::{MouseProtocolMode, Screen};

use crate::deck::{on_demo, on_fleet};
use crate::pty::{Ground, Pty};

const NARROW: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (150, 45);

/// The terminal is as the shell left it.
fn is_restored(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
}

/// The same, and its modes are those that it had: raw mode is off.
fn is_given_back(pty: &Pty) -> bool {
    is_restored(&pty.screen()) && pty.has_its_modes()
}

fn signal(pty: &Pty, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &pty.id().to_string()]).status();
    assert!(status.expect("kill runs").success());
}

/// Every scope of the built-in fleet was asked: the one that is denied has failed, the slow one is read.
fn settled(pty: &mut Pty) -> &mut Pty {
    pty.see("21/22 scopes").gone("...")
}

#[test]
fn the_deck_opens_is_searched_looked_into_saved_and_left() {
    let mut deck = on_demo(WIDE, Ground::Dark, &[]);
    let pty = &mut deck.pty;
    settled(pty).keys("/").keys("enc:none share:public").see("1 of 3 ");
    for name in ["orders-prod-before-migration", "opendata-aurora", "opendata-cities"] {
        pty.see(name);
    }
    pty.keys("\r").keys("?").see("Help").keys("\x1b").gone("Help");
    pty.keys("A").see("Accounts").keys("\x1b").gone("Accounts");
    pty.keys("R").see("Regions").keys("\x1b").gone("Regions");
    pty.keys("o").see("Sort by").keys("\x1b").gone("Sort by");
    pty.keys("J")
        .see("\"DBSnapshotIdentifier\": \"orders-prod-before-migration\"")
        .keys("\x1b")
        .gone("JSON ·");
    pty.keys("\x13").see("Save").keys("\x15").keys("public.csv\r").see("public.csv");
    let saved = deck.home.path().join("public.csv");
    pty.until("the file is there", |_| saved.exists());
    assert_eq!(std::fs::read_to_string(&saved).expect("text").lines().count(), 4, "a header and three rows");
    assert_eq!(std::fs::metadata(&saved).expect("a file").permissions().mode() & 0o777, 0o600);
    pty.keys("\x1b").see(" of 615").keys("q");
    assert_eq!(pty.wait(), 0);
    assert!(is_given_back(pty));
}

#[test]
fn a_scope_that_is_denied_says_who_was_denied_what_and_by_whom() {
    let mut deck = on_demo(NARROW, Ground::Dark, &[]);
    let pty = settled(&mut deck.pty);
    pty.keys("h").see("all accounts").keys("G").keys("kk").keys("\r");
    pty.see("rds:DescribeDBSnapshots").see("a service control policy of the organisation").see("What to do");
}

#[test]
fn at_80_columns_no_two_rows_look_alike() {
    let mut deck = on_demo(NARROW, Ground::Dark, &[]);
    let pty = settled(&mut deck.pty);
    // A page takes the cursor to another place; the place is what says that the page is there.
    for page in 0..28 {
        let text = pty.text();
        let mut rows: Vec<&str> =
            text.lines().skip(3).take(18).map(|line| line.trim_start_matches(['│', '▌', ' '])).collect();
        rows.sort_unstable();
        let count = rows.len();
        rows.dedup();
        assert_eq!(rows.len(), count, "page {page}:\n{text}");
        let place = |screen: &Screen| screen.contents().lines().nth(1).unwrap_or_default().to_owned();
        let before = place(&pty.screen());
        pty.keys("\x1b[6~").until("the next page", |screen| place(screen) != before);
    }
}

#[test]
fn nothing_that_hangs_holds_up_the_keyboard() {
    let key = "arn:aws:kms:us-east-1:111111111111:key/11111111-1111-4111-8111-111111111111";
    let fleet = format!(
        r#"{{"accounts": {{"111111111111": {{"name": "prod", "regions": {{
            "us-east-1": {{
                "DBSnapshots": [
                    {{"DBSnapshotIdentifier": "orders-a", "Engine": "mysql", "Encrypted": true, "KmsKeyId": "{key}"}},
                    {{"DBSnapshotIdentifier": "orders-b", "Engine": "mysql"}}],
                "Keys": [{{"KeyMetadata": {{"KeyId": "11111111-1111-4111-8111-111111111111", "Arn": "{key}"}}}}],
                "Faults": [{{"Operation": "DescribeKey", "DelayMs": 10000}}, {{"Operation": "ListAliases", "DelayMs": 10000}}]}},
            "eu-west-1": {{"Faults": [{{"Operation": "DescribeDBSnapshots", "DelayMs": 30000}}]}}}}}}}}}}"#
    );
    let mut deck = on_fleet(&fleet, NARROW);
    let start = Instant::now();
    let pty = &mut deck.pty;
    pty.see("orders-a").see("orders-b").keys("/").keys("orders-b").gone("orders-a").keys("\r");
    pty.keys("\r").see("Encryption").keys("\x1b").gone("Encryption").keys("\x1b").see("orders-a");
    pty.keys("h").see("reading").keys("q");
    assert_eq!(pty.wait(), 0);
    assert!(start.elapsed() < Duration::from_secs(10), "the keyboard waited: {:?}", start.elapsed());
}

#[test]
fn what_is_pasted_is_text_and_no_chords() {
    let mut deck = on_demo(WIDE, Ground::Dark, &[]);
    let pty = settled(&mut deck.pty);
    pty.keys("/").keys("\x1b[200~orders-prod\rqqq\x1b[201~").see("orders-prod");
    pty.keys("\x1b").see(" of 615");
}

#[test]
fn whatever_ends_the_deck_gives_the_terminal_back() {
    for (name, status) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let mut deck = on_demo(NARROW, Ground::Light, &[]);
        let pty = deck.pty.see("snapshots");
        signal(pty, name);
        assert_eq!(pty.wait(), status, "{name}");
        assert!(is_given_back(pty), "{name}");
    }
}

#[test]
fn a_stop_gives_the_terminal_to_the_shell_and_comes_back() {
    for by_hand in [true, false] {
        let mut deck = on_demo(NARROW, Ground::Dark, &[]);
        let pty = settled(&mut deck.pty);
        if by_hand {
            pty.keys("\x1a");
        } else {
            signal(pty, "TSTP");
        }
        pty.until("the shell has the terminal", is_restored);
        while !pty.has_its_modes() {
            thread::yield_now();
        }
        // The shell's window may be another one by now.
        pty.resize(WIDE.0, WIDE.1);
        // The stop follows the restoring by a moment: a continuing signal that is early is sent again.
        while !pty.screen().alternate_screen() {
            signal(pty, "CONT");
        }
        pty.see("615 snapshots").see("Details").keys("q");
        assert_eq!(pty.wait(), 0);
        assert!(is_given_back(pty));
    }
}

/// How many cells are drawn in a colour of the settings' own choosing.
fn drawn_in(screen: &Screen, colour: (u8, u8, u8)) -> usize {
    let (rows, cols) = (u16::from(screen.size().0), u16::from(screen.size().1));
    let cells = (0..rows).flat_map(|row| (0..cols).map(move |col| (row, col)));
    let colour = vt100::Color::Rgb(colour.0, colour.1, colour.2);
    cells.filter(|(row, col)| screen.cell(*row, *col).is_some_and(|cell| cell.fgcolor() == colour)).count()
}

/// The accents of the themes `dark` and `light`, in which the border of the pane with the focus is drawn.
const DARK: (u8, u8, u8) = (0x56, 0xc8, 0xd8);
const LIGHT: (u8, u8, u8) = (0x05, 0x4f, 0x92);

#[test]
fn the_terminal_is_asked_for_its_background_and_what_is_typed_meanwhile_is_not_lost() {
    for (ground, accent, other) in [(Ground::Light, LIGHT, DARK), (Ground::Dark, DARK, LIGHT)] {
        let mut deck = on_demo(NARROW, ground, &[]);
        let pty = &mut deck.pty;
        pty.keys("/orders-prod").see("/ orders-prod");
        pty.until("the theme of the background", |screen| {
            drawn_in(screen, accent) > 80 && drawn_in(screen, other) == 0
        });
        pty.keys("\x1b").gone("/ orders-prod").keys(":theme light\r").see("theme light");
        pty.until("the theme that was chosen", |screen| {
            drawn_in(screen, LIGHT) > 80 && drawn_in(screen, DARK) == 0
        });
        pty.keys("q");
        assert_eq!(pty.wait(), 0);
    }
}

#[test]
fn the_mouse_is_left_to_the_terminal_by_a_chord_and_by_the_settings() {
    let mut deck = on_demo(NARROW, Ground::Dark, &[]);
    let has_mouse = |screen: &Screen| screen.mouse_protocol_mode() != MouseProtocolMode::None;
    let pty = settled(&mut deck.pty);
    pty.until("the deck has the mouse", has_mouse);
    pty.keys("M").until("the terminal has the mouse", |screen| !has_mouse(screen));
    pty.keys("M").until("the deck has it again", has_mouse).keys("q");
    assert_eq!(pty.wait(), 0);
    assert!(is_restored(&pty.screen()));
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_snapdeck"));
    let out = command.arg("--demo").env("HOME", home.path()).stdin(Stdio::null()).output().expect("it runs");
    assert_eq!(out.status.code(), Some(2));
    assert!(out.stdout.is_empty() && String::from_utf8_lossy(&out.stderr).contains("snapdeck list"));
}
