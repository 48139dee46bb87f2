//! The operations of KMS, by name.

mod describe_key;
mod get_key_policy;
mod list_aliases;
mod list_grants;
mod list_keys;
mod page;
mod reach;

use serde_json::Value;

use super::Operation::{self, Change, Read};

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Value>> {
    Some(match name {
        "DescribeKey" => Change(describe_key::answer),
        "GetKeyPolicy" => Read(get_key_policy::answer),
        "ListAliases" => Read(list_aliases::answer),
        "ListGrants" => Read(list_grants::answer),
        "ListKeyPolicies" => Read(get_key_policy::names),
        "ListKeys" => Read(list_keys::answer),
        _ => return None,
    })
}
