//! Takes secrets out of messages: access key ids, and whatever looks like a token.
//!
//! Identifiers of snapshots, roles and keys must stay readable: a denial is of no use without them.

/// The message with `[access key]` and `[token]` in place of secrets, and no longer than a screen.
pub(super) fn redact(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while !rest.is_empty() {
        let run = rest.find(|c| !is_token(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(run);
        out.push_str(&safe(word));
        let next = after.find(is_token).unwrap_or(after.len());
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    match out.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &out[..end]),
        None => out,
    }
}

/// Characters after which a message is cut.
const LONGEST: usize = 600;

/// What ends a part of a longer word.
const SEPARATORS: [char; 4] = ['/', '_', '-', '='];

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_' | '-')
}

fn safe(word: &str) -> String {
    // The resource of an ARN may be as long as a token, and is not secret.
    let is_resource = ["assumed-role/", "role/", "user/"].iter().any(|head| word.starts_with(head));
    if word.len() >= 100 && is_mixed(word) && !is_resource {
        return "[token]".to_owned();
    }
    let pieces = word.split_inclusive(SEPARATORS).map(|piece| {
        let bare = piece.trim_end_matches(SEPARATORS);
        let end = &piece[bare.len()..];
        if is_access_key(bare) {
            format!("[access key]{end}")
        } else if bare.len() >= 32 && is_mixed(bare) {
            format!("[token]{end}")
        } else {
            piece.to_owned()
        }
    });
    pieces.collect()
}

/// `AKIA...` of a user, `ASIA...` of a session.
fn is_access_key(word: &str) -> bool {
    ["AKIA", "ASIA"].iter().any(|head| {
        word.strip_prefix(head).is_some_and(|rest| {
            rest.len() >= 12 && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        })
    })
}

fn is_mixed(word: &str) -> bool {
    let has = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_keys_and_tokens_are_taken_out() {
        assert_eq!(redact("key AKIAIOSFODNN7EXAMPLE is bad"), "key [access key] is bad");
        assert_eq!(
            redact("Credential=ASIA1111111111112222/20261124/x"),
            "Credential=[access key]/20261124/x"
        );
        let token = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ".repeat(3);
        assert_eq!(redact(&format!("token: {token}.")), "token: [token].");
        assert_eq!(redact("secret wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"), "secret [token]");
    }

    #[test]
    fn names_arns_and_key_ids_stay() {
        for message in [
            "User: arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/someone@example.com",
            "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            "rds:orders-prod-2026-11-24-02-05 été",
            "",
        ] {
            assert_eq!(redact(message), message);
        }
    }

    #[test]
    fn an_endless_message_is_cut() {
        assert_eq!(redact(&"é ".repeat(5000)).chars().count(), LONGEST + 3);
    }
}
