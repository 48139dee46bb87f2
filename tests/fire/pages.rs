//! Chains of pages that go wrong: in a circle, through an empty page, while snapshots leave.

use serde_json::json;

use super::{Front, PROD, snapshots};

#[tokio::test(start_paused = true)]
async fn a_marker_that_comes_again_ends_the_reading_and_is_told() {
    let again = json!([{"Operation": "DescribeDBSnapshots", "Body": "again"}]);
    let prod = json!({"us-east-1": {"DBSnapshots": snapshots(150), "Faults": again}});
    let mut front = Front::before(prod, json!({})).await;
    front.read().await;
    assert_eq!(front.header(), "3/4 scopes  1 failed  100 snapshots");
    assert_eq!(front.state("prod", "us-east-1"), "GARBLED");
    assert!(front.why(PROD, "us-east-1").message.exact().contains("a page marker came twice"));
}

#[tokio::test(start_paused = true)]
async fn an_empty_page_with_a_marker_is_not_the_end() {
    let empty = json!([{"Operation": "*", "Body": "empty"}]);
    let prod = json!({"us-east-1": {"DBSnapshots": snapshots(150), "Faults": empty}});
    let mut front = Front::before(prod, json!({})).await;
    front.read().await;
    assert_eq!(front.header(), "4/4 scopes  150 snapshots");
    assert_eq!(front.state("prod", "us-east-1"), "150");
}

#[tokio::test(start_paused = true)]
async fn snapshots_that_leave_between_two_pages_break_no_chain() {
    let mut all = snapshots(250);
    // The last of the first page, at which the second one begins, and one of the second page.
    all[0]["TagList"] = json!([{"Key": "takes-with-it", "Value": "s-099 s-120"}]);
    let mut front = Front::before(json!({"us-east-1": {"DBSnapshots": all}}), json!({})).await;
    front.read().await;
    assert_eq!(
        front.header(),
        "4/4 scopes  249 snapshots",
        "the one that was seen before it left is still there"
    );
    front.read().await;
    assert_eq!(front.header(), "4/4 scopes  248 snapshots");
}
