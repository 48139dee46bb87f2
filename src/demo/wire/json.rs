//! Writes records as the JSON of KMS: AWS's own names, times as seconds since 1970.

use serde_json::{Map, Number, Value};

use crate::demo::record::{Datum, Record};

/// A record as a JSON object.
pub(crate) fn object(record: &Record) -> Value {
    Value::Object(record.fields().map(|(field, datum)| (field.name.to_owned(), value(datum))).collect())
}

/// Records as a JSON list.
pub(crate) fn list<'r>(records: impl IntoIterator<Item = &'r Record>) -> Value {
    Value::Array(records.into_iter().map(object).collect())
}

fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Text(text) => Value::from(text.as_ref()),
        Datum::Whole(number) => Value::from(*number),
        Datum::Real(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Datum::Flag(flag) => Value::from(*flag),
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of any year AWS will see fit in an f64")]
        Datum::Time(time) => Value::from(time.as_millisecond() as f64 / 1000.0),
        Datum::One(record) => object(record),
        Datum::Texts(texts) => Value::from(texts.clone()),
        Datum::Many(records) => list(records),
        Datum::Map(entries) => Value::Object(
            entries.iter().map(|(key, text)| (key.clone(), text.as_str().into())).collect::<Map<_, _>>(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::shape::keys::KEY_METADATA;

    #[test]
    fn times_are_seconds_and_lists_are_lists() {
        let record = Record::new(&KEY_METADATA)
            .with("KeyId", "k")
            .with("CreationDate", "1970-01-01T00:00:01.500Z".parse::<jiff::Timestamp>().expect("a time"))
            .with("EncryptionAlgorithms", vec!["SYMMETRIC_DEFAULT".to_owned()]);
        assert_eq!(
            object(&record),
            serde_json::json!({"KeyId": "k", "CreationDate": 1.5, "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"]})
        );
    }
}
