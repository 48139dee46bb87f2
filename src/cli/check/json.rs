//! A verdict as JSON: names and values are a contract with other programs.

use crate::domain::{Value, write_json_text};
use crate::export::JsonObject;
use crate::rules::{Edit, Finding, Fix};

use super::Judged;

/// The verdict as one JSON object, one finding a line.
pub(super) fn object(judged: &Judged) -> String {
    let findings: Vec<String> =
        judged.review.findings.iter().map(|found| format!("\n{}", finding(found))).collect();
    let mut facts = JsonObject::begin();
    facts.texts("missing", judged.missing.iter().map(String::as_str));
    let mut object = JsonObject::begin();
    object
        .text("verdict", judged.review.verdict().name())
        .raw("findings", &format!("[{}]", findings.join(",")))
        .raw("facts", &facts.end());
    object.end()
}

/// A finding as one JSON object.
pub(in crate::cli) fn finding(finding: &Finding) -> String {
    let mut object = JsonObject::begin();
    object
        .text("rule", finding.rule)
        .text("severity", finding.severity.name())
        .text("field", finding.field.name())
        .text("message", &finding.message)
        .text("source", finding.source)
        .raw("fix", &finding.fix.as_ref().map_or_else(|| "null".to_owned(), fix));
    object.end()
}

fn fix(fix: &Fix) -> String {
    let mut edits = JsonObject::begin();
    for Edit { field, value } in &fix.edits {
        edits.raw(field.name(), &value.as_ref().map_or_else(|| "null".to_owned(), value_json));
    }
    let mut object = JsonObject::begin();
    object
        .text("label", &fix.label)
        .raw("edits", &edits.end())
        .maybe_text("action", fix.detour.map(crate::rules::Detour::name));
    object.end()
}

/// A value as an option takes it: tags are `KEY=VALUE`.
fn value_json(value: &Value) -> String {
    let list = |texts: Vec<&str>| {
        let texts = texts.into_iter().map(|text| {
            let mut json = String::new();
            write_json_text(text, &mut json);
            json
        });
        format!("[{}]", texts.collect::<Vec<_>>().join(", "))
    };
    match value {
        Value::Text(text) => {
            let mut json = String::new();
            write_json_text(text, &mut json);
            json
        }
        Value::On => "true".to_owned(),
        Value::List(texts) => list(texts.iter().map(String::as_str).collect()),
        Value::Tags(tags) => {
            let tags: Vec<String> =
                tags.iter().map(|tag| format!("{}={}", tag.key.exact(), tag.value.exact())).collect();
            list(tags.iter().map(String::as_str).collect())
        }
    }
}
