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
mod copy_22_one_step;
mod copy_23_documentdb_and_neptune;
mod copy_24_partitions;
mod copy_25_signed_url;
mod copy_26_china;
mod copy_27_source_regions;
mod copy_28_opt_in_regions;
mod copy_30_multi_az_cluster;
mod copy_31_custom_for_sql_server;
mod copy_32_custom_for_oracle;
mod copy_33_tde_across_regions;
mod copy_34_options_that_last;
mod copy_35_option_group_falls_back;
mod copy_36_no_option_group_of_a_cluster;
mod copy_37_io2;
mod copy_38_outposts;
mod copy_39_engine_version_there;
mod copy_40_copies_at_once;
mod copy_41_source_must_last;
mod copy_42_queued;
mod copy_43_quota;
mod copy_44_tags_stay;
mod copy_45_tags_cancel_copy_tags;
mod copy_46_tag_limits;
mod copy_47_full_or_incremental;
mod copy_48_cost;
mod copy_51_limitless;
mod entries;
mod stopover;

pub use copy_40_copies_at_once::copies_at_once;
pub(super) use stopover::{over, stopover};

use super::Rule;

/// The rules of the section, in the order of the manual.
pub(super) static RULES: &[Rule] = &[
    copy_01_available::RULE,
    entries::COPY_02,
    copy_03_copies_are_manual::RULE,
    copy_04_name_of_an_instance_snapshot::RULE,
    copy_05_name_of_a_cluster_snapshot::RULE,
    copy_06_name_not_taken::RULE,
    copy_07_made_by_the_destination::RULE,
    copy_08_shared_with_the_taker::RULE,
    copy_09_public_and_deprecated::RULE,
    entries::COPY_10,
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
    copy_22_one_step::RULE,
    copy_23_documentdb_and_neptune::RULE,
    copy_24_partitions::RULE,
    copy_25_signed_url::RULE,
    copy_26_china::RULE,
    copy_27_source_regions::RULE,
    copy_28_opt_in_regions::RULE,
    entries::COPY_29,
    copy_30_multi_az_cluster::RULE,
    copy_31_custom_for_sql_server::RULE,
    copy_32_custom_for_oracle::RULE,
    copy_33_tde_across_regions::RULE,
    copy_34_options_that_last::RULE,
    copy_35_option_group_falls_back::RULE,
    copy_36_no_option_group_of_a_cluster::RULE,
    copy_37_io2::RULE,
    copy_38_outposts::RULE,
    copy_39_engine_version_there::RULE,
    copy_40_copies_at_once::RULE,
    copy_41_source_must_last::RULE,
    copy_42_queued::RULE,
    copy_43_quota::RULE,
    copy_44_tags_stay::RULE,
    copy_45_tags_cancel_copy_tags::RULE,
    copy_46_tag_limits::RULE,
    copy_47_full_or_incremental::RULE,
    copy_48_cost::RULE,
    entries::COPY_49,
    entries::COPY_50,
    copy_51_limitless::RULE,
];
