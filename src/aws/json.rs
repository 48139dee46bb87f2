//! JSON as the AWS CLI prints it: members in AWS's order, four spaces, absent members left out.
//!
//! Text is exact, with every hidden character escaped.

use aws_smithy_types::DateTime;
use jiff::Timestamp;

use crate::domain::write_json_text;

/// A JSON object being written.
pub(super) struct Object {
    text: String,
    depth: usize,
}

impl Object {
    pub(super) fn new() -> Self {
        Self::at(0)
    }

    fn at(depth: usize) -> Self {
        Self { text: String::new(), depth }
    }

    pub(super) fn text(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.member(name);
            write_json_text(value, &mut self.text);
        }
        self
    }

    pub(super) fn number(mut self, name: &str, value: Option<impl Into<i64>>) -> Self {
        if let Some(value) = value {
            self.member(name);
            self.text.push_str(&value.into().to_string());
        }
        self
    }

    pub(super) fn flag(mut self, name: &str, value: Option<bool>) -> Self {
        if let Some(value) = value {
            self.member(name);
            self.text.push_str(if value { "true" } else { "false" });
        }
        self
    }

    /// A time as the CLI writes it: `2026-11-24T02:05:00.123000+00:00`.
    pub(super) fn time(self, name: &str, value: Option<&DateTime>) -> Self {
        let time = value.and_then(|time| {
            let moment = Timestamp::new(time.secs(), i32::try_from(time.subsec_nanos()).ok()?).ok()?;
            let form =
                if time.subsec_nanos() == 0 { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S.%6f%:z" };
            Some(moment.strftime(form).to_string())
        });
        self.text(name, time.as_deref())
    }

    pub(super) fn texts(mut self, name: &str, values: Option<&[String]>) -> Self {
        if let Some(values) = values {
            self.member(name);
            let depth = self.depth + 2;
            self.list(values, |value, text| {
                text.push_str(&"    ".repeat(depth));
                write_json_text(value, text);
            });
        }
        self
    }

    pub(super) fn objects<T>(mut self, name: &str, values: Option<&[T]>, fill: fn(Self, &T) -> Self) -> Self {
        if let Some(values) = values {
            self.member(name);
            let depth = self.depth + 2;
            self.list(values, |value, text| {
                text.push_str(&"    ".repeat(depth));
                text.push_str(&fill(Self::at(depth), value).end());
            });
        }
        self
    }

    /// The whole object.
    pub(super) fn end(self) -> String {
        if self.text.is_empty() {
            return "{}".to_owned();
        }
        format!("{{{}\n{}}}", self.text, "    ".repeat(self.depth))
    }

    fn member(&mut self, name: &str) {
        self.text.push_str(if self.text.is_empty() { "\n" } else { ",\n" });
        self.text.push_str(&"    ".repeat(self.depth + 1));
        write_json_text(name, &mut self.text);
        self.text.push_str(": ");
    }

    fn list<T>(&mut self, values: &[T], write: impl Fn(&T, &mut String)) {
        if values.is_empty() {
            self.text.push_str("[]");
            return;
        }
        self.text.push('[');
        for (n, value) in values.iter().enumerate() {
            self.text.push_str(if n == 0 { "\n" } else { ",\n" });
            write(value, &mut self.text);
        }
        self.text.push('\n');
        self.text.push_str(&"    ".repeat(self.depth + 1));
        self.text.push(']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_as_the_cli_prints_it() {
        let json = Object::new()
            .text("Id", Some("a\u{202e}\"b"))
            .text("Gone", None)
            .number("Size", Some(100))
            .flag("Encrypted", Some(true))
            .time("At", Some(&DateTime::from_fractional_secs(1_764_000_000, 0.5)))
            .texts("Zones", Some(&["a".to_owned(), "b".to_owned()]))
            .objects("Tags", Some(&["k"]), |object, key| object.text("Key", Some(key)))
            .objects("None", Some(&[]), |object, (): &()| object)
            .end();
        let wanted = "{\n    \"Id\": \"a\\u202e\\\"b\",\n    \"Size\": 100,\n    \"Encrypted\": true,\n    \
            \"At\": \"2025-11-24T16:00:00.500000+00:00\",\n    \"Zones\": [\n        \"a\",\n        \"b\"\n    ],\n    \
            \"Tags\": [\n        {\n            \"Key\": \"k\"\n        }\n    ],\n    \"None\": []\n}";
        assert_eq!(json, wanted);
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    }
}
