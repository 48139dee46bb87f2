//! Section G: option groups and parameter groups.

mod entries;
mod og_01_parameter_groups_stay;
mod og_02_option_groups_stay;
mod og_04_copying_the_group_along;
mod og_05_option_group_of_the_copy;
mod og_08_same_name_other_options;
mod og_09_group_of_a_vpc;

use super::Rule;

/// The rules of the section, in the order of the manual.
pub(super) static RULES: &[Rule] = &[
    og_01_parameter_groups_stay::RULE,
    og_02_option_groups_stay::RULE,
    entries::OG_03,
    og_04_copying_the_group_along::RULE,
    og_05_option_group_of_the_copy::RULE,
    entries::OG_06,
    entries::OG_07,
    og_08_same_name_other_options::RULE,
    og_09_group_of_a_vpc::RULE,
];
