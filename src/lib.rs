//! snapdeck: a terminal deck for every RDS snapshot a team owns, across accounts and regions.

pub mod app;
pub mod aws;
pub mod cli;
pub mod demo;
pub mod disk;
pub mod domain;
pub mod engine;
pub mod export;
pub mod input;
pub mod ports;
pub mod query;
pub mod rules;
pub mod runtime;
pub mod view;
