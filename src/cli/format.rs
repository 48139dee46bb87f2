//! The forms of what a command reports: for eyes, for programs, and for a shell.

use clap::ValueEnum;

/// A form that a report is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Lines for eyes.
    Table,
    /// One JSON object.
    Json,
}

/// A form that a plan is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// Lines for eyes.
    Table,
    /// One JSON object.
    Json,
    /// A bash script of commands for the AWS CLI.
    Sh,
}
