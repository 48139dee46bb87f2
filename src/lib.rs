//! snapdeck: a terminal deck for every RDS snapshot a team owns, across accounts and regions.

pub mod demo;
