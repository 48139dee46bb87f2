//! What the user has filled in, field by field, right or wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Field, Shown, Tag, Value};
use crate::input::Action;

use super::super::super::line::Line;
use super::spec::{Control, control};

/// The fields that hold something, and which of them a way out has changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    held: BTreeMap<Field, Held>,
    /// Changed by a way out, and not touched since.
    pub(super) mended: BTreeSet<Field>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Held {
    /// What is typed, also where a list only helps.
    Line(Line),
    Several(Vec<String>),
    On,
}

impl Form {
    /// The line of a field, empty where nothing was typed.
    pub(super) fn line(&self, field: Field) -> Line {
        match self.held.get(&field) {
            Some(Held::Line(line)) => line.clone(),
            Some(Held::Several(_) | Held::On) | None => Line::default(),
        }
    }

    /// The texts of a field of several.
    pub(super) fn several(&self, field: Field) -> &[String] {
        match self.held.get(&field) {
            Some(Held::Several(texts)) => texts,
            Some(Held::Line(_) | Held::On) | None => &[],
        }
    }

    /// Whether the user has been at a field, or a way out has.
    pub(super) fn holds(&self, field: Field) -> bool {
        self.held.contains_key(&field)
    }

    /// Edits a line that stood there before it was touched; `false` when the action does not edit.
    pub(super) fn edit(&mut self, field: Field, before: &str, action: Action) -> bool {
        let mut line = self.begun(field, before);
        let edits = line.edit(action);
        if edits {
            self.put(field, Held::Line(line));
        }
        edits
    }

    /// Types into a line that stood there before it was touched.
    pub(super) fn insert(&mut self, field: Field, before: &str, text: &str) {
        let mut line = self.begun(field, before);
        line.insert(text);
        self.put(field, Held::Line(line));
    }

    fn begun(&self, field: Field, before: &str) -> Line {
        match self.held.get(&field) {
            Some(Held::Line(line)) => line.clone(),
            Some(Held::Several(_) | Held::On) | None => Line::new(before),
        }
    }

    /// Turns a switch on or off.
    pub(super) fn turn(&mut self, field: Field) {
        if self.held.remove(&field).is_none() {
            self.held.insert(field, Held::On);
        }
        self.mended.remove(&field);
    }

    /// Puts several texts into a field; none empties it.
    pub(super) fn put_several(&mut self, field: Field, texts: Vec<String>) {
        if texts.is_empty() {
            self.empty(field);
        } else {
            self.put(field, Held::Several(texts));
        }
    }

    /// Puts a text into a field; an empty one empties it.
    pub(super) fn put_text(&mut self, field: Field, text: &str) {
        if text.is_empty() {
            self.empty(field);
        } else {
            self.put(field, Held::Line(Line::new(text)));
        }
    }

    /// Empties a field.
    pub(super) fn empty(&mut self, field: Field) {
        self.held.remove(&field);
        self.mended.remove(&field);
    }

    fn put(&mut self, field: Field, held: Held) {
        self.held.insert(field, held);
        self.mended.remove(&field);
    }

    /// Makes an edit of a way out, and marks the field.
    pub(super) fn mend(&mut self, field: Field, value: Option<&Value>) {
        match value {
            None => self.empty(field),
            Some(Value::Text(text)) => self.put_text(field, text),
            Some(Value::On) => self.put(field, Held::On),
            Some(Value::List(texts)) => match control(field) {
                Control::Texts => self.put_text(field, &texts.join(", ")),
                _ => self.put_several(field, texts.clone()),
            },
            Some(Value::Tags(tags)) => self.put_text(field, &written(tags)),
        }
        self.mended.insert(field);
    }

    /// What a field holds, as a draft has it.
    pub(super) fn value(&self, field: Field) -> Option<Value> {
        match self.held.get(&field)? {
            Held::On => Some(Value::On),
            Held::Several(texts) => Some(Value::List(texts.clone())),
            Held::Line(line) => match control(field) {
                Control::Tags => Some(Value::Tags(read(line.text()))),
                Control::Texts => {
                    let texts = line.text().split(',').map(str::trim).filter(|text| !text.is_empty());
                    Some(Value::List(texts.map(ToOwned::to_owned).collect()))
                }
                _ => Some(Value::Text(line.text().to_owned())),
            },
        }
    }
}

/// Tags as they are typed; a comma of their own stands behind a backslash.
fn written(tags: &[Tag]) -> String {
    let spelled = |text: &Shown| text.exact().replace('\\', r"\\").replace(',', r"\,");
    let one = |tag: &Tag| format!("{}={}", spelled(&tag.key), spelled(&tag.value));
    tags.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Reads tags; one without an equals sign has no value.
fn read(text: &str) -> Vec<Tag> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let part = parts.last_mut().expect("BUG: reading begins with a part");
        match c {
            '\\' => part.extend(chars.next()),
            ',' => parts.push(String::new()),
            c => part.push(c),
        }
    }
    let tag = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        Tag { key: Shown::from(key.trim()), value: Shown::from(value.trim()) }
    };
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).map(tag).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_are_read_as_they_are_typed() {
        let tags = read(r"env=prod, owner = the team ,flag, list=a\,b");
        let pairs: Vec<_> = tags.iter().map(|tag| (tag.key.exact(), tag.value.exact())).collect();
        assert_eq!(pairs, [("env", "prod"), ("owner", "the team"), ("flag", ""), ("list", "a,b")]);
    }

    #[test]
    fn the_first_edit_begins_with_what_was_proposed() {
        let mut form = Form::default();
        form.insert(Field::Name, "orders", "-2");
        assert_eq!(form.line(Field::Name).text(), "orders-2");
        form.edit(Field::Name, "orders", Action::ClearLine);
        form.insert(Field::Name, "orders", "x");
        assert_eq!(form.line(Field::Name).text(), "x", "it is proposed once");
    }

    proptest! {
        #[test]
        fn written_tags_are_read_again(pairs in prop::collection::vec(("[a-z,\\\\]{1,5}x", "[a-z,\\\\=]{0,5}"), 0..4)) {
            let tag = |(key, value): &(String, String)| Tag { key: key.as_str().into(), value: value.as_str().into() };
            let tags: Vec<Tag> = pairs.iter().map(tag).collect();
            prop_assert_eq!(read(&written(&tags)), tags);
        }
    }
}
