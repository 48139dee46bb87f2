//! snapdeck: a terminal deck for every RDS snapshot a team owns, across accounts and regions.

pub mod aws;
pub mod domain;
pub mod ports;
