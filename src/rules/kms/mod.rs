//! Section I: keys, and whether another account can use one.

mod access;
mod asked;
mod candidates;
mod condition;
mod entries;
mod judge;
mod kms_01_only_the_keys_side;
mod kms_03_state_and_origin;
mod kms_05_some_roles_only;
mod kms_06_denied;
mod kms_07_what_is_needed;
mod kms_08_conditions;
mod kms_09_grants;
mod kms_10_shared_by_ram;
mod kms_11_default_keys;
mod kms_12_region_of_the_key;
mod kms_13_no_root;
mod kms_15_default_key_on_first_use;
mod kms_16_unknown_is_not_no;
mod kms_17_policy_to_offer;
mod offer;
mod statement;

pub(super) use candidates::{Candidate, Fit, best, candidates};
pub(super) use judge::lacks;
pub use judge::{Access, Doubt, Need, Place, Refusal, judge};
pub(super) use offer::key_access;

use super::Rule;

/// The rules of the section, in the order of the manual.
pub(super) static RULES: &[Rule] = &[
    kms_01_only_the_keys_side::RULE,
    entries::KMS_02,
    kms_03_state_and_origin::RULE,
    entries::KMS_04,
    kms_05_some_roles_only::RULE,
    kms_06_denied::RULE,
    kms_07_what_is_needed::RULE,
    kms_08_conditions::RULE,
    kms_09_grants::RULE,
    kms_10_shared_by_ram::RULE,
    kms_11_default_keys::RULE,
    kms_12_region_of_the_key::RULE,
    kms_13_no_root::RULE,
    entries::KMS_14,
    kms_15_default_key_on_first_use::RULE,
    kms_16_unknown_is_not_no::RULE,
    kms_17_policy_to_offer::RULE,
];
