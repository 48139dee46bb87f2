//! The two forms of what a command reports: for eyes, and for programs.

use clap::ValueEnum;

/// A form that a report is printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Lines for eyes.
    Table,
    /// One JSON object.
    Json,
}
