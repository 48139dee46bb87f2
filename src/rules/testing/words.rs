//! The words of the language that stand for a field, and for the keys in it.

use crate::domain::{Field, Tag, Value};

use super::World;
use super::places::{account, region};

const FIELDS: [Field; 32] = [
    Field::ToAccount,
    Field::ToRegion,
    Field::Name,
    Field::KmsKey,
    Field::OptionGroup,
    Field::CopyTags,
    Field::Tags,
    Field::With,
    Field::Remove,
    Field::Visibility,
    Field::Db,
    Field::Class,
    Field::SubnetGroup,
    Field::SecurityGroups,
    Field::ParameterGroup,
    Field::EngineVersion,
    Field::StorageType,
    Field::Port,
    Field::MultiAz,
    Field::PubliclyAccessible,
    Field::Task,
    Field::Bucket,
    Field::BucketRegion,
    Field::Prefix,
    Field::Role,
    Field::Only,
    Field::FirstCopy,
    Field::FirstKey,
    Field::ShareFirst,
    Field::KeyAccess,
    Field::Via,
    Field::RepairKey,
];

/// `FIELD=VALUE`, where the first part is the name of a field.
pub(super) fn field(word: &str) -> Option<(Field, &str)> {
    let (name, text) = word.split_once('=')?;
    FIELDS.into_iter().find(|field| field.name() == name).map(|field| (field, text))
}

/// Adds what a field is to hold.
pub(super) fn fill(fields: &mut Vec<(Field, Value)>, field: Field, text: &str, world: &World) {
    let text = text.replace('␣', " ");
    let value = match field {
        Field::ToRegion | Field::BucketRegion => Value::Text(region(&text).name().to_owned()),
        Field::KmsKey | Field::FirstKey => Value::Text(key_text(&text, world)),
        Field::CopyTags
        | Field::MultiAz
        | Field::PubliclyAccessible
        | Field::ShareFirst
        | Field::RepairKey => Value::On,
        Field::ToAccount => Value::Text(id(&text)),
        Field::With | Field::Remove => Value::List(text.split(',').map(id).collect()),
        Field::SecurityGroups | Field::Only => Value::List(text.split(',').map(str::to_owned).collect()),
        Field::Tags => {
            let (name, value) = text.split_once('=').unwrap_or((&text, ""));
            let tag = Tag { key: name.into(), value: value.into() };
            let known = fields.iter_mut().find(|(field, _)| *field == Field::Tags);
            if let Some((_, Value::Tags(tags))) = known {
                tags.push(tag);
                return;
            }
            Value::Tags(vec![tag])
        }
        _ => Value::Text(text),
    };
    fields.push((field, value));
}

fn id(word: &str) -> String {
    let short = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    if short { account(word).to_string() } else { word.to_owned() }
}

/// `cmk@euw1` and `cmk@222:euw1` are ARNs; the first is of the account that looks at the snapshot.
fn key_text(text: &str, world: &World) -> String {
    match text.split_once('@') {
        Some((name, place)) => {
            let (owner, place) = place
                .split_once(':')
                .map_or_else(|| (world.asker(), place), |(owner, place)| (account(owner), place));
            World::key_arn(name, owner, &region(place)).exact().to_owned()
        }
        None => text.to_owned(),
    }
}

/// A field and its value as the language writes them; `FIELD` alone when it was cleared.
pub(super) fn told(field: Field, value: Option<&Value>) -> String {
    let text = match value {
        None => return field.name().to_owned(),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::On) => "on".to_owned(),
        Some(Value::List(texts)) => texts.join(","),
        Some(Value::Tags(tags)) => {
            let tags = tags.iter().map(|tag| format!("{}={}", tag.key.exact(), tag.value.exact()));
            tags.collect::<Vec<_>>().join(",")
        }
    };
    format!("{}={text}", field.name())
}
