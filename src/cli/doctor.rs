//! `doctor`: what works and what does not, one line a check, and how to mend what does not.
//!
//! A check never guesses: what cannot be told is a warning that says so. Regions where all is well share
//! a line, and regions that fail alike share another, so that twenty accounts still fit on a screen.

mod accounts;
mod check;
mod environment;
mod ground;
mod terminal;

use std::io::Write;
use std::sync::Arc;

use crate::ports::Cloud;

use super::{Console, Exit, ReportFormat};
use check::Check;

pub use environment::Environment;
pub use ground::Ground;

/// Checks everything and prints what was found.
///
/// Without a cloud (the settings have mistakes) no account is tried. Ends with [`Exit::Partial`] if an
/// account or a region fails, and with [`Exit::Failed`] if nothing can be read at all.
pub async fn doctor<O: Write, E: Write>(
    ground: &Ground,
    cloud: Option<Arc<dyn Cloud>>,
    format: ReportFormat,
    mut console: Console<O, E>,
) -> Exit {
    let mut checks = ground.checks();
    let (found, reach) = if let Some(cloud) = cloud {
        console.progress("trying the accounts ...".to_owned());
        accounts::checks(cloud).await
    } else {
        let detail = "not tried, since the settings cannot be used";
        (vec![Check::fail("accounts", detail, "mend the settings file first")], Reach::Nothing)
    };
    checks.extend(found);
    checks.extend(terminal::checks(&ground.environment));
    console.wipe();
    let end = match reach {
        Reach::Everything => Exit::Done,
        Reach::Something => Exit::Partial,
        Reach::Nothing => Exit::Failed,
    };
    let text = check::render(&checks, format);
    let written = console.out().write_all(text.as_bytes()).and_then(|()| console.out().flush());
    console.ending(written, end)
}

/// How much of what should be read can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Everything,
    Something,
    Nothing,
}

#[cfg(test)]
mod tests;
