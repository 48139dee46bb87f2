//! The cloud itself: one request in, one answer out.
//!
//! A request is understood, may be struck by a fault, is carried out at once and answered after its
//! latency: whoever gives up waiting has nevertheless been heard, as with AWS.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::{Request, Response};
use jiff::Timestamp;

use super::fleet::Fleet;
use super::operations;
use super::state::State;
use super::state::arn::Arn;
use super::state::fault::{self, Broken, Strike};
use super::wire::call::{self, Call, Scope};
use super::wire::params::Service;
use super::wire::refusal::Refusal;
use super::wire::{answer, cut, pages};

/// An AWS in a box.
#[derive(Debug)]
pub struct Cloud {
    state: Mutex<State>,
    /// The account of access keys that name none.
    caller: String,
    latency: Duration,
}

/// Marks an answer whose connection is to break in transit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Torn {
    /// The length that the whole body has.
    pub(crate) whole: usize,
}

impl Cloud {
    /// A cloud that begins as the fleet says; copies are made `speed` times as fast.
    pub fn new(fleet: Fleet, speed: f64) -> Self {
        let (state, caller, latency) = fleet.begin(speed);
        Self { state: Mutex::new(state), caller, latency }
    }

    /// The time in the cloud.
    pub fn now(&self) -> Timestamp {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    /// Answers one request of RDS, STS (query protocol) or KMS (JSON 1.1) after the fleet's latency.
    ///
    /// The service is that of the Authorization header's credential scope.
    pub async fn answer(&self, ask: Request<Bytes>) -> Response<Bytes> {
        let (response, delay) = self.answer_at_once(&ask);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        response
    }

    fn answer_at_once(&self, ask: &Request<Bytes>) -> (Response<Bytes>, Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.advance();
        let request_id = state.uuid();
        let scope = match Scope::of(ask) {
            Ok(scope) => scope,
            Err(refusal) => {
                return (answer::refusal(call::dialect(ask), &refusal, &request_id), self.latency);
            }
        };
        let service = scope.service;
        let account = scope.account().unwrap_or(&self.caller).to_owned();
        let refuse = |refusal: &Refusal| answer::refusal(service, refusal, &request_id);
        if let Err(refusal) = admit(&state, service, &account, &scope.region) {
            return (refuse(&refusal), self.latency);
        }
        let call = match Call::read(scope, account, ask) {
            Ok(call) => call,
            Err(refusal) => return (refuse(&refusal), self.latency),
        };
        let Strike { delay, refusal, body } = struck(&mut state, &call);
        let response = match refusal {
            Some(refusal) => refuse(&refusal),
            None => {
                operations::answer(&mut state, &call, &request_id).unwrap_or_else(|refusal| refuse(&refusal))
            }
        };
        let response = match body {
            None => response,
            Some(how) => broken(response, how, &call),
        };
        (response, self.latency + delay)
    }
}

/// What the fleet's faults do to a call: those of the caller's region; then those at the door of the account whose role
/// is to be assumed.
fn struck(state: &mut State, call: &Call) -> Strike {
    let own = state.faults_mut(&call.account, &call.region);
    let own = own.map(|faults| fault::strike(faults, &call.operation, &call.access_key)).unwrap_or_default();
    let role = call.params.text("RoleArn").filter(|_| call.operation == "AssumeRole").and_then(Arn::parse);
    let Some(role) = role.filter(|_| own.refusal.is_none()) else { return own };
    let door = state.faults_mut(role.account, &call.region);
    let door = door.map(fault::strike_at_the_door).unwrap_or_default();
    Strike { delay: own.delay + door.delay, refusal: door.refusal, body: own.body.or(door.body) }
}

/// Lets a call in, or refuses it as AWS does where an account or a region is not active.
fn admit(state: &State, service: Service, account: &str, region: &str) -> Result<(), Refusal> {
    let known = state.accounts.get(account).filter(|account| account.listed);
    if known.is_some_and(|account| !account.regions_disabled.contains(region)) {
        return Ok(());
    }
    Err(match service {
        Service::Rds | Service::Sts => {
            Refusal::new("InvalidClientTokenId", fault::usual_message("InvalidClientTokenId")).status(403)
        }
        Service::Kms => {
            Refusal::new("UnrecognizedClientException", fault::usual_message("UnrecognizedClientException"))
        }
    })
}

/// Breaks an answer.
fn broken(response: Response<Bytes>, how: Broken, call: &Call) -> Response<Bytes> {
    let (mut parts, body) = response.into_parts();
    let whole = body.len();
    let body = match how {
        Broken::Half | Broken::Cut => cut::half(&body),
        Broken::Garbage => Bytes::from_static(b"\x89%&! this is neither XML nor JSON"),
        Broken::Empty => pages::empty(body, call),
        Broken::Again => pages::again(&body, call),
    };
    if how == Broken::Cut {
        parts.extensions.insert(Torn { whole });
    }
    parts.headers.insert("content-length", body.len().into());
    Response::from_parts(parts, body)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;
    use tokio::time::Instant;

    use crate::demo::trial::Trial;

    fn with_faults(faults: &serde_json::Value) -> Trial {
        let snapshots: Vec<_> =
            (0..15).map(|n| json!({"DBSnapshotIdentifier": format!("s{n:02}")})).collect();
        Trial::of(&json!({"DBSnapshots": snapshots, "Faults": faults}))
    }

    #[tokio::test]
    async fn a_fault_refuses_as_often_as_it_says_and_only_what_it_names() {
        let trial = with_faults(&json!([
            {"Operation": "DescribeDBSnapshots", "Code": "AccessDenied", "Message": "not <you>", "Times": 2}]));
        assert_eq!(trial.rds("DescribeDBClusterSnapshots", "").await.status, 200);
        for _ in 0..2 {
            let said = trial.rds("DescribeDBSnapshots", "").await;
            assert_eq!((said.status, said.code().as_str()), (403, "AccessDenied"));
            assert!(said.body.contains("not &lt;you&gt;"));
        }
        assert_eq!(trial.rds("DescribeDBSnapshots", "").await.status, 200);
    }

    #[tokio::test]
    async fn a_fault_for_all_strikes_kms_and_sts_too() {
        let trial = with_faults(&json!([{"Operation": "*", "Code": "ExpiredToken", "Status": 403}]));
        assert_eq!(trial.sts("GetCallerIdentity", "").await.code(), "ExpiredToken");
        assert_eq!(trial.kms("ListKeys", json!({})).await.code(), "ExpiredToken");
    }

    #[tokio::test(start_paused = true)]
    async fn a_delay_is_the_clocks_and_no_slower_with_more_speed() {
        let trial = with_faults(&json!([{"Operation": "DescribeDBSnapshots", "DelayMs": 1500}]));
        let asked = Instant::now();
        assert_eq!(trial.rds("DescribeDBSnapshots", "").await.status, 200);
        assert_eq!(asked.elapsed(), Duration::from_millis(1500));
        assert_eq!(trial.rds("DescribeDBClusterSnapshots", "").await.status, 200);
        assert_eq!(asked.elapsed(), Duration::from_millis(1500));
    }

    #[tokio::test]
    async fn half_an_answer_is_well_framed_and_shorter() {
        let trial = with_faults(&json!([{"Operation": "DescribeDBSnapshots", "Body": "half", "Times": 1}]));
        let half = trial.rds("DescribeDBSnapshots", "").await;
        let shown = half.body.matches("</DBSnapshot>").count();
        assert!((5..10).contains(&shown), "{shown}");
        assert!(half.body.ends_with("</DBSnapshot>"));
        assert_eq!(trial.rds("DescribeDBSnapshots", "").await.texts("DBSnapshot").len(), 15);
    }

    #[tokio::test]
    async fn a_first_page_can_be_empty_and_a_marker_can_come_again() {
        let trial = with_faults(&json!([{"Operation": "DescribeDBSnapshots", "Body": "empty"}]));
        let first = trial.rds("DescribeDBSnapshots", "").await;
        assert_eq!(first.texts("DBSnapshot").len(), 0);
        let next = trial.rds("DescribeDBSnapshots", &format!("Marker={}", first.text("Marker"))).await;
        assert_eq!((next.texts("DBSnapshot").len(), next.text("Marker").as_str()), (15, ""));
        let trial = with_faults(&json!([{"Operation": "DescribeDBSnapshots", "Body": "again"}]));
        let first = trial.rds("DescribeDBSnapshots", "").await;
        let next = trial.rds("DescribeDBSnapshots", &format!("Marker={}", first.text("Marker"))).await;
        assert_eq!((first.texts("DBSnapshot").len(), next.text("Marker")), (15, first.text("Marker")));
    }

    #[tokio::test]
    async fn an_account_can_refuse_those_who_want_to_assume_its_roles() {
        let fault = json!({"Operation": "AssumeRole", "Code": "AccessDenied", "Message": "no"});
        let trial = Trial::new(&json!({"caller": "111111111111", "accounts": {"111111111111": {},
            "222222222222": {"regions": {"us-east-1": {"Faults": [fault]}}}, "333333333333": {}}}));
        let role = |account| format!("RoleArn=arn:aws:iam::{account}:role/ro&RoleSessionName=s");
        assert_eq!(trial.sts("AssumeRole", &role("222222222222")).await.code(), "AccessDenied");
        assert_eq!(trial.sts("AssumeRole", &role("333333333333")).await.status, 200);
    }

    #[tokio::test]
    async fn garbage_is_neither_xml_nor_json() {
        let trial = with_faults(&json!([{"Operation": "*", "Body": "garbage"}]));
        assert!(!trial.rds("DescribeDBSnapshots", "").await.body.starts_with('<'));
        assert_eq!(trial.kms("ListKeys", json!({})).await.json(), None);
    }

    #[tokio::test]
    async fn a_region_that_is_not_enabled_refuses_every_service() {
        let mut trial =
            Trial::new(&json!({"accounts": {"111111111111": {"regions_disabled": ["ap-east-1"]}}}));
        trial.region = "ap-east-1".into();
        let said = trial.rds("DescribeDBSnapshots", "").await;
        assert_eq!((said.status, said.code().as_str()), (403, "InvalidClientTokenId"));
        assert_eq!(trial.sts("GetCallerIdentity", "").await.code(), "InvalidClientTokenId");
        assert_eq!(trial.kms("ListKeys", json!({})).await.code(), "UnrecognizedClientException");
        trial.region = "eu-west-1".into();
        assert_eq!(trial.rds("DescribeDBSnapshots", "").await.status, 200);
    }

    #[tokio::test]
    async fn an_account_that_nobody_knows_is_refused_and_a_key_without_digits_is_the_callers() {
        let trial = with_faults(&json!([])).caller("999999999999");
        assert_eq!(trial.rds("DescribeDBSnapshots", "").await.code(), "InvalidClientTokenId");
        let mut trial = with_faults(&json!([]));
        trial.access_key = "AKIAIOSFODNN7EXAMPLE".into();
        assert_eq!(trial.sts("GetCallerIdentity", "").await.text("Account"), "111111111111");
    }

    #[tokio::test]
    async fn an_operation_that_does_not_exist_is_refused() {
        let trial = with_faults(&json!([]));
        assert_eq!(trial.rds("DescribeWeather", "").await.code(), "InvalidAction");
        assert_eq!(trial.kms("DescribeWeather", json!({})).await.code(), "UnknownOperationException");
    }

    #[tokio::test(start_paused = true)]
    async fn copies_advance_with_the_clock_and_queue_behind_each_other() {
        let copying = |id: &str, db: &str| json!({"DBSnapshotIdentifier": id, "DBInstanceIdentifier": db, "Status": "copying", "AllocatedStorage": 100});
        let trial = Trial::new(
            &json!({"copy_seconds_per_gib": 0.1, "accounts": {"111111111111": {"regions": {"us-east-1": {
            "DBSnapshots": [copying("a", "orders"), copying("b", "orders"), copying("c", "other")]}}}}}),
        );
        let look = async || {
            let said = trial.rds("DescribeDBSnapshots", "").await;
            let percents = said.texts("PercentProgress");
            said.texts("Status")
                .into_iter()
                .zip(percents)
                .map(|(status, percent)| format!("{status} {percent}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(look().await, ["copying 0", "copying 0", "copying 0"]);
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(look().await, ["copying 50", "copying 0", "copying 50"]);
        tokio::time::advance(Duration::from_secs(7)).await;
        assert_eq!(look().await, ["available 100", "copying 20", "available 100"]);
        tokio::time::advance(Duration::from_secs(8)).await;
        assert_eq!(look().await, ["available 100", "available 100", "available 100"]);
    }
}
