//! The hands: reads the cloud and reports what it learns; decides nothing that a lower floor could.

mod brake;
mod crew;
mod drive;
mod ground;
mod inquiry;
mod keeper;
mod limits;
#[cfg(test)]
mod machine;
#[cfg(test)]
mod model;
mod reader;
#[cfg(test)]
mod script;
mod settle;
mod shares;
mod turn;
mod turns;
mod turnstile;

pub use brake::{Brake, Wish};
pub use crew::Crew;
pub use inquiry::{Clock, Inquiry};
pub use keeper::{Keeper, Kept, Watch};
pub use reader::{Reader, Say, Shares, Which, survey};
