//! One check, and how checks are printed: as lines, or as JSON.

use clap::ValueEnum;
use unicode_width::UnicodeWidthStr as _;

use crate::domain::{Shown, write_json_text};

/// A form that the checks are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Lines for eyes.
    Table,
    /// One JSON object.
    Json,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Ok,
    Warn,
    Fail,
}

/// What was checked, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Check {
    pub(super) name: Shown,
    pub(super) state: State,
    /// What was found.
    pub(super) detail: Shown,
    /// What to do; `None` where nothing has to be done.
    pub(super) mend: Option<Shown>,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "fail",
        }
    }
}

impl Check {
    pub(super) fn ok(name: impl Into<Shown>, detail: impl Into<Shown>) -> Self {
        Self { name: name.into(), state: State::Ok, detail: detail.into(), mend: None }
    }

    pub(super) fn warn(name: impl Into<Shown>, detail: impl Into<Shown>, mend: impl Into<Shown>) -> Self {
        Self { name: name.into(), state: State::Warn, detail: detail.into(), mend: Some(mend.into()) }
    }

    pub(super) fn fail(name: impl Into<Shown>, detail: impl Into<Shown>, mend: impl Into<Shown>) -> Self {
        Self { state: State::Fail, ..Self::warn(name, detail, mend) }
    }
}

/// The checks as text.
pub(super) fn render(checks: &[Check], format: ReportFormat) -> String {
    match format {
        ReportFormat::Table => table(checks),
        ReportFormat::Json => json(checks),
    }
}

/// A line a check, its mending below it.
fn table(checks: &[Check]) -> String {
    let names: Vec<String> = checks.iter().map(|check| check.name.to_string()).collect();
    let width = names.iter().map(|name| name.width()).max().unwrap_or_default();
    let mut text = String::new();
    for (check, name) in checks.iter().zip(&names) {
        let blank = " ".repeat(width - name.width());
        text += &format!("{:<4}  {name}{blank}  {}\n", check.state.name(), check.detail);
        if let Some(mend) = check.mend.as_ref().filter(|mend| !mend.is_empty()) {
            text += &format!("      {}  mend: {mend}\n", " ".repeat(width));
        }
    }
    text
}

fn json(checks: &[Check]) -> String {
    let mut text = String::from("{\"checks\": [");
    for (n, check) in checks.iter().enumerate() {
        text += if n == 0 { "\n{\"name\": " } else { ",\n{\"name\": " };
        write_json_text(check.name.exact(), &mut text);
        text += &format!(", \"state\": \"{}\", \"detail\": ", check.state.name());
        write_json_text(check.detail.exact(), &mut text);
        text += ", \"mend\": ";
        match &check.mend {
            Some(mend) => write_json_text(mend.exact(), &mut text),
            None => text += "null",
        }
        text.push('}');
    }
    text += "\n]}\n";
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks() -> [Check; 2] {
        [Check::ok("settings", "read"), Check::warn("locale ü", "\"C\"", "set LANG\u{202e}")]
    }

    #[test]
    fn lines_stand_in_columns_with_the_mending_below() {
        assert_eq!(
            render(&checks(), ReportFormat::Table),
            "ok    settings  read\n\
             warn  locale ü  \"C\"\n\
             \x20               mend: set LANG\\u{202e}\n"
        );
    }

    #[test]
    fn json_is_exact_and_hides_nothing() {
        assert_eq!(
            render(&checks(), ReportFormat::Json),
            "{\"checks\": [\n\
             {\"name\": \"settings\", \"state\": \"ok\", \"detail\": \"read\", \"mend\": null},\n\
             {\"name\": \"locale ü\", \"state\": \"warn\", \"detail\": \"\\\"C\\\"\", \"mend\": \"set LANG\\u202e\"}\n\
             ]}\n"
        );
    }
}
