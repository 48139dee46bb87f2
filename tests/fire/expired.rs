//! Credentials that end half way: what was read stays and is marked, and reading goes on after a sign-in.

use serde_json::{Value, json};
use snapdeck::domain::FaultClass;

use super::{Front, PROD, snapshots};

const OLD: &str = "ASIA111111111111OLD1";

/// The config file of one account with a session that somebody put there.
fn config(access_key: &str) -> String {
    format!(
        "[profile prod]\nregion = eu-west-1\naws_access_key_id = {access_key}\naws_secret_access_key = s\n\
         aws_session_token = t\n"
    )
}

/// One account whose session ends in us-east-1 after so many calls there.
fn fleet(calls: u32) -> Value {
    let ends = json!([{"Operation": "*", "Code": "ExpiredToken", "AccessKeyId": OLD, "After": calls}]);
    json!({"caller": PROD, "latency_ms": 20, "accounts": {PROD: {"name": "prod", "regions": {
        "us-east-1": {"DBSnapshots": snapshots(250), "Faults": ends},
        "eu-west-1": {"DBSnapshots": snapshots(5)}}}}})
}

#[tokio::test(start_paused = true)]
async fn what_was_read_before_the_credentials_ended_stays_and_is_marked() {
    // Six listings begin, and one of them has a second page.
    let mut front = Front::on(&fleet(7), &config(OLD), &["us-east-1", "eu-west-1"]).await;
    front.read().await;
    assert_eq!(front.header(), "1/2 scopes  1 failed  205 snapshots");
    assert_eq!(front.state("prod", "us-east-1"), "EXPIRED");
    assert_eq!(front.rows(PROD, "us-east-1"), (200, 200), "all of them are marked");
    assert_eq!(front.rows(PROD, "eu-west-1"), (5, 0));
    let fault = front.why(PROD, "us-east-1");
    assert_eq!(fault.class, FaultClass::ExpiredCredentials);
    assert_eq!(fault.hint.exact(), "Put fresh credentials into profile prod.");

    std::fs::write(front.config(), config("ASIA111111111111NEW1")).expect("written");
    front.press("r").await;
    assert_eq!(front.header(), "2/2 scopes  255 snapshots");
    assert_eq!(front.rows(PROD, "us-east-1"), (250, 0));
}

#[tokio::test(start_paused = true)]
async fn a_second_reading_that_ends_half_way_takes_nothing_away() {
    // The first reading takes six listings, two of them of one page more.
    let mut front = Front::on(&fleet(8 + 7), &config(OLD), &["us-east-1", "eu-west-1"]).await;
    front.read().await;
    assert_eq!(front.header(), "2/2 scopes  255 snapshots");
    front.read().await;
    assert_eq!(front.header(), "1/2 scopes  1 failed  255 snapshots");
    assert_eq!(front.rows(PROD, "us-east-1"), (250, 250));
    assert_eq!(front.rows(PROD, "eu-west-1"), (5, 0));
}
