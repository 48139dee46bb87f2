//! One AWS object: a [`Shape`] filled with values.
//!
//! A record holds only fields of its shape, each at most once and each of the shape's kind; what is
//! absent is absent on the wire too. A hundred thousand snapshots fit in memory: a field costs its
//! value and a pointer, not its name.

use jiff::Timestamp;

use super::shape::{Field, Kind, Shape};

/// A filled shape.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    shape: &'static Shape,
    fields: Vec<(&'static Field, Datum)>,
}

/// What one field holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Datum {
    Text(Box<str>),
    Whole(i64),
    Real(f64),
    Flag(bool),
    Time(Timestamp),
    One(Box<Record>),
    Texts(Vec<String>),
    Many(Vec<Record>),
    Map(Vec<(String, String)>),
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.shape, other.shape)
            && self.fields.len() == other.fields.len()
            && self.fields.iter().all(|(field, datum)| other.get(field.name) == Some(datum))
    }
}

impl Record {
    /// An empty record.
    pub(crate) fn new(shape: &'static Shape) -> Self {
        Self { shape, fields: Vec::new() }
    }

    /// A record of these fields, none of them twice.
    pub(crate) fn of(shape: &'static Shape, fields: Vec<(&'static Field, Datum)>) -> Self {
        Self { shape, fields }
    }

    /// The same record with a field set; see [`Record::set`].
    #[must_use]
    pub(crate) fn with(mut self, name: &str, datum: impl Into<Datum>) -> Self {
        self.set(name, datum);
        self
    }

    /// Sets a field of the shape, whatever it held before.
    pub(crate) fn set(&mut self, name: &str, datum: impl Into<Datum>) {
        let field = self.shape.field(name).expect("BUG: a record is set only fields of its shape");
        let datum = datum.into();
        debug_assert!(datum.fits(field.kind), "BUG: {name} does not hold {datum:?}");
        match self.fields.iter_mut().find(|(present, _)| present.name == name) {
            Some((_, value)) => *value = datum,
            None => self.fields.push((field, datum)),
        }
    }

    /// Sets a field unless it is there already.
    pub(crate) fn set_default(&mut self, name: &str, datum: impl Into<Datum>) {
        if self.get(name).is_none() {
            self.set(name, datum);
        }
    }

    /// Takes a field away and gives what it held.
    pub(crate) fn take(&mut self, name: &str) -> Option<Datum> {
        let at = self.fields.iter().position(|(field, _)| field.name == name)?;
        Some(self.fields.remove(at).1)
    }

    /// All fields that are there.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static Field, &Datum)> {
        self.fields.iter().map(|(field, datum)| (*field, datum))
    }

    /// What a field holds.
    pub(crate) fn get(&self, name: &str) -> Option<&Datum> {
        self.fields.iter().find(|(field, _)| field.name == name).map(|(_, datum)| datum)
    }

    /// The text of a field.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Datum::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The whole number of a field.
    pub(crate) fn whole(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Datum::Whole(number)) => Some(*number),
            _ => None,
        }
    }

    /// The flag of a field; absent means no, as AWS leaves such fields out.
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Datum::Flag(true)))
    }

    /// The time of a field.
    pub(crate) fn time(&self, name: &str) -> Option<Timestamp> {
        match self.get(name) {
            Some(Datum::Time(time)) => Some(*time),
            _ => None,
        }
    }

    /// The object in a field.
    pub(crate) fn one(&self, name: &str) -> Option<&Record> {
        match self.get(name) {
            Some(Datum::One(record)) => Some(record),
            _ => None,
        }
    }

    /// The objects of a list field; absent is empty.
    pub(crate) fn many(&self, name: &str) -> &[Record] {
        match self.get(name) {
            Some(Datum::Many(records)) => records,
            _ => &[],
        }
    }

    /// The texts of a list field; absent is empty.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        match self.get(name) {
            Some(Datum::Texts(texts)) => texts,
            _ => &[],
        }
    }
}

impl Datum {
    fn fits(&self, kind: Kind) -> bool {
        match (self, kind) {
            (Self::Text(_), Kind::Text)
            | (Self::Whole(_), Kind::Whole)
            | (Self::Real(_), Kind::Real)
            | (Self::Flag(_), Kind::Flag)
            | (Self::Time(_), Kind::Time)
            | (Self::Texts(_), Kind::Texts(_))
            | (Self::Map(_), Kind::Map) => true,
            (Self::One(record), Kind::One(shape)) => std::ptr::eq(record.shape, shape),
            (Self::Many(records), Kind::Many(_, shape)) => {
                records.iter().all(|record| std::ptr::eq(record.shape, shape))
            }
            _ => false,
        }
    }
}

impl From<&str> for Datum {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Datum {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Datum {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<bool> for Datum {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Timestamp> for Datum {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}

impl From<Record> for Datum {
    fn from(record: Record) -> Self {
        Self::One(Box::new(record))
    }
}

impl From<Vec<Record>> for Datum {
    fn from(records: Vec<Record>) -> Self {
        Self::Many(records)
    }
}

impl From<Vec<String>> for Datum {
    fn from(texts: Vec<String>) -> Self {
        Self::Texts(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::shape::snapshots::{DB_SNAPSHOT, TAG};

    #[test]
    fn a_field_is_held_once_and_a_default_does_not_overwrite() {
        let mut record = Record::new(&DB_SNAPSHOT).with("Status", "copying");
        record.set("Status", "available");
        record.set_default("Status", "creating");
        record.set_default("Encrypted", true);
        assert_eq!(record.text("Status"), Some("available"));
        assert!(record.flag("Encrypted"));
        assert_eq!(record.fields().count(), 2);
        assert_eq!(record.take("Encrypted"), Some(Datum::Flag(true)));
        assert_eq!(record.get("Encrypted"), None);
    }

    #[test]
    #[should_panic(expected = "only fields of its shape")]
    fn a_field_of_another_shape_is_a_bug() {
        Record::new(&TAG).set("Status", "available");
    }

    #[test]
    fn records_are_equal_whatever_the_order_of_their_fields() {
        let one = Record::new(&TAG).with("Key", "env").with("Value", "prod");
        let other = Record::new(&TAG).with("Value", "prod").with("Key", "env");
        assert_eq!(one, other);
    }
}
