//! The exit statuses of the program: a contract with scripts.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exit {
    /// Done, or allowed, warnings included.
    Done,
    /// It failed.
    Failed,
    /// The command line cannot be understood.
    Usage,
    /// Done, but some scope could not be read.
    Partial,
    /// A rule blocks it.
    Blocked,
}

impl Exit {
    /// The status, 0 to 4.
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Partial => 3,
            Self::Blocked => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}
