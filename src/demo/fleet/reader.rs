//! Reads JSON into records and plain values, and says where it is not what it should be.
//!
//! `null` counts as absent everywhere. An object is not done before [`Object::finish`], which refuses
//! whatever nobody asked for.

use serde_json::{Map, Value};

use super::mistake::{FleetMistake, Path, nearest};
use crate::demo::record::{Datum, Record};
use crate::demo::shape::{Kind, Shape};

/// A JSON object whose fields are taken one by one.
#[derive(Debug)]
pub(crate) struct Object<'p> {
    pub(crate) path: &'p Path<'p>,
    fields: Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'p> Object<'p> {
    /// The object that stands at a place.
    pub(crate) fn new(value: Value, path: &'p Path<'p>) -> Result<Self, FleetMistake> {
        Ok(Self { path, fields: entries(value, path)?, known: Vec::new() })
    }

    /// The value of a field and its name as path.
    pub(crate) fn take(&mut self, name: &'static str) -> Option<(Value, Path<'p>)> {
        self.known.push(name);
        // The order of what is left does not matter, and this is not linear.
        let value = self.fields.swap_remove(name).filter(|value| !value.is_null())?;
        Some((value, Path::Key(self.path, name)))
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<Option<String>, FleetMistake> {
        self.take(name).map(|(value, path)| text(value, &path)).transpose()
    }

    /// A number that is not negative.
    pub(crate) fn amount(&mut self, name: &'static str) -> Result<Option<f64>, FleetMistake> {
        self.take(name)
            .map(|(value, path)| {
                value
                    .as_f64()
                    .filter(|amount| *amount >= 0.0)
                    .ok_or_else(|| path.expected("a number that is not negative", &value))
            })
            .transpose()
    }

    /// A whole number that is not negative.
    pub(crate) fn count(&mut self, name: &'static str) -> Result<Option<u32>, FleetMistake> {
        self.take(name)
            .map(|(value, path)| {
                value
                    .as_u64()
                    .and_then(|count| u32::try_from(count).ok())
                    .ok_or_else(|| path.expected("a whole number that is not negative", &value))
            })
            .transpose()
    }

    /// A list of texts; absent is empty.
    pub(crate) fn texts(&mut self, name: &'static str) -> Result<Vec<String>, FleetMistake> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some((value, path)) => each(value, &path, text),
        }
    }

    /// A list of records; absent is empty.
    pub(crate) fn records(
        &mut self,
        name: &'static str,
        shape: &'static Shape,
    ) -> Result<Vec<Record>, FleetMistake> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some((value, path)) => each(value, &path, |item, at| record(item, at, shape)),
        }
    }

    /// Refuses the first field that nobody asked for.
    pub(crate) fn finish(self) -> Result<(), FleetMistake> {
        match self.fields.keys().next() {
            None => Ok(()),
            Some(unknown) => Err(unfamiliar(self.path, unknown, self.known)),
        }
    }
}

/// The fields of the object at a place.
pub(crate) fn entries(value: Value, path: &Path<'_>) -> Result<Map<String, Value>, FleetMistake> {
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(path.expected("an object", &other)),
    }
}

/// Reads every item of the list at a place.
pub(crate) fn each<T>(
    value: Value,
    path: &Path<'_>,
    mut read: impl FnMut(Value, &Path<'_>) -> Result<T, FleetMistake>,
) -> Result<Vec<T>, FleetMistake> {
    match value {
        Value::Array(items) => {
            items.into_iter().enumerate().map(|(at, item)| read(item, &Path::At(path, at))).collect()
        }
        other => Err(path.expected("a list", &other)),
    }
}

/// Reads a text.
pub(crate) fn text(value: Value, path: &Path<'_>) -> Result<String, FleetMistake> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(path.expected("a string", &other)),
    }
}

/// Reads an object of a shape.
pub(crate) fn record(value: Value, path: &Path<'_>, shape: &'static Shape) -> Result<Record, FleetMistake> {
    let entries = entries(value, path)?;
    let mut fields = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        let Some(field) = shape.field(&name) else {
            return Err(unfamiliar(path, &name, shape.fields.iter().map(|field| field.name)));
        };
        if !value.is_null() {
            fields.push((field, datum(value, &Path::Key(path, &name), field.kind)?));
        }
    }
    Ok(Record::of(shape, fields))
}

fn datum(value: Value, path: &Path<'_>, kind: Kind) -> Result<Datum, FleetMistake> {
    Ok(match kind {
        Kind::Text => Datum::from(text(value, path)?),
        Kind::Whole => Datum::Whole(value.as_i64().ok_or_else(|| path.expected("a whole number", &value))?),
        Kind::Real => Datum::Real(value.as_f64().ok_or_else(|| path.expected("a number", &value))?),
        Kind::Flag => Datum::Flag(value.as_bool().ok_or_else(|| path.expected("true or false", &value))?),
        Kind::Time => Datum::Time(time(&value, path)?),
        Kind::One(shape) => Datum::from(record(value, path, shape)?),
        Kind::Texts(_) => Datum::Texts(each(value, path, text)?),
        Kind::Many(_, shape) => Datum::Many(each(value, path, |item, at| record(item, at, shape))?),
        Kind::Map => Datum::Map(
            entries(value, path)?
                .into_iter()
                .map(|(key, value)| Ok((key.clone(), text(value, &Path::Key(path, &key))?)))
                .collect::<Result<_, _>>()?,
        ),
    })
}

/// Reads a time: RFC 3339, or seconds since 1970 as `--cli-timestamp-format wire` has them for KMS.
pub(crate) fn time(value: &Value, path: &Path<'_>) -> Result<jiff::Timestamp, FleetMistake> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds; beyond its range jiff refuses anyway")]
    let read = match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(seconds) => seconds
            .as_f64()
            .and_then(|seconds| jiff::Timestamp::from_millisecond((seconds * 1000.0).round() as i64).ok()),
        _ => None,
    };
    read.ok_or_else(|| path.expected("a time as 2026-11-24T03:00:00Z", value))
}

fn unfamiliar<'n>(path: &Path<'_>, unknown: &str, known: impl IntoIterator<Item = &'n str>) -> FleetMistake {
    let path = Path::Key(path, unknown);
    match nearest(unknown, known) {
        Some(name) => path.mistake(format!("unknown field, did you mean {name}?")),
        None => path.mistake("unknown field"),
    }
}
