//! The hands: reads the cloud and reports what it learns; decides nothing that a lower floor could.

mod reader;
mod shares;

pub use reader::{Reader, Say, Shares, Which, survey};
