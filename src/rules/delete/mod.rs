//! Section F: deletions.

mod del_01_manual_only;
mod del_02_available;
mod del_03_aws_backup;
mod del_04_owner_only;
mod del_05_shared;
mod del_06_still_needed;
mod del_11_option_group;
mod entries;

use super::Rule;

pub(super) static RULES: &[Rule] = &[
    del_01_manual_only::RULE,
    del_02_available::RULE,
    del_03_aws_backup::RULE,
    del_04_owner_only::RULE,
    del_05_shared::RULE,
    del_06_still_needed::RULE,
    entries::DEL_07,
    entries::DEL_08,
    entries::DEL_09,
    entries::DEL_10,
    del_11_option_group::RULE,
];
