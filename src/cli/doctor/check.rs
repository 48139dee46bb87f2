//! One check, and how checks are printed: as lines, or as JSON.

use crate::cli::ReportFormat;
use crate::domain::{Shown, write_json_text};

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
    /// One of a few words of ours; which account it is about, the detail says.
    pub(super) name: &'static str,
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
    pub(super) fn ok(name: &'static str, detail: impl Into<Shown>) -> Self {
        Self { name, state: State::Ok, detail: detail.into(), mend: None }
    }

    pub(super) fn warn(name: &'static str, detail: impl Into<Shown>, mend: impl Into<Shown>) -> Self {
        Self { name, state: State::Warn, detail: detail.into(), mend: Some(mend.into()) }
    }

    pub(super) fn fail(name: &'static str, detail: impl Into<Shown>, mend: impl Into<Shown>) -> Self {
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
    let width = checks.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for check in checks {
        lines.push(format!("{:<4}  {:<width$}  {}\n", check.state.name(), check.name, check.detail));
        if let Some(mend) = check.mend.as_ref().filter(|mend| !mend.is_empty()) {
            lines.push(format!("{:<4}  {:<width$}  mend: {mend}\n", "", ""));
        }
    }
    lines.concat()
}

fn json(checks: &[Check]) -> String {
    let text = |text: &Shown| {
        let mut json = String::new();
        write_json_text(text.exact(), &mut json);
        json
    };
    let entries = checks.iter().map(|check| {
        let mend = check.mend.as_ref().map_or_else(|| "null".to_owned(), text);
        let (name, state, detail) = (check.name, check.state.name(), text(&check.detail));
        format!("{{\"name\": \"{name}\", \"state\": \"{state}\", \"detail\": {detail}, \"mend\": {mend}}}")
    });
    format!("{{\"checks\": [\n{}\n]}}\n", entries.collect::<Vec<_>>().join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks() -> [Check; 2] {
        [Check::ok("settings", "read"), Check::warn("locale", "\"ü\"", "set LANG\u{202e}")]
    }

    #[test]
    fn lines_stand_in_columns_with_the_mending_below() {
        assert_eq!(
            render(&checks(), ReportFormat::Table),
            "ok    settings  read\n\
             warn  locale    \"ü\"\n\
             \x20               mend: set LANG\\u{202e}\n"
        );
    }

    #[test]
    fn json_is_exact_and_hides_nothing() {
        assert_eq!(
            render(&checks(), ReportFormat::Json),
            "{\"checks\": [\n\
             {\"name\": \"settings\", \"state\": \"ok\", \"detail\": \"read\", \"mend\": null},\n\
             {\"name\": \"locale\", \"state\": \"warn\", \"detail\": \"\\\"ü\\\"\", \"mend\": \"set LANG\\u202e\"}\n\
             ]}\n"
        );
    }
}
