//! What reaches the demo cloud, told apart by whether it changes something there.

use std::sync::{Mutex, PoisonError};

use hyper::Request;
use hyper::body::Bytes;

/// How the operations begin that change nothing.
const HARMLESS: [&str; 4] = ["Describe", "List", "Get", "Assume"];

/// All requests so far: the operation, then who and where.
#[derive(Default)]
pub(super) struct Requests(Mutex<Vec<String>>);

impl Requests {
    /// Takes a request in.
    pub(super) fn note(&self, request: &Request<Bytes>) {
        let credential = header(request, "authorization").split_once("Credential=").unwrap_or_default().1;
        let mut parts = credential.split('/');
        let account = parts.next().and_then(|id| id.get(4..16)).unwrap_or_default();
        let region = parts.nth(1).unwrap_or_default();
        let entry = format!("{} {account} {region}", operation(request));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    /// Those that change something.
    pub(super) fn changing(&self) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = |entry: &&String| !HARMLESS.iter().any(|head| entry.starts_with(head));
        all.iter().filter(changes).cloned().collect()
    }
}

/// What is asked for: KMS says it in a header, the query protocol in the body.
fn operation(request: &Request<Bytes>) -> String {
    let target = header(request, "x-amz-target");
    if let Some((_, operation)) = target.split_once('.') {
        return operation.to_owned();
    }
    let body = String::from_utf8_lossy(request.body());
    let action = body.split('&').find_map(|pair| pair.strip_prefix("Action="));
    action.unwrap_or("a request without an operation").to_owned()
}

fn header<'a>(request: &'a Request<Bytes>, name: &str) -> &'a str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
