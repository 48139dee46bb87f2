//! Section I: keys, and whether another account can use one.

mod condition;
mod judge;
mod statement;

pub use judge::{Access, Doubt, Need, Place, Refusal, judge};
