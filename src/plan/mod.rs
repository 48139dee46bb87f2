//! What will be: the calls that a request becomes, in order, each with its reason and what takes it back.
//!
//! Nothing here calls anything. A [`Call`] says in the API's own words what would be sent; only an
//! [`Order`] can be sent, and none can be made of a call in an account that is read-only.

mod back;
mod call;
mod choice;
mod command;
mod compile;
mod experience;
mod ground;
mod history;
mod orders;
mod policies;
mod profiles;
mod record;
mod run;
mod run_id;
mod script;
mod shell;
mod step;

pub use crate::domain::Argument;
pub use back::SKEW;
pub use call::{Call, Does, Operation, Order, ReadOnly};
pub use choice::{Choice, Effort, Measure};
pub use command::{Shell, commands};
pub use compile::compile;
pub use experience::{Basis, Estimate, Experience};
pub use ground::{Ground, Identity};
pub use history::{Author, Entry, History, Holder};
pub use orders::{Orders, STAMP, Shut};
pub use profiles::Profiles;
pub use record::{BadRecord, BadShape, Record};
pub use run::{
    Blindness, Event, Happening, Illegal, Next, Pause, Progress, Receipt, Run, Sight, Standing, State,
};
pub use run_id::{BadRunId, RunId};
pub use script::script;
pub use shell::quoted;
pub use step::{Follow, Plan, Purpose, Step};
