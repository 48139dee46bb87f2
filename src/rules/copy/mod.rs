//! Section A: copies.

mod copy_01_available;
mod copy_04_name_of_an_instance_snapshot;
mod copy_12_key_of_the_destination;

use super::Rule;

pub(super) static RULES: &[Rule] = &[
    copy_01_available::RULE,
    copy_04_name_of_an_instance_snapshot::RULE,
    copy_12_key_of_the_destination::RULE,
];
