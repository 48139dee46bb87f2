//! Cuts an answer short as a proxy or a dying server does: well framed, and wrong.

use hyper::body::Bytes;
use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep the items of a list lie: response, result, list, item.
const ITEM: usize = 4;

/// About the first half of a document. XML is cut behind an item of its list, where it hurts most: a
/// parser that does not insist on the end takes the rest for a whole, shorter list.
pub(crate) fn half(body: &Bytes) -> Bytes {
    let middle = body.len() / 2;
    body.slice(..item_before(body, middle).unwrap_or(middle))
}

/// Where the last list item ends that ends in the first `middle` bytes.
fn item_before(body: &[u8], middle: usize) -> Option<usize> {
    let mut reader = Reader::from_reader(body);
    let mut depth = 0_usize;
    let mut last = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                let end = usize::try_from(reader.buffer_position()).ok()?;
                if end > middle {
                    return last;
                }
                if depth == ITEM {
                    last = Some(end);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof => return last,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_is_cut_behind_an_item() {
        let whole = "<R><S><L><I><a>1</a></I><I><a>2</a></I><I><a>3</a></I><I><a>4</a></I></L></S></R>";
        assert_eq!(half(&Bytes::from_static(whole.as_bytes())), "<R><S><L><I><a>1</a></I><I><a>2</a></I>");
    }

    #[test]
    fn json_is_cut_in_the_middle() {
        assert_eq!(half(&Bytes::from_static(b"{\"Keys\":[]}")), "{\"Key");
    }
}
