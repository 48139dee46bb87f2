//! The program without a screen: the command line, `list`, `check`, `plan`, `apply`, `jobs`, `resume`,
//! `doctor`, and the pages it prints of itself.
//!
//! Machine output goes to stdout and nothing else does; progress and errors go to stderr. What a
//! command needs from elsewhere (the cloud, the clock, the writers) is handed to it, so that nothing
//! here knows AWS or the demo cloud.

mod apply;
mod argument;
mod arguments;
mod check;
mod code;
mod console;
mod doctor;
mod draft;
mod exit;
#[cfg(test)]
mod fake;
mod fault;
mod format;
mod globals;
mod goal;
mod hour;
mod invocation;
mod jobs;
mod list;
mod manual;
mod merge;
mod paint;
mod plan;
mod rules;
mod value;
mod wrap;

pub use apply::{apply, resume};
pub use check::check;
pub use code::ask_on_terminal;
pub use console::{Console, Progress};
pub use doctor::{Environment, Ground, doctor};
pub use exit::Exit;
pub use format::{PlanFormat, ReportFormat};
pub use goal::{Goal, NamedSnapshot};
pub use hour::Hour;
pub use invocation::{
    After, ApplyPlan, Assent, Check, Command, Demo, Doctor, Explain, Invocation, List, ListRules, MakePlan,
    Options, Resume, ServeCloud, WhichAccounts,
};
pub use jobs::{Jobs, jobs};
pub use list::list;
pub use manual::{completions, manual};
pub use merge::{Preferences, UsageError};
pub use paint::Paint;
pub use plan::{Reach, plan};
pub use rules::{explain, rules};

/// Reads the process's command line; prints help or a usage error and ends the process where one is due.
pub fn parse() -> Invocation {
    Invocation::read(std::env::args_os()).unwrap_or_else(|error| error.exit())
}
