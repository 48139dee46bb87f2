//! COPY-46: what tags may be.

use crate::domain::{Action, Field, Tag, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-46",
    says: "A resource has at most 50 tags; a key has 1 to 128 characters and does not begin with aws: or rds:, a value has up to 256.",
    way_out: "Leave out what AWS does not take.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_Tagging",
    actions: &[Action::Copy],
    yields_to: &[],
    check,
};

/// The most tags of one resource.
const MOST: usize = 50;

fn check(case: &mut Case<'_>) {
    let tags = case.draft.tags(Field::Tags);
    let rest: Vec<Tag> = tags.iter().filter(|tag| is_legal(tag)).take(MOST).cloned().collect();
    if rest.len() == tags.len() {
        return;
    }
    let message = match tags.iter().find_map(|tag| Some((tag, flaw(tag)?))) {
        Some((tag, flaw)) => format!("The tag {} {flaw}.", tag.key),
        None => format!("{} tags are given; {MOST} is the most.", tags.len()),
    };
    let edit = Edit { field: Field::Tags, value: Some(Value::Tags(rest)) };
    let fix = Fix { label: "leave out what AWS does not take".to_owned(), edits: vec![edit], detour: None };
    case.error(Field::Tags, message, Some(fix));
}

/// Whether AWS takes a tag.
pub(super) fn is_legal(tag: &Tag) -> bool {
    flaw(tag).is_none()
}

/// What AWS does not take in a tag, as the end of "The tag ...".
fn flaw(tag: &Tag) -> Option<&'static str> {
    let (key, value) = (tag.key.exact(), tag.value.exact());
    let reserved = |prefix: &str| key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    if key.is_empty() {
        Some("has no key")
    } else if key.chars().count() > 128 {
        Some("has a key of more than 128 characters")
    } else if value.chars().count() > 256 {
        Some("has a value of more than 256 characters")
    } else if reserved("aws:") || reserved("rds:") {
        Some("begins with a prefix that AWS reserves")
    } else if !key.chars().chain(value.chars()).all(is_taken) {
        Some("holds a character that AWS does not take")
    } else {
        None
    }
}

/// Letters, numbers and separators of every script, and `_ . : / = + - @`.
fn is_taken(c: char) -> bool {
    c.is_alphanumeric() || "_.:/=+-@".contains(c) || (c.is_whitespace() && !c.is_control())
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check, check_fixes};

    #[test]
    fn what_aws_does_not_take_is_left_out() {
        check(
            "copy inst tag=aws:cloudformation:stack-name=x tag=env=prod",
            "COPY-46 error tag -> tag=env=prod ~ reserves",
        );
        check("copy inst tag=RDS:x=y", "COPY-46 error tag -> tag=");
        check("copy inst tag==v", "COPY-46 error tag ~ no key");
        check("copy inst tag=a;b=c", "COPY-46 error tag ~ character");
        check(&format!("copy inst tag={}=x", "k".repeat(129)), "COPY-46 error tag ~ 128");
        check(&format!("copy inst tag=k={}", "v".repeat(257)), "COPY-46 error tag ~ 256");
        check(&format!("copy inst tag={}={}", "k".repeat(128), "v".repeat(256)), "no COPY-46; request");
        check("copy inst tag=チーム=注文␣データ tag=a:b/c=d+e@f", "no COPY-46; request");
        check_fixes("copy inst tag=aws:x=y");
    }

    #[test]
    fn fifty_tags_are_the_most() {
        let tags = |count: usize| (0..count).map(|n| format!("tag=k{n}=v")).collect::<Vec<_>>().join(" ");
        check(&format!("copy inst {}", tags(50)), "no COPY-46");
        check(&format!("copy inst {}", tags(51)), "COPY-46 error tag ~ 51 tags");
    }
}
