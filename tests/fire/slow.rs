//! A region that hangs, and one where AWS asks for fewer requests for minutes.

use std::time::Duration;

use serde_json::json;
use snapdeck::domain::FaultClass;

use super::{DR, Front, PROD, snapshots};

#[tokio::test(start_paused = true)]
async fn a_region_that_hangs_is_told_within_half_a_minute_and_holds_nothing_else_up() {
    let hangs = json!([{"Operation": "DescribeDBSnapshots", "DelayMs": 3_600_000}]);
    let prod = json!({
        "us-east-1": {"DBSnapshots": snapshots(3), "Faults": hangs},
        "eu-west-1": {"DBSnapshots": snapshots(150)},
    });
    let mut front = Front::before(prod, json!({"us-east-1": {"DBSnapshots": snapshots(2)}})).await;
    front.read().await;
    assert!(front.took(PROD, "us-east-1") <= Duration::from_secs(30), "{:?}", front.took(PROD, "us-east-1"));
    for (account, region) in [(PROD, "eu-west-1"), (DR, "us-east-1"), (DR, "eu-west-1")] {
        assert!(front.took(account, region) < Duration::from_secs(1), "{account} {region}");
    }
    assert_eq!(front.header(), "3/4 scopes  1 failed  152 snapshots");
    assert_eq!(front.state("prod", "us-east-1"), "NO ANSWER");
    assert_eq!(front.state("prod", "eu-west-1"), "150");
    let fault = front.why(PROD, "us-east-1");
    assert_eq!(fault.class, FaultClass::Unreachable);
    assert_eq!(fault.action.expect("an action").exact(), "rds:DescribeDBSnapshots");
}

#[tokio::test(start_paused = true)]
async fn throttling_for_minutes_is_waited_out_said_and_read_to_the_end() {
    let throttled = json!([{"Operation": "DescribeDBSnapshots", "Code": "Throttling", "Times": 90}]);
    let prod = json!({"us-east-1": {"DBSnapshots": snapshots(250), "Faults": throttled}});
    let mut front = Front::before(prod, json!({})).await;
    front.read().await;
    assert!(front.has_shown("throttled…"), "it is said while it waits");
    assert!(!front.has_shown("THROTTLED"), "it has not failed");
    let took = front.took(PROD, "us-east-1");
    assert!((Duration::from_mins(2)..Duration::from_mins(10)).contains(&took), "{took:?}");
    assert!(front.took(PROD, "eu-west-1") < Duration::from_secs(1), "the other region is not slowed down");
    assert_eq!(front.header(), "4/4 scopes  250 snapshots");
    assert_eq!(front.state("prod", "us-east-1"), "250");
}

#[tokio::test(start_paused = true)]
async fn throttling_without_end_fails_and_says_what_it_is() {
    let throttled = json!([{"Operation": "DescribeDBSnapshots", "Code": "Throttling", "After": 3}]);
    let prod = json!({"us-east-1": {"DBSnapshots": snapshots(250), "Faults": throttled}});
    let mut front = Front::before(prod, json!({})).await;
    front.read().await;
    assert_eq!(front.state("prod", "us-east-1"), "THROTTLED");
    assert_eq!(front.header(), "3/4 scopes  1 failed  100 snapshots");
    assert_eq!(front.why(PROD, "us-east-1").class, FaultClass::Throttled);
}
