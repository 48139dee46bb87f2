//! A profile with `mfa_serial`: its code is asked for, a wrong one is said, and the right one buys one session.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{Home, written};

const DEVICE: &str = "arn:aws:iam::111111111111:mfa/me";

/// A role that wants a code; a third AssumeRole, however good, is refused.
fn fleet() -> Value {
    let third =
        json!({"Operation": "AssumeRole", "Code": "AccessDenied", "Message": "a third one", "After": 2});
    json!({"caller": "111111111111", "latency_ms": 5, "accounts": {
        "111111111111": {"MFADevices": [{"SerialNumber": DEVICE, "Code": "123456"}]},
        "222222222222": {"roles_with_mfa": ["dba"], "regions": {"us-east-1": {
            "DBSnapshots": [{"DBSnapshotIdentifier": "orders-final", "Engine": "mysql"}], "Faults": [third]}}}}})
}

fn home() -> Home {
    Home::new(
        &fleet(),
        &format!(
            "[profile dba]\nregion = us-east-1\nrole_arn = arn:aws:iam::222222222222:role/dba\n\
             source_profile = base\nmfa_serial = {DEVICE}\n\
             [profile base]\naws_access_key_id = AKIA111111111111\naws_secret_access_key = s\n"
        ),
    )
}

#[test]
fn the_deck_asks_for_a_code_says_that_one_is_wrong_and_keeps_what_the_right_one_bought() {
    let mut deck = home().start(&["--profile", "dba"]);
    let pty = &mut deck.pty;
    pty.see("MFA code").see(DEVICE).see("dba");
    pty.keys("12345\r").see("A code has six digits.").keys("\x15654321\r");
    pty.see("the code was not accepted").keys("123456\r").see("orders-final").gone("MFA code");
    pty.see("1/1 scope ").keys("r").see("reading everything again").gone("0/1").see("1/1 scope ");
    // What is asked later is signed with the same session.
    pty.keys("J").see("\"DBSnapshotIdentifier\": \"orders-final\"").keys("\x1b").gone("JSON ·").keys("q");
    assert_eq!(pty.wait(), 0);
    let all = written(deck.home.path());
    assert!(all.contains("sts:GetCallerIdentity"), "there is a log");
    for code in ["123456", "654321"] {
        assert!(!all.contains(code), "a code was written down");
    }
}

#[test]
fn whoever_leaves_the_question_is_not_asked_again_until_they_say_so() {
    let mut deck = home().start(&["--profile", "dba"]);
    let pty = &mut deck.pty;
    pty.see("MFA code").keys("\x1b").gone("MFA code").see("1 account failed").see("Type the code of");
    pty.see("No account could be signed in to").see("S signs in").gone("aws configure");
    pty.keys("S").see("MFA code").keys("123456\r").see("orders-final").keys("q");
    assert_eq!(pty.wait(), 0);
}

#[test]
fn a_command_asks_on_the_terminal() {
    let mut deck = home().start(&["list", "--profile", "dba"]);
    let pty = &mut deck.pty;
    pty.see(&format!("Code of {DEVICE}:")).keys("12\r").see("That is not a code");
    pty.keys("654321\r").see("the code was not accepted").keys("123456\r").see("orders-final");
    assert_eq!(pty.wait(), 0);
}

#[test]
fn a_command_that_nobody_watches_says_what_is_missing() {
    let home = home();
    let done = Command::new(env!("CARGO_BIN_EXE_snapdeck"))
        .args(["list", "--profile", "dba", "--region", "us-east-1", "--endpoint-url", &home.endpoint])
        .env_clear()
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("profile dba wants a code of its MFA device"), "{said}");
    assert!(
        said.contains(&format!("Type the code of {DEVICE}: snapdeck asks for it on a terminal.")),
        "{said}"
    );
}
