//! Pages of a KMS listing: `Limit`, `Marker`, `NextMarker`, `Truncated`.

use serde_json::{Map, Value};

use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;

/// Answers one page of `items`, each with what it is sorted by, under the name `list`.
pub(crate) fn answer(
    params: &Params,
    list: &str,
    (usual, most): (i64, i64),
    mut items: Vec<(String, Value)>,
) -> Result<Value, Refusal> {
    let limit = params.whole("Limit")?.unwrap_or(usual);
    if !(1..=most).contains(&limit) {
        return Err(Refusal::new(
            "ValidationException",
            format!(
                "1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have \
                 value between 1 and {most}"
            ),
        ));
    }
    let limit = usize::try_from(limit).unwrap_or(1);
    items.sort_by(|(one, _), (other, _)| one.cmp(other));
    if let Some(marker) = params.text("Marker") {
        items.retain(|(key, _)| key.as_str() > marker);
    }
    let truncated = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| truncated).map(|(key, _)| key.clone());
    let mut answer = Map::new();
    answer.insert(list.to_owned(), items.into_iter().map(|(_, item)| item).collect());
    answer.insert("Truncated".to_owned(), truncated.into());
    if let Some(next) = next {
        answer.insert("NextMarker".to_owned(), next.into());
    }
    Ok(answer.into())
}
