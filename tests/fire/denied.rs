//! Scopes that may not be read: implicitly, and by a policy of the organisation.

use serde_json::{Value, json};
use snapdeck::cli::Exit;
use snapdeck::domain::{DeniedBy, FaultClass};

use super::{Front, PROD, snapshots};

/// Prod, whose us-east-1 denies the listing of instance snapshots in AWS's words, which end so.
async fn denied(why: &str) -> Front {
    let message = format!(
        "User: arn:aws:sts::111111111111:assumed-role/ro/dba is not authorized to perform: rds:DescribeDBSnapshots \
         {why}"
    );
    let fault = json!([{"Operation": "DescribeDBSnapshots", "Code": "AccessDenied", "Message": message}]);
    let cluster = json!([{"DBClusterSnapshotIdentifier": "c-0", "Engine": "aurora-mysql"}]);
    let prod = json!({
        "us-east-1": {"DBSnapshots": snapshots(3), "DBClusterSnapshots": cluster, "Faults": fault},
        "eu-west-1": {"DBSnapshots": snapshots(5)},
    });
    let mut front = Front::before(prod, json!({})).await;
    front.read().await;
    assert_eq!(front.header(), "3/4 scopes  1 failed  6 snapshots");
    assert_eq!(front.state("prod", "us-east-1"), "DENIED");
    assert_eq!(front.state("prod", "eu-west-1"), "5");
    assert_eq!(front.rows(PROD, "us-east-1"), (1, 0), "the other listing is not denied");
    front
}

/// What the list tells of prod in us-east-1.
async fn told(front: &Front) -> Value {
    let (json, exit) = front.list().await;
    assert_eq!(exit, Exit::Partial);
    let scopes = json["scopes"].as_array().expect("scopes");
    let own = scopes.iter().find(|scope| scope["account"] == PROD && scope["region"] == "us-east-1");
    own.expect("the scope").clone()
}

/// The sheet that says why prod in us-east-1 has failed.
async fn sheet(front: &mut Front) -> String {
    front.go_to("prod", "us-east-1").await;
    front.press("Enter").await;
    front.sheets()
}

#[tokio::test(start_paused = true)]
async fn what_no_policy_allows_says_which_action_and_whom_to_ask() {
    let mut front =
        denied("because no identity-based policy allows the rds:DescribeDBSnapshots action").await;
    let fault = front.why(PROD, "us-east-1");
    assert_eq!((fault.class, fault.denied_by), (FaultClass::AccessDenied, Some(DeniedBy::Identity)));
    let scope = told(&front).await;
    assert_eq!((&scope["state"], &scope["error"]["class"]), (&json!("failed"), &json!("access-denied")));
    let sheet = sheet(&mut front).await;
    assert!(sheet.contains("an identity-based policy"), "{sheet}");
    assert!(sheet.contains("Ask for rds:DescribeDBSnapshots in account 111111111111."), "{sheet}");
}

#[tokio::test(start_paused = true)]
async fn what_the_organisation_denies_says_that_it_does() {
    let mut front = denied("with an explicit deny in a service control policy").await;
    let fault = front.why(PROD, "us-east-1");
    assert_eq!((fault.class, fault.denied_by), (FaultClass::ExplicitDeny, Some(DeniedBy::ServiceControl)));
    let scope = told(&front).await;
    assert_eq!(scope["error"]["class"], "explicit-deny");
    assert_eq!(scope["error"]["action"], "rds:DescribeDBSnapshots");
    let sheet = sheet(&mut front).await;
    assert!(sheet.contains("a service control policy of the organisation"), "{sheet}");
    assert!(sheet.contains("administrator of the organisation has to allow it"), "{sheet}");
}
