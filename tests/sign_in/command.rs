//! Profiles of IAM Identity Center and of `aws login`: the command that renews their session is named and run.

use serde_json::{Value, json};

use super::Home;

const SESSION: &str = "arn:aws:iam::111111111111:user/dba";

/// Where the AWS CLI keeps what `aws login` gave for that session: its name is the session's SHA-256.
const CACHE: &str = "login/cache/922323b036edbfe5ef6a8073725806ced0beb86390888af12c1e1840d20a099a.json";

/// What `aws login` writes.
fn token(access_key: &str) -> String {
    json!({
        "accessToken": {"accessKeyId": access_key, "secretAccessKey": "s", "sessionToken": "t",
            "accountId": "111111111111", "expiresAt": "2099-01-01T00:00:00Z"},
        "tokenType": "aws_sigv4", "refreshToken": "r", "idToken": "i", "clientId": "c", "dpopKey": "k",
    })
    .to_string()
}

/// An account with one snapshot, whose first session ends when something is copied.
fn fleet() -> Value {
    let ends =
        json!({"Operation": "CopyDBSnapshot", "Code": "ExpiredToken", "AccessKeyId": "ASIA111111111111OLD1"});
    json!({"caller": "111111111111", "latency_ms": 5, "accounts": {"111111111111": {"regions": {"us-east-1": {
        "DBSnapshots": [{"DBSnapshotIdentifier": "orders-final", "DBInstanceIdentifier": "orders", "Engine": "mysql"}],
        "Faults": [ends]}}}}})
}

fn home() -> Home {
    let home = Home::new(
        &fleet(),
        &format!(
            "[profile prod]\nregion = us-east-1\nlogin_session = {SESSION}\n\
             [profile sso]\nregion = us-east-1\nsso_start_url = https://x.awsapps.com/start\n\
             sso_region = us-east-1\nsso_account_id = 111111111111\nsso_role_name = dba\n"
        ),
    );
    // It asks something, as whoever has a terminal can, and signs in.
    home.write("new", &token("ASIA111111111111NEW1"));
    home.program(
        "aws",
        &format!(
            "echo \"called: $*\"\nprintf 'user name? '\nread -r name\necho \"welcome $name\"\n\
             test \"$1\" = login || exit 1\nmkdir -p ~/.aws/login/cache\ncp ~/new ~/.aws/{CACHE}"
        ),
    );
    home
}

#[test]
fn aws_login_is_named_run_on_the_terminal_and_reading_goes_on() {
    let mut deck = home().start(&["--profile", "prod"]);
    let pty = &mut deck.pty;
    pty.see("1 account failed").see("aws login --profile prod").keys("S");
    pty.see("called: login --profile prod").see("user name?");
    assert!(!pty.screen().alternate_screen(), "the deck is out of the way");
    pty.keys("me\r").see("orders-final").see("1/1 scope ");
    assert!(pty.screen().alternate_screen());
    // The keyboard is the deck's again.
    pty.keys("?").see("Help").keys("\x1b").gone("Help").keys("q");
    assert_eq!(pty.wait(), 0);
}

#[test]
fn a_sign_in_that_fails_can_be_read_and_changes_nothing() {
    let mut deck = home().start(&["--profile", "sso"]);
    let pty = &mut deck.pty;
    pty.see("1 account failed").see("aws sso login --profile sso").keys("S");
    pty.see("called: sso login --profile sso")
        .keys("me\r")
        .see("welcome me")
        .see("Enter goes back to the deck.");
    pty.keys("\r").see("not signed in: aws sso login --profile sso ended with exit status: 1");
    pty.see("1 account failed").keys("q");
    assert_eq!(pty.wait(), 0);
}

#[test]
fn ctrl_c_ends_the_command_and_not_the_deck() {
    let mut deck = home().start(&["--profile", "prod"]);
    let pty = &mut deck.pty;
    pty.see("1 account failed").keys("S").see("user name?").keys("\x03").see("Enter goes back to the deck.");
    pty.keys("\r").see("not signed in").see("1 account failed").keys("q");
    assert_eq!(pty.wait(), 0);
}

#[test]
fn a_run_that_pauses_for_a_sign_in_goes_on_after_it() {
    let home = home();
    home.write(&format!(".aws/{CACHE}"), &token("ASIA111111111111OLD1"));
    let mut deck = home.start(&["--profile", "prod"]);
    let pty = &mut deck.pty;
    pty.see("orders-final").see("1/1 scope ").keys("c").see("┌ Copy ").see("│ ready");
    pty.keys("\r").see("CopyDBSnapshot").keys("\r").see("needs sign-in");
    pty.keys("S").see("user name?").keys("me\r").see("done").gone("needs sign-in").keys("q");
    assert_eq!(pty.wait(), 0);
}
