//! Section D: restores.

mod entries;
mod rest_02_seen_by_the_restorer;
mod rest_03_shared_encrypted_instance;
mod rest_04_shared_aurora;
mod rest_05_available;
mod rest_06_new_name;
mod rest_07_own_region;
mod rest_08_defaults_of_an_instance;
mod rest_09_network;
mod rest_10_option_group;
mod rest_11_parameter_group;
mod rest_13_storage_type;
mod rest_16_db2_licence;
mod rest_17_version_of_an_instance;
mod rest_18_extended_support;
mod rest_19_tags;
mod rest_20_users;
mod rest_21_first_reads;
mod rest_23_no_instances;
mod rest_24_multi_az_cluster;
mod rest_25_defaults_of_a_cluster;
mod rest_26_no_option_group_of_a_cluster;
mod rest_27_version_of_a_cluster;
mod rest_28_backtrack;
mod rest_29_publicly_accessible;
mod rest_30_own_engine;

use super::Rule;

pub(super) static RULES: &[Rule] = &[
    entries::REST_01,
    rest_02_seen_by_the_restorer::RULE,
    rest_03_shared_encrypted_instance::RULE,
    rest_04_shared_aurora::RULE,
    rest_05_available::RULE,
    rest_06_new_name::RULE,
    rest_07_own_region::RULE,
    rest_08_defaults_of_an_instance::RULE,
    rest_09_network::RULE,
    rest_10_option_group::RULE,
    rest_11_parameter_group::RULE,
    entries::REST_12,
    rest_13_storage_type::RULE,
    entries::REST_14,
    entries::REST_15,
    rest_16_db2_licence::RULE,
    rest_17_version_of_an_instance::RULE,
    rest_18_extended_support::RULE,
    rest_19_tags::RULE,
    rest_20_users::RULE,
    rest_21_first_reads::RULE,
    entries::REST_22,
    rest_23_no_instances::RULE,
    rest_24_multi_az_cluster::RULE,
    rest_25_defaults_of_a_cluster::RULE,
    rest_26_no_option_group_of_a_cluster::RULE,
    rest_27_version_of_a_cluster::RULE,
    rest_28_backtrack::RULE,
    rest_29_publicly_accessible::RULE,
    rest_30_own_engine::RULE,
    entries::REST_31,
    entries::REST_32,
    entries::REST_33,
    entries::REST_34,
    entries::REST_35,
    entries::REST_36,
    entries::REST_37,
];
