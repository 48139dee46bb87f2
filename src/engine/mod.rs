//! The hands: reads the cloud and reports what it learns; decides nothing that a lower floor could.

mod drive;
mod inquiry;
mod keeper;
mod reader;
mod settle;
mod shares;

pub use drive::{Tell, drive};
pub use inquiry::{Clock, Inquiry};
pub use keeper::{Keeper, Kept, Watch};
pub use reader::{Reader, Say, Shares, Which, survey};
