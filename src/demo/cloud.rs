//! The cloud itself: one request in, one answer out.
//!
//! A request is understood, may be struck by a fault, is carried out at once and answered after its
//! latency: whoever gives up waiting has nevertheless been heard, as with AWS.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Bytes;
use hyper::{Request, Response};

use super::fleet::Fleet;
use super::operations;
use super::state::State;
use super::state::fault::{self, Broken, Strike};
use super::wire::call::{Call, Scope};
use super::wire::params::Service;
use super::wire::refusal::Refusal;
use super::wire::{answer, cut};

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
            Err(refusal) => return (answer::refusal(Service::Rds, &refusal, &request_id), self.latency),
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
        let Strike { delay, refusal, body } = match state.faults_mut(&call) {
            Some(faults) => fault::strike(faults, &call.operation),
            None => Strike::default(),
        };
        let response = match refusal {
            Some(refusal) => refuse(&refusal),
            None => {
                operations::answer(&mut state, &call, &request_id).unwrap_or_else(|refusal| refuse(&refusal))
            }
        };
        let response = body.map_or_else(|| response.clone(), |body| broken(response.clone(), body));
        (response, self.latency + delay)
    }
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
fn broken(response: Response<Bytes>, how: Broken) -> Response<Bytes> {
    let (mut parts, body) = response.into_parts();
    let whole = body.len();
    let body = match how {
        Broken::Half | Broken::Cut => cut::half(&body),
        Broken::Garbage => Bytes::from_static(b"\x89%&! this is neither XML nor JSON"),
    };
    if how == Broken::Cut {
        parts.extensions.insert(Torn { whole });
    }
    parts.headers.insert("content-length", body.len().into());
    Response::from_parts(parts, body)
}
