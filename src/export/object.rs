//! One JSON object, written field by field on one line.
//!
//! Texts are exact, with every hidden character as a `\u` escape; what is not known is null.

use std::fmt::{self, Write as _};

use jiff::Timestamp;

use crate::domain::write_json_text;

/// A JSON object that is being written, on one line.
#[derive(Debug)]
pub struct JsonObject(String);

impl JsonObject {
    /// Begins an object.
    pub fn begin() -> Self {
        Self(String::from("{"))
    }

    fn name(&mut self, name: &str) -> &mut String {
        if self.0.len() > 1 {
            self.0.push_str(", ");
        }
        write_json_text(name, &mut self.0);
        self.0.push_str(": ");
        &mut self.0
    }

    /// A field that is JSON already.
    pub fn raw(&mut self, name: &str, json: &str) -> &mut Self {
        self.name(name).push_str(json);
        self
    }

    /// A text, exact.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        write_json_text(text, self.name(name));
        self
    }

    /// A text, or null.
    pub fn maybe_text(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(name, text),
            None => self.raw(name, "null"),
        }
    }

    /// A number, or null.
    pub fn number(&mut self, name: &str, number: Option<impl fmt::Display>) -> &mut Self {
        match number {
            Some(number) => {
                // Writing to a String cannot fail.
                let _ = write!(self.name(name), "{number}");
                self
            }
            None => self.raw(name, "null"),
        }
    }

    /// A time in UTC, or null.
    pub fn time(&mut self, name: &str, at: Option<Timestamp>) -> &mut Self {
        self.maybe_text(name, at.map(super::rfc3339).as_deref())
    }

    /// A list of texts, exact.
    pub fn texts<'a>(&mut self, name: &str, texts: impl IntoIterator<Item = &'a str>) -> &mut Self {
        let out = self.name(name);
        out.push('[');
        for (n, text) in texts.into_iter().enumerate() {
            if n > 0 {
                out.push_str(", ");
            }
            write_json_text(text, out);
        }
        out.push(']');
        self
    }

    /// Ends it: the whole object.
    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
