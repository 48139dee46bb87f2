//! The operations of KMS, by name.

mod authorize;
mod create_grant;
mod create_key;
mod describe_key;
mod end_grant;
mod get_key_policy;
mod key_state;
mod list_aliases;
mod list_grants;
mod list_keys;
mod page;
mod put_key_policy;
mod reach;

use serde_json::Value;

use super::Operation::{self, Change, Read};

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Value>> {
    Some(match name {
        "CancelKeyDeletion" => Change(key_state::cancel_deletion),
        "CreateAlias" => Change(create_key::alias),
        "CreateGrant" => Change(create_grant::answer),
        "CreateKey" => Change(create_key::key),
        "DisableKey" => Change(key_state::disable),
        "DescribeKey" => Change(describe_key::answer),
        "EnableKey" => Change(key_state::enable),
        "PutKeyPolicy" => Change(put_key_policy::answer),
        "RetireGrant" => Change(end_grant::retire),
        "RevokeGrant" => Change(end_grant::revoke),
        "GetKeyPolicy" => Read(get_key_policy::answer),
        "ListAliases" => Read(list_aliases::answer),
        "ListGrants" => Read(list_grants::answer),
        "ListKeyPolicies" => Read(get_key_policy::names),
        "ListKeys" => Read(list_keys::answer),
        _ => return None,
    })
}
