//! Section E: exports to S3.

mod entries;
mod exp_01_five_inputs;
mod exp_02_engines;
mod exp_03_regions;
mod exp_04_types;
mod exp_05_bucket;
mod exp_06_key;
mod exp_07_default_key;
mod exp_08_role;
mod exp_09_five_at_once;
mod exp_10_new_task_name;
mod exp_11_prefix;
mod exp_12_parts;
mod exp_13_what_is_skipped;
mod exp_14_no_backup;
mod exp_16_source_may_go;
mod exp_17_available;
mod exp_18_source_key;
mod key_access;

use super::Rule;

pub(super) static RULES: &[Rule] = &[
    exp_01_five_inputs::RULE,
    exp_02_engines::RULE,
    exp_03_regions::RULE,
    exp_04_types::RULE,
    exp_05_bucket::RULE,
    exp_06_key::RULE,
    exp_07_default_key::RULE,
    exp_08_role::RULE,
    exp_09_five_at_once::RULE,
    exp_10_new_task_name::RULE,
    exp_11_prefix::RULE,
    exp_12_parts::RULE,
    exp_13_what_is_skipped::RULE,
    exp_14_no_backup::RULE,
    entries::EXP_15,
    exp_16_source_may_go::RULE,
    exp_17_available::RULE,
    exp_18_source_key::RULE,
];
