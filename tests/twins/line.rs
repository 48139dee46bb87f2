//! A draft as it is typed on the command line.

use snapdeck::domain::{Draft, Field, Tag, Value};

/// The draft as it is typed on the command line.
pub(crate) fn line(draft: &Draft) -> String {
    let quoted = |text: &str| {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/=+@,".contains(&byte));
        if plain && !text.is_empty() { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
    };
    let mut line = format!("snapdeck check {} --snapshot {}", draft.action.name(), draft.snapshot.exact());
    for field in draft.action.fields() {
        let name = field.name();
        let words = match draft.value(*field) {
            None => vec![],
            Some(Value::Text(text)) if *field == Field::Visibility => vec![text.clone()],
            Some(Value::Text(text)) => vec![name.to_owned(), quoted(text)],
            Some(Value::On) => vec![name.to_owned()],
            Some(Value::List(texts)) => {
                texts.iter().flat_map(|text| [name.to_owned(), quoted(text)]).collect()
            }
            Some(Value::Tags(tags)) => {
                let pair = |tag: &Tag| quoted(&format!("{}={}", tag.key.exact(), tag.value.exact()));
                tags.iter().flat_map(|tag| [name.to_owned(), pair(tag)]).collect()
            }
        };
        for (n, word) in words.iter().enumerate() {
            line += if n % 2 == 0 { " --" } else { " " };
            line += word;
        }
    }
    if line.len() > 2000 {
        line.truncate(2000);
        line += " ...";
    }
    line
}
