//! A value of AWS's API, as JSON.

use crate::domain::{Argument, write_json_text};
use crate::export::JsonObject;

fn text(text: &str) -> String {
    let mut json = String::new();
    write_json_text(text, &mut json);
    json
}

/// A value of the API in the shape that the API's own JSON has.
pub(super) fn argument(value: &Argument) -> String {
    match value {
        Argument::Text(value) | Argument::GrantNamed(value) => text(value),
        Argument::Flag(flag) => flag.to_string(),
        Argument::Number(number) => number.to_string(),
        Argument::List(texts) => {
            format!("[{}]", texts.iter().map(|one| text(one)).collect::<Vec<_>>().join(", "))
        }
        Argument::Tags(tags) => {
            let tag = |tag: &crate::domain::Tag| {
                let mut object = JsonObject::begin();
                object.text("Key", tag.key.exact()).text("Value", tag.value.exact());
                object.end()
            };
            format!("[{}]", tags.iter().map(tag).collect::<Vec<_>>().join(", "))
        }
    }
}
