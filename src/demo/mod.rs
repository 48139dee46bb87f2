//! The demo cloud: RDS, KMS and STS in a box, answering bytes with bytes.
//!
//! ```text
//! bytes -> wire (Scope, Call, Params) -> operations (one file each, over State) -> wire (xml, json) -> bytes
//!                                            ^ fleet (JSON in AWS's shapes) fills the State
//! ```
//!
//! It knows nothing of the rest of the program and keeps AWS's rules by itself, so that it can judge
//! the rules that the dialogs use. Deliberately absent: signatures are not checked, IAM policies do not
//! exist (only key policies and faults of the fleet do), nothing is stored.

#[cfg(test)]
mod built_in;
mod cloud;
mod fleet;
mod judge;
mod operations;
mod record;
mod serve;
mod shape;
mod state;
#[cfg(test)]
mod trial;
mod wire;
#[cfg(test)]
mod world;

pub use cloud::Cloud;
pub use fleet::{AccountInFleet, Fleet, FleetMistake};
pub use serve::serve;
