//! Rows and scopes as text that leaves the program: table, JSON, NDJSON and CSV.
//!
//! JSON holds values to the letter, with hidden characters as `\u` escapes; table and CSV show them made visible.
//! What is not known is `null`, or an empty cell; it is never zero.

mod csv;
#[cfg(test)]
mod fixture;
mod json;
mod object;
mod table;
#[cfg(test)]
mod tests;

pub use csv::{csv_header, csv_line};
pub use json::{document, scope_json, scope_lines, sign_in_json, snapshot_json};
pub use object::JsonObject;
pub use table::table;

/// A form that rows can leave the program in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// For eyes.
    Table,
    /// One JSON object: snapshots and scopes.
    Json,
    /// One JSON object a line: snapshots only.
    Ndjson,
    /// RFC 4180.
    Csv,
}

impl Format {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::Table, Self::Json, Self::Ndjson, Self::Csv];

    /// The name, as the command line writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }

    /// The form of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// A time in UTC, to the second.
fn rfc3339(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
