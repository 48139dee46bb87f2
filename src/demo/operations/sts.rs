//! The operations of STS, by name.

mod assume_role;
mod get_caller_identity;

use super::Operation::{self, Change, Read};
use crate::demo::wire::xml::Xml;

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Xml>> {
    Some(match name {
        "AssumeRole" => Change(assume_role::answer),
        "GetCallerIdentity" => Read(get_caller_identity::answer),
        _ => return None,
    })
}
