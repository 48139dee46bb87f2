//! What the manual of the rules promises, and that the README's table of them is not stale.

use std::fmt::Write as _;
use std::path::Path;

use super::*;
use crate::cli::fake::Page;
use crate::cli::{Paint, Progress};

fn printed(print: impl FnOnce(Console<Page, Page>) -> Exit) -> String {
    let out = Page::default();
    let exit = print(Console::new(out.clone(), Page::default(), Progress::Hidden).painted(Paint::None));
    assert_eq!(exit, Exit::Done);
    out.text()
}

fn listed(action: Option<Action>, format: ReportFormat) -> String {
    printed(|console| rules(ListRules { action, format }, console))
}

#[test]
fn every_rule_is_listed_within_eighty_columns() {
    let text = listed(None, ReportFormat::Table);
    assert_eq!(text.lines().filter(|line| !line.starts_with(' ')).count(), all().count());
    assert!(
        text.contains("COPY-12   error    documented   An encrypted snapshot is copied to another\n"),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= PIPED), "{text}");
}

#[test]
fn the_rules_of_one_action_are_those_that_judge_it() {
    let value: serde_json::Value =
        serde_json::from_str(&listed(Some(Action::Delete), ReportFormat::Json)).expect("JSON");
    let rules = value["rules"].as_array().expect("rules");
    assert!(rules.iter().any(|rule| rule["id"] == "DEL-01"));
    assert!(rules.iter().all(|rule| rule["actions"].as_array().expect("actions").contains(&"delete".into())));
    assert!(rules.len() < all().count());
}

#[test]
fn a_rule_is_explained_with_all_that_its_entry_has() {
    let explained = |format| printed(|console| explain(Explain { rule: "SHARE-06", format }, console));
    let text = explained(ReportFormat::Table);
    for part in ["SHARE-06  error", "Way out: ", "Source: ", "Judges: share"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let value: serde_json::Value = serde_json::from_str(&explained(ReportFormat::Json)).expect("JSON");
    for field in ["id", "severity", "confidence", "says", "way_out", "source"] {
        assert!(value[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
    }
}

/// The README's tables of the rules, between these marks.
const MARKS: (&str, &str) = ("<!-- rules: written by a test -->\n", "<!-- rules: end -->");

/// The rules are written into the README with `SNAPDECK_BLESS=1`.
#[test]
fn the_readmes_tables_of_the_rules_are_not_stale() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&file).expect("a README");
    let (before, rest) = readme.split_once(MARKS.0).expect("a begin");
    let (written, after) = rest.split_once(MARKS.1).expect("an end");
    let tables = tables();
    if std::env::var_os("SNAPDECK_BLESS").is_some() {
        std::fs::write(&file, [before, MARKS.0, &tables, MARKS.1, after].concat()).expect("written");
    } else {
        let stale: Vec<&str> =
            tables.lines().filter(|line| !written.lines().any(|other| other == *line)).collect();
        assert!(written == tables, "run it with SNAPDECK_BLESS=1: {stale:#?}");
    }
}

/// A table for each section, folded away.
fn tables() -> String {
    let mut tables = String::new();
    let mut heading = "";
    for rule in all() {
        if section(rule) != heading {
            let end = if heading.is_empty() { "" } else { "\n</details>\n" };
            heading = section(rule);
            let count = all().filter(|rule| section(rule) == heading).count();
            let begin = format!("<details><summary>{heading}: {count} rules</summary>\n");
            let _ = write!(
                tables,
                "{end}{begin}\n| rule | what it says | severity | confidence |\n|---|---|---|---|\n"
            );
        }
        let says = rule.says.replace('|', "\\|").replace('*', "\\*");
        let (severity, confidence) = (rule.severity.name(), rule.confidence.name());
        let _ = writeln!(tables, "| {} | {says} | {severity} | {confidence} |", rule.id);
    }
    tables + "\n</details>\n"
}
