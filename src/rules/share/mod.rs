//! Section B: sharing.

mod entries;
mod share_01_manual_only;
mod share_02_aws_backup;
mod share_03_own_only;
mod share_04_twenty_accounts;
mod share_05_public_unencrypted;
mod share_06_default_key;
mod share_07_key_not_proved;
mod share_08_key_access;
mod share_09_tde;
mod share_10_persistent_options;
mod share_11_timezone_and_ols;
mod share_12_multi_az_cluster;
mod share_13_rds_custom;
mod share_14_account_ids;
mod share_15_owner;
mod share_16_one_change;
mod share_17_what_remains;
mod share_18_copies_stay;
mod share_19_what_the_target_may_do;
mod share_21_no_block;
mod share_22_public;
mod share_23_third_key;
mod share_24_available;
mod share_26_regional;

use super::Rule;

pub(super) static RULES: &[Rule] = &[
    share_01_manual_only::RULE,
    share_02_aws_backup::RULE,
    share_03_own_only::RULE,
    share_04_twenty_accounts::RULE,
    share_05_public_unencrypted::RULE,
    share_06_default_key::RULE,
    share_07_key_not_proved::RULE,
    share_08_key_access::RULE,
    share_09_tde::RULE,
    share_10_persistent_options::RULE,
    share_11_timezone_and_ols::RULE,
    share_12_multi_az_cluster::RULE,
    share_13_rds_custom::RULE,
    share_14_account_ids::RULE,
    share_15_owner::RULE,
    share_16_one_change::RULE,
    share_17_what_remains::RULE,
    share_18_copies_stay::RULE,
    share_19_what_the_target_may_do::RULE,
    entries::SHARE_20,
    share_21_no_block::RULE,
    share_22_public::RULE,
    share_23_third_key::RULE,
    share_24_available::RULE,
    entries::SHARE_25,
    share_26_regional::RULE,
];
