//! Answers that are no answers: server errors, bodies that end early, garbage.

use serde_json::{Value, json};
use snapdeck::domain::FaultClass;

use super::{Front, PROD, snapshots};

/// Prod with 150 snapshots in us-east-1, where a fault strikes; read to the end.
async fn struck(fault: Value) -> Front {
    let prod = json!({
        "us-east-1": {"DBSnapshots": snapshots(150), "Faults": [fault]},
        "eu-west-1": {"DBSnapshots": snapshots(5)},
    });
    let mut front = Front::before(prod, json!({})).await;
    front.read().await;
    assert_eq!(front.state("prod", "eu-west-1"), "5");
    front
}

/// A fault that passes: everything is there in the end.
async fn passes(fault: Value) {
    let front = struck(fault.clone()).await;
    assert_eq!(front.header(), "4/4 scopes  155 snapshots", "{fault}");
    assert_eq!(front.state("prod", "us-east-1"), "150", "{fault}");
}

/// A fault that stays: the scope has failed and says so, and what did not come counts as nothing that is known.
async fn stays(fault: Value, word: &str) -> snapdeck::domain::Fault {
    let front = struck(fault.clone()).await;
    assert_eq!(front.header(), "3/4 scopes  1 failed  5 snapshots", "{fault}");
    assert_eq!(front.state("prod", "us-east-1"), word, "{fault}");
    front.why(PROD, "us-east-1")
}

#[tokio::test(start_paused = true)]
async fn a_server_error_that_passes_is_asked_again_and_one_that_stays_is_told() {
    for code in ["InternalFailure", "ServiceUnavailable"] {
        passes(json!({"Operation": "DescribeDBSnapshots", "Code": code, "Times": 4})).await;
        let fault = stays(json!({"Operation": "DescribeDBSnapshots", "Code": code}), "FAILED").await;
        assert_eq!(fault.code.expect("a code").exact(), code);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_breaks_off_in_transit_is_never_a_short_list() {
    passes(json!({"Operation": "DescribeDBSnapshots", "Body": "cut", "Times": 4})).await;
    stays(json!({"Operation": "DescribeDBSnapshots", "Body": "cut"}), "GARBLED").await;
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_well_framed_and_cut_is_never_a_short_list() {
    passes(json!({"Operation": "DescribeDBSnapshots", "Body": "half", "Times": 2})).await;
    let fault = stays(json!({"Operation": "DescribeDBSnapshots", "Body": "half"}), "GARBLED").await;
    assert!(fault.message.exact().contains("the answer was cut short"), "{fault}");
}

#[tokio::test(start_paused = true)]
async fn garbage_is_asked_again_and_then_told() {
    passes(json!({"Operation": "DescribeDBSnapshots", "Body": "garbage", "Times": 2})).await;
    let fault = stays(json!({"Operation": "DescribeDBSnapshots", "Body": "garbage"}), "GARBLED").await;
    assert_eq!(fault.class, FaultClass::InvalidResponse);
}
