//! Many accounts, a few of which stay shut.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use snapdeck::domain::{FaultClass, Partition, catalogue};

use super::front::Front;

/// The seventeen regions that need no opt-in.
fn regions() -> Vec<&'static str> {
    let places = catalogue().iter().filter(|place| place.partition == Partition::Aws && !place.opt_in);
    places.map(|place| place.name).collect()
}

/// So many accounts with one snapshot each, reached by roles from one profile; these refuse whoever wants in, and every
/// other one refuses a second AssumeRole.
fn fleet(accounts: usize, shut: &[usize]) -> (Value, String) {
    let base = "999999999999";
    let mut config =
        "[profile base]\naws_access_key_id = AKIA999999999999\naws_secret_access_key = s\n".to_owned();
    let mut all = Map::new();
    all.insert(base.to_owned(), json!({}));
    for n in 0..accounts {
        let id = format!("{:012}", 100_000_000_000_usize + n);
        let refused = json!({
            "Operation": "AssumeRole", "Code": "AccessDenied", "After": usize::from(!shut.contains(&n)),
            "Message": format!("User: arn:aws:iam::{base}:user/dba is not authorized to perform: sts:AssumeRole on \
                resource: arn:aws:iam::{id}:role/ro")});
        let home = json!({"DBSnapshots": [{"DBSnapshotIdentifier": "only", "Engine": "mysql"}], "Faults": [refused]});
        all.insert(id.clone(), json!({"regions": {"us-east-1": home}}));
        write!(
            config,
            "[profile a{n:03}]\nregion = us-east-1\nrole_arn = arn:aws:iam::{id}:role/ro\nsource_profile = base\n"
        )
        .expect("a String takes it");
    }
    (json!({"caller": base, "latency_ms": 5, "accounts": all}), config)
}

#[tokio::test(start_paused = true)]
async fn accounts_that_cannot_be_assumed_are_told_and_the_others_are_read() {
    let (accounts, shut) = (200, [7, 42, 199]);
    let (fleet, config) = fleet(accounts, &shut);
    let regions = regions();
    assert_eq!(regions.len(), 17);
    let mut front = Front::on(&fleet, &config, &regions).await;
    front.read().await;
    // The base is an account of its own.
    let scopes = (accounts - shut.len() + 1) * regions.len();
    assert_eq!(
        front.header(),
        format!("{scopes}/{scopes} scopes  3 accounts failed  {} snapshots", accounts - 3)
    );
    for n in shut {
        let name = format!("a{n:03}");
        assert_eq!(front.account(&name), "DENIED");
        let fault = front.why_shut(&name);
        assert_eq!(fault.class, FaultClass::AccessDenied);
        assert_eq!(fault.action.expect("an action").exact(), "sts:AssumeRole");
        assert!(fault.hint.exact().contains("role/ro"), "{}", fault.hint);
    }
}
