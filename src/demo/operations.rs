//! What the cloud can do: the registry of its operations.
//!
//! An operation is one file with one function `answer`, and one line here. A [`Operation::Read`] sees
//! the state, a [`Operation::Change`] may change it; both say what goes inside the answer's result.

mod kms;
mod operation;
mod rds;
mod sts;

pub(crate) use operation::Operation;

use hyper::Response;
use hyper::body::Bytes;
use serde_json::Value;

use super::state::State;
use super::wire::answer;
use super::wire::call::Call;
use super::wire::params::Service;
use super::wire::refusal::Refusal;
use super::wire::xml::Xml;

/// Carries a call out.
pub(crate) fn answer(state: &mut State, call: &Call, request_id: &str) -> Result<Response<Bytes>, Refusal> {
    let name = call.operation.as_str();
    let unknown = |code, message: String| Refusal::new(code, message);
    match call.service {
        Service::Rds | Service::Sts => {
            let (operation, version) = match call.service {
                Service::Rds => (rds::operation(name), "2014-10-31"),
                _ => (sts::operation(name), "2011-06-15"),
            };
            let operation: Operation<Xml> = operation.ok_or_else(|| {
                unknown("InvalidAction", format!("Could not find operation {name} for version {version}"))
            })?;
            Ok(answer::xml(call.service, name, &operation.run(state, call)?, request_id))
        }
        Service::Kms => {
            let operation: Operation<Value> = kms::operation(name).ok_or_else(|| {
                unknown("UnknownOperationException", format!("KMS has no operation {name}."))
            })?;
            Ok(answer::json(&operation.run(state, call)?, request_id))
        }
    }
}
