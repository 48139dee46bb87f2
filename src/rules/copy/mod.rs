//! Section A: copies.

mod copy_01_available;
mod copy_03_copies_are_manual;
mod copy_04_name_of_an_instance_snapshot;
mod copy_05_name_of_a_cluster_snapshot;
mod copy_06_name_not_taken;
mod copy_07_made_by_the_destination;
mod copy_08_shared_with_the_taker;
mod copy_09_public_and_deprecated;
mod copy_11_key_stays;
mod copy_12_key_of_the_destination;
mod copy_13_replica_of_a_multi_region_key;
mod copy_14_shared_needs_a_key;
mod copy_15_foreign_key;
mod copy_16_instance_is_encrypted;
mod copy_17_cluster_is_not_encrypted;
mod copy_18_aws_owned_key;
mod copy_19_permissions;
mod copy_20_deny_in_the_key_policy;
mod copy_21_source_key_works;

use super::Rule;

/// The rules of the section, in the order of the manual.
pub(super) static RULES: &[Rule] = &[
    copy_01_available::RULE,
    copy_03_copies_are_manual::RULE,
    copy_04_name_of_an_instance_snapshot::RULE,
    copy_05_name_of_a_cluster_snapshot::RULE,
    copy_06_name_not_taken::RULE,
    copy_07_made_by_the_destination::RULE,
    copy_08_shared_with_the_taker::RULE,
    copy_09_public_and_deprecated::RULE,
    copy_11_key_stays::RULE,
    copy_12_key_of_the_destination::RULE,
    copy_13_replica_of_a_multi_region_key::RULE,
    copy_14_shared_needs_a_key::RULE,
    copy_15_foreign_key::RULE,
    copy_16_instance_is_encrypted::RULE,
    copy_17_cluster_is_not_encrypted::RULE,
    copy_18_aws_owned_key::RULE,
    copy_19_permissions::RULE,
    copy_20_deny_in_the_key_policy::RULE,
    copy_21_source_key_works::RULE,
];
