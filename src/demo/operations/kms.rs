//! The operations of KMS, by name.

mod describe_key;
mod reach;

use serde_json::Value;

use super::Operation::{self, Change};

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Value>> {
    Some(match name {
        "DescribeKey" => Change(describe_key::answer),
        _ => return None,
    })
}
