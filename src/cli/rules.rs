//! `rules` and `check --explain`: the manual of the rules, as text and as JSON.

use std::io::Write;

use crate::domain::Action;
use crate::export::JsonObject;
use crate::rules::{Rule, rules as all};

use super::paint::{Ink, Paint};
use super::wrap::{PIPED, wrap};
use super::{Console, Exit, Explain, ListRules, ReportFormat};

/// Prints every rule, or those of one action.
pub fn rules<O: Write, E: Write>(list: ListRules, console: Console<O, E>) -> Exit {
    let judges = |rule: &&Rule| list.action.is_none_or(|action| rule.actions.contains(&action));
    let rules = all().filter(judges);
    let text = match list.format {
        ReportFormat::Json => {
            let rules: Vec<String> = rules.map(|rule| format!("\n{}", json(rule))).collect();
            format!("{{\"rules\": [{}]}}\n", rules.join(","))
        }
        ReportFormat::Table => {
            let (width, paint) = (console.width().unwrap_or(PIPED), console.paint());
            rules.map(|rule| row(rule, width, paint)).collect()
        }
    };
    print(&text, console)
}

/// Prints all of one rule.
pub fn explain<O: Write, E: Write>(explain: Explain, console: Console<O, E>) -> Exit {
    let rule =
        all().find(|rule| rule.id == explain.rule).expect("BUG: only rules that there are are explained");
    let text = match explain.format {
        ReportFormat::Json => json(rule) + "\n",
        ReportFormat::Table => entry(rule, console.width().unwrap_or(PIPED), console.paint()),
    };
    print(&text, console)
}

/// The section of the manual that a rule is in, in words.
pub(super) fn section(rule: &Rule) -> &'static str {
    match rule.id.split('-').next().unwrap_or_default() {
        "COPY" => "Copy",
        "SHARE" => "Share",
        "ENC" => "Encrypt",
        "REST" => "Restore",
        "EXP" => "Export",
        "DEL" => "Delete and upgrade",
        "OG" => "Option and parameter groups",
        "KMS" => "Keys",
        other => other,
    }
}

fn print<O: Write, E: Write>(text: &str, mut console: Console<O, E>) -> Exit {
    let written = console.out().write_all(text.as_bytes()).and_then(|()| console.out().flush());
    console.ending(written, Exit::Done)
}

/// Where the sentence begins: behind the longest id, severity and confidence.
const SENTENCE: usize = 8 + 2 + 7 + 2 + 11 + 2;

/// A rule in columns, its sentence wrapped in the last one.
fn row(rule: &Rule, width: usize, paint: Paint) -> String {
    let head = format!("{:<8}  {:<7}  {:<11}  ", rule.id, rule.severity.name(), rule.confidence.name());
    let lines = wrap(rule.says, SENTENCE, width).join("\n");
    let head = head.replacen(rule.id, &paint.ink(Ink::Strong, rule.id), 1);
    format!("{head}{}\n", lines.trim_start())
}

fn entry(rule: &Rule, width: usize, paint: Paint) -> String {
    let actions: Vec<&str> = rule.actions.iter().copied().map(Action::name).collect();
    let mut lines = vec![format!(
        "{}  {}, {}",
        paint.ink(Ink::Strong, rule.id),
        rule.severity.name(),
        rule.confidence.name()
    )];
    lines.extend(wrap(rule.says, 2, width));
    lines.extend(wrap(&format!("Way out: {}", rule.way_out), 2, width));
    lines.extend(wrap(&format!("Source: {}", rule.source), 2, width));
    lines.extend(wrap(&format!("Judges: {}", actions.join(", ")), 2, width));
    lines.join("\n") + "\n"
}

fn json(rule: &Rule) -> String {
    let mut object = JsonObject::begin();
    object
        .text("id", rule.id)
        .text("severity", rule.severity.name())
        .text("confidence", rule.confidence.name())
        .text("says", rule.says)
        .text("way_out", rule.way_out)
        .text("source", rule.source)
        .texts("actions", rule.actions.iter().copied().map(Action::name));
    object.end()
}

#[cfg(test)]
mod tests;
