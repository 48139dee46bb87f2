//! Pages of a list as no list should have them: one that is empty and goes on, and one that goes on from itself.

use hyper::body::Bytes;

use super::call::Call;
use crate::demo::state::arn;
use crate::demo::state::snapshot::SnapshotKind;

/// The first page without what is on it, the next one beginning where it began; any other page as it is.
pub(crate) fn empty(body: Bytes, call: &Call) -> Bytes {
    if call.params.text("Marker").is_some() {
        return body;
    }
    let Some((head, _, tail)) = result(&body, call) else { return body };
    Bytes::from(format!("{head}<Marker>{}</Marker>{tail}", before_all(call)))
}

/// The page, the next one beginning where it began itself: whoever follows its marker stays there.
pub(crate) fn again(body: &Bytes, call: &Call) -> Bytes {
    let Some((head, said, tail)) = result(body, call) else { return body.clone() };
    let (said, _) = said.split_once("<Marker>").unwrap_or((said, ""));
    let marker = call.params.text("Marker").map_or_else(|| before_all(call), str::to_owned);
    Bytes::from(format!("{head}{said}<Marker>{marker}</Marker>{tail}"))
}

/// A document of the query protocol in three: before its result, the result, and after it.
fn result<'b>(body: &'b Bytes, call: &Call) -> Option<(&'b str, &'b str, &'b str)> {
    let text = std::str::from_utf8(body).ok()?;
    let (open, close) = (format!("<{}Result>", call.operation), format!("</{}Result>", call.operation));
    let (begin, end) = (text.find(&open)? + open.len(), text.rfind(&close)?);
    Some((&text[..begin], &text[begin..end], &text[end..]))
}

/// A marker that stands before everything: no name of a snapshot is less than its.
fn before_all(call: &Call) -> String {
    let Call { account, region, operation, .. } = call;
    let infix = SnapshotKind::BOTH[usize::from(operation.contains("Cluster"))].infix();
    format!("arn:{}:rds:{region}:{account}:{infix}:!", arn::partition(region))
}
