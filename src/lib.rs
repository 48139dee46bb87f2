//! snapdeck: a terminal deck for every RDS snapshot a team owns, across accounts and regions.

pub mod disk;
pub mod domain;
pub mod engine;
pub mod ports;
