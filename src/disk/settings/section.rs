//! One table of the settings file, read entry by entry, and the notes taken meanwhile.
//!
//! Every entry is asked for by its name; what nobody asked for is unknown. A value of the wrong
//! type is a mistake and reads as absent, so that reading goes on to the next one.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::Shown;

use super::{Mistake, Spot, Warning, nearest};

/// What is told of a file while it is read.
pub(super) struct Notes<'a> {
    file: Arc<Path>,
    text: &'a str,
    mistakes: RefCell<Vec<Mistake>>,
    warnings: RefCell<Vec<Warning>>,
}

/// A table, and which of its entries were asked for.
pub(super) struct Section<'a> {
    table: &'a DeTable<'a>,
    /// What it is, as `the settings`, for the warnings.
    what: &'static str,
    notes: &'a Notes<'a>,
    asked: Vec<&'static str>,
}

/// A text of the file.
#[derive(Clone)]
pub(super) struct Text<'a> {
    pub(super) value: &'a str,
    /// Its bytes in the file.
    pub(super) at: Range<usize>,
}

/// An entry of a table whose names are free.
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) text: Text<'a>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(text: &'a str, file: &Path) -> Self {
        Self { file: file.into(), text, mistakes: RefCell::default(), warnings: RefCell::default() }
    }

    pub(super) fn spot(&self, byte: usize) -> Spot {
        Spot::of(&self.file, self.text, byte)
    }

    pub(super) fn mistake(&self, at: Range<usize>, message: impl Into<String>) {
        self.mistakes.borrow_mut().push(Mistake { at: self.spot(at.start), message: message.into() });
    }

    pub(super) fn warn(&self, at: Range<usize>, message: impl Into<String>) {
        self.warnings.borrow_mut().push(Warning { at: self.spot(at.start), message: message.into() });
    }

    /// The warnings, or the mistakes if there are any; either in the file's order.
    pub(super) fn into_result(self) -> Result<Vec<Warning>, Vec<Mistake>> {
        let (mut mistakes, mut warnings) = (self.mistakes.into_inner(), self.warnings.into_inner());
        mistakes.sort_by_key(|mistake| (mistake.at.line, mistake.at.column));
        warnings.sort_by_key(|warning| (warning.at.line, warning.at.column));
        if mistakes.is_empty() { Ok(warnings) } else { Err(mistakes) }
    }
}

impl<'a> Section<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, what: &'static str, notes: &'a Notes<'a>) -> Self {
        Self { table, what, notes, asked: Vec::new() }
    }

    /// An entry of any type.
    pub(super) fn value(&mut self, name: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(name);
        self.table.get(name)
    }

    /// A text.
    pub(super) fn text(&mut self, name: &'static str) -> Option<Text<'a>> {
        let value = self.value(name)?;
        self.text_of(name, value)
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let value = self.value(name)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(name, value, "true or false");
        }
        flag
    }

    /// The tables of `[[name]]`, each with where it begins.
    pub(super) fn tables(&mut self, name: &'static str) -> Vec<(&'a DeTable<'a>, Range<usize>)> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(name, value, &format!("tables, each under a line [[{name}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array {
            match item.get_ref().as_table() {
                Some(table) => tables.push((table, item.span())),
                None => self.wrong_type(name, item, &format!("tables, each under a line [[{name}]]")),
            }
        }
        tables
    }

    /// The entries of `[name]`, whose names are free and whose values are texts.
    pub(super) fn texts(&mut self, name: &'static str) -> Vec<Entry<'a>> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(name, value, &format!("a table under a line [{name}]"));
            return Vec::new();
        };
        let entries = table.iter().filter_map(|(key, value)| {
            let key = key.get_ref();
            Some(Entry { name: key, text: self.text_of(key, value)? })
        });
        entries.collect()
    }

    /// Warns of every entry that was not asked for.
    pub(super) fn warn_of_the_unknown(&self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let meant = match nearest(name, self.asked.iter().copied()) {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => "it is passed over".to_owned(),
            };
            let message = format!("unknown entry \"{}\" in {}: {meant}", Shown::from(name), self.what);
            self.notes.warn(key.span(), message);
        }
    }

    fn text_of(&self, name: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Text<'a>> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(name, value, "a text in quotes");
        }
        Some(Text { value: text?, at: value.span() })
    }

    fn wrong_type(&self, name: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let message =
            format!("\"{}\" is {}, and should be {wanted}", Shown::from(name), found(value.get_ref()));
        self.notes.mistake(value.span(), message);
    }
}

/// A value in words, for a mistake.
pub(super) fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{}\"", Shown::from(text.as_ref())),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
