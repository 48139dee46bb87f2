//! Section C: encryption and the keys that are chosen for it.

mod enc_01_instance_by_copy;
mod enc_02_no_key_on_instance_restore;
mod enc_03_aurora_by_restore;
mod enc_04_aurora_without_key;
mod enc_05_multi_az_cluster;
mod enc_06_change_of_key;
mod enc_10_symmetric;
mod enc_11_enabled;
mod enc_12_region;
mod enc_13_name_of_a_key;
mod enc_14_old_classes;
mod enc_15_default_key;
mod entries;

use super::Rule;

pub(super) static RULES: &[Rule] = &[
    enc_01_instance_by_copy::RULE,
    enc_02_no_key_on_instance_restore::RULE,
    enc_03_aurora_by_restore::RULE,
    enc_04_aurora_without_key::RULE,
    enc_05_multi_az_cluster::RULE,
    enc_06_change_of_key::RULE,
    entries::ENC_07,
    entries::ENC_08,
    entries::ENC_09,
    enc_10_symmetric::RULE,
    enc_11_enabled::RULE,
    enc_12_region::RULE,
    enc_13_name_of_a_key::RULE,
    enc_14_old_classes::RULE,
    enc_15_default_key::RULE,
];
