//! A verdict for eyes: first what it is, then why and the ways out, then what is good to know and how old the facts are.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::paint::{Ink, Paint};
use crate::cli::wrap::{PIPED, wrap};
use crate::domain::{Draft, Field, Shown, Value};
use crate::rules::{Confidence, Edit, Finding, Severity, Verdict, rules};

use super::Judged;

/// The whole page.
pub(super) fn page(judged: &Judged, zone: &TimeZone, width: Option<usize>, paint: Paint) -> String {
    let page = Page { width: width.unwrap_or(PIPED), paint };
    let mut lines = page.verdict(judged);
    for finding in &judged.review.findings {
        lines.push(String::new());
        lines.extend(page.finding(finding, &judged.draft));
    }
    lines.push(String::new());
    lines.extend(page.facts(judged, zone));
    lines.join("\n") + "\n"
}

/// How wide, and how coloured.
pub(in crate::cli) struct Page {
    pub(in crate::cli) width: usize,
    pub(in crate::cli) paint: Paint,
}

impl Page {
    fn verdict(&self, judged: &Judged) -> Vec<String> {
        let (word, ink) = match judged.review.verdict() {
            Verdict::Blocked => ("BLOCKED", Ink::Bad),
            Verdict::Warned => ("ALLOWED WITH WARNINGS", Ink::Doubt),
            Verdict::Allowed => ("ALLOWED", Ink::Good),
        };
        let mut lines = wrap(&format!("{word}: {}", judged.subject()), 0, self.width);
        if let Some(first) = lines.first_mut() {
            *first = first.replacen(word, &self.paint.ink(ink, word), 1);
        }
        lines
    }

    /// A finding with its way out and its source.
    pub(in crate::cli) fn finding(&self, finding: &Finding, draft: &Draft) -> Vec<String> {
        let ink = match finding.severity {
            Severity::Error => Ink::Bad,
            Severity::Warning => Ink::Doubt,
            Severity::Info => Ink::Dim,
        };
        let severity = self.paint.ink(ink, finding.severity.name());
        let rule = self.paint.ink(Ink::Strong, finding.rule);
        let mut lines = vec![format!("{severity} {rule} {}", option(finding.field, draft))];
        lines.extend(wrap(&finding.message, 2, self.width));
        if let Some(fix) = &finding.fix {
            lines.extend(wrap(&format!("Way out: {}", fix.label), 2, self.width));
            for typed in fix.edits.iter().filter_map(typed) {
                // It is there to be copied: never broken.
                lines.push(format!("    {}", self.paint.ink(Ink::Strong, &typed)));
            }
        }
        let source = wrap(&format!("Source: {}", sourced(finding)), 2, self.width);
        lines.extend(source.iter().map(|line| self.paint.ink(Ink::Dim, line)));
        lines
    }

    /// How many facts there are, how old they are, and which are missing.
    pub(in crate::cli) fn facts(&self, judged: &Judged, zone: &TimeZone) -> Vec<String> {
        let Judged { learned, since, missing, .. } = judged;
        let facts = if *learned == 1 { "fact" } else { "facts" };
        let since = since.map(|at| format!(", gathered at {}", hour(at, zone))).unwrap_or_default();
        let missing = match &missing[..] {
            [] => String::new(),
            all => format!("; {} could not be learned: {}", all.len(), all.join("; ")),
        };
        wrap(&format!("{learned} {facts}{since}{missing}."), 0, self.width)
    }
}

fn hour(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%H:%M:%S %Z").to_string()
}

/// Where AWS says so, and how sure that is where it is not in AWS's own text.
fn sourced(finding: &Finding) -> String {
    let confidence = rules().find(|rule| rule.id == finding.rule).map(|rule| rule.confidence);
    match confidence.filter(|confidence| *confidence != Confidence::Documented) {
        Some(confidence) => format!("{} ({})", finding.source, confidence.name()),
        None => finding.source.to_owned(),
    }
}

/// The option of a field.
fn option(field: Field, draft: &Draft) -> String {
    match field {
        Field::Visibility => format!("--{}", draft.text(field).unwrap_or("public")),
        field => format!("--{}", field.name()),
    }
}

/// An edit as it is typed; `None` for what only a plan does.
fn typed(edit: &Edit) -> Option<String> {
    let name = match edit.field {
        field if Field::OF_A_PLAN.contains(&field) => return None,
        field => field.name(),
    };
    Some(match (&edit.value, edit.field) {
        (None, Field::Visibility) => "without --public and --private".to_owned(),
        (None, _) => format!("without --{name}"),
        (Some(Value::Text(text)), Field::Visibility) => format!("--{text}"),
        (Some(Value::Text(text)), _) => format!("--{name} {}", quoted(text)),
        (Some(Value::On), _) => format!("--{name}"),
        (Some(Value::List(texts)), _) => format!("--{name} {}", quoted(&texts.join(","))),
        (Some(Value::Tags(tags)), _) => {
            let tags = tags.iter().map(|tag| {
                format!("--{name} {}", quoted(&format!("{}={}", tag.key.exact(), tag.value.exact())))
            });
            tags.collect::<Vec<_>>().join(" ")
        }
    })
}

/// A text as a shell takes it, harmless to show.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@=+,%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", Shown::from(text).to_string().replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed_as(field: Field, value: Option<Value>) -> Option<String> {
        typed(&Edit { field, value })
    }

    #[test]
    fn an_edit_is_shown_as_it_is_typed() {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let list = Some(Value::List(vec!["1".to_owned(), "2".to_owned()]));
        let tag = crate::domain::Tag { key: "a b".into(), value: "it's".into() };
        for (field, value, expected) in [
            (Field::KmsKey, text("alias/dba"), Some("--kms-key alias/dba")),
            (Field::Name, None, Some("without --name")),
            (Field::CopyTags, Some(Value::On), Some("--copy-tags")),
            (Field::With, list, Some("--with 1,2")),
            (Field::Tags, Some(Value::Tags(vec![tag])), Some("--tag 'a b=it'\\''s'")),
            (Field::Visibility, text("private"), Some("--private")),
            (Field::FirstCopy, text("x"), None),
            (Field::Db, text("\u{202e}"), Some("--db '\\u{202e}'")),
        ] {
            assert_eq!(typed_as(field, value).as_deref(), expected, "{field:?}");
        }
    }
}
