//! The tags of a call: what RDS takes as one (COPY-46), and what a copy ends up with (COPY-44, COPY-45).

use crate::demo::record::Record;
use crate::demo::shape::snapshots::TAG;
use crate::demo::wire::params::Params;
use crate::demo::wire::refusal::Refusal;

/// The most tags a resource may have.
const MOST: usize = 50;

/// Reads the `Tags` of a call; a key given twice has its last value.
pub(crate) fn given(params: &Params) -> Result<Vec<Record>, Refusal> {
    let mut tags = Vec::new();
    for tag in params.objects("Tags") {
        let (key, value) = (tag.text("Key").unwrap_or_default(), tag.text("Value").unwrap_or_default());
        check(key, value)?;
        put(&mut tags, key, value);
    }
    within_limit(&tags)?;
    Ok(tags)
}

/// The tags of a resource once some more have been put on it.
pub(crate) fn with_more(present: &[Record], more: &[Record]) -> Result<Vec<Record>, Refusal> {
    let mut tags = present.to_vec();
    for tag in more {
        put(&mut tags, tag.text("Key").unwrap_or_default(), tag.text("Value").unwrap_or_default());
    }
    within_limit(&tags)?;
    Ok(tags)
}

/// The tags of the copy that a call asks for.
///
/// `Tags` beat `CopyTags` (COPY-45), no tag goes along to another account (COPY-44), and those that AWS
/// put on the source itself stay there.
pub(crate) fn of_copy(params: &Params, source: &Record, own: Ownership) -> Result<Vec<Record>, Refusal> {
    let given = given(params)?;
    let copies = params.flag("CopyTags")?.unwrap_or(false);
    Ok(match own {
        Ownership::Own if given.is_empty() && copies => source
            .many("TagList")
            .iter()
            .filter(|tag| !is_reserved(tag.text("Key").unwrap_or_default()))
            .cloned()
            .collect(),
        Ownership::Own | Ownership::Foreign => given,
    })
}

/// Whose a source snapshot is, seen from the account that calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ownership {
    Own,
    Foreign,
}

fn put(tags: &mut Vec<Record>, key: &str, value: &str) {
    match tags.iter_mut().find(|tag| tag.text("Key") == Some(key)) {
        Some(tag) => tag.set("Value", value),
        None => tags.push(Record::new(&TAG).with("Key", key).with("Value", value)),
    }
}

fn check(key: &str, value: &str) -> Result<(), Refusal> {
    if key.is_empty() || key.chars().count() > 128 {
        return Err(Refusal::invalid("Tag keys must be between 1 and 128 characters in length."));
    }
    if value.chars().count() > 256 {
        return Err(Refusal::invalid("Tag values must be between 0 and 256 characters in length."));
    }
    if is_reserved(key) {
        return Err(Refusal::invalid("Tag keys cannot start with the reserved prefix"));
    }
    if !key.chars().chain(value.chars()).all(is_taken) {
        return Err(Refusal::invalid(format!(
            "Invalid value for tag {key}: only letters, digits, spaces and _.:/=+-@ are allowed."
        )));
    }
    Ok(())
}

fn within_limit(tags: &[Record]) -> Result<(), Refusal> {
    let own = tags.iter().filter(|tag| !is_reserved(tag.text("Key").unwrap_or_default())).count();
    if own > MOST {
        return Err(Refusal::invalid(format!("A resource can have up to {MOST} tags.")));
    }
    Ok(())
}

fn is_reserved(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.starts_with("aws:") || key.starts_with("rds:")
}

/// `[\p{L}\p{Z}\p{N}_.:/=+\-@]`.
fn is_taken(letter: char) -> bool {
    letter.is_alphanumeric()
        || (letter.is_whitespace() && !letter.is_control())
        || "_.:/=+-@".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::shape::snapshots::DB_SNAPSHOT;
    use crate::demo::wire::params::Service;

    fn params(form: &str) -> Params {
        Params::from_form(Service::Rds, form)
    }

    fn tagged(key: &str, value: &str) -> Params {
        let json = serde_json::json!({"Tags": [{"Key": key, "Value": value}]});
        Params::from_json(Service::Rds, &json)
    }

    fn pairs(tags: &[Record]) -> Vec<(&str, &str)> {
        tags.iter()
            .map(|tag| (tag.text("Key").unwrap_or_default(), tag.text("Value").unwrap_or_default()))
            .collect()
    }

    #[test]
    fn a_tag_is_taken_up_to_its_limits() {
        assert!(given(&tagged(&"k".repeat(128), &"v".repeat(256))).is_ok());
        assert!(given(&tagged("担当", "データベース班 2")).is_ok());
        assert!(given(&tagged("a_b.c:d/e=f+g-h@i", "")).is_ok());
        for (key, value) in [
            ("", "v"),
            (&*"k".repeat(129), "v"),
            ("k", &*"v".repeat(257)),
            ("k", "a;b"),
            ("k", "tab\there"),
            ("k", "\u{1b}[31m"),
            ("aws:cloudformation:stack-name", "s"),
            ("AWS:x", "s"),
            ("rds:x", "s"),
        ] {
            let refusal = given(&tagged(key, value)).expect_err(key);
            assert_eq!(refusal.code, "InvalidParameterValue");
        }
    }

    #[test]
    fn fifty_tags_fit_and_those_of_aws_do_not_count() {
        let many = |count: usize| {
            let tags: Vec<_> =
                (0..count).map(|n| serde_json::json!({"Key": format!("k{n}"), "Value": "v"})).collect();
            Params::from_json(Service::Rds, &serde_json::json!({ "Tags": tags }))
        };
        assert!(given(&many(51)).is_err());
        let fifty = given(&many(50)).expect("fifty are allowed");
        let from_aws = [Record::new(&TAG).with("Key", "aws:backup:source").with("Value", "plan")];
        assert!(with_more(&from_aws, &fifty).is_ok());
        assert!(with_more(&[Record::new(&TAG).with("Key", "own").with("Value", "v")], &fifty).is_err());
    }

    #[test]
    fn a_copy_takes_the_tags_it_is_given_or_else_those_it_may_copy() {
        let source = Record::new(&DB_SNAPSHOT).with(
            "TagList",
            vec![
                Record::new(&TAG).with("Key", "env").with("Value", "prod"),
                Record::new(&TAG).with("Key", "aws:cloudformation:stack-name").with("Value", "s"),
            ],
        );
        let copy = |form: &str, own| of_copy(&params(form), &source, own).expect("the tags are fine");
        assert!(copy("", Ownership::Own).is_empty());
        assert_eq!(pairs(&copy("CopyTags=true", Ownership::Own)), [("env", "prod")]);
        assert!(copy("CopyTags=true", Ownership::Foreign).is_empty());
        let both = "CopyTags=true&Tags.Tag.1.Key=a&Tags.Tag.1.Value=b";
        assert_eq!(pairs(&copy(both, Ownership::Own)), [("a", "b")]);
    }

    #[test]
    fn a_key_that_is_there_gets_the_new_value() {
        let present = given(&tagged("env", "lab")).expect("a tag");
        let more = given(&tagged("env", "prod")).expect("a tag");
        assert_eq!(pairs(&with_more(&present, &more).expect("one tag")), [("env", "prod")]);
    }
}
